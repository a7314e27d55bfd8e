-- name: open_chain
-- A new chain of the log.
insert into audit_chain (chain, opened, opener, genesis)
select nextval('audit_chain_number'), $1, $2, $3
returning chain;

-- name: ensure_month
-- Makes sure that there is room for the month of a moment and the next one.
select audit_month($1), audit_month($1 + interval '1 month');

-- name: write_accesses
-- Adds entries to the log: one array of rows, which is cheaper to read than an array for each column. The commit
-- waits for the disk, also where a session or a site has that turned off.
with durable as materialized (
    select case when current_setting('synchronous_commit') in ('off', 'local')
        then set_config('synchronous_commit', 'on', true) end)
insert into audit_event
select entry.* from durable, unnest($1::audit_event[]) as entry;

-- name: write_accesses_of_several
-- The same ($1), where some entries of a chain ($2) stand for several citizens each: a row leads from each citizen ($3)
-- to the entry, by its moment ($4) and number ($5).
with durable as materialized (
    select case when current_setting('synchronous_commit') in ('off', 'local')
        then set_config('synchronous_commit', 'on', true) end),
entries as (
    insert into audit_event
    select entry.* from durable, unnest($1::audit_event[]) as entry)
insert into audit_met (citizen, moment, chain, number)
select met.citizen, met.moment, $2, met.number
from unnest($3::bigint[], $4::timestamptz[], $5::bigint[]) as met (citizen, moment, number);

-- name: chain_heads
-- Where the chains stand that were written to since $1, of a month that begins at $2: last entry and its hash.
select c.chain, e.number, e.hash
from audit_chain c
join lateral (
    select number, hash, moment from audit_event a
    where a.chain = c.chain and a.moment >= $2 order by number desc limit 1) e on true
where e.moment >= $1
order by c.chain;

-- name: chains
-- Every chain, in the order of opening.
select chain, opened, opener, genesis from audit_chain order by chain;

-- name: entries_of_chain
-- The entries of a chain after a number, in order, of a span of time.
select citizen, moment, chain, number, permit, named, person, role, unit, action, interaction, basis, body, hash
from audit_event
where chain = $1 and number > $2 and moment >= $3 and moment < $4
order by number limit $5;

-- name: orphans
-- Chains that have entries, but no opening.
with recursive numbered as (
    (select chain from audit_event order by chain limit 1)
    union all
    select (select a.chain from audit_event a where a.chain > n.chain order by a.chain limit 1)
    from numbered n where n.chain is not null)
select chain from numbered n
where chain is not null and not exists (select from audit_chain c where c.chain = n.chain)
order by chain;

-- name: hashes_of_entries
-- The hashes of entries, by chain ($1) and number ($2).
select a.chain, a.number, a.hash
from unnest($1::bigint[], $2::bigint[]) as asked (chain, number)
join audit_event a on a.chain = asked.chain and a.number = asked.number;

-- name: accesses_of_citizen
-- What was done in a citizen's record ($1), newest first, in a span of time and before a place in that order; of one
-- person ($8), with some actions ($9), done or refused ($10); null: of any; only what gave them something ($11). Entries
-- that stand for several citizens are among them.
(select citizen, moment, chain, number, permit, named, person, role, unit, action, interaction, basis, body
from audit_event
where citizen = $1 and moment >= $2 and moment < $3 and (moment, chain, number) < ($4, $5, $6)
    and person = coalesce($8, person) and ($9::text[] is null or action = any ($9)) and permit = coalesce($10, permit)
    and (not $11::boolean or permit and (action = 'E' or position('"resources":'::bytea in body) > 0))
order by moment desc, chain desc, number desc limit $7)
union all
(select e.*
from audit_met m
cross join lateral (
    select citizen, moment, chain, number, permit, named, person, role, unit, action, interaction, basis, body
    from audit_event a
    where a.citizen = -1 and a.moment = m.moment and a.chain = m.chain and a.number = m.number limit 1) e
where m.citizen = $1 and m.moment >= $2 and m.moment < $3 and (m.moment, m.chain, m.number) < ($4, $5, $6)
    and e.person = coalesce($8, e.person) and ($9::text[] is null or e.action = any ($9))
    and e.permit = coalesce($10, e.permit) and (not $11 or e.permit)
order by m.moment desc, m.chain desc, m.number desc limit $7)
order by moment desc, chain desc, number desc limit $7;

