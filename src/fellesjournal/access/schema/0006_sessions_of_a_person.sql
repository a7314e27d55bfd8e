-- A person sees their own sessions, and ends them.
create index session_person on session (person) where ended is null;
