-- name: texts_of_files
-- The text of the files that resources hold.
select f.rid, f.state, f.text from file_text f
join unnest($1::bigint[], $2::bigint[]) as w (citizen, rid) on f.citizen = w.citizen and f.rid = w.rid
order by f.rid, f.n;

-- name: texts_of_resource
-- The files of a resource within reach, and their text.
select f.state, f.text from identity i join file_text f on f.citizen = i.citizen and f.rid = i.rid
where i.key = $1 and not i.deleted
    and ($2::bigint is null or within_reach(i.citizen, i.rid, i.type, i.key, $2, $3, $4, $5, $6, $7, $8))
order by f.n;

-- name: behind_blocks
-- How much of a citizen's record ($1) is kept from units ($4) alone, and not also from the person, from everybody, or as
-- sensitive: of types ($2, null: all), at a moment ($3), from one who takes part in care as $5 and is kept out as $6,
-- without an overridden block ($7) and with the rights $8. Of a citizen with a protected address nothing.
with block as (
    select x.type, x.target from index_restriction x
    where x.citizen = $1 and x.kind = 0 and not x.own and x.party = any ($4::bigint[]) and x.low <= $3 and x.high > $3
        and exists (
            select from index_care c
            where c.citizen = $1 and c.party = any ($5::bigint[]) and c.low <= $3 and c.high > $3)
        and not exists (
            select from index_care c
            where c.citizen = $1 and c.party = any ($7::bigint[]) and c.low <= $3 and c.high > $3)
        and not exists (select from protection p where p.citizen = $1)
), hidden as (
    select w.rid, w.type from index_word w
    where w.citizen = $1 and exists (select from block)
        and (w.type = any (array(select b.type from block b where b.target = 0))
            or exists (select from block b where b.target = 0 and b.type = 0))
    union
    select w.rid, w.type from block b
    join identity i on i.key = b.target
    join index_word w on w.citizen = i.citizen and w.rid = i.rid
    where i.citizen = $1
)
select count(*) from hidden h
where ($2::smallint[] is null or h.type = any ($2)) and not exists (
    select from index_restriction x
    where x.citizen = $1 and x.low <= $3 and x.high > $3 and (x.rid = h.rid or not x.own) and x.type in (0, h.type)
        and (x.target = 0 or x.target = (select r.key from resource r where r.citizen = $1 and r.rid = h.rid))
        and case when x.kind > 0 then x.kind <> all ($8::smallint[])
            else x.party = any ($6::bigint[]) and (x.own or x.party <> all ($4::bigint[])) end);

-- name: read_files_alone
-- Whether this connection becomes the one that reads files, as long as it is there.
select pg_try_advisory_lock(6, 0);

-- name: files_waiting
-- Resources that hold files whose text has not been read, the latest first: those are sought.
select w.citizen, w.rid, r.version, r.body from index_word w
join resource r on r.citizen = w.citizen and r.rid = w.rid
where w.waiting order by w.rid desc limit $1;

-- name: keep_file_texts
-- The text of each file of a resource that stands at a version, and their words beside its own.
with kept as (
    update index_word w set waiting = false, words = w.words || $4::text::tsvector
    where w.citizen = $1 and w.rid = $2 and w.waiting and exists (
        select from resource r where r.citizen = $1 and r.rid = $2 and r.version = $3)
    returning w.citizen, w.rid
)
insert into file_text (citizen, rid, n, state, text)
select k.citizen, k.rid, f.n, f.state::"char", f.text
from kept k cross join unnest($5::text[], $6::text[]) with ordinality as f (state, text, n);
