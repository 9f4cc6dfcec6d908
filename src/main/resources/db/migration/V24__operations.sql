-- What an operator holds back. A row stays when the hold has ended: "ended" says when.
create table hold (
    id      bigint      generated always as identity primary key,
    kind    text        collate "C" not null check (kind in ('pool', 'provider', 'stream', 'campaign')),
    value   text        collate "C" not null,
    mode    text        collate "C" not null check (mode in ('pause', 'drain')),
    reason  text        not null,
    made_by text        not null,
    since   timestamptz not null,
    expires timestamptz not null,
    ended   timestamptz
);
create unique index hold_in_force on hold (kind, value) where ended is null;

-- Who did what, to what, and why.
create table audit (
    id       bigint      generated always as identity primary key,
    at       timestamptz not null,
    made_by  text        not null,
    action   text        collate "C" not null,
    subject  text        not null,
    reason   text        not null,
    messages bigint
);

-- The kinds of waiting grow; the program knows them.
alter table deferred drop constraint if exists deferred_kind_check;
-- The holds that a message waits for, and the delivery route that an operator gave it.
alter table deferred add column held_by text collate "C", add column route text collate "C";
alter table dead_letter add column route text collate "C";
create index deferred_held_by on deferred (held_by, message_id) where held_by is not null;
