-- Times are integers in UTC: columns *_at and *_ms hold milliseconds, columns *_s hold seconds since 1970.
-- Identifiers are 16 random or timed bytes, digests 32 bytes. Every row belongs to one organisation, and every key
-- begins with it, so that a query which forgets the organisation finds no index to lean on.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE organisation (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    pack_seq INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) STRICT;

-- Private halves are sealed under the master key.
CREATE TABLE signing_key (
    org INTEGER NOT NULL REFERENCES organisation (id),
    public BLOB NOT NULL CHECK (length(public) = 32),
    purpose TEXT NOT NULL CHECK (purpose IN ('root', 'passes', 'packs')),
    sealed BLOB,
    not_before_s INTEGER NOT NULL,
    not_after_s INTEGER NOT NULL,
    PRIMARY KEY (org, public)
) STRICT;

CREATE TABLE key_set (
    org INTEGER NOT NULL REFERENCES organisation (id),
    version INTEGER NOT NULL,
    issued_s INTEGER NOT NULL,
    envelope BLOB NOT NULL,
    PRIMARY KEY (org, version)
) STRICT;

CREATE TABLE site (
    org INTEGER NOT NULL REFERENCES organisation (id),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 4294967295),
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    latitude_e6 INTEGER,
    longitude_e6 INTEGER,
    radius_m INTEGER,
    geofence INTEGER NOT NULL DEFAULT 1,
    arrival_photo INTEGER NOT NULL DEFAULT 1,
    walk_up_photo INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (org, number)
) STRICT;

-- Who signs in. Spans organisations and holds nothing that one organisation says of a person.
CREATE TABLE identity (
    id INTEGER PRIMARY KEY,
    email TEXT UNIQUE,
    mobile TEXT UNIQUE,
    tries INTEGER NOT NULL DEFAULT 0,
    tries_since INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) STRICT;

-- Everyone whom an organisation knows: members, guards, admins and visitors.
CREATE TABLE person (
    org INTEGER NOT NULL REFERENCES organisation (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    email TEXT,
    mobile TEXT,
    visitor INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL DEFAULT 'manual',
    external_id TEXT,
    person_type TEXT,
    notes TEXT NOT NULL DEFAULT '',
    photo BLOB,
    language TEXT,
    access_enabled INTEGER NOT NULL DEFAULT 1,
    -- A grant of every site, those to come included.
    everywhere INTEGER NOT NULL DEFAULT 0,
    revoked_at INTEGER,
    superseded_before_s INTEGER,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (org, id)
) STRICT;

-- The few whom a gate pack must name as not to be let in.
CREATE INDEX person_barred ON person (org)
    WHERE revoked_at IS NOT NULL OR access_enabled = 0 OR superseded_before_s IS NOT NULL;

CREATE TABLE membership (
    org INTEGER NOT NULL,
    person BLOB NOT NULL,
    identity INTEGER REFERENCES identity (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'guard', 'member')),
    signed_in_at INTEGER,
    PRIMARY KEY (org, person),
    UNIQUE (org, identity),
    FOREIGN KEY (org, person) REFERENCES person (org, id)
) STRICT;
CREATE INDEX membership_identity ON membership (identity);
CREATE INDEX membership_role ON membership (org, role);

-- A site assignment is a grant of the whole site.
CREATE TABLE site_grant (
    org INTEGER NOT NULL,
    person BLOB NOT NULL,
    site INTEGER NOT NULL,
    granted_at INTEGER NOT NULL,
    PRIMARY KEY (org, person, site),
    FOREIGN KEY (org, person) REFERENCES person (org, id),
    FOREIGN KEY (org, site) REFERENCES site (org, number)
) STRICT;

CREATE TABLE ban (
    org INTEGER NOT NULL REFERENCES organisation (id),
    subject BLOB NOT NULL CHECK (length(subject) = 16),
    reason TEXT NOT NULL,
    banned_at INTEGER NOT NULL,
    PRIMARY KEY (org, subject)
) STRICT;

