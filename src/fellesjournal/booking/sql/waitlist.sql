-- name: forget_waiting!
-- Takes some Appointments ($1) from what is known of waitlists, offers and other holds.
with gone as (delete from offer where holder = any($1::bigint[]))
delete from waiting where holder = any($1::bigint[]);

-- name: keep_waiting!
-- Who waits: citizen, Appointment, service, what the entry says.
insert into waiting (citizen, holder, service, entry)
select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::jsonb[])
on conflict (citizen, holder) do update set service = excluded.service, entry = excluded.entry;

-- name: keep_offers!
-- The offers and other holds that stand: citizen, Appointment, its id, when it is called off if nobody has answered.
insert into offer (citizen, holder, id, until)
select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[])
on conflict (citizen, holder) do update set until = excluded.until;

-- name: busy_parties
-- Who is busy for some Appointments.
select holder, array_agg(distinct party) as parties from claim where holder = any($1::bigint[]) group by holder;

-- name: free_time!
-- Time that is free again: from, to, who was busy, what can be offered.
insert into freed_time (start, finish, parties, offered) values ($1, $2, $3, $4::jsonb);

-- name: match_alone
-- Makes this connection the one that offers freed time; false when another is.
select pg_try_advisory_lock(9, 0);

-- name: match_no_more
-- Lets others offer freed time.
select pg_advisory_unlock(9, 0);

-- name: unanswered
-- Offers and other holds that nobody answered in time.
select id from offer where until <= $1 order by until limit $2;

-- name: freed_waiting
-- Freed time that nobody has looked at, the first freed first.
select number, start, finish, parties, offered from freed_time where done is null order by number limit $1;

-- name: freed_done!
-- What came of freed time.
update freed_time set done = now(), outcome = $2 where number = $1;

-- name: is_taken
-- Whether one of some parties has no lane left between two moments.
select exists (
    select from unnest($1::bigint[]) as p (party)
    left join lateral (select max(capacity) as capacity from calendar where calendar.party = p.party) k on true
    join claim c on c.party = p.party
    where c.during && tstzrange($2, $3) and c.lane < coalesce(k.capacity, 1) and (c.until is null or c.until > now())
    group by p.party, k.capacity having count(distinct c.lane) >= coalesce(k.capacity, 1));

-- name: waiting_for
-- All who wait for some services.
select entry from waiting where service = any($1::bigint[]);

-- name: take_for!
-- Puts down that some Appointments ($2: ids) are booked for entries ($1: ids).
insert into taken_for (entry, taken) select * from unnest($1::text[], $2::text[]);

-- name: taken_waiting
-- What was booked for somebody who has a time already, and nobody has looked at.
select number, entry, taken from taken_for where done is null order by number limit $1;

-- name: taken_done!
-- What was looked at.
update taken_for set done = now() where number = $1;
