-- Who is signed in, sign-ins under way, and what keeps tokens from being used twice.

create table session (
    id                bytea primary key, -- SHA-256 of what the browser's cookie holds
    person            text not null,
    kind              text not null check (kind in ('health-worker', 'citizen')),
    display           text not null,
    practitioner_role text not null default '', -- the active role; empty: not chosen, or a citizen
    provider          text not null,
    issuer            text not null default '',
    subject           text not null default '',
    provider_session  text not null default '',
    id_token          text not null default '', -- for the provider's sign-out; erased when the session ends
    place             text not null default '', -- where the person was when it was locked
    began             timestamptz not null,
    expires           timestamptz not null,
    seen              timestamptz not null,
    locked            timestamptz,
    ended             timestamptz,
    ended_because     text not null default ''
);
create index session_of_subject on session (issuer, subject) where ended is null;
create index session_expires on session (expires);
comment on table session is 'Who is signed in, in which role; a row is kept for thirty days after it has expired';

create table role_choice (
    person            text primary key,
    practitioner_role text not null,
    chosen            timestamptz not null
);
comment on table role_choice is 'The role that a health worker chose last: preselected the next time';

create table sign_in (
    id        bytea primary key, -- SHA-256 of the state
    browser   bytea not null, -- SHA-256 of the cookie of the browser that began it
    provider  text not null,
    nonce     text not null,
    verifier  text not null,
    proof_key text not null, -- the key that the code is bound to (DPoP), made for this sign-in alone
    place     text not null,
    reopens   bytea, -- the locked session that is to be opened again
    began     timestamptz not null
);
create index sign_in_began on sign_in (began);
comment on table sign_in is 'Sign-ins that have gone to a provider and not come back; each is used once, within ten minutes';

create table used_once (
    digest  bytea primary key, -- SHA-256 of who made it and its jti
    expires timestamptz not null
);
create index used_once_expires on used_once (expires);
comment on table used_once is 'Tokens and proofs that may be used once and have been, until they expire';

create table dpop_nonce (
    minutes bigint primary key, -- the stretch of time it is given out in
    nonce   text not null
);
comment on table dpop_nonce is 'Nonces that proofs of possession must repeat (RFC 9449, section 8); public, the same in all processes';
