-- The namespace of the team space from which the remote paths of the transfer start. None: the person's own folder; empty:
-- that of the account, because it was not known which one that is.
ALTER TABLE transfer ADD COLUMN path_root TEXT;
