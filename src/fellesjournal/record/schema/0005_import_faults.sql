-- How many resources of a part were left out as faulty: a second import of the file can say so.

alter table import_part add column faults integer not null default 0;
