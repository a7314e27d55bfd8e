-- name: concepts
-- All there is about some codes in some releases.
select
    c.system, c.code, c.display, c.definition, c.active, c.abstract, c.valid_from, c.valid_to,
    (select json_agg(json_build_array(d.language, d.use, d.text) order by d.n)
     from designation d where d.system = c.system and d.concept = c.number) as designations,
    (select json_agg(json_build_array(p.property, p.kind, p.value) order by p.n)
     from concept_property p where p.system = c.system and p.concept = c.number) as properties,
    (select json_agg(above.code order by above.number)
     from concept_parent u join concept above on above.system = u.system and above.number = u.parent
     where u.system = c.system and u.child = c.number) as parents
from concept c
where c.system = any($1::integer[]) and c.code = any($2::text[]);

-- name: alike
-- The codes of a release that are the same without punctuation, spaces and capitals.
select c.code
from code_text h
join code_text_entry e on e.shelf = h.number and e.key = $2 and e.key <> ''
join concept c on c.system = h.system and c.number = e.concept
where h.system = $1 and h.main
order by e.place;

-- name: property_names
-- The names of the properties of a release: from one to the next in the index, not by every row.
with recursive found as (
    (select p.property as name from concept_property p where p.system = $1 order by p.property limit 1)
    union all
    select (
        select p.property from concept_property p
        where p.system = $1 and p.property > f.name order by p.property limit 1)
    from found f where f.name is not null)
select name from found where name is not null;

-- name: children
-- The codes directly below a code, in the order of the source.
select below.code
from concept c
join concept_parent u on u.system = c.system and u.parent = c.number
join concept below on below.system = u.system and below.number = u.child
where c.system = $1 and c.code = $2
order by below.number;

-- name: compared
-- 1 where the first code stands above the second, -1 where it stands below, 0 for neither.
select coalesce((
    select case when exists (
        select from concept_closure x
        where x.system = a.system and x.ancestor = a.number and x.descendant = b.number) then 1
    when exists (
        select from concept_closure x
        where x.system = a.system and x.ancestor = b.number and x.descendant = a.number) then -1
    else 0 end
    from concept a, concept b
    where a.system = $1 and a.code = $2 and b.system = $1 and b.code = $3), 0);

-- name: named
-- The codes where the code, the display or a designation has words that begin with all the words asked for: each
-- is a regular expression such as \mhoft.
select c.code
from concept c
where c.system = $1 and (
    c.code ~* all ($2::text[]) or c.display ~* all ($2::text[]) or exists (
        select from designation d
        where d.system = c.system and d.concept = c.number and d.text ~* all ($2::text[])));

-- name: edges
-- Who stands directly above whom in a release.
select c.code as child, p.code as parent
from concept_parent u
join concept c on c.system = u.system and c.number = u.child
join concept p on p.system = u.system and p.number = u.parent
where u.system = $1
limit $2;

-- name: code_texts
-- Every code of a release, for a regular expression.
select code as code, code as value from concept where system = $1;

-- name: display_texts
-- Every display of a release, for a regular expression.
select code, display as value from concept where system = $1;

-- name: property_texts
-- Every value of a property in a release, for a regular expression.
select c.code, p.value
from concept_property p
join concept c on c.system = p.system and c.number = p.concept
where p.system = $1 and p.property = $2;
