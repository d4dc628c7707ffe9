-- What the service has listed of versions and deleted items, for ever: a version never changes. All of it can be asked for
-- again, so the file may be deleted at any time. Times are seconds since 1970.

-- One list of versions. `question` is a path in lower case, or the id of a file.
CREATE TABLE version_list (
  question    TEXT PRIMARY KEY,
  asked       INTEGER NOT NULL,
  deleted     INTEGER,          -- when the newest version was deleted
  is_complete INTEGER NOT NULL  -- the service has no older ones
) STRICT, WITHOUT ROWID;

-- Its versions, the newest at place 0.
CREATE TABLE version (
  question        TEXT NOT NULL,
  place           INTEGER NOT NULL,
  path            TEXT NOT NULL,  -- as it is spelt
  id              TEXT NOT NULL,
  rev             TEXT NOT NULL,
  bytes           INTEGER NOT NULL,
  client_modified INTEGER NOT NULL,
  server_modified INTEGER NOT NULL,
  hash            TEXT,
  access          TEXT,           -- NULL: download; '': only on dropbox.com; else the format of its export
  is_kept         INTEGER NOT NULL,
  PRIMARY KEY (question, place)
) STRICT, WITHOUT ROWID;

-- A listing of what is deleted below a folder.
CREATE TABLE deleted_list (
  folder TEXT PRIMARY KEY,
  listed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE deleted_item (
  folder TEXT NOT NULL,
  path   TEXT NOT NULL,           -- as it is spelt
  PRIMARY KEY (folder, path)
) STRICT, WITHOUT ROWID;
