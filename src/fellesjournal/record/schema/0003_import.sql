-- What has been imported, so that an import goes on where it was stopped and no file is read twice.
-- A file is known by the digest of its content; a large NDJSON file has several parts, each from byte `start`.
-- `position` moves on in the same transaction as the resources before it.

create table import_part (
    digest   text not null,
    start    bigint not null,
    stop     bigint not null,
    position bigint not null,
    path     text not null,
    began    timestamptz not null default now(),
    finished timestamptz,
    primary key (digest, start)
);
