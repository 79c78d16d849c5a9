-- Whose journal a device's own goes on from is asked of both ends.
CREATE INDEX device_continues ON device (org, continues) WHERE continues IS NOT NULL;
-- Until now a journal could name any device, and that decided over photos alone. What can't be so counts no more.
UPDATE device SET continues = NULL WHERE continues IS NOT NULL AND (
    continues = id
    OR NOT EXISTS (SELECT 1 FROM device f WHERE f.org = device.org AND f.id = device.continues
        AND (f.revoked_at IS NOT NULL OR f.forked_at IS NOT NULL))
    OR EXISTS (SELECT 1 FROM device o WHERE o.org = device.org AND o.continues = device.continues AND o.id <> device.id));

-- The last time in a device's journal that was known for sure: what came later by a clock that nobody vouched for
-- cannot have been before it.
ALTER TABLE device ADD COLUMN trusted_ms INTEGER;

-- Whether the time of the decision was known for sure.
ALTER TABLE event ADD COLUMN decided_surely INTEGER NOT NULL DEFAULT 0;
UPDATE event SET decided_surely = clock_trusted;

-- The device that a use was reserved from, which alone can say early that the reservation is over.
ALTER TABLE code_use ADD COLUMN device BLOB;

-- When a single pass was revoked, apart from its subject.
ALTER TABLE issued_pass ADD COLUMN revoked_at INTEGER;
CREATE INDEX issued_pass_revoked ON issued_pass (org) WHERE revoked_at IS NOT NULL;

-- What an organisation decided; a column that is empty has the server's default.
CREATE TABLE policy (
    org INTEGER PRIMARY KEY REFERENCES organisation (id),
    deny_expired_pack INTEGER,
    deny_absent_pack INTEGER,
    deny_expired_keys INTEGER,
    online_timeout_ms INTEGER,
    next_update_s INTEGER,
    hard_expiry_s INTEGER
) STRICT;

-- A code that was asked for on an enrolled device is that device's: nobody else can replace it or use its tries up.
-- The others have no device (an empty one).
CREATE TABLE one_time_code_anew (
    identity INTEGER NOT NULL REFERENCES identity (id),
    device BLOB NOT NULL,
    mac BLOB NOT NULL CHECK (length(mac) = 32),
    tries INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (identity, device)
) STRICT;
INSERT INTO one_time_code_anew (identity, device, mac, tries, sent_at, expires_at)
    SELECT identity, x'', mac, tries, sent_at, expires_at FROM one_time_code;
DROP TABLE one_time_code;
ALTER TABLE one_time_code_anew RENAME TO one_time_code;
