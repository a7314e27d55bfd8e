-- Who has a record open now. Unlogged: after a crash nobody has one open.

create unlogged table reading_now (
    citizen bigint not null,
    stream  text not null, -- one open page
    person  text not null, -- Practitioner/4
    display text not null,
    role    text not null, -- the role's policy
    unit    text not null, -- the unit's name
    seen    timestamptz not null, -- a page that has not been heard of since is closed
    primary key (citizen, stream)
);
create index reading_now_seen on reading_now (seen);
comment on table reading_now is 'Who has a citizen''s record open now, a row for each open page';
