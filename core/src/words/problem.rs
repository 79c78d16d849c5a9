//! What can go wrong between people, phones and servers, by the stable codes that stand beside the words.

use super::{Id, Phrase};
use crate::{message, phrase};

/// What there is to say of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemWords {
    /// What happened, in a few words.
    pub title: Id,
    /// What it means and what to do.
    pub text: Id,
}

macro_rules! problems {
    ($($variant:ident = $code:literal,)*) => {
        /// A problem that a person can meet.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each is said in words/en/problems.ftl")]
        pub enum Problem {
            $($variant,)*
        }

        impl Problem {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// The problem with this code, where this version has words for it.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// Its words.
            #[must_use]
            pub const fn words(self) -> ProblemWords {
                match self {
                    $(Self::$variant => ProblemWords {
                        title: message!(concat!("problem-", $code)),
                        text: message!(concat!("problem-", $code, "-text")),
                    },)*
                }
            }
        }
    };
}

problems! {
    NotFound = "not_found",
    NotAllowed = "not_allowed",
    Forbidden = "forbidden",
    NotAGuard = "not_a_guard",
    NotAtStation = "not_at_station",
    NotAssigned = "not_assigned",
    TooManyTries = "too_many_tries",
    ResendTooSoon = "resend_too_soon",
    CodeMalformed = "code_malformed",
    ServerError = "server_error",
    Unreachable = "unreachable",
    NotGatehouse = "not_gatehouse",
    LeadsElsewhere = "leads_elsewhere",
    CertificateUnknownIssuer = "certificate_unknown_issuer",
    CertificateExpired = "certificate_expired",
    CertificateNotYetValid = "certificate_not_yet_valid",
    CertificateOtherName = "certificate_other_name",
    CertificateRevoked = "certificate_revoked",
    CertificateUnusable = "certificate_unusable",
    NoCertificateAuthorities = "no_certificate_authorities",
    NoHttps = "no_https",
    PackInvalid = "pack_invalid",
    KeysInvalid = "keys_invalid",
    Unavailable = "unavailable",
    DiskFull = "disk_full",
    QuotaReached = "quota_reached",
    TooSlow = "too_slow",
    NoPicture = "no_picture",
    BadRequest = "bad_request",
    CrossSite = "cross_site",
    LinkExpired = "link_expired",
    CodeWrong = "code_wrong",
    EmailInvalid = "email_invalid",
    Conflict = "conflict",
    NameRequired = "name_required",
    NameTooLong = "name_too_long",
    NameInvalid = "name_invalid",
    HostUnknown = "host_unknown",
    HostStopped = "host_stopped",
    SiteRequired = "site_required",
    SiteUnknown = "site_unknown",
    TimeInvalid = "time_invalid",
    WindowReversed = "window_reversed",
    WindowPast = "window_past",
    WindowTooLong = "window_too_long",
    WindowTooFar = "window_too_far",
    UsesTooMany = "uses_too_many",
    UsesInvalid = "uses_invalid",
    DeviceRevoked = "device_revoked",
    SessionEnded = "session_ended",
    VerdictChanged = "verdict_changed",
    Forked = "forked",
    MustEnrolAnew = "must_enrol_anew",
    JournalDamaged = "journal_damaged",
    StorageSalvaged = "storage_salvaged",
    StorageLow = "storage_low",
    BehindGap = "behind_gap",
    EntryKeyLost = "entry_key_lost",
    OtherOrganisation = "other_organisation",
    PhotoGone = "photo_gone",
    PhotoUnreadable = "photo_unreadable",
    Unauthorized = "unauthorized",
    EnrolmentLost = "enrolment_lost",
    TooLarge = "too_large",
    PhotoMismatch = "photo_mismatch",
    PhotoLongerAtServer = "photo_longer_at_server",
    PhotoUnknown = "photo_unknown",
    NoteTooLong = "note_too_long",
    AccessRevoked = "access_revoked",
    EverySite = "every_site",
    NotRevoked = "not_revoked",
    RequestReused = "request_reused",
    Cancelled = "cancelled",
    OwnPerson = "own_person",
    AddressInvalid = "address_invalid",
    EnrolmentCodeInvalid = "enrolment_code_invalid",
    CodeInvalid = "code_invalid",
    MethodNotAllowed = "method_not_allowed",
    TooManyInvitations = "too_many_invitations",
    SiteNotYours = "site_not_yours",
    TimeOff = "time_off",
    PossessionUnproven = "possession_unproven",
    DeviceKeyInvalid = "device_key_invalid",
    DaysInvalid = "days_invalid",
    LastAdmin = "last_admin",
    TitleRequired = "title_required",
    TitleTooLong = "title_too_long",
    BodyTooLong = "body_too_long",
    TooManyMessages = "too_many_messages",
}

impl ProblemWords {
    /// Of a code that this version does not know.
    pub const UNKNOWN: Self =
        Self { title: message!("problem-unknown_error"), text: message!("problem-unknown_error-text") };

    /// Both, one behind the other.
    #[must_use]
    pub fn sentence(self) -> Phrase<'static> {
        phrase!("problem-in_two_sentences", title = self.title, text = self.text)
    }

    /// The words for a code of whoever; one that is not known still has a sentence.
    #[must_use]
    pub fn of(code: &str) -> Self {
        Problem::from_code(code).map_or(Self::UNKNOWN, Problem::words)
    }
}
