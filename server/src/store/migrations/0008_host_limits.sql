-- What members may invite to at most; empty for the default.
ALTER TABLE policy ADD COLUMN invitation_ahead_days INTEGER;
ALTER TABLE policy ADD COLUMN invitation_length_days INTEGER;
ALTER TABLE policy ADD COLUMN invitation_uses INTEGER;
ALTER TABLE policy ADD COLUMN invitations_open INTEGER;
