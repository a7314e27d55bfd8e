-- name: read_until$
-- Up to when a reader knows a citizen's record.
select until from read_until where citizen = $1 and reader = $2;

-- name: known_until
-- Up to when a reader knows each of some citizens' records; none of those that the reader has not had open.
select citizen, until from read_until where citizen = any($1::bigint[]) and reader = $2;

-- name: visit$
-- A reader looks at a record ($3); up to when they knew it before this visit, which ends when nothing was looked at for $4.
insert into read_until (citizen, reader, until) values ($1, $2, $3)
on conflict (citizen, reader) do update set until = greatest(read_until.until, excluded.until),
    before = case when read_until.until < excluded.until - $4::interval then read_until.until else read_until.before end
returning before;

-- name: mark_read!
-- A reader knows a citizen's record up to a moment; what was known stays known.
insert into read_until (citizen, reader, until) values ($1, $2, $3)
on conflict (citizen, reader) do update set until = greatest(read_until.until, excluded.until);

-- name: are_reading!
-- Pages are open, or open still.
insert into reading_now (citizen, stream, person, display, role, unit, seen)
select w.*, $7 from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as w
on conflict (citizen, stream) do update set seen = excluded.seen;

-- name: have_left!
-- Pages have been closed.
delete from reading_now r using unnest($1::bigint[], $2::text[]) as w (citizen, stream)
where r.citizen = w.citizen and r.stream = w.stream;

-- name: forget_silent!
-- Pages that have not been heard of for long are closed.
delete from reading_now where seen < $1;

-- name: readers
-- Who has had a record open since a moment, each role and unit of a person once.
select distinct person, display, role, unit from reading_now where citizen = $1 and seen >= $2
order by display, role, unit;

-- name: gatherings
-- Who reads each of some records, as a text that is another when somebody comes or goes.
select citizen, string_agg(distinct person || role || unit, ' ') as who from reading_now
where citizen = any($1::bigint[]) and seen >= $2 group by citizen;
