-- name: note_opened!
-- A reader has opened a document; the first time counts.
insert into opened (citizen, document, reader, at) values ($1, $2, $3, $4) on conflict do nothing;

-- name: first_opened
-- When documents of a citizen were first opened by anybody.
select document, min(at) as at from opened where citizen = $1 and document = any($2::text[]) group by document;
