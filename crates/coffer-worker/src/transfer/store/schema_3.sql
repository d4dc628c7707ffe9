-- Local items whose file system does not take the name that they have in the account. Not part of a transfer.
CREATE TABLE replaced_name (
    local_path BLOB PRIMARY KEY,
    own_name   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
