-- name: grounds_of_care
-- Of each citizen ($1) the id of the Patient, and of the relations that one of the parties ($2) has to them now
-- ($4) the one of the lowest kind, with the resource that shows it; an overridden block ($3) is told before all. Where
-- there is none, `alone` is the newest resource that is within reach without the record. One row is chosen before the
-- resource is looked up, and `alone` is sought where there is no relation: in a long record there are thousands.
select a.citizen, coalesce(p.id, '') as patient, coalesce(care.kind, 0) as kind,
    coalesce(shown.type || '/' || shown.id, '') as reference, coalesce(met.type || '/' || met.id, '') as alone
from unnest($1::bigint[]) as a (citizen)
left join identity p on p.key = a.citizen
left join lateral (
    select c.rid, c.kind from index_care c
    where c.citizen = a.citizen and c.party = any ($2::bigint[] || $3::bigint[]) and c.low <= $4 and c.high > $4
    order by c.party = any ($3) desc, c.kind, c.rid desc limit 1) care on true
left join lateral (
    select t.name as type, r.id from resource r join resource_type t on t.number = r.type
    where r.citizen = a.citizen and r.rid = care.rid offset 0) shown on true
left join lateral (
    select c.rid from index_care c
    where care.kind is null and c.citizen = a.citizen and c.low <= $4 and c.high > $4
        and c.party = any (array(select ~party from unnest($2::bigint[]) as u (party)))
    order by c.rid desc limit 1) alone on true
left join lateral (
    select t.name as type, r.id from resource r join resource_type t on t.number = r.type
    where r.citizen = a.citizen and r.rid = alone.rid offset 0) met on true;

-- name: citizen_of
-- The citizen in whose record a resource stands.
select citizen from identity where key = $1;
