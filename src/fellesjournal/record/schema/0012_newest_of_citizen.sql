-- The newest of one citizen's, by a date that resources bear and by when they were written: what a chart shows of each
-- kind, and what is new in it, is read from here in its order.
create index index_date_citizen on index_date (citizen, param, high, rid);
create index resource_citizen_updated on resource (citizen, updated, rid);
