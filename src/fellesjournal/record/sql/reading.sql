-- name: read_current
-- Where a resource stands: its place, version and body (null when it is deleted).
select i.key, i.type, i.id, i.citizen, i.rid, i.version, i.deleted, i.updated, r.body
from identity i left join resource r on r.citizen = i.citizen and r.rid = i.rid
where i.key = $1;

-- name: read_many
-- Where resources stand: place, version and body of each that is or has been there.
select i.key, i.type, i.id, i.citizen, i.rid, i.version, i.deleted, i.updated, r.body
from identity i left join resource r on r.citizen = i.citizen and r.rid = i.rid
where i.key = any ($1::bigint[]);

-- name: read_version
-- One version of a resource, current or past, and the citizen it is about; no body when that version is its
-- deletion.
select i.citizen, i.id, r.version, r.updated, r.method, r.body
from identity i join resource r on r.citizen = i.citizen and r.rid = i.rid
where i.key = $1 and r.version = $2
union all
select h.citizen, h.id, h.version, h.updated, h.method, h.body
from resource_history h
where h.key = $1 and h.version = $2;

-- name: read_versions
-- The versions that resources stand at, and whether that is a deletion.
select key, version, deleted, citizen from identity where key = any ($1::bigint[]);
