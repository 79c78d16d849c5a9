# What is said at a gate, and of what happened there.

## Verdicts. One word, in capitals on every screen.

verdict-verified = VERIFIED
verdict-caution = CAUTION
verdict-denied = DENIED

## Checks: their name, what it means that one passed, and that it was not made.

check-format = Format
check-format-passed = It is a Gatehouse code, complete and undamaged.
check-format-skipped = The format was not checked.
check-signature = Signature
check-signature-passed = Your organisation signed it, and it was not changed since.
check-signature-skipped = The signature was not checked.
check-issuer = Organisation
check-issuer-passed = It was issued by your organisation.
check-issuer-skipped = Not checked: an earlier check had failed.
check-time = Time window
check-time-passed = It was shown within its window.
check-time-skipped = Not checked: an earlier check had failed.
check-revocation = Not revoked
check-revocation-passed = It had not been revoked, replaced or cancelled.
check-revocation-skipped = Not checked: nothing to check against was at hand.
check-access = Access
check-access-passed = Access was not switched off, and there was no ban and no lockdown.
check-access-skipped = Not checked: nothing to check against was at hand.
check-site = Site
check-site-passed = The person was assigned to this site.
check-site-skipped = Not checked: no site was named.
check-uses = Uses
check-uses-passed = It had uses left and was not used just before.
check-uses-skipped = Uses were not counted.
check-proof = Phone proof
check-proof-passed = The member's phone made the code just then.
check-proof-skipped = Not needed: this is not an offline member code.
check-keys = Signature keys
check-keys-passed = The phone's signature keys were up to date.
check-keys-skipped = The age of the signature keys was not checked.
check-pack = Gate data
check-pack-passed = The phone's gate data was up to date.
check-pack-skipped = Not needed: the server answered, or an earlier check had failed.
check-online = Server
check-online-passed = The server was asked and agreed.
check-online-skipped = The server was not asked.
check-location = Place
check-location-passed = The phone was at the site.
check-location-skipped = Not checked: this site does not ask for the place.

## Reasons: two to four words, a sentence for the guard (what happened and what to do), one for the admin.

