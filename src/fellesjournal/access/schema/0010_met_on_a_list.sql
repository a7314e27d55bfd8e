-- Who stands on a list together is told of in one entry: `citizen` is -1, and `body` has in "met" an array for each of
-- them: [key, Patient, resources, what the decision rests on]. A row here leads from each to that entry.
create table audit_met (
    citizen bigint not null,
    moment  timestamptz not null,
    chain   bigint not null,
    number  bigint not null,
    primary key (citizen, moment, chain, number)
) partition by range (moment);
create trigger audit_met_kept before update or delete on audit_met
for each row execute function refuse_change();
create trigger audit_met_whole before truncate on audit_met
for each statement execute function refuse_change();

-- Makes sure that a table of the log has a partition for the month of a moment. It is made beside the table and
-- attached, which waits for nobody who reads or writes the log, and whom nobody has to wait for.
create function audit_month_of(parent text, moment timestamptz) returns void language plpgsql as $$
declare
    first date := date_trunc('month', moment at time zone 'UTC');
    name  text := parent || '_' || to_char(first, 'YYYY_MM');
begin
    if to_regclass(name) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(5, 0);
    if to_regclass(name) is null then
        execute format('create table %I (like %I including all)', name, parent);
        execute format(
            'create trigger %I before truncate on %I for each statement execute function refuse_change()',
            parent || '_whole', name);
        execute format(
            'alter table %I attach partition %I for values from (%L) to (%L)',
            parent, name, first::text || ' 00:00:00+00', (first + interval '1 month')::date::text || ' 00:00:00+00');
    end if;
exception when duplicate_table then
    null; -- another process has made it meanwhile, and had the lock until it was there
end $$;

-- Makes sure that there is room for the month of a moment.
create or replace function audit_month(moment timestamptz) returns void language plpgsql as $$
begin
    perform audit_month_of('audit_event', moment);
    perform audit_month_of('audit_met', moment);
end $$;

-- Drops the months of the log before a moment; gives the names of the entries' partitions. What stood at the end of
-- each chain there must have been noted in the log before (access/audit/purging.py).
create or replace function audit_drop(before timestamptz) returns setof text language plpgsql as $$
declare
    ending text := to_char(before at time zone 'UTC', 'YYYY_MM');
    name   text;
begin
    perform pg_advisory_xact_lock(5, 0);
    for name in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent in ('audit_event'::regclass, 'audit_met'::regclass) and right(c.relname, 7) < ending
        order by c.relname
    loop
        execute format('drop table %I', name);
        if name like 'audit\_event\_%' then
            return next name;
        end if;
    end loop;
end $$;

-- The citizens of an entry: its own, or those whom it stands for together.
create function audit_citizens(citizen bigint, body bytea) returns setof bigint
language sql immutable rows 10 as $$
select citizen where citizen <> -1
union all
select (met ->> 0)::bigint
from jsonb_array_elements(case when citizen = -1 then convert_from(body, 'UTF8')::jsonb -> 'met' end) as met
$$;

-- How much was opened, as before, counting each citizen of those who were met together.
create or replace function access_by_day(low timestamptz, high timestamptz)
returns table (
    day date, person text, role text, unit text, citizens bigint, listed bigint, by_emergency bigint, refused bigint,
    without_relation bigint, at_night bigint, acts bigint, by_override bigint)
language sql stable as $$
select (a.moment at time zone 'Europe/Oslo')::date, a.person, a.role, a.unit,
    count(distinct met.citizen) filter (where met.citizen <> 0 and permit and named),
    count(distinct met.citizen) filter (where met.citizen <> 0 and permit and not named),
    count(distinct met.citizen) filter (where basis = 'emergency' and permit),
    count(*) filter (where not permit),
    count(distinct met.citizen) filter (where not permit and basis = 'no-relation'),
    count(*) filter (where permit and extract(hour from moment at time zone 'Europe/Oslo') not between 6 and 22),
    count(*),
    count(distinct met.citizen) filter (where basis = 'override' and permit)
from audit_event a
cross join lateral audit_citizens(a.citizen, a.body) as met (citizen)
where a.moment >= low and a.moment < high and a.interaction <> 'seal'
group by 1, 2, 3, 4
$$;
