-- What the submitter asked for should delivery take long or fail: seconds until the message is given up, and whether the sender gets a report.
alter table deferred    add column max_age integer, add column dsn text collate "C";
alter table dead_letter add column max_age integer, add column dsn text collate "C";
