-- What codes are found by as people type (shared by all, as the releases are). Made from `concept` and
-- `designation` by terminology/finding, and made again whenever that changes.

-- The texts of one release in one language. The `active` first of its entries are those of active codes.
create table code_text (
    number   integer generated always as identity primary key,
    system   integer not null references code_system on delete cascade,
    language text collate "C" not null,
    main     boolean not null,
    entries  integer not null,
    active   integer not null,
    unique (system, language)
);

-- One row per concept that has a text on the shelf. `place` is the order in which equally good finds are shown, from
-- 1: active, short and general first. `key` is the code without punctuation, on the shelf of the displays only.
create table code_text_entry (
    shelf   integer not null references code_text on delete cascade,
    place   integer not null,
    concept integer not null,
    key     text collate "C" not null,
    primary key (shelf, place)
);
create index code_text_entry_key on code_text_entry (shelf, key) where key <> '';

-- Each word of the shelf, and the places of the entries that have it, ascending, as four-byte integers: `shown` in
-- the display or inflected there, `beside` in another text or as a part of a compound. `whole` when a text has the
-- word so, and not only as a stem or a part. Beginnings of one to three letters are there too, with an asterisk.
create table code_text_word (
    word   text collate "C" not null,
    shelf  integer not null references code_text on delete cascade,
    whole  boolean not null,
    shown  bytea not null,
    beside bytea not null,
    primary key (word, shelf)
);
create index code_text_word_shelf on code_text_word (shelf);
