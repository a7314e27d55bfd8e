-- Protected addresses (kode 6 and 7). Of a citizen with one, `resource`, `resource_history` and every index hold
-- the masked form; the full form of each version is here, and nothing else reads it (see record/veil.py).

-- What protects: the resource `key` says so. `whole`: of the citizen's whole record; else of that resource only.
create table protection (
    citizen bigint not null,
    key     bigint not null,
    whole   boolean not null,
    primary key (citizen, key)
);

-- The full form of each version that stands masked where it is read.
create table protected_body (
    citizen bigint not null,
    key     bigint not null,
    version integer not null,
    body    bytea not null,
    primary key (citizen, key, version)
);

-- No sample of a body is kept among the statistics: nothing is planned by them, and they outlive what they are of.
alter table protected_body alter column body set statistics 0;
alter table resource alter column body set statistics 0;
alter table resource_history alter column body set statistics 0;

-- Whoever writes a version waits for those who change what is protected, and raises JR002 when a version would
-- stand in clear that must not: its writer did not know yet. The detail lists citizens and keys.
create function refuse_unmasked() returns trigger
language plpgsql set enable_seqscan = off as $$
declare
    bare bigint[];
begin
    perform pg_advisory_xact_lock_shared(4, 0);
    select array_agg(distinct k) into bare
    from written w
    join protection p on p.citizen = w.citizen and (p.whole or p.key = w.key)
    cross join unnest(array[w.citizen, w.key]) k
    where w.body is not null and k <> 0 and not exists (
        select from protected_body b where b.citizen = w.citizen and b.key = w.key and b.version = w.version);
    if bare is not null then
        raise exception 'the address is protected' using errcode = 'JR002', detail = array_to_string(bare, ',');
    end if;
    return null;
end $$;

create trigger refuse_unmasked_new after insert on resource
    referencing new table as written for each statement execute function refuse_unmasked();
create trigger refuse_unmasked_next after update on resource
    referencing new table as written for each statement execute function refuse_unmasked();
create trigger refuse_unmasked_past after insert on resource_history
    referencing new table as written for each statement execute function refuse_unmasked();
