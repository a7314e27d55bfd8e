-- name: begin_grant
-- A new grant.
insert into app_grant (app, person, kind, display, practitioner_role, patient, scope, nonce, given, expires)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id;

-- name: hand_code!
-- A code for a grant.
insert into app_grant_code (id, grant_id, redirect_uri, challenge, expires) values ($1, $2, $3, $4, $5);

-- name: find_code
-- A code of an app with its grant, used and expired ones too.
select c.grant_id, c.redirect_uri, c.challenge, c.expires, c.used
from app_grant_code c join app_grant g on g.id = c.grant_id where c.id = $1 and g.app = $2;

-- name: use_code
-- Mark a code as used; no row comes back when it has been.
update app_grant_code set used = $2 where id = $1 and used is null returning true;

-- name: hand_token!
-- A token of a grant.
insert into app_grant_token (id, grant_id, kind, made, expires) values ($1, $2, $3, $4, $5);

-- name: find_grant
-- A grant that has neither ended nor expired, of an app that is registered.
select g.id, g.app, g.person, g.kind, g.display, g.practitioner_role, g.patient, g.scope, g.nonce, g.given, g.expires
from app_grant g join app a on a.id = g.app
where g.id = $1 and g.ended is null and g.expires > $2 and a.removed is null and a.suspended is null;

-- name: find_token
-- A token with its grant, if neither has ended or expired and the app is registered; refresh tokens, used ones too.
select t.kind as token_kind, t.expires as token_expires, t.made, t.used, g.id, g.app, g.person, g.kind, g.display,
    g.practitioner_role, g.patient, g.scope, g.nonce, g.given, g.expires
from app_grant_token t join app_grant g on g.id = t.grant_id join app a on a.id = g.app
where t.id = $1 and t.expires > $2 and g.ended is null and g.expires > $2 and a.removed is null and a.suspended is null;

-- name: use_refresh
-- Mark a refresh token as exchanged; no row comes back when it has been.
update app_grant_token set used = $2 where id = $1 and kind = 'refresh' and used is null returning true;

-- name: end_grant
-- End a grant: all its tokens are void.
update app_grant set ended = $2, ended_because = $3 where id = $1 and ended is null returning true;

-- name: app_of_grant
-- The app of a grant of a person that has not ended.
select app from app_grant where id = $1 and person = $2 and ended is null;

-- name: end_access!
-- An access token is void from now on.
update app_grant_token set expires = $2 where id = $1 and kind = 'access' and expires > $2;

-- name: grants_of
-- The grants of a person that are in force and can be renewed, the newest first.
select g.id, a.name, g.scope, g.patient, g.given, g.expires from app_grant g join app a on a.id = g.app
where g.person = $1 and g.ended is null and g.expires > $2 and a.removed is null and a.suspended is null and g.scope ~ '(^| )offline_access( |$)'
order by g.given desc;

-- name: forget_grants!
-- Delete the grants that expired long ago, with their codes and tokens.
delete from app_grant where expires < $1;

-- name: forget_tokens!
-- Delete the tokens that expired long ago.
delete from app_grant_token where expires < $1;

-- name: remember_consent!
-- A person has said yes to an app, in a role.
insert into app_consent (app, person, practitioner_role, scope, given) values ($1, $2, $3, $4, $5);

-- name: consented_scopes
-- What a person has said yes to for an app, in a role.
select scope from app_consent where app = $1 and person = $2 and practitioner_role = $3 and ended is null;

-- name: consents_of
-- What a person has said yes to, the newest first, of apps that are registered.
select a.id, a.name, c.scope, c.practitioner_role, c.given from app_consent c join app a on a.id = c.app
where c.person = $1 and c.ended is null and a.removed is null and a.suspended is null order by c.given desc, c.id desc;

-- name: end_consents
-- A person withdraws what they have said yes to for an app; gives how many consents and grants that ended.
with consents as (
    update app_consent set ended = $3 where person = $1 and app = $2 and ended is null returning 1),
grants as (
    update app_grant set ended = $3, ended_because = 'withdrawn'
    where person = $1 and app = $2 and kind <> 'service' and ended is null returning 1)
select (select count(*) from consents) + (select count(*) from grants);
