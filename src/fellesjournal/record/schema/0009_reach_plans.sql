-- A search that is planned for its values (counts, sorted pages) has every statement planned so, also those in the
-- functions that it calls: for plainly_open that took longer than its work. It is read through one index, whatever is asked.
alter function plainly_open(bigint[], bigint, bigint[], bigint[]) set plan_cache_mode = force_generic_plan;
