-- Which resources tell of which persons beside the citizen in whose record they lie: a resource that names several,
-- such as a group's appointment, and one that was moved. When one of them is protected, it is masked (record/veil.py).

-- The resource `key` tells of a person (the key of a Patient, RelatedPerson or Person) in its versions up to `until`.
create table naming (
    person bigint not null,
    key    bigint not null,
    until  integer not null,
    primary key (person, key)
);
create index naming_key on naming (key);

-- What names several persons: in all versions, also those to come, for whoever was with others tells where they are.
insert into naming (person, key, until)
with named as (
    select distinct r.citizen, r.key, l.target
    from index_link l
    join resource_type t on t.number = l.target_type and t.name in ('Patient', 'RelatedPerson', 'Person')
    join resource r on r.citizen = l.citizen and r.rid = l.rid
    where l.target <> l.citizen and l.target <> r.key
)
select target, key, 2147483647 from named
union
select citizen, key, 2147483647 from named where citizen <> 0;

-- What was moved from one record to another: what it said before tells of the one in whose record it came to lie.
insert into naming (person, key, until)
with placed as (
    select h.citizen, h.key, h.version from resource_history h
    union all
    select r.citizen, r.key, r.version from resource r
), moved as (
    select key from placed group by key having count(distinct citizen) > 1
)
select citizen, key, max(version) from placed where key in (select key from moved) and citizen <> 0
group by citizen, key
on conflict do nothing;

-- Of some persons those who are protected, or who stand beside a citizen who is.
create function protected_persons(persons bigint[]) returns setof bigint
language plpgsql stable as $$
begin
    return query
    select p.person from unnest(persons) as p (person)
    where exists (select from protection x where x.citizen = p.person and x.whole)
        or exists (
            select from identity i join protection x on x.citizen = i.citizen and (x.whole or x.key = i.key)
            where i.key = p.person);
end $$;

-- As before, and versions that tell of somebody who is protected.
create or replace function refuse_unmasked() returns trigger
language plpgsql set enable_seqscan = off as $$
declare
    bare bigint[];
begin
    perform pg_advisory_xact_lock_shared(4, 0);
    select array_agg(distinct k) into bare
    from written w
    left join lateral (
        select p.citizen from protection p where p.citizen = w.citizen and (p.whole or p.key = w.key) limit 1) p on true
    cross join unnest(array[p.citizen, w.key]) k
    where w.body is not null and k <> 0
        and (p.citizen is not null or exists (
            select from naming n, protected_persons(array[n.person]) where n.key = w.key and n.until >= w.version))
        and not exists (
            select from protected_body b where b.citizen = w.citizen and b.key = w.key and b.version = w.version);
    if bare is not null then
        raise exception 'the address is protected' using errcode = 'JR002', detail = array_to_string(bare, ',');
    end if;
    return null;
end $$;
