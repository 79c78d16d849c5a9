-- Whom a visitor without a code said they visit, as the guard wrote it down. For an invitation the host is known by that.
ALTER TABLE event ADD COLUMN host TEXT;
