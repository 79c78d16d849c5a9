-- Whether a photo of the person may be shown beside the verdict, and how much the geofence forgives.
ALTER TABLE site ADD COLUMN show_face INTEGER NOT NULL DEFAULT 0;
ALTER TABLE site ADD COLUMN buffer_m INTEGER NOT NULL DEFAULT 25;
