-- A station's whole memory. Whatever tells of people or opens doors is sealed before it comes here.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    sealed BLOB NOT NULL
) STRICT;

-- The journal, and with `state` the outbox: 0 waiting, 1 the server has it, 2 stuck.
CREATE TABLE entry (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hash BLOB NOT NULL,
    envelope BLOB NOT NULL,
    sealed_key BLOB NOT NULL,
    written_ms INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0,
    problem TEXT
) STRICT;
CREATE INDEX entry_waiting ON entry (number) WHERE state <> 1;

-- Journals of devices that this station was before they were forked: evidence, never sent again.
CREATE TABLE former_entry (
    device BLOB NOT NULL,
    number INTEGER NOT NULL,
    envelope BLOB NOT NULL,
    sealed_key BLOB NOT NULL,
    state INTEGER NOT NULL,
    PRIMARY KEY (device, number)
) STRICT;

-- Scans and walk-ups with what became of them.
CREATE TABLE event (
    id BLOB PRIMARY KEY,
    use_id BLOB,
    shift BLOB NOT NULL,
    site INTEGER NOT NULL,
    visitor INTEGER NOT NULL,
    scanned_ms INTEGER NOT NULL,
    granted INTEGER,
    decided_ms INTEGER,
    -- Number of the last entry that the decision wrote.
    decision INTEGER,
    departed_ms INTEGER,
    -- The stay whose departure the scan opened; decided once that is recorded.
    departs BLOB,
    sealed_result BLOB NOT NULL
) STRICT;
CREATE INDEX event_use ON event (use_id, scanned_ms);
CREATE INDEX event_inside ON event (scanned_ms) WHERE visitor = 1 AND granted = 1 AND departed_ms IS NULL;

-- Visits of other gates whose departure was recorded here.
CREATE TABLE foreign_departure (
    stay BLOB PRIMARY KEY
) STRICT;

CREATE TABLE photo (
    sha256 BLOB PRIMARY KEY,
    sealed BLOB NOT NULL,
    state INTEGER NOT NULL DEFAULT 0
) STRICT;
