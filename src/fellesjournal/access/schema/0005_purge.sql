-- Drops the months of the log before a moment; gives their partitions' names. What stood at the end of each chain
-- there must have been noted in the log before (access/audit/purging.py).
create function audit_drop(before timestamptz) returns setof text language plpgsql as $$
declare
    first text := 'audit_event_' || to_char(before at time zone 'UTC', 'YYYY_MM');
    name  text;
begin
    perform pg_advisory_xact_lock(5, 0);
    for name in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'audit_event'::regclass and c.relname < first order by c.relname
    loop
        execute format('drop table %I', name);
        return next name;
    end loop;
end $$;
