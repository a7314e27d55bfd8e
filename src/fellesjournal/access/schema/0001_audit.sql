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

-- One act on the record of one citizen (0: nobody's), as a FHIR AuditEvent in `body`; the columns are what it is
-- found by. `permit`: whether it was done, `basis`: on what ground, or why not. `action` is C, R, U, D or E.
create table audit_event (
    citizen     bigint not null,
    moment      timestamptz not null,
    chain       bigint not null,
    number      bigint not null,
    person      text not null,
    role        text not null,
    unit        text not null,
    action      text not null,
    interaction text not null,
    permit      boolean not null,
    basis       text not null,
    body        bytea not null,
    hash        bytea not null,
    primary key (citizen, moment, chain, number)
) partition by range (moment);
create index audit_event_chain on audit_event (chain, number);
create index audit_event_person on audit_event (person, moment);

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

-- Makes sure that there is a partition for the month of a moment.
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
        execute format(
            'create table %I partition of audit_event for values from (%L) to (%L)',
            name, first::text || ' 00:00:00+00', (first + interval '1 month')::date::text || ' 00:00:00+00');
        execute format(
            'create trigger audit_event_whole before truncate on %I for each statement'
            ' execute function refuse_change()', name);
    end if;
end $$;
create table audit_event_other partition of audit_event default;
create trigger audit_event_whole before truncate on audit_event_other
for each statement execute function refuse_change();

-- For the privacy officer: by day, person, role and unit, how much was opened and on what grounds.
create view report_access_v1 as
select date_trunc('day', moment at time zone 'Europe/Oslo')::date as day, person, role, unit,
    count(distinct citizen) filter (where citizen <> 0 and permit) as citizens,
    count(distinct citizen) filter (where basis = 'emergency' and permit) as by_emergency,
    count(*) filter (where not permit) as refused,
    count(*) filter (where not permit and basis = 'no-relation') as without_relation,
    count(*) filter (where permit and extract(hour from moment at time zone 'Europe/Oslo') not between 6 and 22)
        as at_night,
    count(*) as acts
from audit_event
group by 1, 2, 3, 4;
