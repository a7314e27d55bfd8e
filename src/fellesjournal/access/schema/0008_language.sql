-- The language in which a person reads the pages, on any machine.

create table language_choice (
    person   text primary key, -- Practitioner/4, Patient/9
    language text not null, -- nb, nn or en
    chosen   timestamptz not null
);
comment on table language_choice is 'The language a person has chosen to read pages in';
