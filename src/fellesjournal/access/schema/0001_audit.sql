-- The log of every access. Each process writes a chain of its own: every entry's hash covers the entry and the hash
-- before it, so that no byte can be changed, and no entry taken out or put in, unseen. Partitions hold a month each.

create sequence audit_chain_number as bigint;

-- A chain: which process opened it and when, and the hash that its first entry follows.
create table audit_chain (
    chain   bigint primary key,
    opened  timestamptz not null,
    opener  text not null,
    genesis bytea not null
);

-- One act on the record of one citizen (0: nobody's). `permit`: whether it was done, `basis`: on what ground, or why
-- not; `named`: whether the act was about this citizen, and not about a list that the citizen stands on. `action` is
-- C, R, U, D or E. `body` is the rest, as JSON; a FHIR AuditEvent is made of it when it is read.
create table audit_event (
    citizen     bigint not null,
    moment      timestamptz not null,
    chain       bigint not null,
    number      bigint not null,
    permit      boolean not null,
    named       boolean not null,
    person      text not null,
    role        text not null,
    unit        text not null,
    action      text not null,
    interaction text not null,
    basis       text not null,
    body        bytea not null,
    hash        bytea not null,
    primary key (citizen, moment, chain, number)
) partition by range (moment);
create index audit_event_chain on audit_event (chain, number);
create index audit_event_person on audit_event (person, moment);
create index audit_event_moment on audit_event (moment);

-- Nobody changes the log, or takes anything out of it, but by dropping a whole month when the law lets it go.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the log is only ever added to' using errcode = 'JR010';
end $$;
create trigger audit_event_kept before update or delete on audit_event
for each row execute function refuse_change();
create trigger audit_event_whole before truncate on audit_event
for each statement execute function refuse_change();
create trigger audit_chain_kept before update or delete on audit_chain
for each row execute function refuse_change();

-- Makes sure that there is a partition for the month of a moment. It is made beside the table and attached, which
-- waits for nobody who reads or writes the log, and whom nobody has to wait for.
create function audit_month(moment timestamptz) returns void language plpgsql as $$
declare
    first date := date_trunc('month', moment at time zone 'UTC');
    name  text := 'audit_event_' || to_char(first, 'YYYY_MM');
begin
    if to_regclass(name) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(4, 0);
    if to_regclass(name) is null then
        execute format('create table %I (like audit_event including all)', name);
        execute format(
            'create trigger audit_event_whole before truncate on %I for each statement'
            ' execute function refuse_change()', name);
        execute format(
            'alter table audit_event attach partition %I for values from (%L) to (%L)',
            name, first::text || ' 00:00:00+00', (first + interval '1 month')::date::text || ' 00:00:00+00');
    end if;
exception when duplicate_table then
    null; -- another process has made it meanwhile, and had the lock until it was there
end $$;
-- How much was opened from one moment to before another, and on what grounds: by day (in Norway), person, role and
-- unit. `citizens` are those whose records were opened, `listed` those who stood on a list; night is 23 to 6.
create function access_by_day(low timestamptz, high timestamptz)
returns table (
    day date, person text, role text, unit text, citizens bigint, listed bigint, by_emergency bigint, refused bigint,
    without_relation bigint, at_night bigint, acts bigint)
language sql stable as $$
select (moment at time zone 'Europe/Oslo')::date, person, role, unit,
    count(distinct citizen) filter (where citizen <> 0 and permit and named),
    count(distinct citizen) filter (where citizen <> 0 and permit and not named),
    count(distinct citizen) filter (where basis = 'emergency' and permit),
    count(*) filter (where not permit),
    count(distinct citizen) filter (where not permit and basis = 'no-relation'),
    count(*) filter (where permit and extract(hour from moment at time zone 'Europe/Oslo') not between 6 and 22),
    count(*)
from audit_event
where moment >= low and moment < high and interaction <> 'seal'
group by 1, 2, 3, 4
$$;

-- For the privacy officer: all days of the log.
create view report_access_v1 as
select * from access_by_day('0001-01-02 00:00:00+00', '9999-12-30 00:00:00+00');
