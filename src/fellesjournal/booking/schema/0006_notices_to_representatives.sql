-- Notices to those who act for a citizen: rows of the citizen's, sent to somebody else.
alter table notice add column representative text collate "C"; -- who is told, Patient/8; null: the citizen
