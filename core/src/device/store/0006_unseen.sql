-- What changed and was not shown yet is asked with every status, and is almost always nothing.
CREATE INDEX event_unseen ON event (shift) WHERE decided_ms IS NULL AND shown IS NOT judgement;
