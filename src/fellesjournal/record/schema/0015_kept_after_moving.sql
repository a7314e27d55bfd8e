-- What is kept from most stays so where it stood, when the resource that says it of itself moves to another citizen: its
-- versions until then are still read there by history. A restriction of earlier versions alone (type -1) stays for good,
-- as after a deletion.

-- Takes resources out of the records that they stood in so far.
create or replace function leave_citizens(citizens bigint[], rids bigint[]) returns void
language plpgsql as $$
declare
    kept index_restriction[];
begin
    delete from resource r using unnest(citizens, rids) as l (citizen, rid)
    where r.citizen = l.citizen and r.rid = l.rid;
    select array_agg(x) into kept from unnest(citizens, rids) as l (citizen, rid)
    join index_restriction x on x.citizen = l.citizen and x.rid = l.rid and x.own and x.n >= 0;
    perform clear_index(citizens, rids, array_fill(127, array[cardinality(rids)]), 127);
    insert into index_restriction
    select k.citizen, k.rid, case when k.type = -1 then -1 - k.n else k.n end, k.kind, k.own, k.type, k.target, k.party,
        k.low, k.high
    from unnest(kept) k
    on conflict do nothing;
end $$;
