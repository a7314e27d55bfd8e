-- name: read_until$
-- Up to when a reader knows a citizen's record.
select until from read_until where citizen = $1 and reader = $2;

-- name: mark_read!
-- A reader knows a citizen's record up to a moment; what was known stays known.
insert into read_until (citizen, reader, until) values ($1, $2, $3)
on conflict (citizen, reader) do update set until = greatest(read_until.until, excluded.until);
