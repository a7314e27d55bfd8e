-- One author on two machines: which open form wrote last at each place, and what another had written there meanwhile.

alter table note_draft
    add column revision bigint not null default 0, -- grows with every change
    add column marks    jsonb not null default '{}', -- place: [revision of its last change, the form that made it]
    add column others   jsonb not null default '{}'; -- place: {form: its text}, where another text stood already
