-- name: parameters_fingerprint
-- A text that differs whenever a resource of a type ($1: SearchParameter), or what has been indexed, does.
select concat_ws('/',
    (select sum(r.key::numeric * r.version) from resource r where r.type = $1),
    (select sum(p.key::numeric * p.version) from indexed_parameter p));

-- name: posted_parameters
-- The resources of a type ($1: SearchParameter) in the order of their creation; `indexed`: everything that is
-- stored has been indexed by this version.
select r.key, r.id, r.version, r.body, p.key is not null as indexed
from resource r left join indexed_parameter p on p.key = r.key and p.version = r.version
where r.type = $1
order by r.rid;

-- name: note_indexed
-- From now on everything that is stored has been indexed by these versions of search parameters.
insert into indexed_parameter (key, version) select * from unnest($1::bigint[], $2::integer[])
on conflict (key) do update set version = excluded.version;

-- name: use_parameters
-- Says to all processes that this connection's process works by a set of search parameters.
select pg_advisory_lock_shared(2, $1);

-- name: leave_parameters
-- Says that this connection's process no longer works by a set of search parameters.
select pg_advisory_unlock_shared(2, $1);

-- name: other_parameters_in_use
-- Whether any process works by another set of search parameters than this one.
select exists (
    select from pg_locks
    where locktype = 'advisory' and classid = 2 and objsubid = 2 and objid <> $1::oid
        and database = (select oid from pg_database where datname = current_database()));

-- name: reindex_alone
-- Whether nobody else reindexes; then nobody else can, for as long as this connection is used.
select pg_try_advisory_lock(3, 0);

-- name: reindex_done
-- Lets others reindex.
select pg_advisory_unlock(3, 0);

-- name: newest_of_type
-- The number of the newest resource of a type; null when there is none.
select rid from index_term where type = $1 order by rid desc limit 1;

-- name: bodies_of_type
-- The resources of a type by their numbers, those only after $2 and no further than $3.
select r.key, r.citizen, r.rid, r.version, r.id, r.body
from index_term i join resource r using (citizen, rid)
where i.type = $1 and i.rid > $2 and i.rid <= $3
order by i.rid
limit $4;

-- name: rewrite_index
-- The index rows of resources anew.
select rewrite_index($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);
