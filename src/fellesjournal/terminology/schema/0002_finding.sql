-- What codes are found by as people type, one set of rows per release (shared by all, as the releases are).
-- Made from `concept` and `designation` by terminology/finding, and made again whenever that changes.

-- One row per concept and language. `place` is the order in which equally good finds are shown: from 1, active
-- and short before retired and long. `key` is the code without punctuation, in the display's language only.
create table code_entry (
    system     integer not null references code_system on delete cascade,
    place      integer not null,
    concept    integer not null,
    language   text collate "C" not null,
    active     boolean not null,
    valid_from date,
    valid_to   date,
    key        text collate "C" not null default '',
    -- A: words of the display, and their stems. B: of other texts. C: parts of compounds.
    words      tsvector not null,
    primary key (system, place)
);
create index code_entry_key on code_entry (system, key) where key <> '';
create index code_entry_words on code_entry using gin (words) with (gin_pending_list_limit = 4096);

-- The vocabulary: what compounds are split over, and misspelt words are corrected to.
create table code_word (
    word   text collate "C" not null,
    system integer not null references code_system on delete cascade,
    primary key (word, system)
);
create index code_word_system on code_word (system);
