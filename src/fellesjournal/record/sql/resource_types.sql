-- name: known_resource_types
-- The numbers that the resource types have in this database.
select number, name from resource_type;

-- name: number_resource_types
-- Give resource types that have no number yet theirs.
insert into resource_type (number, name) select * from unnest($1::smallint[], $2::text[]);
