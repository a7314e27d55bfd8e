-- name: register(digests, starts, stops, positions, paths)!
-- Note the parts of files seen for the first time; parts known already stay as they are.
insert into import_part (digest, start, stop, position, path)
select * from unnest(:digests::text[], :starts::bigint[], :stops::bigint[], :positions::bigint[], :paths::text[])
on conflict (digest, start) do nothing;

-- name: progress(digests)
-- How far the parts of some files have come.
select digest, start, position, finished is not null as finished
from import_part
where digest = any(:digests::text[]);

-- name: advance(digests, starts, positions, finished)!
-- Move parts on, in the transaction of the resources that were read from them.
update import_part as part
set position = step.position, finished = case when step.finished then now() end
from unnest(:digests::text[], :starts::bigint[], :positions::bigint[], :finished::boolean[])
    as step (digest, start, position, finished)
where part.digest = step.digest and part.start = step.start;
