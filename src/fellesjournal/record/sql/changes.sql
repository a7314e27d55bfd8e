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
