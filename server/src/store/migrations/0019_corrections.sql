-- A guard's decision may be put right by a further entry: that stands beside reports and second judgements, and says what
-- the decision is now.
CREATE TABLE amendment_anew (
    no INTEGER PRIMARY KEY,
    org INTEGER NOT NULL,
    event BLOB NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('report', 'judged', 'corrected')),
    verdict INTEGER,
    code TEXT,
    since_s INTEGER,
    -- What a correction comes to.
    granted INTEGER,
    -- What the guard wrote: a report's note, a correction's reason.
    note TEXT,
    photo BLOB,
    guard BLOB,
    at INTEGER NOT NULL,
    -- The journal's entry; none while only the server found it.
    entry BLOB,
    FOREIGN KEY (org, event) REFERENCES event (org, id)
) STRICT;
INSERT INTO amendment_anew (no, org, event, what, verdict, code, since_s, note, photo, guard, at, entry)
    SELECT no, org, event, what, verdict, code, since_s, note, photo, guard, at, entry FROM amendment;
-- The rows are in their new table by now.
DROP TABLE amendment;
ALTER TABLE amendment_anew RENAME TO amendment;
CREATE INDEX amendment_event ON amendment (org, event);
CREATE INDEX amendment_untold ON amendment (org, event) WHERE entry IS NULL;

-- What was decided first, where that was put right; `granted` is what stands.
ALTER TABLE event ADD COLUMN first_granted INTEGER;
