-- What people who work here say of a screen, without anything of a citizen, and what they are answered.

create table support_report (
    id        bigint generated always as identity primary key,
    person    text not null, -- who says it: Practitioner/4
    made      timestamptz not null,
    role      text not null,
    unit_kind text not null, -- what kind of unit, never which
    place     text not null, -- the page's address, with {} for all that is not ours
    pane      text not null, -- the same of what was open beside it
    version   text not null,
    language  text not null,
    screen    text not null, -- 1366x768
    took      integer not null, -- milliseconds in which the page came; 0: not known
    task      text not null,
    sentence  text not null
);
create index support_report_person on support_report (person, id desc);
comment on table support_report is 'What health workers say of a screen';

create table support_answer (
    id     bigint generated always as identity primary key,
    report bigint not null,
    made   timestamptz not null,
    by     text not null, -- who answers, by name
    text   text not null,
    closes boolean not null
);
create index support_answer_report on support_answer (report, id);
comment on table support_answer is 'What they have been answered; one that closes ends the matter';
