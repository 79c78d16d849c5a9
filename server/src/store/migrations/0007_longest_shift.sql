-- After how many minutes a shift ends by itself; empty for the default.
ALTER TABLE policy ADD COLUMN longest_shift_minutes INTEGER;
