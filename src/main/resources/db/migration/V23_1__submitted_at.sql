-- When a message that had to wait from the beginning was accepted: accepted_at is then when it was due. Cancelling asks for the former.
alter table deferred    add column submitted_at timestamptz;
alter table dead_letter add column submitted_at timestamptz;
