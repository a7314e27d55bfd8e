-- name: begin_draft
-- A new draft, also in the place of one in which nothing was typed; nothing where there is one with text.
insert into note_draft (citizen, id, author, template, note, fields, begun, changed, patient)
values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
on conflict (citizen, author, template, note) do update
set fields = excluded.fields, begun = excluded.begun, changed = excluded.changed, marks = '{}', others = '{}'
where note_draft.changed = note_draft.begun
returning patient, id, template, note, fields, begun, changed, revision, marks, others;

-- name: lock_draft
-- The draft that an author has of a note, until the transaction ends nobody else's to change.
select patient, id, template, note, fields, begun, changed, revision, marks, others
from note_draft where citizen = $1 and author = $2 and template = $3 and note = $4 for update;

-- name: keep_draft
-- What a draft holds after something was typed in it.
update note_draft set fields = $5, marks = $6, others = $7, revision = $8, changed = $9
where citizen = $1 and author = $2 and template = $3 and note = $4
returning patient, id, template, note, fields, begun, changed, revision, marks, others;

-- name: find_draft
-- The draft that an author has of a note.
select patient, id, template, note, fields, begun, changed, revision, marks, others
from note_draft where citizen = $1 and author = $2 and template = $3 and note = $4;

-- name: list_drafts
-- The drafts about a citizen in which an author has typed, the newest first.
select patient, id, template, note, fields, begun, changed, revision, marks, others
from note_draft where citizen = $1 and author = $2 and changed > begun order by changed desc;

-- name: list_waiting
-- The drafts of an author about anybody, in which something was typed, the newest first.
select patient, id, template, note, fields, begun, changed, revision, marks, others
from note_draft where author = $1 and changed > begun order by changed desc limit $2;

-- name: drop_draft!
-- A draft that has been signed or thrown away.
delete from note_draft where citizen = $1 and id = $2 and author = $3;

-- name: purge_forms
-- Forms that citizens have begun, and not changed since a moment: they are forgotten, with their files.
delete from note_draft where author like 'Patient/%' and changed < $1 returning id;
