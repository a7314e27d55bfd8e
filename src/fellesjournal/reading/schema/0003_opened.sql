-- When each letter or note was first opened by each citizen, or by who acts for them: the last rung of its delivery.

create table opened (
    citizen  bigint not null,
    document text not null, -- DocumentReference/7
    reader   text not null, -- Patient/4
    at       timestamptz not null,
    primary key (citizen, document, reader)
);
comment on table opened is 'When each letter or note was first opened by each reader';
