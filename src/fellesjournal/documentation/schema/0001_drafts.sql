-- Drafts of notes: what a person has typed and not signed. They are the author's own and no part of the record.

create table note_draft (
    citizen  bigint not null, -- key of the Patient
    id       text not null, -- what the note will be called in the record
    author   text not null, -- "Practitioner/4"
    template text not null,
    note     text not null default '', -- the signed note that is being amended; '' for a new one
    fields   jsonb not null, -- what was typed, by place
    begun    timestamptz not null,
    changed  timestamptz not null,
    primary key (citizen, id),
    unique (citizen, author, template, note)
);
comment on table note_draft is 'Notes that their authors have begun and not signed; each author has a draft of their own';
