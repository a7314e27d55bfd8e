-- name: end_of_changes
-- The last place in the feed that nothing can appear behind any more.
select c.xid::text::bigint as xid, c.seq
from change c
where c.xid < pg_snapshot_xmin(pg_current_snapshot())
order by c.xid desc, c.seq desc
limit 1;

-- name: changes_after
-- The changes after a place in the feed, in the order they took effect; no further than the oldest transaction
-- that is still open, so that nothing can appear behind a reader's back.
select c.xid::text::bigint as xid, c.seq, c.citizen, c.key, c.type, c.version, c.method, c.updated, c.id
from change c
where (c.xid, c.seq) > ($1::text::xid8, $2::bigint) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
order by c.xid, c.seq
limit $3;

-- name: said_round_changes
-- What resources ($1) say now, and what they said before each of some changes (to versions $2).
select i.key, r.body from unnest($1::bigint[]) as w (key)
join identity i on i.key = w.key join resource r on r.citizen = i.citizen and r.rid = i.rid
union all
select h.key, h.body from unnest($1::bigint[], $2::integer[]) as w (key, version)
join resource_history h on h.key = w.key and h.version = w.version - 1
where h.body is not null;

-- name: taking_part
-- As whom others take part in the care of citizens, by key, at a moment in microseconds since 1970 UTC.
select c.citizen, array_agg(c.party) as parties from index_care c
where c.citizen = any ($1::bigint[]) and c.low <= $2 and c.high > $2
group by c.citizen;

-- name: guarded_changes
-- Those of some changes (citizens, keys, versions) that are in a record of which something is kept from somebody, and
-- whose resource is not labelled otherwise than it was before them.
select w.key, w.version from unnest($1::bigint[], $2::bigint[], $3::integer[]) as w (citizen, key, version)
where exists (select from index_restriction x where x.citizen = w.citizen) and (w.version = 1 or (
    select convert_from(h.body, 'UTF8')::jsonb #> '{meta,security}' from resource_history h
    where h.key = w.key and h.version = w.version - 1
) is not distinct from (
    select convert_from(r.body, 'UTF8')::jsonb #> '{meta,security}' from identity i
    join resource r on r.citizen = i.citizen and r.rid = i.rid where i.key = w.key
));
