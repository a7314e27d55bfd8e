-- What an attempt costs: most want times of parties that serve one at a time, where nothing stands in the way. These are
-- put in at once; whatever else there is, a hold that has ended or a party with lanes, is looked at when it is needed.

-- As in 0004, but part of the question that asks it: what is volatile is planned and run apart.
alter function taken_times(bigint[], claim_wish[]) stable;

-- As in 0005, but all in one question; some may have been got after the first that was not, and are given back as well.
create or replace function try_turns(parties bigint[]) returns integer
language plpgsql volatile as $$
declare
    turn integer;
begin
    select one.turn into turn
    from (select distinct hashint8(party) as turn from unnest(parties) party order by 1) one
    where not pg_try_advisory_xact_lock(8, one.turn)
    limit 1;
    if found then raise lock_not_available; end if;
    return null;
exception when lock_not_available then
    return turn;
end $$;

-- The same, waiting: at one of four gates with none in hand, then in one order for everybody. Whoever finds that the time
-- has been taken meanwhile gives back the gate and all turns at once, as try_turns does, and not only when its program has
-- heard of it: those behind wait for that time otherwise, each for all before it. Gives whether all were got.
create function wait_for_turns(holders bigint[], wishes claim_wish[], parties bigint[], gate integer) returns boolean
language plpgsql volatile as $$
declare
    turn integer;
begin
    perform pg_advisory_xact_lock(10, gate & 3);
    if exists (select from taken_times(holders, wishes)) then raise sqlstate 'FJ001'; end if;
    for turn in select distinct hashint8(one) from unnest(parties) one order by 1
    loop
        continue when pg_try_advisory_xact_lock(8, turn);
        perform pg_advisory_xact_lock(8, turn);
        if exists (select from taken_times(holders, wishes)) then raise sqlstate 'FJ001'; end if;
    end loop;
    return true;
exception when sqlstate 'FJ001' then
    return false;
end $$;

-- Puts in, one by one, those wishes that have no claim yet: their parties have lanes, or something is in their way. Holds
-- there that have ended give way. Gives those that are refused, with the time that is taken.
create function claim_one_by_one(wishes claim_wish[]) returns table (party bigint, during tstzrange)
language plpgsql volatile as $$
declare
    wish record;
    lane smallint;
begin
    delete from claim c using unnest(wishes) w
    where int8range(c.party, c.party, '[]') && int8range(w.party, w.party, '[]')
    and c.during && w.during and c.lane is not null and c.until <= clock_timestamp();
    for wish in
        select w.*, coalesce(k.capacity, case when w.always then 1 end) as capacity
        from unnest(wishes) w
        left join lateral (select max(capacity) as capacity from calendar where calendar.party = w.party) k on true
        where upper(w.during) > now() and not exists (
            select from claim c where c.holder = w.holder and c.party = w.party and c.during = w.during)
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

-- As in 0005, but for what is put in at once and given back at once.
create or replace function claim_times(holders bigint[], wishes claim_wish[])
returns table (party bigint, during tstzrange)
language plpgsql volatile as $$
declare
    gate integer;
    parties bigint[];
    put integer;
begin
    parties := array(
        select w.party from unnest(wishes) w union select c.party from claim c where c.holder = any (holders));
    loop
        return query select * from taken_times(holders, wishes);
        if found then return; end if;
        gate := try_turns(parties);
        exit when gate is null or wait_for_turns(holders, wishes, parties, gate);
    end loop;
    perform mark_calendars(parties);
    delete from claim c where c.holder = any (holders);
    insert into claim
    select w.party, case when w.always or k.capacity is not null then 0 end, w.during, w.holder, w.until
    from unnest(wishes) w
    left join lateral (select max(capacity) as capacity from calendar where calendar.party = w.party) k on true
    where upper(w.during) > now() and not w.overbooked and coalesce(k.capacity, 1) = 1
    order by w.party, w.during
    on conflict do nothing;
    get diagnostics put = row_count;
    if put < cardinality(wishes) then
        return query select * from claim_one_by_one(wishes);
    end if;
end $$;
