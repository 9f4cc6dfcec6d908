-- What a provider's replies made us do for a while. Rows stay for a month after the end, as a record of what was done and lifted, and why.
create table reaction (
    id          text        collate "C" primary key,
    rule        text        collate "C" not null,
    pool        text        collate "C" not null,
    provider    text        collate "C" not null,
    action      text        not null,
    recovery    text[]      not null,
    cause       text        not null,
    started_at  timestamptz not null,
    hold_until  timestamptz not null,
    ends_at     timestamptz not null,
    -- Messages a second before it, of which the steps back take their share; null where not known.
    usual_rate  double precision,
    lifted_at   timestamptz,
    lift_reason text
);
create index reaction_ends_at on reaction (ends_at);
