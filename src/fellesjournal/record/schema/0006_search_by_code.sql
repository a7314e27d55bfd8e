-- Values beside a code, in order of the value and from the newest on; both answer without a look at the row.
drop index index_number_code;
create index index_number_code on index_number (param, code, low, high, rid) include (citizen, system)
    where code is not null;
create index index_number_newest on index_number (param, code, rid desc) include (citizen, system, low, high)
    where code is not null;

-- A string's trigrams are those of its path: the same letters elsewhere are not looked at.
update index_string set grams = array(select gram # param from unnest(grams) as gram order by gram # param);
