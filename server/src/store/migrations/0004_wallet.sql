-- A client's own name for the invitation that it asked for, so that asking again makes no second one.
CREATE TABLE invitation_request (
    org INTEGER NOT NULL,
    person BLOB NOT NULL,
    request BLOB NOT NULL CHECK (length(request) = 16),
    invitation BLOB NOT NULL,
    -- SHA-256 of what was asked for.
    content BLOB NOT NULL CHECK (length(content) = 32),
    PRIMARY KEY (org, person, request),
    FOREIGN KEY (org, person) REFERENCES person (org, id) ON DELETE CASCADE,
    FOREIGN KEY (org, invitation) REFERENCES invitation (org, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX invitation_request_invitation ON invitation_request (org, invitation);

-- A member's own invitations, newest first.
CREATE INDEX invitation_host ON invitation (org, host, created_at);
