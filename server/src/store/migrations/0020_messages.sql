-- Messages to members, shown in their app.
CREATE TABLE message (
    org INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    person BLOB NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('information', 'notice', 'critical')),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    -- Outside of these it is not shown.
    from_s INTEGER,
    until_s INTEGER,
    sent_at INTEGER NOT NULL,
    -- When the server learned that the person has read it.
    read_at INTEGER,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, person) REFERENCES person (org, id)
) STRICT;
CREATE INDEX message_person ON message (org, person, sent_at);
