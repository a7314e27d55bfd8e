-- name: export_numbers
-- How many resources of each type are within the scope.
select t.name, count(*) as resources
from resource r
join resource_type t on t.number = r.type
where ($1::bigint is null or within_reach(
    r.citizen, r.rid, r.type, r.key, $1, $2, $3, $4, $5, $6, $7))
group by t.name
order by t.name;

-- name: export_citizens
-- The citizens who have resources within the scope, with the ids of their Patients.
select r.citizen, coalesce(i.id, '') as id
from (
    select distinct citizen from resource
    where citizen <> 0 and ($1::bigint is null or within_reach(
        citizen, rid, type, key, $1, $2, $3, $4, $5, $6, $7))) r
left join identity i on i.key = r.citizen
order by r.citizen;

-- name: export_bodies
-- The bodies of all resources of a type within the scope, by id: the same order in every copy of a record. Rows
-- are sorted without their bodies, which are fetched one by one afterwards.
select (select b.body from resource b where b.citizen = r.citizen and b.rid = r.rid) as body
from resource r
join resource_type t on t.number = r.type
where t.name = $1 and ($2::bigint is null or within_reach(
    r.citizen, r.rid, r.type, r.key, $2, $3, $4, $5, $6, $7, $8))
order by r.id;
