-- What is asked at every scan, departure and synchronisation costs what it finds, and not what the store holds.
CREATE INDEX entry_outbox ON entry (state, written_ms) WHERE state <> 1;
CREATE INDEX event_open ON event (shift) WHERE decided_ms IS NULL;
CREATE INDEX event_decision ON event (decision) WHERE decision IS NOT NULL;
CREATE INDEX event_departs ON event (departs) WHERE departs IS NOT NULL;
CREATE INDEX photo_waiting ON photo (sha256) WHERE state <> 1;
CREATE INDEX former_entry_stuck ON former_entry (device, number) WHERE state = 2;
