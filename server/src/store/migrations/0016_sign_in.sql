-- Signing in answers alike, and writes alike, for addresses that somebody has and for those that nobody has: `account`
-- is an identity or, below zero, a keyed hash of an address that signs nobody in. Codes live for ten minutes, so none
-- is carried over.
DROP TABLE one_time_code;
CREATE TABLE one_time_code (
    account INTEGER NOT NULL,
    -- The device that it was asked for on; empty for none.
    device BLOB NOT NULL,
    mac BLOB NOT NULL CHECK (length(mac) = 32),
    tries INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (account, device)
) STRICT;
CREATE INDEX one_time_code_expiry ON one_time_code (expires_at);

-- Wrong tries, of each device and of all others apart: when the last of them will be forgotten.
CREATE TABLE sign_in_try (
    account INTEGER NOT NULL,
    device BLOB NOT NULL,
    forgotten_at INTEGER NOT NULL,
    PRIMARY KEY (account, device)
) STRICT;
CREATE INDEX sign_in_try_forgotten ON sign_in_try (forgotten_at);
ALTER TABLE identity DROP COLUMN tries;
ALTER TABLE identity DROP COLUMN tries_since;

-- What a session is called in lists; its token's hash stays inside.
ALTER TABLE session ADD COLUMN id BLOB;
ALTER TABLE session ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN used_at INTEGER;
UPDATE session SET id = randomblob(16);
CREATE UNIQUE INDEX session_id ON session (org, id);

-- One link a person at a time. Those that were used say nothing any more.
DROP TABLE sign_in_link;
CREATE TABLE sign_in_link (
    org INTEGER NOT NULL,
    person BLOB NOT NULL,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (org, person),
    FOREIGN KEY (org, person) REFERENCES person (org, id)
) STRICT;
