-- Whether a photo of the person may be shown beside the verdict, and how much the geofence forgives.
ALTER TABLE site ADD COLUMN show_face INTEGER NOT NULL DEFAULT 0;
ALTER TABLE site ADD COLUMN buffer_m INTEGER NOT NULL DEFAULT 25;

-- A ban of someone who is known by name only; its subject is a random id of its own.
ALTER TABLE ban ADD COLUMN by_name INTEGER NOT NULL DEFAULT 0;

-- What a banned person is called, besides the name that a member or an invitation has anyway.
CREATE TABLE ban_name (
    org INTEGER NOT NULL,
    subject BLOB NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (org, subject, name),
    FOREIGN KEY (org, subject) REFERENCES ban (org, subject)
) STRICT;

-- Contents of gate packs that devices were sent lately. Many devices have the same, which is kept once.
CREATE TABLE pack_content (
    org INTEGER NOT NULL REFERENCES organisation (id),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    content BLOB NOT NULL,
    PRIMARY KEY (org, hash)
) STRICT;

-- Which device was sent which content under which number, so that it can be told what changed since.
CREATE TABLE pack_sent (
    org INTEGER NOT NULL,
    device BLOB NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    sent_at INTEGER NOT NULL,
    PRIMARY KEY (org, device, seq),
    FOREIGN KEY (org, device) REFERENCES device (org, id),
    FOREIGN KEY (org, hash) REFERENCES pack_content (org, hash)
) STRICT;
CREATE INDEX pack_sent_hash ON pack_sent (org, hash);
