-- What a transfer has transferred that has ended although files have failed.
ALTER TABLE transfer ADD COLUMN files INTEGER NOT NULL DEFAULT 0;
ALTER TABLE transfer ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE transfer ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0;

-- The files that have failed, and why. A transfer of an older version that has ended has none.
CREATE TABLE failed_file (
    transfer INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    -- In the account, where that is known.
    path     TEXT,
    kind     TEXT NOT NULL,
    title    TEXT NOT NULL,
    detail   TEXT NOT NULL,
    PRIMARY KEY (transfer, position)
) STRICT, WITHOUT ROWID;
