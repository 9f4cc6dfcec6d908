-- A breaker may hold back a sender's domain.
alter table hold drop constraint if exists hold_kind_check;
alter table hold add constraint hold_kind_check check (kind in ('pool', 'provider', 'stream', 'campaign', 'sender'));
