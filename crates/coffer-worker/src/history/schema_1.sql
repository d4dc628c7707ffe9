-- What this program has changed in accounts. One row an operation; how it is undone and which items it had are read only
-- when they are needed, so they are apart.

CREATE TABLE counter (last INTEGER NOT NULL) STRICT;
INSERT INTO counter (last) VALUES (0);

CREATE TABLE operation (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    -- The root under which its paths were noted.
    path_root TEXT,
    -- From the same counter as the ids: set anew by every undo and redo.
    changed INTEGER NOT NULL,
    at_millis INTEGER NOT NULL,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    is_folder INTEGER NOT NULL,
    before TEXT,
    items INTEGER NOT NULL,
    files INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    undone_millis INTEGER,
    -- 0: it can't be reversed.
    inverse_bytes INTEGER NOT NULL,
    problem_kind TEXT,
    problem_title TEXT,
    problem_detail TEXT,
    -- The paths of its items in one case and without accents, a line each.
    search TEXT NOT NULL
) STRICT;
CREATE INDEX operation_by_account ON operation (account, id);

CREATE TABLE inverse (
    operation INTEGER PRIMARY KEY REFERENCES operation (id) ON DELETE CASCADE,
    packed BLOB NOT NULL
) STRICT;

CREATE TABLE item_list (
    operation INTEGER PRIMARY KEY REFERENCES operation (id) ON DELETE CASCADE,
    packed BLOB NOT NULL
) STRICT;
