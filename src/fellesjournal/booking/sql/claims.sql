-- name: claim_times
-- Puts claims ($2), each for a kind of visit ($3), in the place of all that some holders ($1) had; gives those that are
-- refused.
select party, during from claim_times($1::bigint[], with_buffers($2::claim_wish[], $3::text[]));

-- name: release
-- Gives back the time of holders that are gone.
select from claim_times($1::bigint[], '{}');

-- name: forget_calendars
-- Takes back what some Schedules said; gives whose calendars they were.
delete from calendar where schedule = any($1::bigint[]) returning party;

-- name: keep_calendars!
-- What Schedules say: party, Schedule, capacity, hours, buffers.
insert into calendar (party, schedule, capacity, hours, buffers)
select party, schedule, capacity, hours, buffers::jsonb
from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::text[], $5::text[])
    as said (party, schedule, capacity, hours, buffers)
on conflict (party, schedule) do nothing;

-- name: settle_claims
-- Guards parties whose calendars have changed.
select settle_claims($1::bigint[]);

-- name: marks
-- The marks of parties ($1: plumbing.database.array_of) that have one: another when their claims or their calendars have
-- changed. Two arrays, which cost less than a row for each of hundreds.
select coalesce(array_agg(party), '{}') as parties, coalesce(array_agg(mark), '{}') as marks
from calendar_mark where party = any ($1::text::bigint[]);

-- name: marks_together
-- The marks of parties ($1: plumbing.database.array_of) in one number: a mark only grows, and no row of it ever goes.
select coalesce(sum(mark), 0)::bigint from calendar_mark where party = any ($1::text::bigint[]);

-- name: calendars
-- How many each of these parties that has a calendar serves at once, the hours of its week, and its buffers.
select party, max(capacity) as capacity, array_agg(hours order by schedule) as hours, array_agg(buffers::text) as buffers
from calendar where party = any($1::bigint[]) group by party;

-- name: busy
-- When parties are busy between two moments; holds that have ended are over.
select party, lane, lower(during) as start, upper(during) as finish, until
from claim
where party = any($1::bigint[]) and during && tstzrange($2, $3) and lane is not null
    and (until is null or until > now());
