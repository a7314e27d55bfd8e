-- name: open_chain
-- A new chain of the log.
insert into audit_chain (chain, opened, opener, genesis)
select nextval('audit_chain_number'), $1, $2, $3
returning chain;

-- name: ensure_month
-- Makes sure that there is room for the month of a moment and the next one.
select audit_month($1), audit_month($1 + interval '1 month');

-- name: write_accesses
-- Adds entries to the log; the commit waits for the disk, also where the session's others do not.
insert into audit_event
select * from unnest(
    $1::bigint[], $2::timestamptz[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::boolean[], $11::text[], $12::bytea[], $13::bytea[])
where (select set_config('synchronous_commit', 'on', true)) is not null;

-- name: chain_heads
-- Where every chain stands: its last entry and that one's hash.
select c.chain, e.number, e.hash
from audit_chain c
join lateral (
    select number, hash from audit_event a where a.chain = c.chain order by number desc limit 1) e on true
order by c.chain;

-- name: chains
-- Every chain, in the order of opening.
select chain, opened, opener, genesis from audit_chain order by chain;

-- name: entries_of_chain
-- The entries of a chain after a number, in order.
select citizen, moment, chain, number, person, role, unit, action, interaction, permit, basis, body, hash
from audit_event
where chain = $1 and number > $2
order by number limit $3;

-- name: accesses_of_citizen
-- What was done in a citizen's record ($1), newest first, in a span of time and before a place in that order;
-- by one person only ($8), and of one action only ($9), when these are set.
select moment, chain, number, person, role, unit, action, interaction, permit, basis, body
from audit_event
where citizen = $1 and moment >= $2 and moment < $3 and (moment, chain, number) < ($4, $5, $6)
    and ($8::text is null or person = $8) and ($9::text is null or action = $9)
order by moment desc, chain desc, number desc limit $7;

-- name: accesses_of_person
-- What a person ($1) did, newest first, in a span of time and before a place in that order; of one action only
-- ($8), when that is set.
select moment, chain, number, person, role, unit, action, interaction, permit, basis, body
from audit_event
where person = $1 and moment >= $2 and moment < $3 and (moment, chain, number) < ($4, $5, $6)
    and ($8::text is null or action = $8)
order by moment desc, chain desc, number desc limit $7;

-- name: accesses_of_month
-- The AuditEvents of a span of time, oldest first; seals are the chains' own affair.
select body from audit_event
where moment >= $1 and moment < $2 and interaction <> 'seal'
order by moment, chain, number;

-- name: unusual_access
-- How much each person opened on the days of a span of time, most emergency access and refusals first.
select * from report_access_v1 where day >= $1 and day <= $2
order by by_emergency desc, without_relation desc, citizens desc limit $3;

-- name: orphans
-- Chains that have entries, but no opening.
select a.chain, count(*) as entries from audit_event a
where not exists (select from audit_chain c where c.chain = a.chain)
group by a.chain order by a.chain;

-- name: hash_of_entry
-- The hash of one entry.
select hash from audit_event where chain = $1 and number = $2;

-- name: access_by_number
-- One AuditEvent of the log, and whose record it is about (key; 0: nobody's).
select citizen, moment, chain, number, person, role, unit, action, interaction, permit, basis, body
from audit_event where chain = $1 and number = $2 and interaction <> 'seal';
