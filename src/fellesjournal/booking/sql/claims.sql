-- name: claim_times
-- Puts claims ($2) in the place of all that some holders ($1) had; gives those that are refused.
select party, during from claim_times($1::bigint[], $2::claim_wish[]);

-- name: release
-- Gives back the time of holders that are gone, and takes back what gone Schedules said.
with forgotten as (delete from calendar where schedule = any($1::bigint[]))
select from claim_times($1::bigint[], '{}');

-- name: calendars_of
-- Who has a calendar by some Schedules.
select distinct party from calendar where schedule = any($1::bigint[]);

-- name: forget_calendars!
-- Takes back what some Schedules said.
delete from calendar where schedule = any($1::bigint[]);

-- name: keep_calendars!
-- What Schedules say: party, Schedule, capacity, hours.
insert into calendar (party, schedule, capacity, hours)
select * from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::text[]) on conflict (party, schedule) do nothing;

-- name: settle_claims
-- Guards parties whose calendars have changed.
select settle_claims($1::bigint[]);

-- name: calendars
-- How many parties serve at once, the hours of their week, and the mark of their claims; capacity null: no calendar.
select p.party, coalesce(m.mark, 0) as mark, k.capacity, k.hours
from unnest($1::bigint[]) as p (party)
left join calendar_mark m on m.party = p.party
left join lateral (
    select max(capacity) as capacity, array_agg(hours order by schedule) as hours
    from calendar where calendar.party = p.party) k on true;

-- name: busy
-- When parties are busy between two moments; holds that have ended are over.
select party, lane, lower(during) as start, upper(during) as finish, until
from claim
where party = any($1::bigint[]) and during && tstzrange($2, $3) and lane is not null
    and (until is null or until > now());
