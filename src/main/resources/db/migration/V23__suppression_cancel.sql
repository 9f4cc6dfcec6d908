-- The reason in words, where an entry comes from, and the transaction that changed it last: a node reads what is new by it,
-- up to the oldest transaction still under way, so that none is passed over whatever the order of commits.
alter table suppression
    add column detail  text        not null default '',
    add column origin  text        collate "C" not null default 'manual',
    add column changed bigint      not null default (pg_current_xact_id()::text::bigint);
create index suppression_changed on suppression (changed);
create index suppression_expires on suppression (expires) where expires is not null;

-- What was taken off the list, for nodes that have it in memory; kept for a day.
create table suppression_removed (
    address text        collate "C" not null,
    stream  text        collate "C" not null,
    changed bigint      not null,
    at      timestamptz not null,
    primary key (address, stream)
);
create index suppression_removed_changed on suppression_removed (changed);

-- Triggers, so that a change made by hand in SQL is seen as well.
create function suppression_touched() returns trigger language plpgsql as $$
begin
    new.changed := pg_current_xact_id()::text::bigint;
    return new;
end $$;
create trigger suppression_touched before insert or update on suppression for each row execute function suppression_touched();

create function suppression_gone() returns trigger language plpgsql as $$
begin
    insert into suppression_removed (address, stream, changed, at) values (old.address, old.stream, pg_current_xact_id()::text::bigint, now())
        on conflict (address, stream) do update set changed = excluded.changed, at = excluded.at;
    return old;
end $$;
create trigger suppression_gone after delete on suppression for each row execute function suppression_gone();

-- Refusals that suppress only when they come again and again, one a message; forgotten with a delivery.
create table suppression_strike (
    address    text        collate "C" not null,
    stream     text        collate "C" not null,
    reason     text        collate "C" not null,
    message_id text        collate "C" not null,
    at         timestamptz not null,
    primary key (address, stream, reason, message_id)
);
create index suppression_strike_at on suppression_strike (at);

-- Orders not to send what was accepted before; of those conditions that are not null all must hold.
create table cancellation (
    id               bigint      generated always as identity primary key,
    message_id       text        collate "C",
    provider         text        collate "C",
    stream           text        collate "C",
    campaign         text        collate "C",
    recipient_domain text        collate "C",
    pool             text        collate "C",
    sender_domain    text        collate "C",
    reason           text        not null,
    at               timestamptz not null,
    expires          timestamptz not null,
    swept_to         text        collate "C" not null default '',
    swept            boolean     not null default false,
    removed          bigint      not null default 0,
    changed          bigint      not null default (pg_current_xact_id()::text::bigint)
);
create index cancellation_changed on cancellation (changed);
create index cancellation_unswept on cancellation (id) where not swept;
