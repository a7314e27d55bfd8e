-- Who and what is busy when. One constraint guards all time that is held, for whom or whatever: people, the citizen,
-- rooms, equipment, teams.

-- What has a calendar because a Schedule says so, and how many can be served at once. People have one without.
create table calendar (
    party    bigint not null, -- the key of a Location, Device, HealthcareService, Organization or CareTeam, or of a person
    schedule bigint not null, -- the key of the Schedule
    capacity smallint not null check (capacity between 1 and 99),
    hours    text not null, -- the lines of its week, as JSON (booking/availability.py)
    primary key (party, schedule)
);
create index calendar_schedule on calendar (schedule);

-- Time that one party is busy for one Appointment or Slot, its holder (key). A party that serves n at once has the lanes
-- 0 to n - 1; who is overbooked on purpose stands in lanes from 100 on; lane null: the party has no calendar, and nothing
-- is guarded. `until`: a hold that ends by itself. The two ranges of one number stand for an equality, which an
-- exclusion constraint cannot have without an extension.
create table claim (
    party  bigint not null,
    lane   smallint,
    during tstzrange not null check (not isempty(during)),
    holder bigint not null,
    until  timestamptz,
    constraint nobody_is_in_two_places exclude using gist (
        int8range(party, party, '[]') with &&, int4range(lane, lane, '[]') with &&, during with &&)
        where (lane is not null)
);
create index claim_holder on claim (holder);
create index claim_party on claim (party, upper(during));

-- What changes when the claims of a party do: who keeps them at hand sees whether they are still those.
create table calendar_mark (
    party bigint primary key,
    mark  bigint not null
);

-- A claim as it is wanted. `always`: the party is guarded without a calendar.
create type claim_wish as (
    party bigint, during tstzrange, holder bigint, until timestamptz, always boolean, overbooked boolean
);

-- The lowest lane of a party that is free, from one to another; null when none is.
create function free_lane(whose bigint, meant tstzrange, first integer, last integer) returns smallint
language sql stable as $$
    select one::smallint from generate_series(first, last) as one
    where one not in (
        select c.lane from claim c
        where int8range(c.party, c.party, '[]') && int8range(whose, whose, '[]')
        and c.during && meant and c.lane is not null)
    order by one limit 1
$$;

-- Gives parties turns, in one order for everybody: two who want the same times wait for one another, never in a circle.
create function take_turns(parties bigint[]) returns void
language sql volatile as $$
    select pg_advisory_xact_lock(8, turn) from (
        select distinct hashint8(party) as turn from unnest(parties) as party order by turn) as turns
$$;

-- Notes that the claims of parties change; they must have been given their turns.
create function mark_calendars(parties bigint[]) returns void
language sql volatile as $$
    insert into calendar_mark as m (party, mark)
    select distinct party, 1 from unnest(parties) as party order by party
    on conflict (party) do update set mark = m.mark + 1
$$;

-- Puts claims in the place of all that some holders had. Gives those that are refused, with the time that is taken; then
-- the transaction has to be undone.
create function claim_times(holders bigint[], wishes claim_wish[]) returns table (party bigint, during tstzrange)
language plpgsql volatile as $$
declare
    wish record;
    lane smallint;
    parties bigint[] := array(
        select w.party from unnest(wishes) w union select c.party from claim c where c.holder = any (holders));
begin
    perform take_turns(parties);
    perform mark_calendars(parties);
    delete from claim c where c.holder = any (holders);
    delete from claim c using unnest(wishes) w
    where int8range(c.party, c.party, '[]') && int8range(w.party, w.party, '[]')
    and c.during && w.during and c.lane is not null and c.until <= clock_timestamp();
    for wish in
        select w.*, coalesce(k.capacity, case when w.always then 1 end) as capacity
        from unnest(wishes) w
        left join lateral (select max(capacity) as capacity from calendar where calendar.party = w.party) k on true
        where upper(w.during) > now()
        order by w.party, w.during
    loop
        lane := case
            when wish.capacity is null then null
            when wish.overbooked then free_lane(wish.party, wish.during, 100, 199)
            when wish.capacity > 1 then free_lane(wish.party, wish.during, 0, wish.capacity - 1)
            else 0 end;
        if wish.capacity is null or lane is not null then
            insert into claim values (wish.party, lane, wish.during, wish.holder, wish.until) on conflict do nothing;
            continue when found;
        end if;
        party := wish.party;
        during := coalesce((
            select c.during from claim c
            where int8range(c.party, c.party, '[]') && int8range(wish.party, wish.party, '[]')
            and c.during && wish.during and c.lane is not null
            order by c.during limit 1), wish.during);
        return next;
    end loop;
end $$;

-- A party that gets a calendar, or another capacity, is guarded from now on: what it was wanted for already gets lanes in
-- the order of time. What finds none stays without, so that nothing is lost, and is not guarded.
create function settle_claims(parties bigint[]) returns void
language plpgsql volatile as $$
declare
    loose record;
    free smallint;
begin
    perform take_turns(parties);
    perform mark_calendars(parties);
    for loose in
        select c.ctid, c.party, c.during, k.capacity from claim c
        join lateral (select max(capacity) as capacity from calendar where calendar.party = c.party) k on true
        where c.party = any (parties) and c.lane is null and upper(c.during) > now() and k.capacity is not null
        order by c.party, c.during, c.holder
    loop
        free := free_lane(loose.party, loose.during, 0, loose.capacity - 1);
        update claim c set lane = free where c.ctid = loose.ctid and free is not null;
    end loop;
end $$;
