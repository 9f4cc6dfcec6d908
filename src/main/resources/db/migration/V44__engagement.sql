-- When recipients read their mail. No address is kept: the key is HMAC-SHA-256 of it with this secret, so that a copy of the profiles alone names nobody.
create table engagement_secret (
    one    boolean primary key default true check (one),
    secret bytea   not null
);
insert into engagement_secret (secret) values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));

-- One row a recipient, of a size that does not grow: 24 hours, 7 days from Monday on, in UTC, as faded up to as_of.
create table engagement_profile (
    recipient bytea       primary key,
    hours     real[]      not null,
    days      real[]      not null,
    as_of     timestamptz not null,
    events    integer     not null,
    -- When an event was last counted; long after, the row goes.
    seen      timestamptz not null,
    -- The last few events, so that none is counted twice.
    recent    bigint[]    not null
);
create index engagement_profile_seen on engagement_profile (seen);

-- The same of all mail, of each provider and of each stream.
create table engagement_group (
    kind   text               collate "C" not null check (kind in ('all', 'provider', 'stream')),
    name   text               collate "C" not null,
    hours  double precision[] not null,
    days   double precision[] not null,
    as_of  timestamptz        not null,
    events integer            not null,
    primary key (kind, name)
);
