-- Events in a few bytes. One row a scan or walk-up, with its decision; what repeats from event to event stands in
-- tables of its own, and everything that lists are narrowed to is one number: the facet.

-- Who recorded events where: a guard on a device in a shift.
CREATE TABLE event_origin (
    no INTEGER PRIMARY KEY,
    org INTEGER NOT NULL,
    device BLOB NOT NULL,
    guard BLOB NOT NULL,
    shift BLOB NOT NULL,
    UNIQUE (org, shift, guard, device)
) STRICT;

-- Names of people at gates, each spelling once, and the keys under which searches find them.
CREATE TABLE event_name (
    no INTEGER PRIMARY KEY,
    org INTEGER NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (org, name)
) STRICT;
CREATE TABLE event_name_key (
    org INTEGER NOT NULL,
    key TEXT NOT NULL,
    name INTEGER NOT NULL,
    PRIMARY KEY (org, key, name)
) STRICT, WITHOUT ROWID;

-- What events have in common when they are counted and listed: two events of one facet pass the same filters. The site
-- is 0 where a phone named one that is not here.
CREATE TABLE facet (
    no INTEGER PRIMARY KEY,
    org INTEGER NOT NULL,
    site INTEGER NOT NULL,
    -- 1 member, 2 visitor, 3 member by the phone's own code, 4 walk-up, 5 unreadable.
    kind INTEGER NOT NULL,
    -- 1 VERIFIED, 2 CAUTION, 3 DENIED, 0 for none.
    verdict INTEGER NOT NULL,
    -- 1 granted, 2 denied, 3 undecided, 4 nobody was asked: a visitor's way out.
    decision INTEGER NOT NULL,
    flagged INTEGER NOT NULL,
    reported INTEGER NOT NULL,
    judged INTEGER NOT NULL,
    -- How many events there are of it.
    events INTEGER NOT NULL DEFAULT 0,
    UNIQUE (org, site, kind, verdict, decision, flagged, reported, judged)
) STRICT;

-- How many of them on each day: days of UTC since 1970, so that they are the same in every time zone. The days that a
-- period of another zone cuts are counted event by event.
CREATE TABLE tally (
    org INTEGER NOT NULL,
    facet INTEGER NOT NULL,
    day INTEGER NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (org, day, facet)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_anew (
    no INTEGER PRIMARY KEY,
    org INTEGER NOT NULL,
    id BLOB NOT NULL,
    origin INTEGER NOT NULL,
    facet INTEGER NOT NULL,
    -- When it happened, never ahead of when it was received: the order of lists.
    listed_at INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    verdict INTEGER,
    -- The deciding code and every check, packed; none for a walk-up.
    findings BLOB,
    subject BLOB,
    -- What counts as the same code; x'02' where that is the invitation in `subject`.
    use_id BLOB,
    online INTEGER NOT NULL,
    pack_seq INTEGER,
    departs BLOB,
    name INTEGER,
    note TEXT,
    latitude_e6 INTEGER,
    longitude_e6 INTEGER,
    accuracy_m INTEGER,
    photo BLOB,
    site INTEGER NOT NULL,
    happened_at INTEGER NOT NULL,
    clock_trusted INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    issued_s INTEGER,
    granted INTEGER,
    decided_at INTEGER,
    decided_surely INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    flagged INTEGER NOT NULL DEFAULT 0,
    reported INTEGER NOT NULL DEFAULT 0,
    judged INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (org, id) REFERENCES journal_entry (org, id)
) STRICT;
