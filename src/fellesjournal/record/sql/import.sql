-- name: register_parts
-- Note the parts of files seen for the first time; parts known already stay as they are.
insert into import_part (digest, start, stop, position, path)
select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[])
on conflict (digest, start) do nothing;

-- name: parts_of_files
-- How far the parts of some files have come.
select digest, start, position, finished is not null as finished, faults
from import_part
where digest = any($1::text[]);

-- name: paths_of_parts
-- What has been read whose path begins so.
select distinct path from import_part where starts_with(path, $1) order by path;

-- name: advance_parts!
-- Move parts on, in the transaction of the resources that were read from them.
update import_part as part
set position = step.position, finished = case when step.finished then now() end, faults = part.faults + step.faults
from unnest($1::text[], $2::bigint[], $3::bigint[], $4::boolean[], $5::integer[])
    as step (digest, start, position, finished, faults)
where part.digest = step.digest and part.start = step.start;

-- name: tidy_terms!
-- What searches by terms, words, strings and links are planned with, which pages of the indexes can be read without
-- looking at the table, and nothing left waiting to enter them. This is half of the work, and the next two the other.
vacuum (analyze) index_term, index_text, index_string, index_link;

-- name: tidy_values!
-- The same for dates and numbers, and for the words of charts.
vacuum (analyze) index_date, index_number, index_word;

-- name: analyze!
-- What is known of the bodies' table, without reading all of it.
analyze resource, identity;
