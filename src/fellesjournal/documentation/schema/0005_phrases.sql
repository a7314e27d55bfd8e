-- Phrases that people have written for themselves.

create table own_phrase (
    author text not null, -- "Practitioner/4"
    name   text not null, -- what is typed after the point
    text   text not null,
    primary key (author, name)
);
comment on table own_phrase is 'Standard phrases of one person, used in no other''s notes';
