-- What was new at the beginning of a visit stays so for as long as the visit goes on.
alter table read_until add column before timestamptz; -- up to when the reader knew it at the visit before; null: none
