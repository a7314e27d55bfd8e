-- The parts that conditions are put together from (predicates.py). c is the concept, $1 its release; each
-- {value} becomes the number of a parameter. The # tells aiosql that a part need not be a whole statement.

-- name: is_code#
-- One of some codes.
c.code = any({value}::text[])

-- name: is_below#
-- Below a code, at any depth.
c.number in (
    select x.descendant from concept_closure x
    where x.system = $1
    and x.ancestor = (select a.number from concept a where a.system = $1 and a.code = {value}::text))

-- name: is_at_or_below
-- A code itself, or below it.
(c.code = {value}::text or exists (
    select from concept_closure x
    where x.system = $1 and x.descendant = c.number
    and x.ancestor = (select a.number from concept a where a.system = $1 and a.code = {value}::text)))

-- name: is_at_or_above
-- A code itself, or above it.
c.number in (
    select x.ancestor from concept d
    join concept_closure x on x.system = d.system and x.descendant = d.number
    where d.system = $1 and d.code = {value}::text
    union all
    select d.number from concept d where d.system = $1 and d.code = {value}::text)

-- name: is_child#
-- Directly below one of some codes.
c.number in (
    select u.child from concept a
    join concept_parent u on u.system = a.system and u.parent = a.number
    where a.system = $1 and a.code = any({value}::text[]))

-- name: is_parent#
-- Directly above one of some codes.
c.number in (
    select u.parent from concept d
    join concept_parent u on u.system = d.system and u.child = d.number
    where d.system = $1 and d.code = any({value}::text[]))

-- name: has_value#
-- A property has one of some values.
c.number in (
    select p.concept from concept_property p
    where p.system = $1 and p.property = {name}::text and p.value = any({value}::text[]))

-- name: has_property#
-- A property is there.
exists (
    select from concept_property p
    where p.system = $1 and p.concept = c.number and p.property = {value}::text)

-- name: is_displayed#
-- The display is one of some texts.
c.display = any({value}::text[])

-- name: is_active#
-- In use on a day.
(c.active and (c.valid_from is null or c.valid_from <= {value}::date)
 and (c.valid_to is null or c.valid_to >= {value}::date))

-- name: is_abstract#
-- Only groups others.
c.abstract
