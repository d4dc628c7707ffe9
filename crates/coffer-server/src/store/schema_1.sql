-- What the account is: its ids, its secret, its fixed token.
CREATE TABLE account (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The counters, advanced in the transaction that uses them.
CREATE TABLE counters (
  only_row   INTEGER PRIMARY KEY CHECK (only_row = 1),
  sequence   INTEGER NOT NULL,
  rev        INTEGER NOT NULL,
  used_bytes INTEGER NOT NULL
) STRICT;

-- Every content a file ever had. None is ever removed.
CREATE TABLE revisions (
  rev             INTEGER PRIMARY KEY,
  file_id         TEXT    NOT NULL,
  entry           INTEGER NOT NULL REFERENCES entries (entry) DEFERRABLE INITIALLY DEFERRED,
  hash            BLOB    NOT NULL CHECK (length(hash) = 32),
  size            INTEGER NOT NULL,
  client_modified INTEGER NOT NULL,
  server_modified INTEGER NOT NULL
) STRICT;
CREATE INDEX revisions_by_file ON revisions (file_id, rev);

-- One row for each path that was ever used. gone: 0 present, 1 deleted, 2 moved elsewhere.
CREATE TABLE entries (
  entry        INTEGER PRIMARY KEY,
  path_lower   TEXT    NOT NULL UNIQUE,
  parent_lower TEXT    NOT NULL,
  path_display TEXT    NOT NULL,
  id           TEXT    NOT NULL,
  gone         INTEGER NOT NULL CHECK (gone BETWEEN 0 AND 2),
  -- The present or last revision; a folder has none.
  rev          INTEGER REFERENCES revisions (rev),
  sequence     INTEGER NOT NULL UNIQUE,
  changed      INTEGER NOT NULL
) STRICT;
CREATE INDEX entries_by_parent ON entries (parent_lower, gone, path_lower);
CREATE UNIQUE INDEX present_entries_by_id ON entries (id) WHERE gone = 0;

-- Which revision came to stand at which path, in order.
CREATE TABLE history (
  entry    INTEGER NOT NULL REFERENCES entries (entry),
  sequence INTEGER NOT NULL,
  rev      INTEGER NOT NULL REFERENCES revisions (rev),
  PRIMARY KEY (entry, sequence)
) STRICT, WITHOUT ROWID;

-- Names for the search, folded. A path keeps its row for ever and its folded name never changes,
-- so this index is only ever added to.
CREATE VIRTUAL TABLE names USING fts5 (folded, content='', tokenize='trigram', detail='none');

CREATE TABLE upload_sessions (
  session    TEXT    PRIMARY KEY,
  concurrent INTEGER NOT NULL,
  created    INTEGER NOT NULL,
  received   INTEGER NOT NULL,
  closed     INTEGER NOT NULL,
  -- Set when the content is already among the blobs because a commit was refused.
  hash       BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_sessions_by_age ON upload_sessions (created);

-- What a concurrent session holds: blocks of 4 MiB (the last may be shorter) and their SHA-256.
CREATE TABLE upload_blocks (
  session TEXT    NOT NULL REFERENCES upload_sessions (session) ON DELETE CASCADE,
  block   INTEGER NOT NULL,
  length  INTEGER NOT NULL,
  digest  BLOB    NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (session, block)
) STRICT, WITHOUT ROWID;

-- What people have allowed on the sign-in page, and the tokens that came of it. Of tokens only the
-- SHA-256 is kept.
CREATE TABLE grants (
  grant_id     INTEGER PRIMARY KEY,
  client_id    TEXT    NOT NULL,
  -- Of the app's secret, where the app showed one; it has to show it again for a refresh.
  secret_hash  BLOB,
  scopes       TEXT    NOT NULL,
  refresh_hash BLOB UNIQUE,
  created      INTEGER NOT NULL
) STRICT;
CREATE TABLE access_tokens (
  hash     BLOB    PRIMARY KEY,
  grant_id INTEGER NOT NULL REFERENCES grants (grant_id) ON DELETE CASCADE,
  scopes   TEXT    NOT NULL,
  expires  INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX access_tokens_by_grant ON access_tokens (grant_id);

-- Shared links belong to an item wherever it goes.
CREATE TABLE shared_links (
  link           TEXT    PRIMARY KEY,
  rlkey          TEXT    NOT NULL,
  item           TEXT    NOT NULL UNIQUE,
  created        INTEGER NOT NULL,
  expires        INTEGER,
  -- Salt and hash.
  password       BLOB,
  only_owner     INTEGER NOT NULL,
  allow_download INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Addresses that take one upload each.
CREATE TABLE upload_links (
  token   TEXT    PRIMARY KEY,
  commit_info TEXT NOT NULL,
  expires INTEGER NOT NULL,
  used    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
  item TEXT    NOT NULL,
  tag  TEXT    NOT NULL,
  added INTEGER NOT NULL,
  PRIMARY KEY (item, tag)
) STRICT, WITHOUT ROWID;
