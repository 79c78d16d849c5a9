//! Paths of the API, for both ends.

/// Enrolment of a device.
pub const ENROL: &str = "/api/enrol";
/// Asking for a one-time code.
pub const CODE: &str = "/api/auth/code";
/// Signing in with it.
pub const SIGN_IN: &str = "/api/auth/sign-in";
/// A member's fresh access ID.
pub const GENERATE_ID: &str = "/api/access-control/generate-id";
/// The online check of a scan.
pub const VERIFY: &str = "/api/access-control/verify";
/// Journal entries.
pub const ENTRIES: &str = "/api/access-control/entries";
/// The gate pack.
pub const GATE_PACK: &str = "/api/access-control/gate-pack";
/// The key set.
pub const KEYS: &str = "/api/access-control/keys";
/// Photos, by SHA-256 behind a slash.
pub const PHOTOS: &str = "/api/access-control/photos";
/// Shifts.
pub const SHIFTS: &str = "/api/access-control/shifts";
/// Invitations.
pub const INVITATIONS: &str = "/api/access-control/invitations";
/// Visitors inside now.
pub const ON_SITE: &str = "/api/access-control/on-site";
/// Events, newest first.
pub const EVENTS: &str = "/api/access-control/events";
