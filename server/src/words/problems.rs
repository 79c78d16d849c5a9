//! Words for every error that a page can show.

/// An error that a person can meet, with its stable code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// The stable code, shown small.
    pub code: &'static str,
    /// What happened, in a few words.
    pub title: &'static str,
    /// What it means and what to do.
    pub text: &'static str,
}

const fn problem_of(code: &'static str, title: &'static str, text: &'static str) -> Problem {
    Problem { code, title, text }
}

/// Every error that a page can show.
pub const PROBLEMS: &[Problem] = &[
    problem_of(
        "not_found",
        "There is nothing at this address",
        "It may have been deleted, or the link is incomplete. Go back, or start from Home.",
    ),
    problem_of(
        "not_allowed",
        "Your account may not do this",
        "If you need it for your work, ask the owner of your organisation to give you access.",
    ),
    problem_of(
        "forbidden",
        "Your role may not do this",
        "Sign in with an account whose role may, or ask an admin to change yours.",
    ),
    problem_of(
        "not_a_guard",
        "This is a guards' station",
        "Members sign in on their own phone. If you are to work here, ask an admin to make you a guard.",
    ),
    problem_of(
        "not_at_station",
        "Work at a gate is done on an enrolled phone or station",
        "Have an admin enrol it, and sign in there as a guard.",
    ),
    problem_of(
        "not_assigned",
        "You are not assigned to this site",
        "Choose another site, or ask an admin to assign you to this one.",
    ),
    problem_of(
        "too_many_tries",
        "Too many tries",
        "To keep accounts safe we stop for a while after wrong codes. Asking for another code does not shorten it.",
    ),
    problem_of(
        "resend_too_soon",
        "A code was asked for a moment ago",
        "Use that one: if the address has an account, it is good for 10 minutes.",
    ),
    problem_of(
        "code_malformed",
        "That is not a one-time code",
        "A code has six digits, or eight where the account is an admin's. This was not counted as a try.",
    ),
    problem_of(
        "server_error",
        "Something went wrong on the server",
        "What you entered may not be saved. Try again in a minute; if it happens again, give the code below to your support.",
    ),
    problem_of(
        "unreachable",
        "Can't reach the server",
        "Scans are kept on this station and will be sent by themselves.",
    ),
    problem_of(
        "not_gatehouse",
        "Something else answered in the server's place",
        "Perhaps this network asks you to sign in first. Scans are kept on this station.",
    ),
    problem_of(
        "leads_elsewhere",
        "The server's address only leads to another one",
        "Nobody is sent there unasked. If the server has moved, ask an admin for a new code; else this network wants you to sign in to it. Scans are kept on this station.",
    ),
    problem_of(
        "certificate_unknown_issuer",
        "The server's certificate is from an authority that this device does not trust",
        "If it is your house's own, add it to this device's trusted authorities. Scans are kept on this station.",
    ),
    problem_of(
        "certificate_expired",
        "The server's certificate has ended, or this device's clock is ahead",
        "Check the clock, then tell an admin. Scans are kept on this station.",
    ),
    problem_of(
        "certificate_not_yet_valid",
        "The server's certificate is not valid yet, or this device's clock is behind",
        "Check the clock, then tell an admin. Scans are kept on this station.",
    ),
    problem_of(
        "certificate_other_name",
        "The certificate at the server's address is for another name",
        "Perhaps this network wants you to sign in to it; else tell an admin. Scans are kept on this station.",
    ),
    problem_of(
        "certificate_revoked",
        "The server's certificate was revoked",
        "Tell an admin. Scans are kept on this station.",
    ),
    problem_of(
        "certificate_unusable",
        "The server's certificate can't be used",
        "Tell an admin. Scans are kept on this station.",
    ),
    problem_of(
        "no_certificate_authorities",
        "This machine has no list of certificate authorities, so HTTPS can't be checked",
        "Install the package ca-certificates, or name a file in SSL_CERT_FILE. Scans are kept on this station.",
    ),
    problem_of(
        "no_https",
        "What answers at the server's address does not speak HTTPS",
        "Tell an admin: perhaps the address begins with http now, and a new code leads there. Scans are kept on this station.",
    ),
    problem_of(
        "pack_invalid",
        "The server's gate pack was refused",
        "The station goes on with the last good one. Tell an admin.",
    ),
    problem_of(
        "keys_invalid",
        "The server's key set was refused",
        "The station goes on with the last good one. Tell an admin.",
    ),
    problem_of("unavailable", "The server is busy", "Nothing was changed. Try again in a minute."),
    problem_of(
        "disk_full",
        "The server's disk is nearly full",
        "Nothing is lost: scans and photos wait on their phone or station and are sent by themselves. Whoever runs the server has to make room on its disk.",
    ),
    problem_of(
        "quota_reached",
        "This device has sent as much as it may for now",
        "Scans and photos wait here and are sent by themselves later. If this happens on a usual day, tell an admin.",
    ),
    problem_of(
        "too_slow",
        "The connection is too slow",
        "Nothing was changed. It is tried again; a better network helps.",
    ),
    problem_of(
        "no_picture",
        "What was sent as a photo is none",
        "The server takes photos as JPEG files only.",
    ),
    problem_of(
        "bad_request",
        "The server could not read what was sent",
        "Go back, reload the page and try again.",
    ),
    problem_of(
        "cross_site",
        "This came from another site",
        "To keep your account safe we accept actions only from our own pages. Open the page here and try again.",
    ),
    problem_of(
        "link_expired",
        "This link is no longer good",
        "Links to sign in work once and for a short time. Ask for a new one.",
    ),
    problem_of(
        "code_wrong",
        "That code is not right, or too old",
        "Check the digits of the newest code, and type them again. After 10 minutes get a new one.",
    ),
    problem_of("email_invalid", "That is not an e-mail address", "Enter an address like name@example.org."),
    problem_of(
        "conflict",
        "Somebody else has that address",
        "Use another one, or ask that person's admin to free it.",
    ),
    problem_of("name_required", "The visitor's name is missing", "Enter the name that the guard will see."),
    problem_of(
        "name_too_long",
        "The name is too long",
        "Shorten the name: it may have at most 200 characters.",
    ),
    problem_of(
        "name_invalid",
        "The name holds characters that cannot be shown",
        "Remove control characters and direction marks from the name.",
    ),
    problem_of("host_unknown", "That host is not known", "Choose a host from the list."),
    problem_of(
        "host_stopped",
        "That host lets nobody in",
        "The host's access is revoked, switched off or banned. Choose somebody else.",
    ),
    problem_of("site_required", "No site is chosen", "Choose at least one site where the visitor may enter."),
    problem_of("site_unknown", "That site is not known", "Choose sites from the list."),
    problem_of("time_invalid", "That is not a time", "Enter the date and the time."),
    problem_of(
        "window_reversed",
        "The end is before the start",
        "Choose an end that is later than the start.",
    ),
    problem_of("window_past", "The window is already over", "Choose an end that is in the future."),
    problem_of(
        "window_too_long",
        "The window is too long",
        "An invitation can be good for at most 400 days.",
    ),
    problem_of(
        "window_too_far",
        "The visit begins too far ahead",
        "Choose an earlier start, or ask an admin to invite.",
    ),
    problem_of(
        "uses_too_many",
        "That is more entries than you may allow",
        "Enter a smaller number, or ask an admin to invite.",
    ),
    problem_of(
        "uses_invalid",
        "That is not a number of entries",
        "Enter a whole number from 1 to 1,000,000, or leave it empty for no limit.",
    ),
    problem_of(
        "device_revoked",
        "This station was revoked",
        "The server takes nothing more from it, and admins see what it records as recorded after that. Ask an admin for an enrolment code and enrol it anew; what waits comes along.",
    ),
    problem_of(
        "session_ended",
        "The server does not answer this guard's scans: the sign-in has ended",
        "Sign in again with a one-time code, and the server answers again. Until then scans are checked offline.",
    ),
    problem_of(
        "verdict_changed",
        "A verdict changed since it was shown",
        "Something was learned meanwhile. Scan the code again, or list what is undecided, and decide on what it says now.",
    ),
    problem_of(
        "forked",
        "This device's journal has split in two",
        "Its data was copied or put back from a backup. What it kept is safe as evidence; enrol the device anew.",
    ),
    problem_of(
        "must_enrol_anew",
        "This device must be enrolled anew",
        "Scanning goes on and everything is kept here. Ask an admin for an enrolment code; what waits comes along.",
    ),
    problem_of(
        "journal_damaged",
        "This device's storage was damaged, and scans may be lost",
        "What could be read was saved, and scanning goes on. Ask an admin to enrol the device anew.",
    ),
    problem_of(
        "storage_salvaged",
        "This device's storage was damaged and has been mended",
        "The journal is complete. The damaged files are kept in the data folder.",
    ),
    problem_of(
        "storage_low",
        "This device's storage is full",
        "Scans are still recorded, in the last space kept back for them. Free some space now.",
    ),
    problem_of(
        "behind_gap",
        "Cut off from the journal by damage",
        "Retry to send it behind the end of the journal.",
    ),
    problem_of(
        "entry_key_lost",
        "Part of an entry was lost to damage",
        "The entry was sent without the name and notes that were sealed in it. Nothing else is missing.",
    ),
    problem_of(
        "other_organisation",
        "Belongs to the organisation that this station was enrolled with before",
        "It stays here as evidence and is sent to no other organisation.",
    ),
    problem_of(
        "photo_gone",
        "The server lost a photo that it once had",
        "The phone does not keep photos that the server has. Look for it in the server's backup.",
    ),
    problem_of(
        "photo_unreadable",
        "A photo was lost to damage on this station",
        "Its entry was sent; the photo cannot be.",
    ),
    problem_of(
        "unauthorized",
        "The server does not know who is asking",
        "A device whose server was put back from a backup must be enrolled anew, and what waits comes along. A person signs in again.",
    ),
    problem_of(
        "enrolment_lost",
        "Saved from damage, but whose it was is lost",
        "Enrol the device, then retry.",
    ),
    problem_of(
        "too_large",
        "The server says that this is too large",
        "Retry once an admin has looked at the server's limits.",
    ),
    problem_of(
        "photo_mismatch",
        "The photo arrived broken, twice",
        "Something on the way changes what is sent. Retry on another network.",
    ),
    problem_of(
        "photo_longer_at_server",
        "The server holds another photo in this one's place",
        "Tell an admin, then retry.",
    ),
    problem_of(
        "photo_unknown",
        "The server knows no entry with this photo",
        "Retry once all entries are sent.",
    ),
    problem_of("note_too_long", "The note is too long", "Shorten the note to at most 2,000 characters."),
];

const UNKNOWN_PROBLEM: Problem = problem_of(
    "unknown_error",
    "Something went wrong",
    "Try again in a minute; if it happens again, give the code below to your support.",
);

/// The words for an error code; an unknown code still gets a sentence.
pub fn problem(code: &str) -> Problem {
    PROBLEMS.iter().find(|problem| problem.code == code).copied().unwrap_or(UNKNOWN_PROBLEM)
}
