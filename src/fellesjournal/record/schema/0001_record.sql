-- The record: what is true now, what was true before, and what makes it found.
-- `citizen` is the key of the Patient in whose record a row stands (0: shared by all), first in every
-- primary key, so that one citizen's rows stay together on a database spread over machines.
-- `key` is the 64-bit hash of "Type/id"; `rid` is the order of creation and never changes.

create table resource_type (
    number smallint primary key,
    name   text not null unique
);

create sequence resource_rid as bigint;

-- One row for every resource that exists or has existed: found by key, locked before it is changed.
create table identity (
    key     bigint primary key,
    type    smallint not null,
    id      text collate "C" not null,
    citizen bigint not null,
    rid     bigint not null,
    version integer not null,
    deleted boolean not null default false,
    updated timestamptz not null
);

-- `method` says what made a version: C create, U update, P patch, D delete.
create table resource (
    citizen bigint not null,
    rid     bigint not null,
    key     bigint not null,
    type    smallint not null,
    version integer not null,
    updated timestamptz not null,
    method  "char" not null default 'C',
    id      text collate "C" not null,
    body    bytea not null,
    primary key (citizen, rid)
);
create index resource_updated on resource (type, updated, rid);

-- What was true before. A version stays in the record of the citizen it was written in, also when the resource
-- is corrected to be about another one.
create table resource_history (
    citizen bigint not null,
    key     bigint not null,
    version integer not null,
    type    smallint not null,
    method  "char" not null,
    updated timestamptz not null,
    id      text collate "C" not null,
    body    bytea,
    primary key (citizen, key, version)
);
create index resource_history_key on resource_history (key, version);
create index resource_history_updated on resource_history (type, updated, key, version);

-- Every change in the order it took effect: read behind the horizon of open transactions.
create table change (
    citizen bigint not null,
    xid     xid8 not null default pg_current_xact_id(),
    seq     bigint generated always as identity,
    key     bigint not null,
    type    smallint not null,
    version integer not null,
    method  "char" not null,
    updated timestamptz not null,
    id      text collate "C" not null,
    primary key (citizen, xid, seq)
);
create index change_order on change (xid, seq);

-- Equality: tokens, references, URIs and presence, as hashed terms.
create table index_term (
    citizen bigint not null,
    rid     bigint not null,
    type    smallint not null,
    terms   bigint[] not null,
    primary key (citizen, rid)
);
create index index_term_terms on index_term using gin (terms);
create index index_term_newest on index_term (type, rid desc);

-- Dates and periods: microseconds since 1970 UTC, both ends inclusive.
-- `code` and `system` are set in composite rows: hash of the code, hash of its system.
create table index_date (
    citizen bigint not null,
    rid     bigint not null,
    param   integer not null,
    n       integer not null,
    low     bigint not null,
    high    bigint not null,
    code    bigint,
    system  bigint,
    primary key (citizen, rid, param, n)
);
create index index_date_low on index_date (param, low, high, rid) include (citizen);
create index index_date_high on index_date (param, high, rid) include (citizen);

-- Numbers and quantities, as written and, for UCUM units, converted to base units.
-- `units` are the hashes under which the unit is found: "system|code", "code", the printed unit.
create table index_number (
    citizen        bigint not null,
    rid            bigint not null,
    param          integer not null,
    n              integer not null,
    grp            smallint not null,
    low            double precision not null,
    high           double precision not null,
    canonical_low  double precision,
    canonical_high double precision,
    canonical_unit bigint,
    code           bigint,
    system         bigint,
    units          bigint[],
    primary key (citizen, rid, param, n)
);
create index index_number_low on index_number (param, low, high, rid) include (citizen);
create index index_number_code on index_number (param, code, low, high, rid) include (citizen)
    where code is not null;
create index index_number_canonical on index_number (param, canonical_unit, canonical_low)
    where canonical_unit is not null;
create index index_number_high on index_number (param, high) where high > low;

-- Strings, folded for search; `exact` is the hash of the string as written, `grams` its trigrams.
create table index_string (
    citizen bigint not null,
    rid     bigint not null,
    param   integer not null,
    n       integer not null,
    exact   bigint not null,
    folded  text collate "C" not null,
    grams   integer[] not null,
    primary key (citizen, rid, param, n)
);
create index index_string_folded on index_string (param, left(folded, 60), rid);
create index index_string_grams on index_string using gin (grams);

-- References between resources: for chains, includes, compartments.
create table index_link (
    citizen     bigint not null,
    rid         bigint not null,
    param       integer not null,
    target      bigint not null,
    target_type smallint not null,
    primary key (citizen, rid, param, target)
);
create index index_link_target on index_link (target, param, rid);

-- Words of the narrative and of the whole resource.
create table index_text (
    citizen   bigint not null,
    rid       bigint not null,
    narrative tsvector,
    content   tsvector not null,
    primary key (citizen, rid)
);
create index index_text_narrative on index_text using gin (narrative);
create index index_text_content on index_text using gin (content);

-- The texts that stand beside codes (modifier :text), each once; found terms are looked up in index_term.
create table concept_text (
    param  integer not null,
    term   bigint not null,
    folded text collate "C" not null,
    primary key (param, term)
);
create index concept_text_folded on concept_text (param, left(folded, 60));
