-- Judgements of events after the first, which is the event's own entry: each stands in an entry of its own.
CREATE TABLE judgement (
    org INTEGER NOT NULL,
    event BLOB NOT NULL,
    number INTEGER NOT NULL CHECK (number > 1),
    entry BLOB NOT NULL,
    PRIMARY KEY (org, event, number),
    FOREIGN KEY (org, event) REFERENCES journal_entry (org, id),
    FOREIGN KEY (org, entry) REFERENCES journal_entry (org, id)
) STRICT;

-- Whether the phone was not shown to be at the site when the shift began, although the site blocks that.
ALTER TABLE shift ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0;
