-- name: lock_release
-- Let one loader at a time work on a version of a code system; held until the transaction ends.
select pg_advisory_xact_lock(hashtextextended($1::text || '|' || $2::text, 0));

-- name: release_there
-- The number, the size and the content's hash of a version that is loaded.
select number, concepts, digest from code_system where url = $1 and version = $2;

-- name: add_release
-- A release that is not whole yet: nobody sees it.
insert into code_system (url, version, name, title, language, oid, publisher, licence, source, content,
                         case_sensitive, properties, valid_from)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
returning number;

-- name: release_whole!
-- The release is whole: from the end of the transaction on it is seen.
update code_system set concepts = $2, digest = $3, loaded = now() where number = $1;

-- name: remove_release!
-- A release and everything in it, to make room for another content of the same version.
delete from code_system where number = $1;

-- name: releases_listed
-- Every release that is whole, by system, the newest of each first.
select url, version, name, title, language, oid, publisher, licence, source, content, valid_from, concepts, loaded
from code_system
where loaded is not null
order by url, valid_from desc nulls last, version desc;

-- name: commit_without_waiting!
-- From now on this connection's commits do not wait for the disk: for what can be loaded again.
set synchronous_commit = off;

-- name: analyze_terminology!
-- Tell the planner how large the tables have become.
analyze code_system, concept, designation, concept_property, concept_parent, concept_closure,
    code_text, code_text_entry, code_text_word;
