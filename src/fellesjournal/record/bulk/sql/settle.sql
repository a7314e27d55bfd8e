-- name: statistics#
-- What searches are planned with. Costs seconds for millions of rows.
analyze resource, index_term, index_date, index_number, index_string, index_link, index_text;

-- name: pending(index)$
-- Put what waits in an index's list of additions in its place, which makes every search of it cheaper.
select gin_clean_pending_list(:index::regclass);
