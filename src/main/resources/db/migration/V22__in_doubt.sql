-- A message held because nobody knows whether it arrived is a dead letter of its own kind.
alter table dead_letter drop constraint dead_letter_outcome_check;
alter table dead_letter add constraint dead_letter_outcome_check check (outcome in ('bounced', 'expired', 'faulted', 'in-doubt'));
