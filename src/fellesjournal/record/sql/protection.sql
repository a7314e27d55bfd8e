-- name: lock_protection
-- Keeps all others from writing until the end of the transaction: what is protected changes.
select pg_advisory_xact_lock(4, 0);

-- name: share_protection
-- Keeps others from changing what is protected until the end of the transaction.
select pg_advisory_xact_lock_shared(4, 0);

-- name: protections
-- What protects something in the records of citizens.
select citizen, key, whole from protection where citizen = any ($1::bigint[]);

-- name: protected_citizens
-- Of some citizens those whose address is protected.
select citizen from protection where citizen = any ($1::bigint[]) and whole;

-- name: protect
-- From now on resources say that an address is protected.
insert into protection (citizen, key, whole) select * from unnest($1::bigint[], $2::bigint[], $3::boolean[])
on conflict do nothing;

-- name: lift!
-- Resources no longer say that an address is protected.
delete from protection where key = any ($1::bigint[]);

-- name: note_naming
-- Resources tell of persons, in their versions up to one.
insert into naming (person, key, until) select * from unnest($1::bigint[], $2::bigint[], $3::integer[])
on conflict (person, key) do update set until = excluded.until where naming.until < excluded.until;

-- name: told
-- Of resources ($1) up to which version each tells of somebody protected, or of one of some persons ($2).
select n.key, max(n.until) as until
from naming n
where n.key = any ($1::bigint[])
    and (n.person = any ($2::bigint[]) or exists (select from protected_persons(array[n.person])))
group by n.key;

-- name: protected_persons
-- Of some persons those who are protected, or who stand beside a citizen who is.
select protected_persons as person from protected_persons($1::bigint[]);

-- name: namers
-- The resources that tell of one of some persons ($1), or of one who stands beside them: those are of the types $2.
with person as (
    select unnest($1::bigint[]) as key
    union
    select r.key from resource r where r.citizen = any ($1::bigint[]) and r.type = any ($2::smallint[])
    union
    select h.key from resource_history h where h.citizen = any ($1::bigint[]) and h.type = any ($2::smallint[])
)
select distinct n.key from naming n join person p on n.person = p.key;

-- name: stored_versions
-- All versions with a body in the records of citizens ($1), and of single resources ($2), current (with their rid)
-- and past, and the full form of those that are masked.
select v.*, b.body as full from (
    select r.citizen, r.key, r.version, r.body, r.rid, r.type, r.id
    from resource r where r.citizen = any ($1::bigint[])
    union all
    select r.citizen, r.key, r.version, r.body, r.rid, r.type, r.id
    from identity i join resource r on r.citizen = i.citizen and r.rid = i.rid
    where i.key = any ($2::bigint[]) and i.citizen <> all ($1::bigint[])
    union all
    select h.citizen, h.key, h.version, h.body, null, h.type, h.id
    from resource_history h
    where h.key = any ($2::bigint[]) and h.citizen <> all ($1::bigint[]) and h.body is not null
    union all
    select h.citizen, h.key, h.version, h.body, null, h.type, h.id
    from resource_history h where h.citizen = any ($1::bigint[]) and h.body is not null
) v left join protected_body b on b.citizen = v.citizen and b.key = v.key and b.version = v.version;

-- name: keep_protected
-- The full forms of versions.
insert into protected_body (citizen, key, version, body)
select * from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::bytea[]);

-- name: drop_protected!
-- The full forms of versions that are not masked any more.
delete from protected_body b using unnest($1::bigint[], $2::bigint[], $3::integer[]) as d (citizen, key, version)
where b.citizen = d.citizen and b.key = d.key and b.version = d.version;

-- name: restate_current!
-- Current versions in another form.
update resource r set body = s.body
from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::bytea[]) as s (citizen, key, version, body)
where r.citizen = s.citizen and r.key = s.key and r.version = s.version;

-- name: restate_past!
-- Past versions in another form.
update resource_history h set body = s.body
from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::bytea[]) as s (citizen, key, version, body)
where h.citizen = s.citizen and h.key = s.key and h.version = s.version;

-- name: forget_samples!
-- Statistics anew of what was in clear before: they hold samples of it.
analyze index_string, index_text, index_term;

-- name: protected_bodies
-- The full forms of versions.
select b.key, b.version, b.body
from unnest($1::bigint[], $2::bigint[], $3::integer[]) as w (citizen, key, version)
join protected_body b on b.citizen = w.citizen and b.key = w.key and b.version = w.version;
