-- What is due of each priority class, as the feeder asks for it (DeferredStore): urgent below 100, bulk from 150.
create index deferred_due_urgent on deferred (next_attempt) where priority < 100;
create index deferred_due_normal on deferred (next_attempt) where priority >= 100 and priority < 150;
create index deferred_due_bulk on deferred (next_attempt) where priority >= 150;
