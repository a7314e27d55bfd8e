-- name: begin_session!
-- A new session.
insert into session (id, person, kind, display, provider, issuer, subject, provider_session, id_token, began, seen, expires)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11);

-- name: find_session
-- The session of a cookie, unless it has ended or expired.
select id, person, kind, display, practitioner_role, provider, issuer, subject, provider_session, id_token, place,
    began, expires, seen, locked,
    coalesce((select language from language_choice where language_choice.person = session.person), '') as language
from session where id = $1 and ended is null and expires > $2;

-- name: touch_session!
-- Note that a session is used.
update session set seen = $2 where id = $1 and seen < $2;

-- name: lock_session!
-- Lock a session and keep where the person was.
update session set locked = $2, place = $3 where id = $1 and ended is null and locked is null;

-- name: reopen_session!
-- Unlock a session under a new id.
update session set id = $2, locked = null, seen = $3 where id = $1 and ended is null and expires > $3;

-- name: put_on_role!
-- Make a role the active one.
update session set practitioner_role = $2 where id = $1 and ended is null and locked is null;

-- name: remember_role!
-- Note the role a person chose.
insert into role_choice (person, practitioner_role, chosen) values ($1, $2, $3)
on conflict (person) do update set practitioner_role = excluded.practitioner_role, chosen = excluded.chosen;

-- name: last_role
-- The role a person chose last.
select practitioner_role from role_choice where person = $1;

-- name: remember_language!
-- Note the language a person chose.
insert into language_choice (person, language, chosen) values ($1, $2, $3)
on conflict (person) do update set language = excluded.language, chosen = excluded.chosen;

-- name: end_session!
-- End a session.
update session set ended = $2, ended_because = $3, id_token = '' where id = $1 and ended is null;

-- name: end_sessions_of_subject!
-- End the sessions that a provider has ended: one of its own sessions ($3), or all of the person's ($2).
update session set ended = $4, ended_because = 'provider', id_token = ''
where issuer = $1 and ended is null and ($2 = '' or subject = $2) and ($3 = '' or provider_session = $3);

-- name: forget_sessions!
-- Delete the sessions that expired long ago.
delete from session where expires < $1;

-- name: sessions_of_person
-- The sessions of a person that have neither ended nor expired, the one used last first.
select id, person, kind, display, practitioner_role, provider, issuer, subject, provider_session, id_token, place,
    began, expires, seen, locked, '' as language
from session where person = $1 and ended is null and expires > $2 order by seen desc, id;
