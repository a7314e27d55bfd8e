-- What is over is found by when it ended, to be deleted after the time that a site sets (booking/purging.py).
create index notice_ended on notice (ended) where ended is not null;
create index freed_time_done on freed_time (done) where done is not null;
