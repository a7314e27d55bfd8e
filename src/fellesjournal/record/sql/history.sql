-- name: history_of_resource
-- The versions of one resource, newest first, of them those within the scope that
-- began in a span of time and, when $7 is set, were still current then; no earlier ones where these are kept back.
select v.* from (
    select h.type, h.id, h.version, h.updated, h.method, h.body, h.key, h.citizen
    from resource_history h where h.key = $2 and ($9::bigint is null or h.body is null or not exists (
        select from index_restriction x
        where x.citizen = h.citizen and x.rid = $3 and x.own and x.type = -1 and x.kind <> all ($15::smallint[])))
    union all
    select r.type, r.id, r.version, r.updated, r.method, r.body, r.key, r.citizen
    from resource r where r.citizen = $1 and r.rid = $3
) v
where v.updated >= $4 and v.updated <= $5 and v.version < $6
    and ($9::bigint is null or within_reach(
    v.citizen, $3, v.type, v.key, $9, $10, $11, $12, $13, $14, $15))
    and ($7::timestamptz is null or not exists (
        select from (
            select n.updated from resource_history n where n.key = $2 and n.version = v.version + 1
            union all
            select n.updated from resource n where n.citizen = $1 and n.rid = $3 and n.version = v.version + 1
        ) following where following.updated < $7))
order by v.version desc limit $8;

-- name: history_of_types
-- The versions of resources of some types, newest first, from a place in that order ($3, $4, $5) on, those only
-- that began since $2 and, when $6 is set, were still current then. Each type is read from its own end of the
-- index, so that a page costs the same however long the history is.
select v.* from unnest($1::smallint[]) as t (number)
cross join lateral (
    (select r.type, r.id, r.version, r.updated, r.method, r.body, r.key, r.citizen
     from resource r
     where r.type = t.number and r.updated >= $2 and r.updated <= $3
         and (r.updated, r.key, r.version) < ($3, $4::bigint, $5::integer)
         and ($8::bigint is null or within_reach(
             r.citizen, r.rid, r.type, r.key, $8, $9, $10, $11, $12, $13, $14))
     order by r.updated desc, r.key desc, r.version desc limit $7)
    union all
    (select h.type, h.id, h.version, h.updated, h.method, h.body, h.key, h.citizen
     from resource_history h
     where h.type = t.number and h.updated >= $2 and h.updated <= $3
         and (h.updated, h.key, h.version) < ($3, $4::bigint, $5::integer)
         and ($8::bigint is null or within_reach(
             h.citizen, (select i.rid from identity i where i.key = h.key), h.type, h.key,
             $8, $9, $10, $11, $12, $13, $14))
         and ($8::bigint is null or h.body is null or not exists (
             select from index_restriction x
             where x.citizen = h.citizen and x.rid = (select i.rid from identity i where i.key = h.key)
                 and x.own and x.type = -1 and x.kind <> all ($14::smallint[])))
         and ($6::timestamptz is null or not exists (
             select from resource_history n
             where n.key = h.key and n.version = h.version + 1 and n.updated < $6
             union all
             select from identity i
             where i.key = h.key and i.version = h.version + 1 and i.updated < $6))
     order by h.updated desc, h.key desc, h.version desc limit $7)
) v
order by v.updated desc, v.key desc, v.version desc limit $7;
