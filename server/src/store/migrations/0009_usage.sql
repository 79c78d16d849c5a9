-- How much each device sent, by day since 1970; day 0 holds all that is too old to be kept apart.
CREATE TABLE device_usage (
    org INTEGER NOT NULL,
    device BLOB NOT NULL,
    day INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    entry_bytes INTEGER NOT NULL,
    photo_bytes INTEGER NOT NULL,
    PRIMARY KEY (org, device, day),
    FOREIGN KEY (org, device) REFERENCES device (org, id)
) STRICT;

-- The newest certificate of each key of a member's phones, under the master key: asked for again, it is not made anew.
CREATE TABLE member_certificate (
    org INTEGER NOT NULL,
    person BLOB NOT NULL,
    key BLOB NOT NULL CHECK (length(key) = 32),
    token BLOB NOT NULL CHECK (length(token) = 16),
    content BLOB NOT NULL CHECK (length(content) = 32),
    issued_s INTEGER NOT NULL,
    expires_s INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (org, person, key),
    FOREIGN KEY (org, person) REFERENCES person (org, id) ON DELETE CASCADE
) STRICT;

-- What has lapsed is forgotten by its time.
CREATE INDEX sign_in_link_expiry ON sign_in_link (expires_at);
CREATE INDEX enrolment_code_expiry ON enrolment_code (expires_at);