reason-ok = All checks passed
reason-ok-guard = The code is good, and this person is expected here.
reason-ok-admin = The code was good, the person was assigned to this site, and the server confirmed it.
reason-malformed = Unreadable code
reason-malformed-guard = This is not a Gatehouse code, or it is damaged. Ask for it to be shown again, or log a walk-up.
reason-malformed-admin = What was scanned was not a Gatehouse code, or it was damaged. Nothing in it could be trusted.
reason-unknown_key = Unknown signature key
reason-unknown_key-guard = This code was not signed by a key that this device knows. Do not rely on it.
reason-unknown_key-admin = The code named a signing key that was unknown or not in use when the code was made. It may be forged, or made by another server.
reason-wrong_purpose = Wrong kind of code
reason-wrong_purpose-guard = This code was made for something else and does not open a gate. Ask for the access code.
reason-wrong_purpose-admin = The code was signed for another purpose than entry, so it could not be accepted.
reason-bad_signature = Signature is wrong
reason-bad_signature-guard = The signature does not fit. The code was changed or forged.
reason-bad_signature-admin = The signature did not fit the content: the code was changed or forged after it was made.
reason-proof_invalid = Phone proof is wrong
reason-proof_invalid-guard = The member's phone did not prove that the code is its own. Ask the member to go online and show a fresh code.
reason-proof_invalid-admin = The member's phone signed this offline code wrongly, so it could not be tied to that phone.
reason-wrong_org = Another organisation
reason-wrong_org-guard = This code belongs to another organisation and is not good here.
reason-wrong_org-admin = The code was issued by another organisation and is not good at your gates.
reason-lifetime_too_long = Valid for too long
reason-lifetime_too_long-guard = This code claims to be good for longer than is allowed. Do not rely on it.
reason-lifetime_too_long-admin = The code claimed a longer life than its kind is allowed. Look at how and where it was issued.
reason-not_yet_valid = Not valid yet
reason-not_yet_valid-guard = This code is not good yet. Check the time of the visit with the host.
reason-not_yet_valid-admin = The code was shown before the start of its window.
reason-expired = Expired
reason-expired-guard = This code has expired. Ask for a fresh one, or call the host.
reason-expired-admin = The code was shown after the end of its window.
reason-clock_untrusted = Phone clock not confirmed
reason-clock_untrusted-guard = This device's clock is not confirmed by the server, so times may be off. Go online when you can.
reason-clock_untrusted-admin = The phone could not confirm its clock, so the times that it checked against may be off.
reason-revoked = Revoked
reason-revoked-guard = This code was taken back. Do not let it in without a call.
reason-revoked-admin = The code, or the access behind it, had been revoked.
reason-superseded = Replaced by a newer code
reason-superseded-guard = This code was replaced by a newer one. Ask the member to refresh it.
reason-superseded-admin = An admin had made earlier codes of this member invalid, and this was one of them.
reason-cancelled = Invitation cancelled
reason-cancelled-guard = This invitation does not hold any more. Call the host or the office if the visitor did not know.
reason-cancelled-admin = Before the code was shown, the invitation had been cancelled, or its host had lost the right to let people in.
reason-access_disabled = Access disabled
reason-access_disabled-guard = This person's access is switched off.
reason-access_disabled-admin = Access was switched off for this person, which overrides everything else.
reason-banned = On the ban list
reason-banned-guard = This person is on the ban list. Do not let them in; follow your site's instructions.
reason-banned-admin = The person was on the ban list, which always denies.
reason-lockdown = Site in lockdown
reason-lockdown-guard = The site is in lockdown. Let nobody in until it is lifted.
reason-lockdown-admin = The site was in lockdown, so every code was denied.
reason-no_access = No access here
reason-no_access-guard = This person has no access at this gate.
reason-no_access-admin = No rule and no grant gave this person access at this gate.
reason-not_assigned = Not assigned to this site
reason-not_assigned-guard = A good code, but this person is not assigned to this site. Ask who expects them.
reason-not_assigned-admin = The code was good, but the person was not assigned to this site.
reason-used_up = No uses left
reason-used_up-guard = This code was used as often as it is allowed. Call the host for a new one.
reason-used_up-admin = The code had been used as often as its invitation allows.
reason-already_used = Already used
reason-already_used-guard = This code was already used. If this is the same visitor leaving, tap Departure.
reason-already_used-admin = The same code had been used before. It may have been shared, or the visitor was leaving.
reason-proof_expired = Offline code too old
reason-proof_expired-guard = This offline code is more than 10 minutes old. Ask the member to open the app for a fresh one.
reason-proof_expired-admin = The member's phone made this offline code more than 10 minutes before it was scanned.
reason-proof_old = Offline code is old
reason-proof_old-guard = This offline code is a few minutes old. Ask the member to open the app for a fresh one.
reason-proof_old-admin = The member's phone made this offline code between 2 and 10 minutes before it was scanned.
reason-keys_expired = Signature keys too old
reason-keys_expired-guard = This device's signature keys are far too old. Go online before you go on.
reason-keys_expired-admin = The phone had not fetched signature keys for so long that your policy denies.
reason-keys_stale = Signature keys out of date
reason-keys_stale-guard = A good code, but this device's signature keys are out of date. Go online when you can.
reason-keys_stale-admin = The phone checked with signature keys that were past their date.
reason-pack_expired = Gate data far out of date
reason-pack_expired-guard = This device's gate data is far out of date. Go online before you go on.
reason-pack_expired-admin = The phone's gate data was past its last permitted time, so cancellations and bans may be missing.
reason-pack_stale = Gate data out of date
reason-pack_stale-guard = A good code, but checked with older gate data. Go online when you can.
reason-pack_stale-admin = The phone checked with gate data that was due for renewal, so the newest changes may be missing.
reason-pack_absent = No gate data
reason-pack_absent-guard = This device has no gate data yet, so cancellations and bans were not checked. Go online.
reason-pack_absent-admin = The phone had no gate data, so cancellations and bans could not be checked.
reason-offline = Checked offline
reason-offline-guard = A good code, but the server could not be asked. Decide with what you see.
reason-offline-admin = The phone could not reach the server in time and decided with what it had.
reason-outside_geofence = Outside the site
reason-outside_geofence-guard = This device is outside the site's area, or cannot show that it is inside. Move to your gate, turn on location, and scan again.
reason-outside_geofence-admin = The phone was outside the area of the site when it scanned, or the site blocks whoever is not shown to be inside and the phone could not show it.
reason-location_unknown = Place not known
reason-location_unknown-guard = This device does not know where it is. Turn on location, and scan again if you can.
reason-location_unknown-admin = The phone had no location fix, so it is not known that the scan was made at the gate.
reason-unproven = No code shown
reason-unproven-guard = The name is on today's list, but no code proves who this is. Ask for a document.
reason-unproven-admin = The visitor was found by name on the list of expected visitors and showed no code.
reason-name_banned = Name on the ban list
reason-name_banned-guard = Someone of this name is banned. Read the entry and compare before you decide.
reason-name_banned-admin = A person with the typed name is on the ban list; a name alone does not prove that it was them.
reason-walk_up = No code shown
reason-walk_up-guard = No code was shown. The decision is yours alone.
reason-walk_up-admin = The visitor had no code, so nothing could be checked: the decision is the guard's alone.
reason-unknown = Another reason
reason-unknown-guard = This device does not know this reason. Update the app, and decide with what you see.
reason-unknown-admin = The reason comes from a newer version of the app or the server than this page knows.

