# Why a guard's station or a member's phone could not do what was asked: what happened, and what to do.

## Stations.

station-not_enrolled = This station is not enrolled. Ask an admin for an enrolment code.
station-already_enrolled = This station is enrolled already.
station-other_organisation = This station still holds entries that { $organisation } does not have. Enrol it there again and let it send them; then it can change.
station-journal_key_lost = This station's journal key is gone from its secret store. An admin must revoke it and enrol it anew.
station-enrolment_code = That is not an enrolment code.
station-wrong_server = The server's root key is not the one in the enrolment code. Do not use this server.
station-address_unproven = What answers at { $address } does not prove that it is this organisation's server. Do not use it.
station-not_signed_in = Nobody is signed in on this station. Sign in first.
station-locked = This station is locked. Unlock it with your PIN, or sign in with a one-time code.
station-not_a_guard = { $name } has the role { $role }, and only guards work at a gate. Nothing was changed on this station.
station-no_guard_any_more = Your account is no guard's any more, so the server lets you start no shift. Ask an admin, or sign in as another.
station-pin_before_lock = Set a PIN first. Without one nobody can unlock this station while the server can't be reached.
station-session_ended = Your sign-in has ended. Sign in again with a one-time code.
station-pin_unsuitable = Choose 6 to 12 digits that are not all the same and not just counted up or down.
station-no_pin = No PIN is set for this guard on this device. Sign in with a one-time code.
station-wrong_pin =
    { $count ->
        [one] That is not the PIN. { $count } try is left.
       *[other] That is not the PIN. { $count } tries are left.
    }
station-pin_wait = Too many wrong PINs. Try again in { $count } s, or sign in with a one-time code.
station-pin_void = Too many wrong PINs. Sign in with a one-time code.
station-guard_not_listed = This device does not know that this guard still works here. Synchronise, or sign in with a one-time code.
station-no_shift = There is no active shift. Start your shift first.
station-shift_running = A shift is running at { $site }. End it first.
station-not_assigned = You are not assigned to site { $site }.
station-place_unknown = { $site } lets nobody work whose device does not say that it is there. Turn on location and try again.
station-outside_site = This device is not at { $site }, as far as it can tell.
station-departure_open = This visitor is inside. Record the departure instead.
station-other_shift = This was scanned in an earlier shift. Scan again.
station-other_gates_visit = This visit began at another gate. The server is needed to record its departure, and it can't be reached.
station-reason_required = This code was DENIED. To grant all the same, give a reason.
station-photo_required = This site needs a photo of the visitor first.
station-name_required = Give the visitor's name.
station-name_too_long = That name is too long: a name has at most 200 characters.
station-unknown_event = There is no such visit or scan on this station.
station-not_expected = This invitation is not expected today, as far as this station knows. Synchronise, or register a walk-up.
station-scan_again = This was scanned a while ago. Scan again.
station-verdict_changed = This changed while you looked: { $now }. Look again.
station-abandoned = This was left undecided. Scan again.
station-already_decided = This was decided already.
station-not_decided = Nobody decided this, so there is nothing to put right.
station-has_left = This visitor has left, so what was decided can no longer be put right. Report it instead.
station-inside_already = This visitor is inside by another entry already.
station-why_required = Write why the decision is put right.
station-several_codes =
    { $count ->
        [one] The picture shows { $count } code. Scan again.
       *[other] The picture shows { $count } codes. Show one at a time, and scan again.
    }
station-no_code = The picture shows no code. Wipe the lens, or turn on the light.
station-forked = The server holds another journal of this station. It must be enrolled anew.

## Members' phones.

wallet-member_code = That is not the code of an organisation. Ask your admin for it.
wallet-not_joined = This phone knows no organisation yet. Scan the code that your organisation shows first.
wallet-already_signed_in = Somebody is signed in on this phone. Sign out first.
wallet-wrong_server = The server's root key is not the one in the code. Do not use this server.
wallet-address_unproven = What answers at { $address } does not prove that it is your organisation's server. Do not use it.
wallet-not_signed_in = Sign in first.
wallet-session_ended = You were signed out. Sign in again.
wallet-access_ended = Your access has ended. Ask an admin if that is a mistake.
wallet-resend_too_soon =
    { $count ->
        [one] A code was just sent. Wait { $count } second before asking for another.
       *[other] A code was just sent. Wait { $count } seconds before asking for another.
    }
