-- name: register_app
-- Register an app; no row comes back when the id is taken.
insert into app (id, name, responsible, kind, redirect_uris, launch_uri, scopes, jwks, jwks_uri, introspects, registered)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing returning true;

-- name: find_app
-- A registered app that is not suspended.
select id, name, responsible, kind, redirect_uris, launch_uri, scopes, jwks, jwks_uri, introspects
from app where id = $1 and removed is null and suspended is null;

-- name: list_apps
-- All registered apps by name, and whether they are suspended.
select id, name, responsible, kind, redirect_uris, launch_uri, scopes, jwks, jwks_uri, introspects,
    suspended is not null as suspended
from app where removed is null order by name, id;

-- name: remove_app
-- Remove an app; no row comes back when there is none.
update app set removed = $2 where id = $1 and removed is null returning true;

-- name: suspend_app
-- Suspend an app, or ($2 null) let it in again; no row comes back when there is none.
update app set suspended = $2 where id = $1 and removed is null returning true;

-- name: begin_launch!
-- Keep a launch from the journal until the app comes for it.
insert into app_launch (id, app, person, patient, expires) values ($1, $2, $3, $4, $5);

-- name: use_launch
-- Take a launch of an app, once.
update app_launch set used = $3 where id = $1 and app = $2 and used is null and expires > $3
returning person, patient;

-- name: forget_launches!
-- Delete the launches that expired.
delete from app_launch where expires < $1;

-- name: begin_request!
-- Keep a request for access until a person has answered.
insert into app_request (id, app, redirect_uri, state, scope, challenge, nonce, launcher, patient, expires)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: find_request
-- A request that waits for its answer.
select app, redirect_uri, state, scope, challenge, nonce, launcher, patient
from app_request where id = $1 and expires > $2;

-- name: put_patient!
-- Put the patient that the person chose into a request's context.
update app_request set patient = $2 where id = $1 and launcher = '';

-- name: answer_request
-- Take a request that has been answered, once.
delete from app_request where id = $1 and expires > $2 returning true;

-- name: forget_requests!
-- Delete the requests that nobody answered.
delete from app_request where expires < $1;

-- name: make_key
-- Keep a new signing key, unless another process made one first.
insert into signing_key (id, private, made)
select $1, $2, $3 where not exists (select from signing_key) on conflict (id) do nothing;

-- name: signing_keys
-- All signing keys, the newest first.
select id, private from signing_key order by made desc, id;
