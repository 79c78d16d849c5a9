-- How far a device's wall clock was ahead of the server's, milliseconds, by its newest entry that had just been made.
ALTER TABLE device ADD COLUMN wall_ahead_ms INTEGER;
ALTER TABLE device ADD COLUMN wall_read_at INTEGER;