CREATE TABLE invitation (
    org INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    reference TEXT NOT NULL,
    visitor BLOB NOT NULL,
    host BLOB,
    created_by BLOB,
    status TEXT NOT NULL CHECK (status IN ('draft', 'pending', 'accepted', 'cancelled')),
    any_site INTEGER NOT NULL,
    from_s INTEGER NOT NULL,
    until_s INTEGER NOT NULL,
    max_uses INTEGER CHECK (max_uses BETWEEN 1 AND 1000000),
    note TEXT NOT NULL DEFAULT '',
    search TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    cancelled_at INTEGER,
    cancelled_by BLOB,
    PRIMARY KEY (org, id),
    UNIQUE (org, reference),
    FOREIGN KEY (org, visitor) REFERENCES person (org, id),
    FOREIGN KEY (org, host) REFERENCES person (org, id)
) STRICT;
CREATE INDEX invitation_created ON invitation (org, created_at);
CREATE INDEX invitation_window ON invitation (org, until_s);

CREATE TABLE invitation_site (
    org INTEGER NOT NULL,
    invitation BLOB NOT NULL,
    site INTEGER NOT NULL,
    PRIMARY KEY (org, invitation, site),
    FOREIGN KEY (org, invitation) REFERENCES invitation (org, id),
    FOREIGN KEY (org, site) REFERENCES site (org, number)
) STRICT;

-- Every pass ever signed, until it can be refused for its age alone: revocations are published while one is left.
CREATE TABLE issued_pass (
    org INTEGER NOT NULL REFERENCES organisation (id),
    token BLOB NOT NULL CHECK (length(token) = 16),
    subject BLOB NOT NULL CHECK (length(subject) = 16),
    issued_s INTEGER NOT NULL,
    expires_s INTEGER NOT NULL,
    -- The code's text under the master key, where it must be shown again.
    sealed BLOB,
    PRIMARY KEY (org, token)
) STRICT;
CREATE INDEX issued_pass_subject ON issued_pass (org, subject, expires_s);
CREATE INDEX issued_pass_expiry ON issued_pass (expires_s);

-- Who holds a use of a code: reserved by an event for a while, or granted to it for good.
CREATE TABLE code_use (
    org INTEGER NOT NULL REFERENCES organisation (id),
    use_id BLOB NOT NULL,
    event BLOB NOT NULL CHECK (length(event) = 16),
    granted INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    -- Until when a reservation holds; none for a grant.
    until_ms INTEGER,
    PRIMARY KEY (org, use_id, event)
) STRICT;
CREATE INDEX code_use_event ON code_use (org, event);

CREATE TABLE enrolment_code (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    org INTEGER NOT NULL REFERENCES organisation (id),
    name TEXT,
    created_by BLOB,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    device BLOB
) STRICT;

CREATE TABLE device (
    org INTEGER NOT NULL REFERENCES organisation (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    name TEXT NOT NULL,
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    certificate BLOB NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    enrolled_at INTEGER NOT NULL,
    revoked_at INTEGER,
    last_contact INTEGER NOT NULL,
    pack_seq INTEGER,
    -- The last entry in the chain.
    head_number INTEGER NOT NULL DEFAULT 0,
    head_hash BLOB NOT NULL CHECK (length(head_hash) = 32),
    forked_at INTEGER,
    -- The forked device that this one goes on from.
    continues BLOB,
    PRIMARY KEY (org, id),
    UNIQUE (org, public_key)
) STRICT;

-- Journals as received. Nothing but the flag is ever changed.
CREATE TABLE journal_entry (
    org INTEGER NOT NULL,
    device BLOB NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    id BLOB NOT NULL CHECK (length(id) = 16),
    kind INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    envelope BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    -- Whether this version understood the body.
    readable INTEGER NOT NULL,
    PRIMARY KEY (org, device, number),
    UNIQUE (org, id),
    FOREIGN KEY (org, device) REFERENCES device (org, id)
) STRICT;

-- The keys of sealed parts, apart from the entries so that destroying one erases a person and no entry changes.
CREATE TABLE entry_key (
    org INTEGER NOT NULL,
    entry BLOB NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (org, entry),
    FOREIGN KEY (org, entry) REFERENCES journal_entry (org, id)
) STRICT;

-- Entries that contradict one taken before.
CREATE TABLE fork_evidence (
    org INTEGER NOT NULL,
    device BLOB NOT NULL,
    hash BLOB NOT NULL,
    number INTEGER NOT NULL,
    entry BLOB NOT NULL,
    envelope BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (org, device, hash),
    FOREIGN KEY (org, device) REFERENCES device (org, id)
) STRICT;

-- What dashboards read, derived from entries: one row a scan or walk-up, with its decision.
CREATE TABLE event (
    no INTEGER PRIMARY KEY,
    org INTEGER NOT NULL,
    id BLOB NOT NULL,
    device BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('member', 'visitor', 'device', 'walk_up', 'unreadable')),
    verdict INTEGER,
    code TEXT,
    checks TEXT NOT NULL DEFAULT '[]',
    subject BLOB,
    use_id BLOB,
    online INTEGER NOT NULL DEFAULT 0,
    pack_seq INTEGER,
    departs BLOB,
    name TEXT,
    search TEXT NOT NULL DEFAULT '',
    note TEXT,
    latitude_e6 INTEGER,
    longitude_e6 INTEGER,
    accuracy_m INTEGER,
    photo BLOB,
    guard BLOB NOT NULL,
    shift BLOB NOT NULL,
    site INTEGER NOT NULL,
    happened_at INTEGER NOT NULL,
    clock_trusted INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    granted INTEGER,
    decided_at INTEGER,
    reason TEXT,
    flagged INTEGER NOT NULL DEFAULT 0,
    UNIQUE (org, id),
    FOREIGN KEY (org, id) REFERENCES journal_entry (org, id)
) STRICT;
CREATE INDEX event_time ON event (org, happened_at, no);
CREATE INDEX event_subject ON event (org, subject, happened_at);
CREATE INDEX event_photo ON event (org, photo) WHERE photo IS NOT NULL;

