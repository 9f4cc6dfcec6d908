-- What is older than audit.keep is found by its time.
create index audit_at on audit (at);
create index hold_ended on hold (ended) where ended is not null;
