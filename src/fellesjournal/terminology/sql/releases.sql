-- name: releases_mark
-- Something that is another when a release was loaded or taken away.
select format('%s %s %s', count(*), coalesce(sum(number), 0), max(loaded))
from code_system
where loaded is not null;

-- name: releases
-- Every whole release, those of one code system from the newest to the oldest.
select number, url, version, name, title, language, oid, content, case_sensitive, properties, valid_from
from code_system
where loaded is not null
order by url, valid_from desc nulls last, number desc;
