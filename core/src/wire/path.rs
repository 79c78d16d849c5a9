//! Paths of the API, for both ends.

/// Enrolment of a device.
pub const ENROL: &str = "/api/enrol";
/// Asking for a one-time code.
pub const CODE: &str = "/api/auth/code";
/// Signing in with it.
pub const SIGN_IN: &str = "/api/auth/sign-in";
/// Ending a session.
pub const SIGN_OUT: &str = "/api/auth/sign-out";
/// An organisation as everyone may see it, by its code behind a slash.
pub const ORGANISATIONS: &str = "/api/organisations";
/// A member's fresh access ID.
pub const GENERATE_ID: &str = "/api/access-control/generate-id";
/// Letting every earlier code of one's own fail.
pub const INVALIDATE_ID: &str = "/api/access-control/invalidate-id";
/// A certificate for the key of a member's phone.
pub const DEVICE_CERTIFICATE: &str = "/api/access-control/device-certificate";
/// Where one's own codes were used.
pub const MY_ENTRIES: &str = "/api/access-control/my-entries";
/// Messages to whoever asks.
pub const MY_MESSAGES: &str = "/api/access-control/my-messages";
/// Noting which of them were read.
pub const MESSAGES_READ: &str = "/api/access-control/my-messages/read";
/// Whether a member's own codes still stand.
pub const STANDING: &str = "/api/access-control/standing";
/// The online check of a scan.
pub const VERIFY: &str = "/api/access-control/verify";
/// Journal entries.
pub const ENTRIES: &str = "/api/access-control/entries";
/// Whom a device is to forget, and its word that it did.
pub const ERASURES: &str = "/api/access-control/erasures";
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
/// Faces beside the verdict; one by SHA-256 behind a slash.
pub const FACES: &str = "/api/access-control/faces";
