-- What a calendar needs before and after a visit: to clean a room, to write, to get there.

-- By kind of visit (its code): [minutes before, minutes after].
alter table calendar add column buffers jsonb not null default '{}';

-- Wishes with what the calendars of their parties need for visits of a kind, each its own ('': nothing more than it says).
-- What stands keeps the time it has: a calendar that needs more counts for what is written after it.
create function with_buffers(wishes claim_wish[], visits text[]) returns claim_wish[]
language sql stable as $$
    select coalesce(array_agg(row(
        w.party, tstzrange(lower(w.during) - k.before, upper(w.during) + k.after), w.holder, w.until, w.always,
        w.overbooked)::claim_wish), '{}')
    from unnest(wishes, visits) as w (party, during, holder, until, always, overbooked, visit)
    cross join lateral (
        select
            make_interval(mins => coalesce(max((c.buffers -> w.visit ->> 0)::integer), 0)) as before,
            make_interval(mins => coalesce(max((c.buffers -> w.visit ->> 1)::integer), 0)) as after
        from calendar c where c.party = w.party) k
$$;
