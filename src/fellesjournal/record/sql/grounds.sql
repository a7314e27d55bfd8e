-- name: grounds_of_care
-- Of each citizen ($1) the id of the Patient, and of the relations that one of the parties ($2) has to them now
-- ($4) the one of the lowest kind, with the resource that shows it; an overridden block ($3) is told before all. Where
-- there is none, `alone` is the newest resource that is within reach without the record.
select a.citizen, coalesce(p.id, '') as patient, coalesce(care.kind, 0) as kind,
    coalesce(care.reference, '') as reference, coalesce(alone.reference, '') as alone
from unnest($1::bigint[]) as a (citizen)
left join identity p on p.key = a.citizen
left join lateral (
    select c.kind, t.name || '/' || r.id as reference
    from index_care c
    join resource r on r.citizen = c.citizen and r.rid = c.rid
    join resource_type t on t.number = r.type
    where c.citizen = a.citizen and c.party = any ($2::bigint[] || $3::bigint[]) and c.low <= $4 and c.high > $4
    order by c.party = any ($3) desc, c.kind, c.rid desc limit 1) care on true
left join lateral (
    select t.name || '/' || r.id as reference
    from index_care c
    join resource r on r.citizen = c.citizen and r.rid = c.rid
    join resource_type t on t.number = r.type
    where c.citizen = a.citizen and ~c.party = any ($2::bigint[]) and c.low <= $4 and c.high > $4
    order by c.rid desc limit 1) alone on care.kind is null;

-- name: citizen_of
-- The citizen in whose record a resource stands.
select citizen from identity where key = $1;
