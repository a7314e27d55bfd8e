-- name: types_fingerprint
-- A text that differs whenever a resource of one of the types does.
select coalesce(sum(r.key::numeric * r.version), 0)::text from resource r where r.type = any ($1::smallint[]);

-- name: bodies_in_order
-- The resources of a type in the order of their creation.
select r.body from resource r where r.type = $1 order by r.rid;
