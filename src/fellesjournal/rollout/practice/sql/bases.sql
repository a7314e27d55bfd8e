-- name: databases
-- Every database of the server that begins so, with what is noted on it.
select datname as name, shobj_description(oid, 'pg_database') as note
from pg_database
where starts_with(datname, $1)
order by datname;

-- name: making_empty
-- The command that makes a database with nothing in it.
select format('create database %I template template0', $1::text);

-- name: making
-- The command that makes a database as a copy of another, file by file.
select format('create database %I template %I strategy file_copy', $1::text, $2::text);

-- name: noting
-- The command that notes something on a database.
select format('comment on database %I is %L', $1::text, $2::text);

-- name: removing
-- The command that removes a database; who is connected to it is cut off.
select format('drop database if exists %I with (force)', $1::text);

-- name: renaming
-- The command that gives a database another name.
select format('alter database %I rename to %I', $1::text, $2::text);
