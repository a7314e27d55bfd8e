-- name: read_current
-- Where a resource stands: its place, version and body (null when it is deleted or out of reach), and whether it is
-- within reach. What is not there is one row of nulls, and is asked for as what is hidden is: in the record of a
-- citizen who is nobody's, so that it takes as long.
select i.key, i.type, i.id, i.citizen, i.rid, i.version, i.deleted, i.updated, r.body, v.visible
from (select $1::bigint as key) a
left join identity i on i.key = a.key
cross join lateral (select ($2::bigint is null or within_reach(
    coalesce(i.citizen, a.key), coalesce(i.rid, 0), coalesce(i.type, 0::smallint), a.key,
    $2, $3, $4, $5, $6, $7, $8)) as visible offset 0) v
left join resource r on r.citizen = i.citizen and r.rid = i.rid and v.visible;

-- name: read_many
-- Where resources stand: place, version and body of each that is or has been there, and whether within reach.
select i.key, i.type, i.id, i.citizen, i.rid, i.version, i.deleted, i.updated, r.body,
    ($2::bigint is null or within_reach(
    i.citizen, i.rid, i.type, i.key, $2, $3, $4, $5, $6, $7, $8)) as visible
from identity i left join resource r on r.citizen = i.citizen and r.rid = i.rid
where i.key = any ($1::bigint[]);

-- name: read_bodies
-- Resources that are there, by key, and whether each is within reach.
select i.key, r.body, ($2::bigint is null or within_reach(
    i.citizen, i.rid, i.type, i.key, $2, $3, $4, $5, $6, $7, $8)) as visible
from identity i join resource r on r.citizen = i.citizen and r.rid = i.rid
where i.key = any ($1::bigint[]) and r.body is not null;

-- name: read_version
-- One version of a resource within reach, current or past (none where the past ones are kept back), and the citizen
-- it is about; no body when that version is its deletion.
select v.* from (
    select r.citizen, r.id, r.version, r.updated, r.method, r.body, i.rid, i.type, i.key
    from identity i join resource r on r.citizen = i.citizen and r.rid = i.rid
    where i.key = $1 and r.version = $2
    union all
    select h.citizen, h.id, h.version, h.updated, h.method, h.body, i.rid, i.type, i.key
    from resource_history h join identity i on i.key = h.key
    where h.key = $1 and h.version = $2 and ($3::bigint is null or h.body is null or not exists (
        select from index_restriction x
        where x.citizen = h.citizen and x.rid = i.rid and x.own and x.type = -1 and x.kind <> all ($9::smallint[])))
) v
where ($3::bigint is null or within_reach(
    v.citizen, v.rid, v.type, v.key, $3, $4, $5, $6, $7, $8, $9));

-- name: drafts_within_reach
-- Whether new resources (of citizens, of types, with keys), in their order, would be within reach.
select within_reach(d.citizen, 0, d.type, d.key, $4, $5, $6, $7, $8, $9, $10) as visible
from unnest($1::bigint[], $2::smallint[], $3::bigint[]) with ordinality as d (citizen, type, key, place)
order by d.place;

-- name: read_versions
-- The versions that resources stand at, and whether that is a deletion.
select key, version, deleted, citizen from identity where key = any ($1::bigint[]);

-- name: keys_within_reach
-- Those of some resources ($1: plumbing.database.array_of) that are there and within reach: one array, which costs less
-- than a row for each of hundreds.
select array_agg(i.key) from identity i
where i.key = any ($1::text::bigint[]) and not i.deleted
    and ($2::bigint is null or within_reach(i.citizen, i.rid, i.type, i.key, $2, $3, $4, $5, $6, $7, $8));

-- name: versions_before
-- Resources ($1) of one type ($2) as they were before the version they stand at; none of those that were not there.
select i.key, h.body
from identity i join resource_type t on t.number = i.type and t.name = $2
join resource_history h on h.key = i.key and h.version = i.version - 1
where i.key = any ($1::bigint[]) and h.body is not null;
