-- Notices to citizens: what is to be told, when, and what came of it. Written in the transaction of what they tell of. Their
-- text is made when they are sent, and says nothing of health; a row only names the resource.
create table notice (
    citizen   bigint not null,
    number    bigint generated always as identity,
    patient   text collate "C" not null, -- the citizen as a reference, Patient/7
    about     bigint not null, -- the key of the resource
    kind      text not null, -- booked, moved, cancelled, reminder, offer, message, letter
    moment    timestamptz, -- when the appointment begins
    due       timestamptz not null,
    made      timestamptz not null default now(),
    state     text not null default 'waiting', -- waiting, sent, delivered, failed, given-up, withdrawn
    way       text, -- sms or email, when that has been chosen
    reason    text, -- why it waits, failed or was given up
    tries     smallint not null default 0,
    next_try  timestamptz not null, -- never before `due`
    ended     timestamptz,
    primary key (citizen, number)
);
create index notice_due on notice (next_try) where state in ('waiting', 'failed');
create index notice_about on notice (about);
