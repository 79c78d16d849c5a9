-- What was said of an event later: reports, and second judgements. The event itself stays as it was.
CREATE TABLE amendment (
    no INTEGER PRIMARY KEY,
    org INTEGER NOT NULL,
    event BLOB NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('report', 'judged')),
    verdict INTEGER,
    code TEXT,
    since_s INTEGER,
    note TEXT,
    photo BLOB,
    guard BLOB,
    at INTEGER NOT NULL,
    -- The journal's entry; none while only the server found it.
    entry BLOB,
    FOREIGN KEY (org, event) REFERENCES event (org, id)
) STRICT;
CREATE INDEX amendment_event ON amendment (org, event);
CREATE INDEX amendment_untold ON amendment (org, event) WHERE entry IS NULL;

ALTER TABLE event ADD COLUMN reported INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN judged INTEGER NOT NULL DEFAULT 0;
-- When the pass was issued, to hold against a later invalidation.
ALTER TABLE event ADD COLUMN issued_s INTEGER;
