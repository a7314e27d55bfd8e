-- Whose record a draft is for, by the citizen's id: an author's list of drafts spans citizens, and a key tells no id.

alter table note_draft add column patient text not null default ''; -- id of the Patient
update note_draft set patient = identity.id from identity where identity.key = note_draft.citizen;
create index note_draft_author on note_draft (author, changed desc);
