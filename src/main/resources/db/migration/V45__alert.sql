-- Alerts. Of a rule and a subject there is one that is not resolved, whatever node saw it. Resolved ones stay for 90 days.
create table alert (
    id                  text             collate "C" primary key,
    rule                text             collate "C" not null,
    by_what             text             collate "C" not null,
    subject             text             collate "C" not null,
    metric              text             collate "C" not null,
    unit                text             not null,
    severity            text             collate "C" not null check (severity in ('warning', 'critical')),
    state               text             collate "C" not null check (state in ('pending', 'open', 'acknowledged', 'resolved')),
    value               double precision,
    threshold           double precision,
    text                text             not null,
    suggested           text[]           not null,
    since               timestamptz      not null,
    updated             timestamptz      not null,
    critical_since      timestamptz,
    calm_since          timestamptz,
    eased_since         timestamptz,
    quiet_since         timestamptz,
    resolved_at         timestamptz,
    acknowledged_by     text,
    acknowledged_reason text,
    acknowledged_at     timestamptz,
    -- What was last told of it, to whoever is told.
    told_severity       text             collate "C",
    told_at             timestamptz
);
create unique index alert_one on alert (rule, subject) where state <> 'resolved';
create index alert_since on alert (since);

-- Nobody is told of alerts that it covers; null covers all.
create table alert_silence (
    id       text        collate "C" primary key,
    rule     text        collate "C",
    subject  text        collate "C",
    since    timestamptz not null,
    until    timestamptz not null,
    made_by  text        not null,
    reason   text        not null,
    ended_at timestamptz
);

-- What is to be told, and to whom: written with the alert in one transaction, so that nothing is told twice or not at all because a node stopped.
create table alert_notice (
    id       bigint      generated always as identity primary key,
    alert    text        collate "C" not null,
    kind     text        collate "C" not null check (kind in ('opened', 'escalated', 'reminded', 'resolved')),
    -- "mail", or "webhook/" and its name.
    target   text        collate "C" not null,
    -- The alert at that time, as JSON.
    body     text        not null,
    made_at  timestamptz not null,
    -- When it is tried next; moved ahead while a node is at it.
    due      timestamptz not null,
    attempts int         not null default 0,
    error    text,
    -- When it was sent or given up.
    done_at  timestamptz,
    sent     boolean     not null default false
);
create index alert_notice_due on alert_notice (due) where done_at is null;

-- When the rules were last looked at, so that of several nodes one does it.
create table alert_look (
    one boolean     primary key default true check (one),
    at  timestamptz not null
);
