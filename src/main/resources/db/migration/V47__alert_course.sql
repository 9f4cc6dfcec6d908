-- What the receiver said when it took a notice; null where it did not, and then error says why.
alter table alert_notice add column answer text;
create index alert_notice_alert on alert_notice (alert);

-- What an alert went through from its opening on, so that people can see it later. It goes with its alert.
create table alert_change (
    alert    text             collate "C" not null references alert (id) on delete cascade,
    at       timestamptz      not null,
    state    text             collate "C" not null,
    severity text             collate "C" not null,
    value    double precision,
    text     text             not null,
    -- Who acknowledged it, and why.
    made_by  text,
    reason   text
);
create index alert_change_alert on alert_change (alert, at);

-- Of one that was given up: a test has reached the receiver since, so that it is no problem any more.
alter table alert_notice add column reached_since boolean not null default false;
