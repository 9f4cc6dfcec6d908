-- What happened to each message. The primary key is the only b-tree, so that inserts stay cheap; collation "C" lets a
-- range over "<id>." find the messages of one submission. The kind is text: readable in SQL, and safe from reordered enums.
create table event (
    message_id    text        collate "C" not null,
    submission_id text        collate "C" not null,
    attempt       integer     not null,
    code          integer     not null,
    size          integer,
    latency       integer,
    at            timestamptz not null,
    next          timestamptz,
    kind          text        collate "C" not null,
    way           text        collate "C",
    sender        text        collate "C",
    recipient     text        collate "C" not null,
    provider      text        collate "C" not null,
    pool          text        collate "C",
    stream        text        collate "C" not null,
    campaign      text        collate "C",
    enhanced      text        collate "C",
    category      text        collate "C",
    detail        text,
    node          text        collate "C" not null,
    tags          text[]      not null,
    primary key (message_id, attempt, kind)
);
-- Reports and purges read by time. A BRIN index costs inserts next to nothing, as rows arrive in time order.
create index event_at on event using brin (at);

-- Requests with a key: the same key and the same body get the first answer again.
create table idempotency (
    key           text        collate "C" primary key,
    request_hash  text        collate "C" not null,
    submission_id text        collate "C" not null,
    accepted_at   timestamptz not null,
    expires_at    timestamptz not null
);
create index idempotency_expires on idempotency (expires_at);

-- Messages that wait: for a retry, for their scheduled time, or for room under a pace.
create table deferred (
    message_id       text        collate "C" primary key,
    submission_id    text        collate "C" not null,
    attempt          integer     not null,
    priority         integer     not null,
    max_retries      integer     not null,
    size             integer     not null,
    code             integer     not null,
    accepted_at      timestamptz not null,
    deferred_at      timestamptz not null,
    next_attempt     timestamptz not null,
    kind             text        collate "C" not null check (kind in ('deferred', 'scheduled', 'paced')),
    sender           text        collate "C",
    recipient        text        collate "C" not null,
    recipient_domain text        collate "C" not null,
    provider         text        collate "C" not null,
    stream           text        collate "C" not null,
    campaign         text        collate "C",
    category         text        collate "C",
    pool             text        collate "C",
    reason           text        not null,
    tags             text[]      not null,
    body             bytea       not null
);
-- Mail compresses little and is read whole, once.
alter table deferred alter column body set storage external;
create index deferred_next_attempt on deferred (next_attempt);
-- Rows come and go all the time: clean up after 2 % of dead rows rather than 20 %.
alter table deferred set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- Messages given up, kept for a look and for replay.
create table dead_letter (
    message_id       text        collate "C" primary key,
    submission_id    text        collate "C" not null,
    attempt          integer     not null,
    priority         integer     not null,
    max_retries      integer     not null,
    size             integer     not null,
    code             integer     not null,
    accepted_at      timestamptz not null,
    dead_at          timestamptz not null,
    replayed_at      timestamptz,
    outcome          text        collate "C" not null check (outcome in ('bounced', 'expired', 'faulted')),
    sender           text        collate "C",
    recipient        text        collate "C" not null,
    recipient_domain text        collate "C" not null,
    provider         text        collate "C" not null,
    stream           text        collate "C" not null,
    campaign         text        collate "C",
    enhanced         text        collate "C",
    category         text        collate "C",
    pool             text        collate "C",
    reason           text        not null,
    tags             text[]      not null,
    body             bytea       not null
);
alter table dead_letter alter column body set storage external;
create index dead_letter_dead_at on dead_letter (dead_at, message_id);
create index dead_letter_provider on dead_letter (provider, dead_at);
create index dead_letter_campaign on dead_letter (campaign, dead_at) where campaign is not null;

-- Addresses that get no mail, in lower case. An empty stream means every stream.
create table suppression (
    address text        collate "C" not null,
    stream  text        collate "C" not null default '',
    reason  text        not null,
    since   timestamptz not null,
    expires timestamptz,
    primary key (address, stream)
);
