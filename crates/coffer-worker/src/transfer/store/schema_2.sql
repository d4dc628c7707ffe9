-- Why a transfer has ended before it was done: it rests until the person asks for it. Words of `ProblemKind`.
ALTER TABLE transfer ADD COLUMN problem_kind TEXT;
ALTER TABLE transfer ADD COLUMN problem_title TEXT;
ALTER TABLE transfer ADD COLUMN problem_detail TEXT;
-- It was asked for on the command line.
ALTER TABLE transfer ADD COLUMN from_command_line INTEGER NOT NULL DEFAULT 0;
-- Where the file system is mounted that a download goes to; none for uploads.
ALTER TABLE transfer ADD COLUMN mount_point BLOB;
