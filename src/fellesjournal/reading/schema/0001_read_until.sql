-- Up to when each reader knows a citizen's record: what came later is new to them.

create table read_until (
    citizen bigint not null,
    reader  text not null, -- Practitioner/4
    until   timestamptz not null,
    primary key (citizen, reader)
);
comment on table read_until is 'Up to when each reader knows a citizen''s record';
