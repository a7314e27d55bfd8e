-- Who may come near: which units and persons take part in a citizen's care, and what is kept from most of them.
-- Both are index rows like the others: made from the resources in the transaction that writes them. What makes
-- them is given by the room above (see record/guarding.py); here they decide what is within a scope.

-- A unit, service, place or person (`party`: the key of its resource) takes part in the care of a citizen, from
-- `low` to before `high` (microseconds since 1970 UTC), says the resource `rid`. `kind` is a number of access's.
create table index_care (
    citizen bigint not null,
    party   bigint not null,
    rid     bigint not null,
    n       smallint not null,
    kind    smallint not null,
    low     bigint not null,
    high    bigint not null,
    primary key (citizen, party, rid, n)
);
create index index_care_party on index_care (party, citizen) include (low, high, kind);

-- Something of a citizen's record is kept from some, says the resource `rid`, from `low` to before `high`.
-- `own`: it is that resource itself; else all of the record, or what is of a type, or the resource with the
-- key `target` (0: any). Kept from `party` (0: from all), or, by a `kind` above 0, from all without that right.
create table index_restriction (
    citizen bigint not null,
    rid     bigint not null,
    n       smallint not null,
    kind    smallint not null,
    own     boolean not null,
    type    smallint not null,
    target  bigint not null,
    party   bigint not null,
    low     bigint not null,
    high    bigint not null,
    primary key (citizen, rid, n)
);

-- The functions that write index rows, with these two kinds among them: bit 64 of `parts`.
drop function rewrite_index;
drop function write_next;
drop function write_new;
drop function write_index;
drop function write_gone;

-- Puts index rows in; the resources must have none of these kinds.
create function write_index(
    terms index_term[], dates index_date[], numbers index_number[], strings index_string[], links index_link[],
    text_citizens bigint[], text_rids bigint[], narratives text[], contents text[],
    care index_care[], restrictions index_restriction[]
) returns void
language plpgsql as $$
begin
    insert into index_term select * from unnest(terms);
    if cardinality(dates) > 0 then
        insert into index_date select * from unnest(dates);
    end if;
    if cardinality(numbers) > 0 then
        insert into index_number select * from unnest(numbers);
    end if;
    if cardinality(strings) > 0 then
        insert into index_string select * from unnest(strings);
    end if;
    if cardinality(links) > 0 then
        insert into index_link select * from unnest(links);
    end if;
    if cardinality(text_rids) > 0 then
        insert into index_text
        select citizen, rid, to_tsvector('norwegian', nullif(narrative, '')), to_tsvector('norwegian', content)
        from unnest(text_citizens, text_rids, narratives, contents) as t (citizen, rid, narrative, content);
    end if;
    if cardinality(care) > 0 then
        insert into index_care select * from unnest(care);
    end if;
    if cardinality(restrictions) > 0 then
        insert into index_restriction select * from unnest(restrictions);
    end if;
end $$;

-- Takes index rows out. `parts` says of which kinds, per resource, `any_parts` of which for any of them:
-- 1 terms, 2 dates, 4 numbers, 8 strings, 16 links, 32 texts, 64 care and restrictions.
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
    end if;
    if any_parts & 64 > 0 then
        delete from index_care i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 64 > 0 and i.citizen = s.citizen and i.rid = s.rid;
        delete from index_restriction i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 64 > 0 and i.citizen = s.citizen and i.rid = s.rid;
    end if;
end $$;

-- Resources that were never there before: version 1.
create function write_new(
    resources resource[],
    terms index_term[], dates index_date[], numbers index_number[], strings index_string[], links index_link[],
    text_citizens bigint[], text_rids bigint[], narratives text[], contents text[],
    care index_care[], restrictions index_restriction[]
) returns void
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    won bigint[];
begin
    with placed as (
        insert into identity (key, type, id, citizen, rid, version, updated)
        select key, type, id, citizen, rid, version, updated from unnest(resources) order by key
        on conflict (key) do nothing
        returning key
    )
    select array_agg(key) into won from placed;
    if cardinality(won) is distinct from cardinality(resources) then
        perform refuse_lost_race(array(select key from unnest(resources)), won);
    end if;
    insert into resource select * from unnest(resources);
    insert into change (citizen, key, type, version, method, updated, id)
    select citizen, key, type, version, method, updated, id from unnest(resources);
    perform write_index(
        terms, dates, numbers, strings, links, text_citizens, text_rids, narratives, contents, care, restrictions);
end $$;

-- Takes resources and their index rows out of the records of the citizens they were about so far.
-- Their past versions stay there.
create or replace function leave_citizens(citizens bigint[], rids bigint[]) returns void
language plpgsql as $$
begin
    delete from resource r using unnest(citizens, rids) as l (citizen, rid)
    where r.citizen = l.citizen and r.rid = l.rid;
    perform clear_index(citizens, rids, array_fill(127, array[cardinality(rids)]), 127);
end $$;

