-- What people have said yes to, so that an app that asks for the same again is not asked about.

create table app_consent (
    id                bigint generated always as identity primary key,
    app               text not null references app,
    person            text not null,
    practitioner_role text not null default '', -- a worker consents in one role
    scope             text not null, -- what the app may have without asking again
    given             timestamptz not null,
    ended             timestamptz
);
create index app_consent_person on app_consent (person, app) where ended is null;
comment on table app_consent is 'What a person has said yes to, until it is withdrawn: the same app is not asked about for the same again';

alter table app add column suspended timestamptz;
comment on column app.suspended is 'An administrator has stopped it for a while: it gets nothing, and its tokens are void';
