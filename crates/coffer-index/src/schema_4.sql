-- What an account looked like when it was last heard of. All of it can be asked for again, so the file may be deleted at
-- any time. Keys are the service's lower-case names; times are seconds since 1970.

-- Single facts, see `index_state.rs`.
CREATE TABLE fact (
  name  TEXT PRIMARY KEY,
  value
) WITHOUT ROWID;

-- Folder 1 is the root. The totals count everything below a folder, however deep, and are brought up to date in the
-- transaction that changes anything there.
CREATE TABLE folder (
  folder  INTEGER PRIMARY KEY,
  parent  INTEGER,            -- NULL for the root
  key     TEXT NOT NULL,
  name    TEXT,               -- NULL where it is spelt as the key
  id      TEXT NOT NULL,      -- '' where only its content is known yet
  sharing INTEGER NOT NULL,   -- bits, see `item_row.rs`
  files   INTEGER NOT NULL DEFAULT 0,
  folders INTEGER NOT NULL DEFAULT 0,
  bytes   INTEGER NOT NULL DEFAULT 0,
  newest  INTEGER,            -- the latest `client_modified`; NULL without files
  round   INTEGER NOT NULL,   -- as in `file`
  UNIQUE (parent, key)
) STRICT;
INSERT INTO folder (folder, parent, key, id, sharing, round) VALUES (1, NULL, '', '', 0, 0);

-- A folder's files lie side by side, so that it is read in one go, and no name is kept twice.
CREATE TABLE file (
  folder          INTEGER NOT NULL,
  key             TEXT NOT NULL,
  name            TEXT,             -- NULL where it is spelt as the key
  id              TEXT NOT NULL,    -- without its `id:`
  rev             TEXT NOT NULL,
  bytes           INTEGER NOT NULL,
  client_modified INTEGER NOT NULL,
  server_modified INTEGER NOT NULL,
  hash            BLOB,             -- 32 bytes
  view_only       INTEGER NOT NULL,
  access          TEXT,             -- NULL: download; '': only on dropbox.com; else the format of its export
  round           INTEGER NOT NULL, -- 0 or 1: in which round of lists the service told of it last
  PRIMARY KEY (folder, key)
) STRICT, WITHOUT ROWID;

-- What is still to be listed before the index is complete. `cursor` continues a list that was begun.
CREATE TABLE listing_queue (
  path      TEXT PRIMARY KEY,
  recursive INTEGER NOT NULL,
  cursor    TEXT
) STRICT, WITHOUT ROWID;

-- What has changed since the index was complete, the latest last.
CREATE TABLE change (
  change      INTEGER PRIMARY KEY,
  after       INTEGER,            -- when it had not happened yet, as the service said; NULL where nobody knows
  seen        INTEGER NOT NULL,   -- when the program heard of it
  kind        INTEGER NOT NULL,   -- see `change_log.rs`
  id          TEXT NOT NULL,      -- of the item, without its `id:` where it is a file
  path        TEXT NOT NULL,      -- as it is spelt
  old_path    TEXT,               -- where it was before it was moved
  items       INTEGER NOT NULL,   -- how many files of a folder went with it
  bytes       INTEGER,
  rev         TEXT,
  old_rev     TEXT,
  modified_by TEXT,               -- the account, where the service tells it
  own         INTEGER NOT NULL    -- 1: this program made it
) STRICT;

-- Folders in which something was changed elsewhere since the person last looked into them, the latest last.
CREATE TABLE news (
  news INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE       -- in lower case
) STRICT;

-- Who has made changes.
CREATE TABLE person (
  account_id TEXT PRIMARY KEY,
  name       TEXT                 -- NULL where the service knows nobody of this id
) STRICT, WITHOUT ROWID;

-- What was in a folder when it was deleted, unless that was very much; or what was in one that was moved and had not arrived
-- with it when that was heard of.
CREATE TABLE deleted_item (
  change    INTEGER NOT NULL,
  is_folder INTEGER NOT NULL,
  id        TEXT NOT NULL,        -- as in `change`
  path      TEXT NOT NULL         -- as it was spelt
) STRICT;
CREATE INDEX deleted_item_by_change ON deleted_item (change);