-- The next version of resources that are there or have been there. Each must stand at the version before.
-- `sources` are the citizens they belonged to so far, null when none of them moves.
create function write_next(
    resources resource[], sources bigint[], parts integer[], any_parts integer,
    terms index_term[], dates index_date[], numbers index_number[], strings index_string[], links index_link[],
    text_citizens bigint[], text_rids bigint[], narratives text[], contents text[],
    care index_care[], restrictions index_restriction[]
) returns void
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    won bigint[];
begin
    with placed as (
        insert into identity (key, type, id, citizen, rid, version, updated)
        select key, type, id, citizen, rid, version, updated from unnest(resources) order by key
        on conflict (key) do update
        set citizen = excluded.citizen, version = excluded.version, deleted = false, updated = excluded.updated
        where identity.version = excluded.version - 1
        returning key
    )
    select array_agg(key) into won from placed;
    if cardinality(won) is distinct from cardinality(resources) then
        perform refuse_lost_race(array(select key from unnest(resources)), won);
    end if;
    insert into resource_history (citizen, key, version, type, method, updated, id, body)
    select r.citizen, r.key, r.version, r.type, r.method, r.updated, r.id, r.body
    from unnest(resources, sources) as w (citizen, rid, key, type, version, updated, method, id, body, source)
    join resource r on r.citizen = coalesce(w.source, w.citizen) and r.rid = w.rid;
    if sources is not null then
        perform leave_citizens(array_agg(w.source), array_agg(w.rid))
        from unnest(resources, sources) as w (
            citizen, rid, key, type, version, updated, method, id, body, source)
        where w.source <> w.citizen
        having count(*) > 0;
    end if;
    insert into resource select * from unnest(resources)
    on conflict (citizen, rid) do update
    set version = excluded.version, updated = excluded.updated, method = excluded.method, body = excluded.body;
    insert into change (citizen, key, type, version, method, updated, id)
    select citizen, key, type, version, method, updated, id from unnest(resources);
    perform clear_index(
        array(select citizen from unnest(resources)), array(select rid from unnest(resources)), parts, any_parts);
    perform write_index(
        terms, dates, numbers, strings, links, text_citizens, text_rids, narratives, contents, care, restrictions);
end $$;

-- Deletions: of the resources at `keys`, each at the version given (0: whichever), those that are there.
-- What was deleted comes back, with the new version.
create function write_gone(keys bigint[], versions integer[], moment timestamptz)
returns table (key bigint, version integer, updated timestamptz)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    gone identity[];
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
    perform clear_index(
        array(select g.citizen from unnest(gone) g), array(select g.rid from unnest(gone) g),
        array_fill(127, array[cardinality(gone)]), 127);
    return query select g.key, g.version, g.updated from unnest(gone) g;
end $$;

-- Puts the index rows of resources in the place of those they have, of every kind.
create function rewrite_index(
    citizens bigint[], rids bigint[],
    terms index_term[], dates index_date[], numbers index_number[], strings index_string[], links index_link[],
    text_citizens bigint[], text_rids bigint[], narratives text[], contents text[],
    care index_care[], restrictions index_restriction[]
) returns void
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
    perform clear_index(citizens, rids, array_fill(127, array[cardinality(rids)]), 127);
    perform write_index(
        terms, dates, numbers, strings, links, text_citizens, text_rids, narratives, contents, care, restrictions);
end $$;

-- Whether a resource is within reach; record/search/within.py says the same for searches across citizens. `the_key`
-- may be null. `citizens`: whose records are open as a whole; `parties`: as whom the actor takes part in care;
-- `shut`: as whom they may be kept out, unless care was entered for one of `overrides`; `shared`: types that are
-- nobody's in particular; `rights`: kinds of what is kept from most that are open.
create function within_reach(
    the_citizen bigint, the_rid bigint, the_type smallint, the_key bigint, moment bigint, citizens bigint[],
    parties bigint[], shut bigint[], overrides bigint[], shared smallint[], rights smallint[]
) returns boolean
language plpgsql stable cost 1 as $$
begin
    if the_citizen = 0 then
        return the_type = any (shared);
    end if;
    if the_citizen <> all (citizens) and not exists (
        select from index_care c
        where c.citizen = the_citizen and c.party = any (parties) and c.low <= moment and c.high > moment
        offset 0
    ) then
        return false;
    end if;
    return not exists (
        select from index_restriction x
        where x.citizen = the_citizen and x.low <= moment and x.high > moment
            and (x.rid = the_rid or not x.own)
            and x.type in (0, the_type) and (x.target = 0 or x.target = coalesce(
                the_key, (select r.key from resource r where r.citizen = the_citizen and r.rid = the_rid)))
            and case when x.kind > 0 then x.kind <> all (rights) else
                x.party = any (shut) and not exists (
                    select from index_care o
                    where o.citizen = the_citizen and o.party = any (overrides)
                        and o.low <= moment and o.high > moment)
                end);
end $$;

-- Of some citizens those whose records are open, with nothing kept back from anybody: what a search that is known
-- to be about them asks first, once.
create function plainly_open(about bigint[], moment bigint, citizens bigint[], parties bigint[]) returns bigint[]
language plpgsql stable cost 1 as $$
begin
    return array(
        select a.citizen from unnest(about) as a (citizen)
        where (a.citizen = any (citizens) or exists (
                select from index_care c
                where c.citizen = a.citizen and c.party = any (parties) and c.low <= moment and c.high > moment
                offset 0))
            and not exists (select from index_restriction x where x.citizen = a.citizen offset 0));
end $$;