-- name: changes_of_person
-- What a person ($2) wrote into a citizen's record ($1) since a moment, newest first.
select citizen, moment, chain, number, permit, named, person, role, unit, action, interaction, basis, body
from audit_event
where citizen = $1 and person = $2 and moment >= $3 and action in ('C', 'U', 'D') and permit
order by moment desc limit $4;

-- name: accesses_of_person
-- What a person ($1) did, newest first, in a span of time and before a place in that order; with some actions ($8),
-- done or refused ($9); null: any; only what gave them something ($10).
select citizen, moment, chain, number, permit, named, person, role, unit, action, interaction, basis, body
from audit_event
where person = $1 and moment >= $2 and moment < $3 and (moment, chain, number) < ($4, $5, $6)
    and ($8::text[] is null or action = any ($8)) and permit = coalesce($9, permit)
    and (not $10::boolean
        or permit and (citizen = -1 or action = 'E' or position('"resources":'::bytea in body) > 0))
order by moment desc, chain desc, number desc limit $7;

-- name: accesses_of_anybody
-- What was done by anybody to anything, newest first, in a span of time and before a place in that order; with some
-- actions ($7), done or refused ($8); null: any.
select citizen, moment, chain, number, permit, named, person, role, unit, action, interaction, basis, body
from audit_event
where moment >= $1 and moment < $2 and moment <= $3 and (moment, chain, number) < ($3, $4, $5)
    and interaction <> 'seal' and ($7::text[] is null or action = any ($7)) and permit = coalesce($8, permit)
order by moment desc, chain desc, number desc limit $6;

-- name: not_led_to
-- Of citizens ($1) whom entries stand for, by moment ($2), chain ($3) and number ($4): the entries that a citizen is
-- not led to, with the number of such citizens.
select asked.chain, asked.number, count(*) as citizens
from unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::bigint[]) as asked (citizen, moment, chain, number)
where not exists (
    select from audit_met m
    where m.citizen = asked.citizen and m.moment = asked.moment and m.chain = asked.chain and m.number = asked.number)
group by 1, 2 order by 1, 2;

-- name: led_astray
-- In a span of time: how many rows lead from a citizen to an entry, and how many citizens the entries stand for.
select
    (select count(*) from audit_met where moment >= $1 and moment < $2) as rows,
    (select count(*) from audit_event a cross join lateral audit_citizens(a.citizen, a.body)
        where a.citizen = -1 and a.moment >= $1 and a.moment < $2) as citizens;

-- name: access
-- One entry.
select citizen, moment, chain, number, permit, named, person, role, unit, action, interaction, basis, body
from audit_event
where chain = $1 and number = $2;

-- name: accesses_of_time
-- All that was done in a span of time, oldest first.
select citizen, moment, chain, number, permit, named, person, role, unit, action, interaction, basis, body
from audit_event
where moment >= $1 and moment < $2 and interaction <> 'seal'
order by moment, chain, number;

-- name: access_by_day
-- How much each person opened in a span of time, by day.
select * from access_by_day($1, $2) where person <> '';

-- name: opened_by_persons
-- Whose records were opened by these persons ($1) in a span of time, by day.
select distinct (a.moment at time zone 'Europe/Oslo')::date as day, a.person, a.citizen,
    coalesce(i.id, '') as patient
from audit_event a
left join identity i on i.key = a.citizen
where a.person = any ($1::text[]) and a.moment >= $2 and a.moment < $3 and a.citizen <> 0 and a.permit and a.named
order by 1, 2, 4;

-- name: roles_given
-- Roles that were given, changed or taken away in a span of time, oldest first.
select citizen, moment, chain, number, permit, named, person, role, unit, action, interaction, basis, body
from audit_event
where moment >= $1 and moment < $2 and interaction in ('role-given', 'role-ended')
order by moment, chain, number;

-- name: ends_before
-- The last entry of each chain before a moment, with its hash.
select distinct on (chain) chain, number, hash from audit_event where moment < $1 order by chain, number desc;

-- name: purges
-- The entries that note where chains were cut off, newest first.
select citizen, moment, chain, number, permit, named, person, role, unit, action, interaction, basis, body
from audit_event where interaction = 'purge' order by moment desc, chain desc, number desc;

-- name: drop_months
-- Drop the months before a moment.
select audit_drop($1);
