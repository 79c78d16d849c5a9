# What commands on the server's own data say of what they did and found, and of what several commands are given.

## Files and pictures that are named.

file-unreadable = can't read { $path }: { $reason }
file-unwritable = can't write { $path }: { $reason }
file-too_large = { $path } is larger than 64 MiB
picture-no_qr_code = no QR code in that picture; is it whole, sharp and evenly lit?
picture-no_enrolment_code = That picture shows no enrolment code.
picture-enrolment_codes =
    { $count ->
        [one] That picture shows { $count } enrolment code.
       *[other] That picture shows { $count } enrolment codes. Use a picture of one.
    }
picture-no_member_code = That picture shows no organisation's code.
picture-member_codes =
    { $count ->
        [one] That picture shows { $count } organisation's code.
       *[other] That picture shows { $count } organisation's codes. Use a picture of one.
    }

## Who or what was meant and is not there, and what is.

none_yet-site = There is no site yet. To add one: { $command }
none_yet-guard = There is no guard yet. To add one: { $command }
none_yet-visit = There is no visitor inside yet. To add one: { $command }
none_yet-organisation = There is no organisation yet. To add one: { $command }
none_yet-user = There is no user yet. To add one: { $command }
none_yet-device = There is no device yet. To add one: { $command }
unknown-site = There is no site "{ $typed }", or several of that name. There are: { $there }.
unknown-guard = There is no guard "{ $typed }", or several of that name. There are: { $there }.
unknown-visit = There is no visitor inside "{ $typed }", or several of that name. There are: { $there }.
unknown-organisation = There is no organisation "{ $typed }", or several of that name. There are: { $there }.
unknown-user = There is no user "{ $typed }", or several of that name. There are: { $there }.
unknown-device = There is no device "{ $typed }", or several of that name. There are: { $there }.
unknown-invitation = There is no invitation "{ $typed }". See: { $command }
unknown-and_more = and more
data-which_organisation = say which with --org: { $codes }
data-closed = Others on this machine could read { $path }; it is closed to them now.

## People.

user-line = { $role } { $name } { $email }: { $id }
user-line_revoked = { $role } { $name } { $email }: { $id }, revoked
user-added = { $role } { $name }: { $id }
user-token = Token, shown once: { $token }
user-what_to_change = say what to change: --name, --email or --role
user-every_site = { $name } may go to every site
user-no_site = { $name } is assigned to no site
user-sites = { $name } is assigned to site { $sites }
user-invalidated = Access IDs of { $name } from before { $time } fail
user-ask_revoke = Revoke the access of { $name } ({ $email }) and sign them out everywhere? Type yes:
user-no_address = no address
user-unchanged = nothing was changed
user-revoked = Access of { $name } was revoked at { $time }
user-restored = { $name } has access again, and signs in anew
user-restored_without_address = { $name } has access again, and signs in anew; the address is another person's now
user-signed_out = { $name } is signed out everywhere; sessions and tokens ended: { $count }
user-has_picture = { $name } has a picture now
user-no_picture = { $name } has no picture any more
user-message_sent = Message for { $name }: { $id }
user-message_line = { $id } { $severity }, { $standing }: { $title }
user-message_read = read
user-message_unread = not read yet
user-message_over = over
user-message_ahead = shown from { $time } on
user-message_removed = Message { $id } is removed
user-no_messages = { $name } has no messages
admin-not_an_admin = { $name } is no admin; links lead to the dashboard, which is for admins
admin-address_needed = the server has not run yet; say its address with --url
admin-none = there is no admin, and none can be made
admin-first = the first admin
admin-link = Signs { $name } in once, within 30 minutes:
token-made = Token { $id } of { $name }, until { $time }. It is shown once:
token-ended = Token { $id } of { $name } has ended
token-none = None
session-line = { $id } { $name }, { $what }, { $used }, until { $until }
session-last_used = last used { $time }
session-use_not_noted = last use not noted
session-never_used = never used

## Invitations, codes and bans.

invited-for = { $reference } for { $name }, { $from } to { $until }
invited-short_name = The code has room for "{ $name }"; lists, gates and the journal have the whole name.
invited-name_banned = Somebody of this name is on the ban list: guards will be told to compare.
invited-by = { $reference } is invited by { $name } now
invited-cancelled = { $reference } was cancelled at { $time }
invited-line = { $reference } { $status } { $name }, until { $until }
invited-line_stopped = { $reference } { $status } { $name }, until { $until }. { $why }
invited-more = { $shown } of { $total } invitations; the next ones: --before { $reference }
print-host = Visiting { $host }
code-good_until = Good until { $time }
ban-added = Banned: { $id }
ban-lifted = No longer banned: { $id }
ban-line = { $id } { $names }, since { $time }: { $reason }

## Devices.

device-code_good = Leads to { $url }. Good once, until { $time }
device-is_revoked = Device { $id } is revoked
device-revoked = revoked
device-cut_off = cut off
device-goes_on_from = goes on from { $name } { $id }
device-do_not_fit =
    { $count ->
        [one] { $count } entry does not fit
       *[other] { $count } entries do not fit
    }

## What holds at the gates.

policy-denies = denies
policy-cautions = cautions
policy-old_facts = An expired gate pack { $pack }, a missing one { $absent }, an expired key set { $keys }.
policy-waiting = A scan waits for the server for { $wait } ms. A shift ends by itself after { $shift }.
policy-packs = The next gate pack is due after { $next } s, and one expires after { $expiry } s.
policy-members = A member's invitation begins at most { $ahead } ahead, is good for at most { $length } and { $uses }, and at most { $open } of them are open at once.

## Erasing.

erased-everywhere = Erased: { $people }, { $invitations }, { $events }, { $entries }, { $photos }. Phones forget them when they next reach the server. Backups made before still hold what was erased.
erased-ban_left = A ban by this name is left, which may be a namesake's; lift it with: { $command }
erased-log_left = Somebody was reading the database: its log may still hold traces. Run this again.

## What is counted.

counted-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
counted-invitations =
    { $count ->
        [one] { $count } invitation
       *[other] { $count } invitations
    }
counted-events =
    { $count ->
        [one] { $count } event
       *[other] { $count } events
    }
counted-uses =
    { $count ->
        [one] { $count } use
       *[other] { $count } uses
    }
