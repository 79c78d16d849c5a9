-- Whom a visitor without a code said they visit, as the guard wrote it down. For an invitation the host is known by that.
ALTER TABLE event ADD COLUMN host TEXT;
-- When a host is erased, their name goes from what others' arrivals said.
CREATE INDEX event_host ON event (org, host COLLATE NOCASE) WHERE host IS NOT NULL;
