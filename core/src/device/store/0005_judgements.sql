-- An undecided event may be judged more than once: the number of the last judgement, of the last one that was shown, and
-- when its code was last held up. Nothing where there was only the first.
ALTER TABLE event ADD COLUMN judgement INTEGER;
ALTER TABLE event ADD COLUMN shown INTEGER;
ALTER TABLE event ADD COLUMN judged_ms INTEGER;