wallet-code_refused = The server's answer is not a valid access ID. Nothing is shown.
wallet-certificate_absent = No access ID without a network: this phone has not been prepared for it; open the app once with a network.
wallet-certificate_expired = No access ID without a network: it has been too long without a network; open the app once with one.
wallet-key_changed = No access ID without a network: this phone's key has changed; open the app once with a network.
wallet-invalidation_pending = Your access ID is being invalidated. A fresh one comes as soon as the server can be reached.
wallet-device_key = This phone's key store gave a key that can't be used.
wallet-signature_broken = This phone's key store made a signature that doesn't hold.
wallet-signer = This phone's key store failed: { $reason }
wallet-app_locked = The app is locked. Unlock it first.
wallet-invitation_incomplete = Give the visitor's name and a window that ends after it begins.

## The network, and who answers there.

client-unreachable = Can't reach the server at { $address } ({ $reason }).
client-untrusted = { $distrust } ({ $address })
client-leads_elsewhere = { $address } leads to { $to }. If the server has moved there, ask an admin for a new code; else this network wants you to sign in to it.
client-refused = { $title } ({ $code })
client-not_gatehouse = Something else answered in the server's place. Is this network asking to sign in?
client-address = The server's address can't be used: { $reason }
distrust-unknown_issuer = The server's certificate is from an authority that this device does not trust. If it is your house's own, add it to this device's trusted authorities, or name its file in SSL_CERT_FILE.
distrust-expired = The server's certificate has ended, or this device's clock is ahead. Check the clock, then tell an admin.
distrust-not_yet_valid = The server's certificate is not valid yet, or this device's clock is behind. Check the clock, then tell an admin.
distrust-other_name = The certificate at this address is for another name. Check the address with an admin; perhaps this network wants you to sign in to it.
distrust-revoked = The server's certificate was revoked. Tell an admin.
distrust-unusable = The server's certificate can't be used. Tell an admin.
distrust-nobody_trusted = This machine has no list of certificate authorities, so HTTPS can't be checked. Install the package ca-certificates, or name a file in SSL_CERT_FILE.
distrust-no_https = What answers at this address does not speak HTTPS. Check the address with an admin; perhaps it begins with http.

## Storage, keys and clock of the device.

store-full = This device's storage is full. Free some space; nothing can be recorded until then.
store-database = This device's storage failed, and nothing was recorded ({ $reason }).
store-damaged = This device's storage is damaged, and nothing was recorded. Close Gatehouse and open it again: what can be read is kept.
store-in_use = Another Gatehouse on this device is using the data. Close it and try again.
store-folder = The data folder can't be used: { $reason }
store-newer = The data was written by a newer version of Gatehouse (format { $format }).
store-wrong_key = The data on this device belongs to another secret store. It was not touched.
device-keys_refused = The server's key set was refused ({ $reason }). Tell an admin.
device-pack_refused = The server's gate pack was refused ({ $reason }). Tell an admin.
device-secrets = The secret store failed: { $reason }
device-clock = The clock can't be read: { $reason }
device-no_randomness = The operating system gives no randomness: { $reason }

## Pictures, photos and drawn codes.

picture-too_large = That picture is too large ({ $megapixels } megapixels; at most 64).
picture-too_heavy = A picture of this kind needs too much memory ({ $megapixels } megapixels). Take a screenshot of it.
picture-too_many_bytes = That picture file is too large (at most 64 MiB).
picture-unsupported = That file is no picture that can be read here. JPEG, PNG, WebP and GIF can.
picture-modern = HEIC and AVIF pictures can't be read here. Take a screenshot of it, or send it as JPEG: on an iPhone, Settings, Camera, Formats, Most Compatible.
picture-damaged = That picture is damaged.
photo-resize = That photo could not be made smaller.
photo-encode = That photo could not be stored as JPEG.
drawing-empty = A QR code needs some text.
drawing-too_long = That text is too long for a QR code ({ $bytes } bytes).
drawing-module_size = A QR code's modules must be at least one pixel wide.
drawing-png = The QR code could not be written as PNG.
