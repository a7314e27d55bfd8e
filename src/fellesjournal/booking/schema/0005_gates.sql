-- Many who want the turns of the same few parties wait in one queue, not in one behind another: who held the first turn and
-- waited for the second made all others wait for both, and the unluckiest half a second.

-- The turns of parties, all or none: without waiting. Gives the first that another has; null when all were got.
create function try_turns(parties bigint[]) returns integer
language plpgsql volatile as $$
declare
    turn integer;
begin
    for turn in select distinct hashint8(one) from unnest(parties) one order by 1
    loop
        if not pg_try_advisory_xact_lock(8, turn) then
            raise lock_not_available;
        end if;
    end loop;
    return null;
exception when lock_not_available then
    return turn; -- what was got before is given back with the block
end $$;

-- As in 0004, but for the turns: who cannot have all of them at once waits at one of four gates first, with none in hand.
-- Turns are then waited for in one order, by at most four at a time. Asks again whenever it has waited: who has lost
-- meanwhile keeps no other waiting.
create or replace function claim_times(holders bigint[], wishes claim_wish[])
returns table (party bigint, during tstzrange)
language plpgsql volatile as $$
declare
    wish record;
    turn integer;
    gate integer;
    lane smallint;
    parties bigint[];
begin
    return query select * from taken_times(holders, wishes);
    if found then return; end if;
    parties := array(
        select w.party from unnest(wishes) w union select c.party from claim c where c.holder = any (holders));
    gate := try_turns(parties);
    if gate is not null then
        perform pg_advisory_xact_lock(10, gate & 3);
        return query select * from taken_times(holders, wishes);
        if found then return; end if;
        for turn in select distinct hashint8(one) from unnest(parties) one order by 1
        loop
            continue when pg_try_advisory_xact_lock(8, turn);
            perform pg_advisory_xact_lock(8, turn);
            return query select * from taken_times(holders, wishes);
            if found then return; end if;
        end loop;
    end if;
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
