-- What journals say that does not fit what the server knows: kept, marked, and without the effect that it cannot have.
CREATE TABLE doubt (
    no INTEGER PRIMARY KEY,
    org INTEGER NOT NULL REFERENCES organisation (id),
    -- The entry that says it, and the event that it is about, where it is about one.
    entry BLOB NOT NULL,
    event BLOB,
    device BLOB NOT NULL,
    what TEXT NOT NULL,
    noted_at INTEGER NOT NULL,
    UNIQUE (org, entry, what)
) STRICT;
CREATE INDEX doubt_event ON doubt (org, event) WHERE event IS NOT NULL;

-- When a guard first signed in on a device. From then on they may unlock it by PIN, without anybody hearing of it.
CREATE TABLE guard_here (
    org INTEGER NOT NULL,
    device BLOB NOT NULL,
    person BLOB NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (org, device, person)
) STRICT;
-- Until now nobody wrote that down. Who has a session there, or worked there as somebody assigned, did sign in.
INSERT INTO guard_here (org, device, person, since)
    SELECT org, device, person, min(at) FROM (
        SELECT org, device, person, created_at AS at FROM session WHERE device IS NOT NULL
        UNION ALL SELECT org, device, guard, started_at FROM shift WHERE device IS NOT NULL AND assigned = 1)
    GROUP BY org, device, person;

-- Departures whose stay has not begun yet, as far as the server knows.
CREATE TABLE departure_waiting (
    org INTEGER NOT NULL REFERENCES organisation (id),
    stay BLOB NOT NULL CHECK (length(stay) = 16),
    entry BLOB NOT NULL,
    device BLOB NOT NULL,
    site INTEGER NOT NULL,
    at INTEGER NOT NULL,
    surely INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (org, stay, entry)
) STRICT;

-- The device in whose place another one is enrolled, by the word of the admin who made the code.
ALTER TABLE enrolment_code ADD COLUMN replaces BLOB;
ALTER TABLE device ADD COLUMN replaces BLOB;
CREATE INDEX device_replaces ON device (org, replaces) WHERE replaces IS NOT NULL;
