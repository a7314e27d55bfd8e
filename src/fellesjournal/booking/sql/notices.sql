-- name: withdraw_notices!
-- Takes back what has not been sent yet about some resources.
update notice set state = 'withdrawn', ended = now() where about = any($1::bigint[]) and state in ('waiting', 'failed');

-- name: keep_notices!
-- Notices to send: citizen, the same as a reference, about what, kind, moment, when.
insert into notice (citizen, patient, about, kind, moment, due, next_try)
select c, p, a, k, m, d, d
from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::timestamptz[], $6::timestamptz[])
    as n (c, p, a, k, m, d);

-- name: take_notices
-- Takes notices that are due ($1) for this process until $2; others take others.
update notice n set next_try = $2, tries = n.tries + 1
from (select citizen, number from notice
    where state in ('waiting', 'failed') and next_try <= $1 order by next_try limit $3 for update skip locked) as t
where n.citizen = t.citizen and n.number = t.number
returning n.citizen, n.number, n.patient, n.about, n.kind, n.moment, n.way, n.tries, n.representative;

-- name: keep_waiting_notices!
-- Says why notices that are due ($1) wait ($2), and looks at them again later ($3).
update notice set reason = $2, next_try = $3 where state in ('waiting', 'failed') and next_try <= $1;

-- name: mark_notice!
-- What came of a notice: state, way, reason, and when it is tried again.
update notice set state = $3, way = $4, reason = $5, next_try = coalesce($6, next_try),
    ended = case when $3 in ('waiting', 'failed') then null else now() end
where citizen = $1 and number = $2;

-- name: also_by!
-- The same notice by one more way.
insert into notice (citizen, patient, about, kind, moment, due, next_try, way, representative)
select citizen, patient, about, kind, moment, due, due, $3, representative
from notice where citizen = $1 and number = $2;

-- name: also_to!
-- The same notice to those who act for the citizen ($3), once each.
insert into notice (citizen, patient, about, kind, moment, due, next_try, representative)
select n.citizen, n.patient, n.about, n.kind, n.moment, n.due, n.due, r
from notice n, unnest($3::text[]) as r
where n.citizen = $1 and n.number = $2 and not exists (select from notice o
    where o.citizen = n.citizen and o.about = n.about and o.kind = n.kind and o.due = n.due and o.representative = r);

-- name: notices_by_state
-- How many notices there are in each state that are due, by way, kind and reason; the oldest of each.
select state, way, kind, reason, count(*) as number, min(due) as oldest
from notice where due <= $1 and state <> 'withdrawn'
group by state, way, kind, reason order by state, way, kind, reason;

-- name: notices_to
-- What a citizen has been or will be told, the last first; not what those are told who act for them.
select kind, moment, due, state, way, reason, tries, ended
from notice where citizen = $1 and representative is null order by due desc, number desc limit $2;

-- name: notices_of_letters
-- What citizens are told of some letters: of each the notice that went out first, else the one that waits.
select distinct on (about) about, kind, moment, due, state, way, reason, tries, ended
from notice where about = any($1::bigint[]) and kind = 'letter' and state <> 'withdrawn' and representative is null
order by about, ended, number;
