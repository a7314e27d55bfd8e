-- name: add_file!
-- A file for a draft.
insert into note_file (citizen, draft, id, title, kind, content) values ($1, $2, $3, $4, $5, $6)
on conflict do nothing;

-- name: list_files
-- The files of a draft.
select id, title, kind, content from note_file where citizen = $1 and draft = $2;
