-- name: numbers(citizens)
-- How many resources of each type are within the scope.
select type_row.name, count(*) as resources
from resource
join resource_type as type_row on type_row.number = resource.type
where :citizens::bigint[] is null or resource.citizen = 0 or resource.citizen = any(:citizens::bigint[])
group by type_row.name
order by type_row.name;

-- name: bodies(type, citizens)
-- The bodies of all resources of a type within the scope, in the order of their last change.
select resource.body
from resource
join resource_type as type_row on type_row.number = resource.type
where type_row.name = :type
  and (:citizens::bigint[] is null or resource.citizen = 0 or resource.citizen = any(:citizens::bigint[]))
order by resource.updated, resource.rid;
