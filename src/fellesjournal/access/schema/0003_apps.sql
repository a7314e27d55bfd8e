-- Apps: who may ask for access, what people have granted them, and the codes and tokens of these grants.

create table app (
    id            text primary key, -- the client id
    name          text not null,
    responsible   text not null, -- who answers for it
    kind          text not null, -- public, confidential or service
    redirect_uris text[] not null default '{}',
    launch_uri    text not null default '',
    scopes        text not null, -- all that it may ever be granted, separated by spaces
    jwks          text not null default '', -- its public keys (a JWK set) ...
    jwks_uri      text not null default '', -- ... or where they are
    introspects   boolean not null default false, -- whether it may ask what tokens stand for
    registered    timestamptz not null,
    removed       timestamptz
);
comment on table app is 'Programs that an administrator has registered; a removed one stays, for the log, and gets nothing';

create table app_launch (
    id      bytea primary key, -- SHA-256 of the launch parameter
    app     text not null references app,
    person  text not null, -- who launched it
    patient text not null default '', -- the patient in context
    expires timestamptz not null,
    used    timestamptz
);
create index app_launch_expires on app_launch (expires);
comment on table app_launch is 'Launches of apps from the journal that have not come back yet; each is used once';

create table app_request (
    id           bytea primary key, -- SHA-256 of what the address of the consent page holds
    app          text not null references app,
    redirect_uri text not null,
    state        text not null,
    scope        text not null, -- what it asked for and may have
    challenge    text not null, -- SHA-256 of its verifier (PKCE, RFC 7636)
    nonce        text not null default '',
    launcher     text not null default '', -- who launched it from the journal
    patient      text not null default '', -- the patient in context
    expires      timestamptz not null
);
create index app_request_expires on app_request (expires);
comment on table app_request is 'Requests for access that wait for a person to answer';

create table app_grant (
    id                bigint generated always as identity primary key,
    app               text not null references app,
    person            text not null, -- "Practitioner/4", "Patient/9"; of a service "Device/2"
    kind              text not null, -- health-worker, citizen or service
    display           text not null default '',
    practitioner_role text not null default '',
    patient           text not null default '',
    scope             text not null,
    nonce             text not null default '',
    given             timestamptz not null,
    expires           timestamptz not null,
    ended             timestamptz,
    ended_because     text not null default ''
);
create index app_grant_person on app_grant (person) where ended is null;
create index app_grant_expires on app_grant (expires);
comment on table app_grant is 'What an app has been granted, by whom, in which role and about whom; ended, all its tokens are void';

create table app_grant_code (
    id           bytea primary key, -- SHA-256 of the code
    grant_id     bigint not null references app_grant on delete cascade,
    redirect_uri text not null,
    challenge    text not null,
    expires      timestamptz not null,
    used         timestamptz
);
create index app_grant_code_grant on app_grant_code (grant_id);
comment on table app_grant_code is 'Authorization codes; one that comes twice ends its grant';

create table app_grant_token (
    id       bytea primary key, -- SHA-256 of the token
    grant_id bigint not null references app_grant on delete cascade,
    kind     text not null, -- access or refresh
    made     timestamptz not null,
    expires  timestamptz not null,
    used     timestamptz -- of refresh tokens: exchanged for the next; one that comes twice ends its grant
);
create index app_grant_token_grant on app_grant_token (grant_id);
create index app_grant_token_expires on app_grant_token (expires);
comment on table app_grant_token is 'Access and refresh tokens, by their digests';

create table signing_key (
    id      text primary key, -- kid
    private text not null, -- the private key, a JWK in JSON
    made    timestamptz not null
);
comment on table signing_key is 'Keys with which this site signs ID tokens; the newest signs, all are published';
