-- Which ranges of blocks may have a recipient: a Bloom filter for each, so that inserts stay cheap. Ranges are summed up as they fill.
create index event_recipient on event using brin (lower(recipient) text_bloom_ops) with (pages_per_range = 32, autosummarize = on);
