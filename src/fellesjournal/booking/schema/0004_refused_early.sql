-- Who comes second is refused before anything waits or is written: of many who want the same times most come second, and
-- those that did not would have to wait for all of them.

-- Of wishes those whose time another holder than these has, with that time. Only of parties that serve one at a time:
-- the others are looked at lane by lane when their turn has come.
create function taken_times(holders bigint[], wishes claim_wish[]) returns table (party bigint, during tstzrange)
language sql volatile as $$
    select w.party, c.during
    from unnest(wishes) w
    left join lateral (select max(capacity) as capacity from calendar where calendar.party = w.party) k on true
    cross join lateral (
        select claim.during from claim
        where int8range(claim.party, claim.party, '[]') && int8range(w.party, w.party, '[]')
        and int4range(claim.lane, claim.lane, '[]') && int4range(0, 0, '[]') and claim.during && w.during
        and claim.lane is not null and claim.holder <> all (holders)
        and (claim.until is null or claim.until > clock_timestamp())
        order by claim.during limit 1) c
    where not w.overbooked and coalesce(k.capacity, case when w.always then 1 end) = 1 and upper(w.during) > now()
$$;

-- Puts claims in the place of all that some holders had. Gives those that are refused, with the time that is taken; then
-- the transaction has to be undone. Takes the same turns as take_turns, and asks at once and
-- whenever it has waited for one: who has lost meanwhile keeps no other waiting.
create or replace function claim_times(holders bigint[], wishes claim_wish[])
returns table (party bigint, during tstzrange)
language plpgsql volatile as $$
declare
    wish record;
    turn record;
    lane smallint;
    parties bigint[];
begin
    return query select * from taken_times(holders, wishes);
    if found then return; end if;
    parties := array(
        select w.party from unnest(wishes) w union select c.party from claim c where c.holder = any (holders));
    for turn in select distinct hashint8(one) as number from unnest(parties) one order by number
    loop
        continue when pg_try_advisory_xact_lock(8, turn.number);
        perform pg_advisory_xact_lock(8, turn.number);
        return query select * from taken_times(holders, wishes);
        if found then return; end if;
    end loop;
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
