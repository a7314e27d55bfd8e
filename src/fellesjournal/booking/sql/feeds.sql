-- name: make_feed!
-- An address for a calendar: digest, whose, owner, the owner's role, language, when.
insert into calendar_feed (secret, party, owner, role, language, made) values ($1, $2, $3, $4, $5, $6);

-- name: withdraw_feed!
-- Ends the address that an owner ($1) has of a calendar ($2).
update calendar_feed set withdrawn = $3 where owner = $1 and party = $2 and withdrawn is null;

-- name: read_feed
-- The feed that a secret opens, unless it is withdrawn; notes when it was read.
update calendar_feed set read = $2 where secret = $1 and withdrawn is null
returning party, owner, role, language, made, read;

-- name: feed_of_owner
-- The feed that an owner ($1) has of a calendar ($2).
select party, owner, role, language, made, read from calendar_feed
where owner = $1 and party = $2 and withdrawn is null;

-- name: held_time
-- When parties are busy between two moments, and by which holder; holds that have ended ($4) are over.
select party, lower(during) as start, upper(during) as finish, holder
from claim
where party = any($1::bigint[]) and during && tstzrange($2, $3) and (until is null or until > $4)
order by party, lower(during), holder;
