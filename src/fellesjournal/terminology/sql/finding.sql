-- name: index_texts
-- What one release is found by: each concept's texts in each language, in the order equally good finds are shown.
with release as (select number, language from code_system where number = $1),
texts as (
    select c.number as concept, r.language, c.display as display, '{}'::text[] as others, true as main
    from release r join concept c on c.system = r.number
    union all
    select d.concept, d.language, '', array_agg(d.text order by d.n), false
    from release r join designation d on d.system = r.number
    group by d.concept, d.language
),
joined as (
    select concept, language, max(display) as display, array_agg(other) filter (where other is not null) as others,
           bool_or(main) as main
    from texts left join lateral unnest(others) as other on true
    group by concept, language
)
select j.concept, j.language, j.main, c.code, c.active, c.valid_from, c.valid_to,
       j.display, coalesce(j.others, '{}') as others
from joined j
join concept c on c.system = $1 and c.number = j.concept
order by c.active desc,
    length(case when j.display <> '' then j.display else j.others[1] end)
    + case when c.code ~ '^[A-Za-z]\d' and length(c.code) <= 8 then 4 * length(c.code) else 20 end
    - case when exists (select from concept_parent p where p.system = $1 and p.parent = c.number) then 6 else 0 end,
    c.code, j.language;

-- name: forget_entries!
-- Take away what a release was found by.
delete from code_entry where system = $1;

-- name: forget_words!
-- Take a release's words out of the vocabulary.
delete from code_word where system = $1;

-- name: add_entries!
-- Add rows of what a release is found by.
insert into code_entry (system, place, concept, language, active, valid_from, valid_to, key, words)
select $1, e.place, e.concept, e.language, e.active, e.valid_from, e.valid_to, e.key, e.words::tsvector
from unnest($2::integer[], $3::integer[], $4::text[], $5::boolean[], $6::date[], $7::date[], $8::text[], $9::text[])
    as e (place, concept, language, active, valid_from, valid_to, key, words);

-- name: add_words!
-- Add a release's words to the vocabulary.
insert into code_word (word, system) select word, $1 from unnest($2::text[]) as word;

-- name: all_words
-- The whole vocabulary.
select distinct word from code_word;

-- name: tidy_index
-- Merge what was added into the index of words, so that the next search need not.
select gin_clean_pending_list('code_entry_words');

-- name: newest_releases
-- The release of each system (null: all systems) that is the newest valid on a day (null: today).
select distinct on (url) number, url, version
from code_system
where loaded is not null and ($1::text[] is null or url = any ($1))
    and (valid_from is null or valid_from <= coalesce($2::date, current_date))
order by url, valid_from desc nulls last, number desc;

-- name: words_in_use
-- Which of some words are in the vocabulary.
select distinct word from code_word where word = any ($1::text[]);

-- name: words_begun
-- Which of some beginnings any word of the vocabulary has.
select start from unnest($1::text[]) as start
where exists (select from code_word w where w.word >= start and w.word < start || '~');

-- name: by_code
-- Entries whose code is, or begins with, what was typed; the exact one first.
select e.system, e.place, e.key = $2 as whole
from unnest($1::integer[]) as s (number)
cross join lateral (
    select c.system, c.place, c.key from code_entry c
    where c.system = s.number and c.key <> '' and c.key >= $2 and c.key < $2 || '~'
        and (c.active or not $3) and ($4::text[] is null or c.language = any ($4))
        and (c.valid_from is null or c.valid_from <= coalesce($5::date, current_date))
        and (c.valid_to is null or c.valid_to >= coalesce($5::date, current_date))
    order by c.key
    limit $6
) e;

-- name: by_walk
-- Entries among each release's first ones that meet a question ($2), whether the display alone meets it ($3).
select e.system, e.place, e.direct
from unnest($1::integer[]) as s (number)
cross join lateral (
    select c.system, c.place, c.words @@ $3::tsquery as direct from code_entry c
    where c.system = s.number and c.place <= $7 and (c.words @@ $2::tsquery) is true
        and (c.active or not $4) and ($5::text[] is null or c.language = any ($5))
        and (c.valid_from is null or c.valid_from <= coalesce($6::date, current_date))
        and (c.valid_to is null or c.valid_to >= coalesce($6::date, current_date))
    order by c.place
    limit $8
) e;

-- name: by_words
-- Entries of some releases that meet a question ($2), those first whose display alone meets it ($3), then in their
-- order; at most $8 of each release, chosen among the first $7 that the index gives.
with met as materialized (
    select c.system, c.place, c.words @@ $3::tsquery as direct
    from code_entry c
    where c.words @@ $2::tsquery and c.system + 0 = any ($1::integer[])
        and (c.active or not $4) and ($5::text[] is null or c.language = any ($5))
        and (c.valid_from is null or c.valid_from <= coalesce($6::date, current_date))
        and (c.valid_to is null or c.valid_to >= coalesce($6::date, current_date))
    limit $7
)
select system, place, direct
from (select met.*, row_number() over (partition by system order by direct desc, place) as n from met) numbered
where n <= $8;

-- name: entries
-- What the entries at some places say.
select e.system, e.place, e.concept, c.code, c.display, c.abstract, e.language,
       array(select d.text from designation d
             where d.system = e.system and d.concept = e.concept and d.language = e.language order by d.n) as others
from unnest($1::integer[], $2::integer[]) as p (system, place)
join code_entry e on e.system = p.system and e.place = p.place
join concept c on c.system = e.system and c.number = e.concept;
