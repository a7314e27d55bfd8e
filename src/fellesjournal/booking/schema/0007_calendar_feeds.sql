-- Calendars that are given away as files to subscribe to, each at an address that nobody can guess. A row stays when its
-- address is withdrawn: it says who had it, and when.
create table calendar_feed (
    secret    bytea primary key, -- the digest of the secret in the address (access/secret.py): the address is not here
    party     text collate "C" not null, -- whose calendar: Practitioner/4, Location/2, Organization/7
    owner     text collate "C" not null, -- who made it, Practitioner/4
    role      text collate "C" not null, -- the PractitionerRole in which it was made: with it the address ends
    language  text not null,
    made      timestamptz not null,
    read      timestamptz, -- when it was read last
    withdrawn timestamptz
);
create unique index calendar_feed_in_use on calendar_feed (owner, party) where withdrawn is null;
