-- name: meeting
-- The concepts of a release that meet a condition, a page of them in the order of the source. {condition} is
-- put together from conditions.sql. What comes with each is read for the page alone.
select
    c.code, c.display, c.active, c.abstract, c.valid_from, c.valid_to,
    (select json_agg(json_build_array(d.language, d.use, d.text) order by d.n)
     from designation d where d.system = c.system and d.concept = c.number) as designations,
    (select json_agg(above.code order by above.number)
     from concept_parent u join concept above on above.system = u.system and above.number = u.parent
     where u.system = c.system and u.child = c.number) as parents
from (
    select c.* from concept c where c.system = $1 and {condition} order by c.number offset $2 limit $3
) c
order by c.number;

-- name: meeting_count
-- How many concepts of a release meet a condition.
select count(*) from concept c where c.system = $1 and {condition};

-- name: meeting_codes
-- The codes of a release that meet a condition.
select c.code from concept c where c.system = $1 and {condition} limit $2;

-- name: meeting_among
-- Those of some codes that meet a condition.
select c.code from concept c where c.system = $1 and c.code = any($2::text[]) and {condition};
