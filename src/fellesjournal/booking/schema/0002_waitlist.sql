-- The waitlist: what is found of it fast, and the time that is freed for those who wait. The entries themselves, and the
-- offers, are Appointments.

-- Who waits, as the Appointments of status waitlist say (booking/waitlist/entry.py). Kept with these; nothing is only here.
create table waiting (
    citizen  bigint not null,
    holder   bigint not null, -- the key of the Appointment
    service  bigint not null, -- the key of the HealthcareService whose list it is
    entry    jsonb not null,
    primary key (citizen, holder)
);
create index waiting_service on waiting (service);
create index waiting_holder on waiting (holder);

-- Offers that stand: Appointments that are held for one who waits, and until when.
create table offer (
    citizen bigint not null,
    holder  bigint not null,
    id      text collate "C" not null,
    until   timestamptz not null,
    primary key (citizen, holder)
);
create index offer_until on offer (until);
create index offer_holder on offer (holder);

-- Time that was held and is free again, written in the transaction that freed it. It is looked at once; `outcome` says what
-- came of it. `parties` are the keys of those who were busy, but for the citizen, who is not named.
create table freed_time (
    number  bigint generated always as identity primary key,
    start   timestamptz not null,
    finish  timestamptz not null,
    parties bigint[] not null,
    offered jsonb not null, -- what can be offered (booking/waitlist/offers.py)
    freed   timestamptz not null default now(),
    done    timestamptz,
    outcome text
);
create index freed_time_waiting on freed_time (number) where done is null;
