-- What somebody has written into a citizen's record: few of the entries of the log, and asked for with every chart.

create index audit_event_changes on audit_event (citizen, person, moment)
where action in ('C', 'U', 'D') and permit;
