-- name: reserve_rids
-- The next numbers in the order of creation, as many as are asked for.
select nextval('resource_rid') as rid from generate_series(1, $1::integer);

-- name: write_new
-- Resources that were never there before.
select write_new($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: write_next
-- The next version of resources that are there or have been there.
select write_next($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: write_gone
-- Deletions, and what was deleted with its new version.
select key, version, updated from write_gone($1, $2, $3);

-- name: write_concept_texts
-- The texts beside codes that are not known yet; in one order, so that writers never wait in a circle.
insert into concept_text (param, term, folded)
select param, term, folded from unnest($1::integer[], $2::bigint[], $3::text[]) as t (param, term, folded)
order by param, term
on conflict do nothing;

-- name: lock_identities
-- The versions that resources stand at, which stay so until the end of the transaction.
select key, version from identity where key = any ($1::bigint[]) order by key for update;

-- name: lock_criteria
-- Keeps others from evaluating the same criteria until the end of the transaction, in the order given.
select pg_advisory_xact_lock_shared(0), pg_advisory_xact_lock(k) from unnest($1::bigint[]) as k;

-- name: lock_all_criteria
-- Keeps others from evaluating any criteria until the end of the transaction.
select pg_advisory_xact_lock(0);

-- name: lock_contended
-- Lines up with the other writers of resources that are in great demand, in the order given.
select pg_advisory_xact_lock(1, k) from unnest($1::integer[]) as k;
