-- Who was erased: members, invitations, scans and walk-ups. What phones still say of them is taken without what it says
-- of the person.
CREATE TABLE erased (
    org INTEGER NOT NULL REFERENCES organisation (id),
    id BLOB NOT NULL CHECK (length(id) = 16),
    erased_at INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) STRICT;

-- Whom phones are to forget, and which of them have.
CREATE TABLE erasure_order (
    no INTEGER PRIMARY KEY,
    org INTEGER NOT NULL REFERENCES organisation (id),
    -- A member or an invitation; a scan or walk-up.
    subject BLOB,
    event BLOB,
    ordered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX erasure_order_org ON erasure_order (org, no);
CREATE TABLE erasure_done (
    org INTEGER NOT NULL,
    device BLOB NOT NULL,
    no INTEGER NOT NULL,
    done_at INTEGER NOT NULL,
    PRIMARY KEY (org, device, no),
    FOREIGN KEY (org, device) REFERENCES device (org, id)
) STRICT;

-- The key of the photo's file, itself sealed; none while the file is plain. What has begun to arrive begins anew.
ALTER TABLE photo ADD COLUMN key BLOB;
UPDATE photo SET size = NULL, received = 0 WHERE complete = 0;
