-- name: add_report$
-- Keep what somebody says; gives its number.
insert into support_report (person, made, role, unit_kind, place, pane, version, language, screen, took, task, sentence)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id;

-- name: reports
-- What has been said, by one person or by all, the newest first; open ones alone, or closed ones too.
select id, person, made, role, unit_kind, place, pane, version, language, screen, took, task, sentence,
    exists (select from support_answer where report = support_report.id and closes) as closed
from support_report
where ($1 = '' or person = $1)
    and ($2 or not exists (select from support_answer where report = support_report.id and closes))
order by id desc limit $3;

-- name: answers
-- What some reports have been answered, in their order.
select report, made, by, text, closes from support_answer where report = any($1::bigint[]) order by id;

-- name: has_report$
-- Whether there is a report with a number.
select exists (select from support_report where id = $1);

-- name: add_answer!
-- Keep an answer.
insert into support_answer (report, made, by, text, closes) values ($1, $2, $3, $4, $5);
