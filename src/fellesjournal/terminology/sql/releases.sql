-- name: releases_mark
-- Something that is another when a release was loaded or taken away.
select format('%s %s %s', count(*), coalesce(sum(number), 0), max(loaded))
from code_system
where loaded is not null;

-- name: releases_told
-- Every whole release with what a CodeSystem resource tells of it: whether it has a hierarchy, and the kinds of its
-- concepts' properties.
select s.number, s.url, s.version, s.name, s.title, s.oid, s.publisher, s.licence, s.content, s.case_sensitive,
       s.properties, s.valid_from, s.concepts,
       exists (select from concept_parent u where u.system = s.number) as hierarchical,
       (select json_object_agg(k.property, k.kind)
        from (select p.property, min(p.kind) as kind from concept_property p
              where p.system = s.number group by p.property order by p.property) k) as kinds
from code_system s
where s.loaded is not null
order by s.url, s.version;

-- name: releases
-- Every whole release, those of one code system from the newest to the oldest.
select number, url, version, name, title, language, oid, content, case_sensitive, properties, valid_from
from code_system
where loaded is not null
order by url, valid_from desc nulls last, number desc;