-- A visitor inside, from a grant to a departure.
CREATE TABLE stay (
    no INTEGER PRIMARY KEY,
    org INTEGER NOT NULL,
    id BLOB NOT NULL,
    subject BLOB,
    site INTEGER NOT NULL,
    since_ms INTEGER NOT NULL,
    UNIQUE (org, id),
    FOREIGN KEY (org, id) REFERENCES event (org, id)
) STRICT;
CREATE INDEX stay_subject ON stay (org, subject);

-- Apart from the stay: another gate's word that a visitor left may arrive before the grant does.
CREATE TABLE departure (
    org INTEGER NOT NULL REFERENCES organisation (id),
    stay BLOB NOT NULL CHECK (length(stay) = 16),
    departed_at INTEGER NOT NULL,
    -- The journal's entry, or the admin who marked it.
    entry BLOB,
    by_person BLOB,
    PRIMARY KEY (org, stay)
) STRICT;

CREATE TABLE shift (
    org INTEGER NOT NULL REFERENCES organisation (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    guard BLOB NOT NULL,
    device BLOB,
    site INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    automatic INTEGER NOT NULL DEFAULT 0,
    -- Whether the guard was assigned to the site when the server learned of the shift.
    assigned INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT;
CREATE INDEX shift_guard ON shift (org, guard, ended_at);

CREATE TABLE photo (
    org INTEGER NOT NULL REFERENCES organisation (id),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    device BLOB NOT NULL,
    size INTEGER,
    received INTEGER NOT NULL DEFAULT 0,
    complete INTEGER NOT NULL DEFAULT 0,
    named_at INTEGER NOT NULL,
    PRIMARY KEY (org, sha256)
) STRICT;
CREATE INDEX photo_wanted ON photo (org, device) WHERE complete = 0;

CREATE TABLE session (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    org INTEGER NOT NULL,
    person BLOB NOT NULL,
    device BLOB,
    kind TEXT NOT NULL CHECK (kind IN ('browser', 'api', 'guard')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    FOREIGN KEY (org, person) REFERENCES person (org, id),
    FOREIGN KEY (org, device) REFERENCES device (org, id)
) STRICT;
CREATE INDEX session_person ON session (org, person);

CREATE TABLE one_time_code (
    identity INTEGER PRIMARY KEY REFERENCES identity (id),
    mac BLOB NOT NULL CHECK (length(mac) = 32),
    tries INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sign_in_link (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    org INTEGER NOT NULL,
    person BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    FOREIGN KEY (org, person) REFERENCES person (org, id)
) STRICT;

CREATE TABLE audit (
    no INTEGER PRIMARY KEY,
    org INTEGER NOT NULL REFERENCES organisation (id),
    at INTEGER NOT NULL,
    -- A person's id, or the word for what else acted.
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_time ON audit (org, at);
