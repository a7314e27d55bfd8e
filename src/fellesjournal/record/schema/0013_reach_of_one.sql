-- A resource may be within reach of a party by itself, without the record that it stands in: a cancelled appointment, for
-- the unit that it was with. Such a row of index_care bears the party's key with every bit turned over, which is no
-- party's of any scope, so that it opens no record; rows of this kind count for the resource `rid` alone.
create or replace function within_reach(
    the_citizen bigint, the_rid bigint, the_type smallint, the_key bigint, moment bigint, citizens bigint[],
    parties bigint[], shut bigint[], overrides bigint[], shared smallint[], rights smallint[]
) returns boolean
language plpgsql stable cost 1 as $$
begin
    if the_citizen = 0 then
        return the_type = any (shared);
    end if;
    if the_citizen <> all (citizens) and not exists (
        select from index_care c
        where c.citizen = the_citizen and c.party = any (parties) and c.low <= moment and c.high > moment
        offset 0
    ) and not exists (
        select from index_care c
        where c.citizen = the_citizen and c.rid = the_rid and ~c.party = any (parties)
            and c.low <= moment and c.high > moment
        offset 0
    ) then
        return false;
    end if;
    return not exists (
        select from index_restriction x
        where x.citizen = the_citizen and x.low <= moment and x.high > moment
            and (x.rid = the_rid or not x.own)
            and x.type in (0, the_type) and (x.target = 0 or x.target = coalesce(
                the_key, (select r.key from resource r where r.citizen = the_citizen and r.rid = the_rid)))
            and case when x.kind > 0 then x.kind <> all (rights) else
                x.party = any (shut) and not exists (
                    select from index_care o
                    where o.citizen = the_citizen and o.party = any (overrides)
                        and o.low <= moment and o.high > moment)
                end);
end $$;
