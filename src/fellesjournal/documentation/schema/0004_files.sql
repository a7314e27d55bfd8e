-- Files that were sent for a note that is not signed yet; signing makes documents of them.

create table note_file (
    citizen bigint not null, -- key of the Patient
    draft   text not null, -- the id of the draft
    id      text not null, -- what the answer knows it by
    title   text not null,
    kind    text not null, -- the media type, as the content has it
    content bytea not null,
    primary key (citizen, draft, id),
    foreign key (citizen, draft) references note_draft (citizen, id) on delete cascade
);
comment on table note_file is 'Files of notes that are not signed';
