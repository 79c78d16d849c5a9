-- A person's picture, sealed; `photo` holds those of earlier versions, plain, until the next start has sealed them.
ALTER TABLE person ADD COLUMN face BLOB;
