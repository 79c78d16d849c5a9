-- Bars that were lifted: a grant of the time while one stood may come to be known only afterwards.
CREATE TABLE former_bar (
    org INTEGER NOT NULL REFERENCES organisation (id),
    subject BLOB NOT NULL CHECK (length(subject) = 16),
    -- The word of the bar's code.
    bar TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (org, subject, since, bar)
) STRICT, WITHOUT ROWID;
