//! Words for every reason code of a decision.

use super::Reason;

pub(super) const fn reason_of(
    code: &'static str,
    label: &'static str,
    guard: &'static str,
    admin: &'static str,
) -> Reason {
    Reason { code, label, guard, admin }
}

/// Every reason code, the deciding code `ok` first, then in the order in which the checks are made.
pub const REASONS: &[Reason] = &[
    reason_of(
        "ok",
        "All checks passed",
        "The code is good, and this person is expected here.",
        "The code was good, the person was assigned to this site, and the server confirmed it.",
    ),
    reason_of(
        "malformed",
        "Unreadable code",
        "This is not a Gatehouse code, or it is damaged. Ask for it to be shown again, or log a walk-up.",
        "What was scanned was not a Gatehouse code, or it was damaged. Nothing in it could be trusted.",
    ),
    reason_of(
        "no_code",
        "No code in the picture",
        "The camera sees no code. Wipe the lens, or turn on the light.",
        "The picture held no code, so there was nothing to check.",
    ),
    reason_of(
        "unknown_key",
        "Unknown signature key",
        "This code was not signed by a key that this device knows. Do not rely on it.",
        "The code named a signing key that was unknown or not in use when the code was made. It may be forged, or made by another server.",
    ),
    reason_of(
        "wrong_purpose",
        "Wrong kind of code",
        "This code was made for something else and does not open a gate. Ask for the access code.",
        "The code was signed for another purpose than entry, so it could not be accepted.",
    ),
    reason_of(
        "bad_signature",
        "Signature is wrong",
        "The signature does not fit. The code was changed or forged.",
        "The signature did not fit the content: the code was changed or forged after it was made.",
    ),
    reason_of(
        "proof_invalid",
        "Phone proof is wrong",
        "The member's phone did not prove that the code is its own. Ask the member to go online and show a fresh code.",
        "The member's phone signed this offline code wrongly, so it could not be tied to that phone.",
    ),
    reason_of(
        "wrong_org",
        "Another organisation",
        "This code belongs to another organisation and is not good here.",
        "The code was issued by another organisation and is not good at your gates.",
    ),
    reason_of(
        "lifetime_too_long",
        "Valid for too long",
        "This code claims to be good for longer than is allowed. Do not rely on it.",
        "The code claimed a longer life than its kind is allowed. Look at how and where it was issued.",
    ),
    reason_of(
        "not_yet_valid",
        "Not valid yet",
        "This code is not good yet. Check the time of the visit with the host.",
        "The code was shown before the start of its window.",
    ),
    reason_of(
        "expired",
        "Expired",
        "This code has expired. Ask for a fresh one, or call the host.",
        "The code was shown after the end of its window.",
    ),
    reason_of(
        "clock_untrusted",
        "Phone clock not confirmed",
        "This device's clock is not confirmed by the server, so times may be off. Go online when you can.",
        "The phone could not confirm its clock, so the times that it checked against may be off.",
    ),
    reason_of(
        "revoked",
        "Revoked",
        "This code was taken back. Do not let it in without a call.",
        "The code, or the access behind it, had been revoked.",
    ),
    reason_of(
        "superseded",
        "Replaced by a newer code",
        "This code was replaced by a newer one. Ask the member to refresh it.",
        "An admin had made earlier codes of this member invalid, and this was one of them.",
    ),
    reason_of(
        "cancelled",
        "Invitation cancelled",
        "This invitation does not hold any more. Call the host or the office if the visitor did not know.",
        "Before the code was shown, the invitation had been cancelled, or its host had lost the right to let people in.",
    ),
    reason_of(
        "access_disabled",
        "Access disabled",
        "This person's access is switched off.",
        "Access was switched off for this person, which overrides everything else.",
    ),
    reason_of(
        "banned",
        "On the ban list",
        "This person is on the ban list. Do not let them in; follow your site's instructions.",
        "The person was on the ban list, which always denies.",
    ),
    reason_of(
        "lockdown",
        "Site in lockdown",
        "The site is in lockdown. Let nobody in until it is lifted.",
        "The site was in lockdown, so every code was denied.",
    ),
    reason_of(
        "no_access",
        "No access here",
        "This person has no access at this gate.",
        "No rule and no grant gave this person access at this gate.",
    ),
    reason_of(
        "not_assigned",
        "Not assigned to this site",
        "A good code, but this person is not assigned to this site. Ask who expects them.",
        "The code was good, but the person was not assigned to this site.",
    ),
    reason_of(
        "used_up",
        "No uses left",
        "This code was used as often as it is allowed. Call the host for a new one.",
        "The code had been used as often as its invitation allows.",
    ),
    reason_of(
        "already_used",
        "Already used",
        "This code was already used. If this is the same visitor leaving, tap Departure.",
        "The same code had been used before. It may have been shared, or the visitor was leaving.",
    ),
    reason_of(
        "proof_expired",
        "Offline code too old",
        "This offline code is more than 10 minutes old. Ask the member to open the app for a fresh one.",
        "The member's phone made this offline code more than 10 minutes before it was scanned.",
    ),
    reason_of(
        "proof_old",
        "Offline code is old",
        "This offline code is a few minutes old. Ask the member to open the app for a fresh one.",
        "The member's phone made this offline code between 2 and 10 minutes before it was scanned.",
    ),
    reason_of(
        "keys_expired",
        "Signature keys too old",
        "This device's signature keys are far too old. Go online before you go on.",
        "The phone had not fetched signature keys for so long that your policy denies.",
    ),
    reason_of(
        "keys_stale",
        "Signature keys out of date",
        "A good code, but this device's signature keys are out of date. Go online when you can.",
        "The phone checked with signature keys that were past their date.",
    ),
    reason_of(
        "pack_expired",
        "Gate data far out of date",
        "This device's gate data is far out of date. Go online before you go on.",
        "The phone's gate data was past its last permitted time, so cancellations and bans may be missing.",
    ),
    reason_of(
        "pack_stale",
        "Gate data out of date",
        "A good code, but checked with older gate data. Go online when you can.",
        "The phone checked with gate data that was due for renewal, so the newest changes may be missing.",
    ),
    reason_of(
        "pack_absent",
        "No gate data",
        "This device has no gate data yet, so cancellations and bans were not checked. Go online.",
        "The phone had no gate data, so cancellations and bans could not be checked.",
    ),
    reason_of(
        "offline",
        "Checked offline",
        "A good code, but the server could not be asked. Decide with what you see.",
        "The phone could not reach the server in time and decided with what it had.",
    ),
    reason_of(
        "outside_geofence",
        "Outside the site",
        "This device is outside the site's area, or cannot show that it is inside. Move to your gate, turn on location, and scan again.",
        "The phone was outside the area of the site when it scanned, or the site blocks whoever is not shown to be inside and the phone could not show it.",
    ),
    reason_of(
        "location_unknown",
        "Place not known",
        "This device does not know where it is. Turn on location, and scan again if you can.",
        "The phone had no location fix, so it is not known that the scan was made at the gate.",
    ),
    reason_of(
        "unproven",
        "No code shown",
        "The name is on today's list, but no code proves who this is. Ask for a document.",
        "The visitor was found by name on the list of expected visitors and showed no code.",
    ),
    reason_of(
        "name_banned",
        "Name on the ban list",
        "Someone of this name is banned. Read the entry and compare before you decide.",
        "A person with the typed name is on the ban list; a name alone does not prove that it was them.",
    ),
    reason_of(
        "walk_up",
        "No code shown",
        "No code was shown. The decision is yours alone.",
        "The visitor had no code, so nothing could be checked: the decision is the guard's alone.",
    ),
];
