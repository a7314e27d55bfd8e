-- name: list_phrases
-- The phrases of an author.
select name, text from own_phrase where author = $1 order by name;

-- name: keep_phrase!
-- A phrase, in the place of one of the same name.
insert into own_phrase (author, name, text) values ($1, $2, $3)
on conflict (author, name) do update set text = excluded.text;

-- name: drop_phrase!
-- A phrase that its author does not want any more.
delete from own_phrase where author = $1 and name = $2;
