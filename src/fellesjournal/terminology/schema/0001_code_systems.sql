-- Code systems by release, shared by all (reference tables on a database spread over machines).
-- A release is never changed after it was loaded, so a code that was valid when it was used stays readable.

create table code_system (
    number         integer generated always as identity primary key,
    url            text collate "C" not null,
    version        text collate "C" not null,
    name           text not null,
    title          text not null,
    language       text not null,
    oid            text not null default '',
    publisher      text not null default '',
    licence        text not null default '',
    source         text not null default '',
    content        text not null default 'complete',
    case_sensitive boolean not null default true,
    properties     jsonb not null default '{}',
    valid_from     date,
    concepts       integer not null default 0,
    -- hash of all that was loaded: the same release is known again, another content under its version is refused.
    digest         text not null default '',
    -- null while it is being loaded: what is not whole is not seen.
    loaded         timestamptz,
    unique (url, version)
);

-- `number` is the place within the release, from 1 in the order of the source.
create table concept (
    system     integer not null references code_system on delete cascade,
    number     integer not null,
    code       text collate "C" not null,
    display    text not null,
    definition text not null default '',
    active     boolean not null default true,
    abstract   boolean not null default false,
    valid_from date,
    valid_to   date,
    primary key (system, number)
);
create unique index concept_code on concept (system, code) include (number);

create table designation (
    system   integer not null references code_system on delete cascade,
    concept  integer not null,
    n        smallint not null,
    language text not null,
    use      text not null,
    text     text not null,
    primary key (system, concept, n)
);

create table concept_property (
    system   integer not null references code_system on delete cascade,
    concept  integer not null,
    n        smallint not null,
    property text collate "C" not null,
    kind     text not null,
    value    text collate "C" not null,
    primary key (system, concept, n)
);
create index concept_property_value on concept_property (system, property, value);

-- The hierarchy: `parent` stands directly above `child`; the closure has every pair, a concept and itself left out.
create table concept_parent (
    system integer not null references code_system on delete cascade,
    child  integer not null,
    parent integer not null,
    primary key (system, child, parent)
);
create index concept_parent_above on concept_parent (system, parent);

create table concept_closure (
    system     integer not null references code_system on delete cascade,
    ancestor   integer not null,
    descendant integer not null,
    primary key (system, ancestor, descendant)
);
create index concept_closure_below on concept_closure (system, descendant);
