-- Messages that are over for long are removed.
CREATE INDEX message_end ON message (until_s) WHERE until_s IS NOT NULL;
