-- How much was opened, as before, with the citizens whose blocks were overridden apart from those to whom emergency
-- access was taken; until now both had the basis of emergency access.
drop view report_access_v1;
drop function access_by_day(timestamptz, timestamptz);

-- How much was opened from one moment to before another, and on what grounds: by day (in Norway), person, role and
-- unit. `citizens` are those whose records were opened, `listed` those who stood on a list; night is 23 to 6.
create function access_by_day(low timestamptz, high timestamptz)
returns table (
    day date, person text, role text, unit text, citizens bigint, listed bigint, by_emergency bigint, refused bigint,
    without_relation bigint, at_night bigint, acts bigint, by_override bigint)
language sql stable as $$
select (moment at time zone 'Europe/Oslo')::date, person, role, unit,
    count(distinct citizen) filter (where citizen <> 0 and permit and named),
    count(distinct citizen) filter (where citizen <> 0 and permit and not named),
    count(distinct citizen) filter (where basis = 'emergency' and permit),
    count(*) filter (where not permit),
    count(distinct citizen) filter (where not permit and basis = 'no-relation'),
    count(*) filter (where permit and extract(hour from moment at time zone 'Europe/Oslo') not between 6 and 22),
    count(*),
    count(distinct citizen) filter (where basis = 'override' and permit)
from audit_event
where moment >= low and moment < high and interaction <> 'seal'
group by 1, 2, 3, 4
$$;

-- For the privacy officer: all days of the log.
create view report_access_v1 as
select * from access_by_day('0001-01-02 00:00:00+00', '9999-12-30 00:00:00+00');
