-- Photos that the server refuses are set aside (state 2) with its reason, as entries are.
ALTER TABLE photo ADD COLUMN problem TEXT;

-- Why an entry of a former journal is set aside.
ALTER TABLE former_entry ADD COLUMN problem TEXT;

-- Entries whose personal data is destroyed as soon as the server has them.
CREATE TABLE erasure (
    entry BLOB PRIMARY KEY,
    asked_ms INTEGER NOT NULL
) STRICT;
