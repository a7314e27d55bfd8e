-- Search in one citizen's chart: the words of each resource as people compare them, the codes it carries, and the text
-- of the files that it holds. Citizen first in each key; made with the resource and in its transaction, but for files.

-- `words`: the stems of the resource's texts and of its files, in their order, and long ones backwards too (see
-- terminology/wording/written.py). `codes`: hashes of system and code. `at`: the day it is about, in microseconds since 1970
-- UTC. `waiting`: it holds files whose text has not been read yet. The words of a citizen are read all together, so there
-- is no other index.
create table index_word (
    citizen bigint not null,
    rid     bigint not null,
    type    smallint not null,
    at      bigint not null,
    waiting boolean not null,
    codes   bigint[] not null,
    words   tsvector not null,
    primary key (citizen, rid)
);
create index index_word_waiting on index_word (rid) where waiting;

-- The text of the `n`th file that a resource holds. `state`: r read, e empty (scanned: no text in it), u unreadable.
create table file_text (
    citizen bigint not null,
    rid     bigint not null,
    n       smallint not null,
    state   "char" not null,
    text    text not null,
    primary key (citizen, rid, n)
);

-- No sample of anybody's words is kept among the statistics: nothing is planned by them, and they outlive what they are of.
alter table index_word alter column words set statistics 0;
alter table file_text alter column text set statistics 0;

-- A row of index_word as it is sent.
create type word_row as (
    citizen bigint, rid bigint, type smallint, at bigint, waiting boolean, codes bigint[], words text
);

drop function rewrite_index;
drop function write_next;
drop function write_new;
drop function write_index;

-- Puts index rows in; the resources must have none of these kinds.
create function write_index(
    terms index_term[], dates index_date[], numbers index_number[], strings index_string[], links index_link[],
    text_citizens bigint[], text_rids bigint[], narratives text[], contents text[],
    care index_care[], restrictions index_restriction[], words word_row[]
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
    if cardinality(words) > 0 then
        insert into index_word
        select w.citizen, w.rid, w.type, w.at, w.waiting, w.codes, w.words::tsvector from unnest(words) as w;
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
        delete from index_word i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
        where s.parts & 32 > 0 and i.citizen = s.citizen and i.rid = s.rid;
        delete from file_text i using unnest(citizens, rids, parts) as s (citizen, rid, parts)
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
    care index_care[], restrictions index_restriction[], words word_row[]
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
        terms, dates, numbers, strings, links, text_citizens, text_rids, narratives, contents, care, restrictions, words);
end $$;

-- The next version of resources that are there or have been there. Each must stand at the version before.
-- `sources` are the citizens they belonged to so far, null when none of them moves.
create function write_next(
    resources resource[], sources bigint[], parts integer[], any_parts integer,
    terms index_term[], dates index_date[], numbers index_number[], strings index_string[], links index_link[],
    text_citizens bigint[], text_rids bigint[], narratives text[], contents text[],
    care index_care[], restrictions index_restriction[], words word_row[]
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
        terms, dates, numbers, strings, links, text_citizens, text_rids, narratives, contents, care, restrictions, words);
end $$;

-- Puts the index rows of resources in the place of those they have, of every kind.
create function rewrite_index(
    citizens bigint[], rids bigint[],
    terms index_term[], dates index_date[], numbers index_number[], strings index_string[], links index_link[],
    text_citizens bigint[], text_rids bigint[], narratives text[], contents text[],
    care index_care[], restrictions index_restriction[], words word_row[]
) returns void
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
    perform clear_index(citizens, rids, array_fill(127, array[cardinality(rids)]), 127);
    perform write_index(
        terms, dates, numbers, strings, links, text_citizens, text_rids, narratives, contents, care, restrictions, words);
end $$;
