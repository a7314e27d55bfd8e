-- name: forget_notices
-- Deletes notices that have come to an end before a moment ($1), so many ($2) at once; gives how many.
with gone as (
    delete from notice n using (select citizen, number from notice where ended < $1 order by ended limit $2) as old
    where n.citizen = old.citizen and n.number = old.number returning 1)
select count(*) from gone;

-- name: forget_freed_time
-- Deletes freed time that was seen to before a moment ($1), so much ($2) at once; gives how much.
with gone as (
    delete from freed_time f using (select number from freed_time where done < $1 order by done limit $2) as old
    where f.number = old.number returning 1)
select count(*) from gone;

-- name: forget_feeds
-- Deletes addresses of calendars that were withdrawn before a moment ($1), so many ($2) at once; gives how many.
with gone as (
    delete from calendar_feed f
    using (select secret from calendar_feed where withdrawn < $1 order by withdrawn limit $2) as old
    where f.secret = old.secret returning 1)
select count(*) from gone;
