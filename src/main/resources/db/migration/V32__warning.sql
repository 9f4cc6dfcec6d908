-- What was seen to decline before a provider blocked. Rows stay for a month after the end, as a record of what was warned of and done.
create table warning (
    id          text             collate "C" primary key,
    kind        text             collate "C" not null,
    critical    boolean          not null,
    pool        text             collate "C" not null,
    provider    text             collate "C" not null,
    since       timestamptz      not null,
    seen        timestamptz      not null,
    -- Steps down that were taken by then, of which time takes back; 0 where no volume is taken away.
    level       int              not null,
    level_at    timestamptz      not null,
    floor       double precision not null,
    -- Messages a second before it; null where not known.
    per_second  double precision,
    count       bigint           not null,
    total       bigint           not null,
    usual       double precision,
    earliest    timestamptz,
    expected    timestamptz,
    cause       text             not null,
    -- When it is over by time, or when somebody ended it before.
    ends_at     timestamptz      not null,
    ended_at    timestamptz,
    end_reason  text
);
create index warning_ends_at on warning (ends_at);
