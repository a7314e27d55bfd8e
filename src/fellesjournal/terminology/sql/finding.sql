-- name: languages
-- The languages in which a release has texts.
select t.language, t.language = s.language as main
from code_system s
cross join lateral (
    select s.language
    union
    select d.language from designation d where d.system = s.number
) t
where s.number = $1
order by t.language;

-- name: texts
-- The texts of a release in one language by concept, in the order in which equally good finds are shown.
with texts as (
    select c.number, c.code, c.active, case when s.language = $2 then c.display else '' end as display,
           array(select d.text from designation d
                 where d.system = c.system and d.concept = c.number and d.language = $2 order by d.n) as others
    from concept c join code_system s on s.number = c.system
    where c.system = $1
)
select t.number as concept, t.code, t.active, t.display, t.others
from texts t
where t.display <> '' or t.others <> '{}'
order by t.active desc,
    length(coalesce(nullif(t.display, ''), t.others[1]))
    + case when t.code ~ '^[A-Za-z]\d' and length(t.code) <= 8 then 4 * length(t.code) else 20 end
    - case when exists (select from concept_parent p where p.system = $1 and p.parent = t.number) then 6 else 0 end,
    t.code;

-- name: forget!
-- Take away what a release was found by.
delete from code_text where system = $1;

-- name: add_shelf$
-- A new shelf of a release.
insert into code_text (system, language, main, entries, active) values ($1, $2, $3, 0, 0) returning number;

-- name: fill_shelf!
-- How many entries a shelf has, and how many of them are of active codes.
update code_text set entries = $2, active = $3 where number = $1;

-- name: all_words
-- The words of all texts.
select distinct word from code_text_word where whole;

-- name: newest_shelves
-- The shelves in some languages (null: all) of each system's (null: all) newest release valid on a day (null: today);
-- with the day, and the newest of all shelves and releases.
select n.url, n.version, n.loaded, h.number, h.main, h.active, h.entries,
       $3::text[] is null or h.language = any ($3) as spoken, coalesce($2::date, current_date) as day,
       (select max(number) from code_text) as newest, (select max(loaded) from code_system) as latest
from (
    select distinct on (url) number, url, version, loaded
    from code_system
    where loaded is not null and ($1::text[] is null or url = any ($1))
        and (valid_from is null or valid_from <= coalesce($2::date, current_date))
    order by url, valid_from desc nulls last, number desc
) n
left join code_text h on h.system = n.number;

-- name: state_of_shelves
-- What is another row whenever a release has come, gone or been indexed anew, and on another day.
select current_database() as database, current_date as day, t.newest, t.shelves, s.latest, s.releases
from (select max(number) as newest, count(*) as shelves from code_text) t,
     (select max(loaded) as latest, count(loaded) as releases from code_system) s;

-- name: words_in_use
-- Which of some words are in the vocabulary.
select distinct word from code_text_word where word = any ($1::text[]) and whole;

-- name: words_begun
-- Which of some beginnings any word of the vocabulary has, and whether the beginning is itself one.
select s.start, exists (select from code_text_word w where w.word = s.start and w.whole) as whole
from unnest($1::text[]) as s (start)
where exists (select from code_text_word w where w.word >= s.start and w.word < s.start || '~' and w.whole);

-- name: words_like
-- Words of the vocabulary that begin with a letter and have at least so many.
select distinct word from code_text_word where word >= $1::text and word < $1 || '~' and length(word) >= $2 and whole;

-- name: places
-- The words between some bounds on some shelves ($4; null: all), with at most the first so many bytes ($3) of their places;
-- `term` numbers the bounds.
select q.term, w.shelf, substring(w.shown for q.size) as shown, substring(w.beside for q.size) as beside
from unnest($1::text[], $2::text[], $3::integer[]) with ordinality as q (start, stop, size, term)
join code_text_word w on w.word >= q.start and w.word < q.stop
where $4::integer[] is null or w.shelf + 0 = any ($4); -- + 0: word by word by the index of words, and not all the words of the shelves

-- name: by_whole_code
-- Entries whose code is what was typed.
select e.shelf, e.place, true as whole
from code_text_entry e
where e.key <> '' and e.key = $2 and e.shelf + 0 = any ($1::integer[]); -- + 0: by the index of codes, and not shelf by shelf

-- name: by_code
-- Entries whose code is what was typed or begins with it, so many of each shelf; the exact one first.
select e.shelf, e.place, e.key = $2 as whole
from unnest($1::integer[]) as s (number)
cross join lateral (
    select c.shelf, c.place, c.key from code_text_entry c
    where c.shelf = s.number and c.key <> '' and c.key >= $2 and c.key < $2 || '~'
    order by c.key
    limit $3
) e;

-- name: entries
-- What the entries at some places say.
select e.shelf, e.place, c.system, e.concept, c.code, c.display, c.abstract, c.valid_from, c.valid_to,
       array(select d.text from designation d
             where d.system = c.system and d.concept = e.concept and d.language = h.language order by d.n) as others
from unnest($1::integer[], $2::integer[]) as p (shelf, place)
join code_text_entry e on e.shelf = p.shelf and e.place = p.place
join code_text h on h.number = e.shelf
join concept c on c.system = h.system and c.number = e.concept;
