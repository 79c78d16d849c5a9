-- SHA-256 of a person's picture: what phones ask for it by.
ALTER TABLE person ADD COLUMN photo_sha256 BLOB;
CREATE INDEX person_face ON person (org, photo_sha256) WHERE photo_sha256 IS NOT NULL;