## What a failed check rests on.

fact-code = the code itself
fact-server = the server's answer
fact-gate_pack = the gate pack
fact-key_set = the key set
fact-own_records = this station's own records
fact-device_clock = this device's clock, which nobody confirmed
fact-location = the location fix
fact-guard = the guard's word
fact-missing = nothing, as the fact is missing

## What the keyboard between scanner and station did to a code.

misread-caps_lock = Caps lock is on: the scanner typed small letters for capitals. Turn caps lock off, and scan again.
misread-keyboard_layout = The scanner seems to be set to another keyboard than this computer. Set both to the same keyboard layout (see the scanner's manual), and scan again.
misread-enrolment_code = This is a code that enrols a phone or station, not one that lets anyone in. Give it back to an admin.
misread-member_code = This is the code by which members' phones find the organisation. Ask the member to open the access ID.

## What a guard decided, who or what was at the gate, and what stands in the place of a name.

decision-granted = Granted
decision-denied = Denied
decision-undecided = Undecided
decision-leaving = On the way out
kind-member = Member
kind-visitor = Visitor
kind-walk_up = Walk-up
kind-unreadable = Unreadable
nameless-member = Member, name not kept
nameless-visitor = Visitor, name not kept
nameless-walk_up = Walk-up, no name given
nameless-unreadable = Unreadable code

## How a check ended.

check-state-passed = Passed
check-state-failed = Failed
check-state-skipped = Skipped

## Where an invitation stands, and why a host lets nobody in any more.

status-draft = Draft
status-pending = Pending
status-accepted = Arrived
status-cancelled = Cancelled
status-over = Visit over
status-expired = Expired
status-stopped = Stopped
host-stopped-disabled = The host's access is switched off, or the host may no longer go to one of its sites.
host-stopped-banned = The host is on the ban list.
host-stopped-revoked = The host's access was revoked.

## Why a camera read no code, and what helps.

sight-nothing_there = No QR code is to be seen. Is all of it in the picture?
sight-too_dark = It is too dark. Switch the light on.
sight-glare = A reflection hides the code. Tilt it a little.
sight-too_small = The code is too small in the picture. Go closer.
sight-blurred = The code is blurred. Hold still, a little farther away.
sight-unreadable = There is a QR code, but too much of it is covered, bent or damaged. Hold it flat and whole.

## Roles.

role-member = Member
role-guard = Guard
role-admin = Admin
role-owner = Owner

## Kinds of entries in a journal.

entry-scan = Scan
entry-decision = Decision
entry-walk_up = Walk-up
entry-arrival = Arrival
entry-departure = Departure
entry-shift_start = Start of a shift
entry-shift_end = End of a shift
entry-code_entry = Code entered by hand
entry-amendment = Report or later judgement
entry-clock_change = Change of the clock

## An entry of the ban list: who, and why.

ban-entry = ban list: { $names } ({ $reason })

## What a guard reads beside a verdict, and after a decision.

fact-gate_pack_number = the gate pack { $number }
fact-key_set_number = the key set { $number }
fact-location_metres = the location fix ({ $metres } m)
basis = { $reason } [{ $code }]: by { $fact }
basis-at = { $reason } [{ $code }]: by { $fact }, { $time }
basis-of = { $reason } [{ $code }]: by { $fact } of { $time }
basis-plain = { $reason }: by { $fact }
basis-plain_at = { $reason }: by { $fact }, { $time }
basis-plain_of = { $reason }: by { $fact } of { $time }
scan-used_at = { $sentence } (used at { $time })
scan-inside = This visitor is inside: record the departure.
scan-decide = Grant or deny.
scan-photo_required = this site wants a photo before anyone is let in
decided-granted = Granted.
decided-granted_inside = Granted; the visitor is on site.
decided-against = Granted, against DENIED.
decided-against_inside = Granted, against DENIED; the visitor is on site.
decided-denied = Denied.
look-again = Look again: { $who } is { $verdict } now [{ $code }], event { $event }.
look-no_name = no name
look-no_verdict = no verdict
