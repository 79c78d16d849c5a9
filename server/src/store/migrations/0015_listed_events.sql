-- The rows are in their new table by now.
DROP TABLE event;
ALTER TABLE event_anew RENAME TO event;
CREATE UNIQUE INDEX event_id ON event (org, id);
-- Lists, and besides the order what filters and searches look at, so that passing over a row costs no second look.
CREATE INDEX event_listed ON event (org, listed_at, no, facet, name);
CREATE INDEX event_facet ON event (org, facet, listed_at, no, name);
CREATE INDEX event_name_listed ON event (org, name, listed_at, no, facet) WHERE name IS NOT NULL;
CREATE INDEX event_subject ON event (org, subject, listed_at) WHERE subject IS NOT NULL;
CREATE INDEX event_photo ON event (org, photo) WHERE photo IS NOT NULL;

-- Who is inside is asked more often than anything, and must not depend on how many ever were.
ALTER TABLE stay ADD COLUMN departed INTEGER NOT NULL DEFAULT 0;
UPDATE stay SET departed = 1
    WHERE EXISTS (SELECT 1 FROM departure d WHERE d.org = stay.org AND d.stay = stay.id);
-- A clock that ran ahead dated stays after everything that was ever received.
UPDATE stay SET since_ms = (SELECT e.listed_at FROM event e WHERE e.org = stay.org AND e.id = stay.id)
    WHERE since_ms > (SELECT max(received_at) FROM event);
CREATE INDEX stay_open ON stay (org, since_ms, no) WHERE departed = 0;
