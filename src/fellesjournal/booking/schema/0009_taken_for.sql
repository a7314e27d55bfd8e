-- Who wants an earlier time keeps the one there is until a better one is taken: then the old one is given up.

-- Times that were booked for somebody on a waitlist who has a time already, written in the transaction that booked them;
-- each is looked at once (booking/waitlist/earlier.py). `entry` and `taken` are ids of Appointments.
create table taken_for (
    number bigint generated always as identity primary key,
    entry  text collate "C" not null,
    taken  text collate "C" not null,
    done   timestamptz
);
create index taken_for_waiting on taken_for (number) where done is null;
