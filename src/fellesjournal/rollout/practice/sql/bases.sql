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
-- The command that makes a database as a copy of another: through the log, which waits for the disk once, or, of a
-- gigabyte and more, file by file, which waits at each of them and for two checkpoints.
select format('create database %I template %I strategy %s', $1::text, $2::text,
    case when pg_database_size($2::name) < 1e9 then 'wal_log' else 'file_copy' end);

-- name: noting
-- The command that notes something on a database.
select format('comment on database %I is %L', $1::text, $2::text);

-- name: removing
-- The command that removes a database; who is connected to it is cut off.
select format('drop database if exists %I with (force)', $1::text);

-- name: shutting
-- The command that lets nobody into a database any more, where it is there.
select format('alter database %I with allow_connections false', datname) from pg_database where datname = $1;

-- name: emptying
-- Cuts off those who are connected to a database, and waits until they are gone, at most so many milliseconds each.
select count(pg_terminate_backend(pid, $2)) from pg_stat_activity where datname = $1;

-- name: renaming
-- The command that gives a database another name.
select format('alter database %I rename to %I', $1::text, $2::text);
