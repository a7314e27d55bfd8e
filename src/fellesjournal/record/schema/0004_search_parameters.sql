-- Search parameters that are posted while the record is in use.

-- The version of each SearchParameter by which everything that is stored has been indexed. What has no row here,
-- or one of an earlier version, is not searched by yet.
create table indexed_parameter (
    key     bigint primary key,
    version integer not null
);

-- Puts the index rows of resources in the place of those they have, of every kind.
create function rewrite_index(
    citizens bigint[], rids bigint[],
    terms index_term[], dates index_date[], numbers index_number[], strings index_string[], links index_link[],
    text_citizens bigint[], text_rids bigint[], narratives text[], contents text[]
) returns void
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
    perform clear_index(citizens, rids, array_fill(63, array[cardinality(rids)]), 63);
    perform write_index(
        terms, dates, numbers, strings, links, text_citizens, text_rids, narratives, contents);
end $$;
