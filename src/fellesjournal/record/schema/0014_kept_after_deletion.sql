-- What is kept from most stays so when the resource that says it of itself is deleted: its versions are still read by
-- history. A restriction of earlier versions alone (type -1) stays for good, as one with a negative `n`, also when the
-- resource is written again: nobody opens by deletion what may not be opened by a change.

-- Takes index rows out. `parts` says of which kinds, per resource, `any_parts` of which for any of them:
-- 1 terms, 2 dates, 4 numbers, 8 strings, 16 links, 32 texts, 64 care and restrictions, but for those kept for good.
create or replace function clear_index(citizens bigint[], rids bigint[], parts integer[], any_parts integer) returns void
language plpgsql as $$
begin
    if any_parts & 1 > 0 then
        delete from index_term i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 1 > 0 and i.citizen = s.citizen and i.rid = s.rid;
    end if;
    if any_parts & 2 > 0 then
        delete from index_date i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 2 > 0 and i.citizen = s.citizen and i.rid = s.rid;
    end if;
    if any_parts & 4 > 0 then
        delete from index_number i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 4 > 0 and i.citizen = s.citizen and i.rid = s.rid;
    end if;
    if any_parts & 8 > 0 then
        delete from index_string i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 8 > 0 and i.citizen = s.citizen and i.rid = s.rid;
    end if;
    if any_parts & 16 > 0 then
        delete from index_link i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 16 > 0 and i.citizen = s.citizen and i.rid = s.rid;
    end if;
    if any_parts & 32 > 0 then
        delete from index_text i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 32 > 0 and i.citizen = s.citizen and i.rid = s.rid;
        delete from index_word i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 32 > 0 and i.citizen = s.citizen and i.rid = s.rid;
        delete from file_text i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 32 > 0 and i.citizen = s.citizen and i.rid = s.rid;
    end if;
    if any_parts & 64 > 0 then
        delete from index_care i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 64 > 0 and i.citizen = s.citizen and i.rid = s.rid;
        delete from index_restriction i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 64 > 0 and i.citizen = s.citizen and i.rid = s.rid and i.n >= 0;
    end if;
end $$;

-- Deletions: of the resources at `keys`, each at the version given (0: whichever), those that are there.
-- What was deleted comes back, with the new version.
create or replace function write_gone(keys bigint[], versions integer[], moment timestamptz)
returns table (key bigint, version integer, updated timestamptz)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    gone identity[];
    kept index_restriction[];
begin
    perform from identity i where i.key = any (keys) order by i.key for update;
    with placed as (
        update identity i
        set deleted = true, version = i.version + 1, updated = greatest(i.updated, moment)
        from unnest(keys, versions) as w (key, version)
        where i.key = w.key and not i.deleted and w.version in (0, i.version)
        returning i.*
    )
    select array_agg(placed) into gone from placed;
    if gone is null then
        return;
    end if;
    with past as (
        delete from resource r using unnest(gone) as g
        where r.citizen = g.citizen and r.rid = g.rid
        returning r.*
    )
    insert into resource_history (citizen, key, version, type, method, updated, id, body)
    select p.citizen, p.key, p.version, p.type, p.method, p.updated, p.id, p.body from past p
    union all
    select g.citizen, g.key, g.version, g.type, 'D', g.updated, g.id, null from unnest(gone) g;
    insert into change (citizen, key, type, version, method, updated, id)
    select g.citizen, g.key, g.type, g.version, 'D', g.updated, g.id from unnest(gone) g order by g.key;
    select array_agg(x) into kept from unnest(gone) g
    join index_restriction x on x.citizen = g.citizen and x.rid = g.rid and x.own and x.n >= 0;
    perform clear_index(
        array(select g.citizen from unnest(gone) g), array(select g.rid from unnest(gone) g),
        array_fill(127, array[cardinality(gone)]), 127);
    insert into index_restriction
    select k.citizen, k.rid, case when k.type = -1 then -1 - k.n else k.n end, k.kind, k.own, k.type, k.target, k.party,
        k.low, k.high
    from unnest(kept) k
    on conflict do nothing;
    return query select g.key, g.version, g.updated from unnest(gone) g;
end $$;
