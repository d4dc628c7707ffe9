-- A download of a folder as it was ('past'): `remote_folder` is the folder, and this the moment.
ALTER TABLE transfer ADD COLUMN at_nanos INTEGER;
-- The name that the folder gets on this computer instead of its own.
ALTER TABLE transfer ADD COLUMN local_name BLOB;

-- The items that are wanted of it, or left out.
CREATE TABLE past_item (
    transfer    INTEGER NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    remote_path TEXT NOT NULL,
    is_left_out INTEGER NOT NULL,
    PRIMARY KEY (transfer, position)
) STRICT, WITHOUT ROWID;
