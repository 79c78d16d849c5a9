-- Faces that may stand beside a verdict, each fetched by its digest and sealed; none while it is still to be fetched.
CREATE TABLE face (
    subject BLOB PRIMARY KEY,
    sha256 BLOB NOT NULL,
    sealed BLOB
) STRICT;
