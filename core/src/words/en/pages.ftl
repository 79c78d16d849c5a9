# The pages in a browser.

## Around every page.

page-skip = Skip to content
page-main = Main
page-back = Back
page-your_account = Your account
page-sign_out = Sign out
page-home = Home
page-activity = Activity
page-on_site = On site
page-invitations = Invitations
page-search = Search
page-search_name = Search by name
page-all = All
page-clear_filters = Clear filters
page-nothing_matches = Nothing matches these filters
page-create_invitation = Create invitation
page-print = Print
page-save = Save
page-any_site = Any site
page-site_number = Site { $number }
page-all_sites = All sites
page-optional = optional
list-joined = { $list }, { $item }
page-unread = No fluent speaker has read this translation yet. If something reads wrong, go by the English page, and tell whoever runs the server.

## Live pages: what the script says.

live-connecting = Connecting
live-live = Live
live-reconnecting = Reconnecting
live-signed_out = Signed out
live-new =
    { $count ->
        [one] { $count } new
       *[other] { $count } new
    }
live-latest = { $new }. Latest: { $row }
live-row = { $verdict }, { $who }, { $site }, { $decision }
live-silent = The server does not answer. What stands below is as it was; try again in a moment.
live-too_many = Too many requests at once. What stands below is as it was; wait a moment, and try again.
live-failed = The server could not answer this. What stands below is as it was; try again in a moment.

## Signing in and out.

sign_in-title = Sign in
sign_in-button = Sign in
sign_in-email = Your e-mail address
sign_in-email_hint = You sign in with a one-time code. There is no password.
sign_in-get_code = Get a code
sign_in-enter_code = Enter the code
sign_in-code_made = If { $email } has an account, a code was made. It is good for 10 minutes.
sign_in-digits = The digits of the code
sign_in-no_mail = This server does not send e-mail yet: whoever runs it finds the code in its log.
sign_in-new_code = Get a new code
sign_in-other_address = Use another address
sign_in-try_again_in = You can try again in { $wait }.
sign_in-another_in = Another can be made in { $wait }.
sign_in-link_title = Sign in with a link
sign_in-link_lead = The link signs you in once, on this device.
sign_in-link_field = The link
sign_in-link_hint = Paste the whole link that you were given.
sign_in-link_not_yours = Not yours? Close this page, and tell whoever sent you the link.
sign_in-link_as = Sign in as { $name }
sign_in-welcome = Welcome to { $organisation }
signed_out-title = Signed out
signed_out-heading = You are signed out
signed_out-lead = Nobody can open the dashboard from this browser until someone signs in again.
signed_out-again = Sign in again

## The app in a browser: what its page says before its program is there, and of the device that it runs on.

app-gate = Gatehouse at the gate
app-id = Gatehouse access ID
app-wait = The first time this takes a moment.
app-no_script = Gatehouse needs JavaScript. Switch it on for this page, and load it again.
app-insecure = A browser gives camera and storage to safe addresses only. Open this page by an address that begins with https.
app-too_old = This browser lacks what Gatehouse needs. Bring it up to date, or use another one.
app-keeps_nothing = This window keeps nothing, as private windows do. Open the page in an ordinary window.
app-not_built = The app's program is not on this server
app-not_built_text = Whoever runs the server builds it from the sources by { $command }, and puts the files into a folder web beside the program, or names their folder by --web.
app-elsewhere = Close it in the other tab or window: then it goes on here by itself.
app-unloaded = The program could not be loaded. Connect this device to the network, and try again.
app-stopped = It stopped, and could not be started again. What was recorded is kept on this device.
app-look_here = Please look here
app-hold_here = Please hold your code before the camera
app-moment = One moment, please
app-on_device = On this device
app-swapped = Swap Deny and Grant
app-muted = No tones
app-visitor_window = Open the visitor's window
app-install = Install
app-save_journal = Save the journal as a file
app-allow_camera = The sign beside the address of this page leads to what it may use. Allow the camera there.
app-copied = Copied

## Problems.

trouble-home = Go to Home
trouble-account = Go to your page
trouble-sign_in = Go to sign-in
trouble-code = Code { $code }
trouble-code_and_incident = Code { $code }, incident { $incident }
trouble-field = { $title }. { $text } { $code }

## One's own account.

account-role = { $role } of { $organisation }
account-role_and_address = { $role } of { $organisation }, signing in as { $email }
account-come_back = So that you can come back
account-no_address = Your account has no e-mail address. Without one, nobody can sign in to it again once this session ends.
account-your_name = Your name
account-sessions = Where you are signed in
account-here = This browser
account-session = Since { $since }, until { $until }
account-session_used = Since { $since }, last used { $used }, until { $until }
account-end = End
account-end_session = End: { $session }
account-sign_out_here = Sign out here
account-sign_out_everywhere = Sign out everywhere
account-language = Language
account-language_lead = In which pages speak to you, wherever you sign in.
account-language_browser = As the browser asks
account-language_unread = { $language } (not read by a fluent speaker yet)
session-browser = Browser
session-token = API token
session-named_token = API token “{ $name }”
session-device = Phone or station
elsewhere-guard = Your work is on the gate's phone or station
elsewhere-guard_text = Scanning, walk-ups and visitors on site are on a phone or station that an admin enrolled for the gate. Sign in there with this address, and start your shift. This page shows only your account.
elsewhere-member = Your access ID is in the app on your phone
elsewhere-member_text = Open the Gatehouse app, scan your organisation's member code, and sign in with this address: there are your access ID, your invitations and where your code was used. This page shows only your account.
elsewhere-open = Open it in this browser

## Home.

home-today = Today
home-to_look_at = To look at
home-to_look_at_week = To look at, of the last 7 days:
home-marked = { $mark }: { $count }
home-numbers = Numbers of today
home-last_decisions = Last decisions
home-all_activity = All activity
home-no_decisions = The last five decisions of your guards appear here.
home-invite_first = Invite the first visitor
home-kind_at = { $kind }, { $site }
home-visitors = Visitors on site
home-stale =
    { $count ->
        [one] { $count } over 8 h
       *[other] { $count } over 8 h
    }
home-nobody = Nobody is inside.
home-none_stale = All within 8 h.
home-expected = Expected today
home-expected_note = Invited, and not here yet.
home-give_address = Give an address
home-no_address = Your account has no e-mail address, so nobody can sign in to it again.
home-wrong_codes =
    { $count ->
        [one] { $count } wrong one-time code was tried in the last 24 hours. Somebody may be guessing: tries are slowed down by themselves, and nobody at a station is kept from work. The audit log has each of them.
       *[other] { $count } wrong one-time codes were tried in the last 24 hours. Somebody may be guessing: tries are slowed down by themselves, and nobody at a station is kept from work. The audit log has each of them.
    }

## The server's clock, held against the clocks of devices.

clock-ahead = This server's clock seems to be { $length } ahead of { $whose }. Set the server's clock right; codes are judged by it.
clock-behind = This server's clock seems to be { $length } behind { $whose }. Set the server's clock right; codes are judged by it.
clock-one_device = the clock of its one device
clock-all_devices =
    { $count ->
        [one] the clock of its { $count } device
       *[other] the clocks of all its { $count } devices
    }
clock-some_devices = the clocks of { $by } of its { $of } devices
clock-set_back = This server's clock was set back by { $length }. If it was right before, set it right again; if it was ahead, phones follow when they next reach the server.

## Activity.

activity-lead = Every scan, walk-up and code entry at your gates, with what the guard decided.
activity-decision = Decision
activity-verdict = Verdict
activity-who = Who
activity-site = Site
activity-guard = Guard
activity-time = Time
activity-events = Events
activity-rate = Grant rate
activity-totals = Totals
filter-verdict = Verdict: { $verdict }
filter-verdict_all = Verdict: all
filter-all_verdicts = All verdicts
filter-kind = Kind: { $kind }
filter-kind_all = Kind: all
filter-all_kinds = All kinds
filter-site = Site: { $site }
filter-site_all = Site: all
filter-site_unknown = Site: unknown
filter-when = When: { $period }
filter-mark = To look at: { $mark }
filter-mark_all = To look at: all
filter-all_events = All events
filter-only = Only { $who }
period-today = Today
period-week = Last 7 days
period-month = Last 30 days
period-all = All time
period-today_within = today
period-week_within = last 7 days
period-month_within = last 30 days
period-all_within = all time
mark-flagged = Granted against DENIED
mark-reported = Reported as suspicious
mark-judged = Judged again
mark-flagged_within = granted against denied
mark-reported_within = reported as suspicious
mark-judged_within = judged again
flag-against = Granted against DENIED: { $reason }
flag-no_reason = no reason given
flag-judged = Judged again: should not have been let in
flag-doubted = Does not fit what the server knows
flag-offline = Noted offline, arrived { $late } later
row-kind_of = { $kind } of { $host }
row-name = { $name }
row-unknown_guard = Unknown guard
activity-newest = Back to the newest
activity-up_to = Up to { $day }
activity-try_other = Try another name or a longer time, or look at everything.
activity-none = No activity yet
activity-none_text = Each scan at a gate appears here as it happens. Invite someone, and scan the code with a guard's phone to see the first.
activity-caption = Events, newest first
activity-showing =
    { $count ->
        [one] Showing { $shown } of { $matching } event
       *[other] Showing { $shown } of { $matching } events
    }
activity-go_back = Go back to
activity-go = Go
activity-older = Older events
activity-reload = Reload the page to see new events.

## One event.

event-kind_at = { $kind } at { $site }
event-kind_of_at = { $kind } of { $host } at { $site }
event-decided = Decided
event-leaving = Nothing was to be decided: the visitor was leaving.
event-undecided = No decision was made.
event-reason_given = Reason given
event-note = Note
event-came_in = Came in
event-left = Left
event-doubts = Does not fit
event-doubts_text = What a device wrote is kept as it is. Where it cannot be so, it changes nothing else.
event-doubt = Doubt
event-earlier = Judged before
event-earlier_text = The code was held up again, or the phone learned something, before anyone decided. What stands above is the last judgement, which the guard went by.
event-later = Added later
event-later_text = What stands above stays as it was at the gate.
event-later_corrected = The decision above is the one that was put right. The rest stays as it was at the gate.
event-report = Report
event-report_photo = Photo taken with the report
event-reported = { $guard }: { $note }
event-reported_bare = { $guard } reported this as suspicious and wrote nothing more.
event-correction = Put right
event-corrected_granted = Put right by { $guard }: denied → granted. { $reason }
event-corrected_granted_bare = Put right by { $guard }: denied → granted.
event-corrected_denied = Put right by { $guard }: granted → denied. { $reason }
event-corrected_denied_bare = Put right by { $guard }: granted → denied.
event-judged_before = { $reason } That was so { $before } before the scan, and the phone could not know.
event-judged_unknown = { $reason } Nobody noted since when; it may have come after the scan.
event-checks = Checks
event-no_checks = No code was shown, so there was nothing to check.
event-photo = Photo taken at the gate
event-photo_of = Photo taken at the gate of { $who }
event-photo_missing = A photo was taken. It is still on the guard's phone and follows when the phone has time.
event-record = Record
event-happened = Happened
event-clock_unconfirmed = The phone's clock was not confirmed.
event-clock_said = The phone's clock said { $time }, { $ahead } ahead of the arrival.
event-arrived = Arrived
event-late = { $late } later, from the phone's store
event-place = Place
event-no_fix = No location fix.
event-invitation = Invitation
event-more = More
event-same_member = All events of the same member
event-same_invitation = All events of the same invitation
event-device = Device
event-heir = { $device } goes on from its journal, and may have said what became of this.
event-entry = Entry
event-number = Number { $number }
event-fingerprint = Fingerprint
event-event = Event
event-reason_code = Reason code
event-erase = Erase this person
event-erase_text = The name, addresses, notes, photos and places of { $who } go from this server, from its phones when they next reach it, and from what the entries sealed. That the gate was used stays, and every journal still verifies. This cannot be undone.
event-erase_member = Of a member, this erases what this event holds. To erase the member, use { $command }.
event-erase_yes = Yes, erase
fix-accurate = Accurate to { $accuracy } m
fix-distance = Accurate to { $accuracy } m, { $distance } m from the site's centre
fix-inside = Accurate to { $accuracy } m, { $distance } m from the site's centre, inside its area
fix-outside = Accurate to { $accuracy } m, { $distance } m from the site's centre, outside its area
chain-whole = Signed by the device, and linked to the entry before it.
chain-forked = Two different entries claim this number. Both are kept as evidence.
doubt-of_device = { $device }: { $doubt }
doubt-guard_not_signed_in = The guard whom it names was not signed in here at that time.
doubt-guard_revoked = The access of the guard whom it names had been revoked before.
doubt-shift_unknown = The guard whom it names had begun no such shift here.
doubt-site_unknown = The organisation has no such site.
doubt-event_not_its_own = It speaks of a scan that is another device's, or that nobody made.
doubt-decided_before = It was decided before the scan was made.
doubt-visit_not_theirs = It opened the departure of a visit that is not this visitor's.
doubt-departed_elsewhere = It ended the visit at another site. The visit goes on.
doubt-departed_before = It ended the visit before that began. The visit goes on.
doubt-departure_time = It ended the visit at a time that cannot be. The nearest possible time counts.
doubt-shift_not_its_own = It ended the shift of somebody else or of another device. That shift goes on.
doubt-no_successor = It says to go on from a device that is at work, or has another successor.
doubt-after_revocation = It was recorded after the device had been revoked, or nobody knows that it was before.
doubt-shift_elsewhere = The shift began where the phone was not shown to be at the site, which the site does not allow.
doubt-nothing_decided = It put a decision right that nobody had made.
doubt-left_all_the_same = A departure is recorded, although the decision was put right to denied.
doubt-corrected_elsewhere = It would put right a decision of another shift, or gives no reason. The decision stays as it was.

## Visitors inside.

on_site-lead = Visitors who were let in and have not left. Members are not listed.
on_site-muster_of = Muster list: { $organisation }
on_site-print_muster = Print muster list
on_site-muster_all = Muster list of all { $count }
on_site-say =
    { $count ->
        [one] { $count } visitor on site
       *[other] { $count } visitors on site
    }
on_site-inside =
    { $count ->
        [one] { $number } visitor inside
       *[other] { $number } visitors inside
    }
on_site-inside_stale =
    { $count ->
        [one] { $number } visitor inside, { $stale } for more than 8 h
       *[other] { $number } visitors inside, { $stale } for more than 8 h
    }
on_site-made = List of { $time }
on_site-nobody_named = Nobody here by that name
on_site-try_spelling = Try another spelling, or look at everyone who is inside.
on_site-show_everyone = Show everyone
on_site-nobody = Nobody is on site
on_site-nobody_text = A visitor appears here when a guard grants entry, and leaves the list at departure.
on_site-inside_here = { $count } inside
on_site-invited_by = Invited by { $host }
on_site-invited = Invited
on_site-since = since { $time }
on_site-over_8h = Over 8 h
on_site-depart = Mark departed
on_site-depart_who = Mark departed: { $who }
on_site-depart_text = { $who } leaves this list now, and { $site } counts one visitor less. The visit stays in Activity.
on_site-depart_yes = Yes, mark departed
on_site-showing = Showing { $shown } of { $count }, the longest inside first
on_site-first = Back to the first
on_site-next = Next visitors
on_site-reload = Reload the page to see who came and left. To print the muster list, use your browser's print command.

## Invitations.

invitations-lead = Visitors you expect. Each gets a code that the guard scans.
invitations-search_label = Search by reference, visitor or host
invitations-search = Search reference, visitor, host
invitations-status = Status
invitations-try_other = Try another name or status, or look at everything.
invitations-none = No invitations yet
invitations-none_text = Invite a visitor, and the invitation appears here with its code, its window and how often it was used.
invitations-caption = Invitations, newest first
invitations-reference = Reference
invitations-visitor = Visitor
invitations-sites = Sites
invitations-window = Window
invitations-entries = Entries
invitations-host = Host { $host }
invitations-no_host = nobody in particular
invitations-command_line = the command line
invitations-to = to
invitations-used_of = { $uses } of { $max }
invitations-used_none = None yet, any number
invitations-used_any = { $uses }, any number
invitations-showing =
    { $count ->
        [one] Showing { $shown } of { $count } invitation
       *[other] Showing { $shown } of { $count } invitations
    }
invitations-older = Older invitations

## One invitation.

invitation-title = { $visitor }, { $reference }
invitation-invited_by = { $reference }, invited by { $host }
invitation-host_stopped = { $why } The code of this invitation is denied at every gate for as long. Name another host to let the visitor in, or cancel it.
invitation-name_banned = Somebody on the ban list is called { $visitor }. It may be a namesake: guards see CAUTION and compare.
invitation-code = Code
invitation-code_of = QR code of invitation { $reference }
invitation-download = Download as picture
invitation-code_text = Who holds this code can show it at the gate. Send it to the visitor only.
invitation-cancelled_text = This invitation is cancelled. Its code is denied at every gate.
invitation-stopped_text = The host lets nobody in any more, so the code is denied at every gate.
invitation-over_text = The window is over. Create a new invitation if the visitor comes again.
invitation-draft_text = The code appears here once the invitation is issued.
invitation-visit = Visit
invitation-from = From
invitation-until = Until
invitation-email = E-mail
invitation-no_email = None given
invitation-created = Created
invitation-cancelled = Cancelled
invitation-time_by = { $time } by { $who }
invitation-other_host = Name another host
invitation-other_host_text = The visitor comes in at the new host's word. An invitation that stopped because of its host holds again.
invitation-host = Host
invitation-host_unknown = That host is not known, or lets nobody in. Choose a host from the list.
invitation-name_host = Name this host
invitation-cancel = Cancel invitation
invitation-cancel_text = The code of { $visitor } is denied from now on: at once where a guard's phone is online, elsewhere when it next reaches the server. This cannot be undone; you can invite the visitor again.
invitation-cancel_yes = Yes, cancel this invitation
invitation-erase = Erase this visitor
invitation-erase_yes = Yes, erase this visitor
invitation-activity = Activity of this invitation
invitation-no_activity = Nothing yet. Each scan of this code appears here.
invitation-events = Events of this invitation, newest first

## The form that invites.

invite-lead = The visitor gets a code. The guard sees the name, the host and the note.
invite-faults =
    { $count ->
        [one] Not created yet: { $count } thing to put right
       *[other] Not created yet: { $count } things to put right
    }
invite-name = Visitor’s name
invite-name_hint = As on the papers that the visitor carries.
invite-email = Visitor’s e-mail
invite-email_hint = To reach the visitor. Nothing is sent for you: download the code and send it yourself.
invite-host_hint = Whom the guard calls if something is unclear.
invite-host_hint_more =
    { $count ->
        [one] Whom the guard calls if something is unclear. { $count } more person is not offered here; type a whole name or address.
       *[other] Whom the guard calls if something is unclear. { $count } more people are not offered here; type a whole name or address.
    }
invite-times_in = Times in { $zone }.
invite-entries_hint = How often the code lets the visitor in. Empty for no limit within the window.
invite-note = Note for the guard
invite-note_hint = For instance where to send the visitor. Do not write anything that the guard does not need.
invite-back = Back without creating

## What an action did.

done-invited = The invitation is created. Send its code to the visitor.
done-cancelled = The invitation is cancelled.
done-had_cancelled = Someone cancelled this invitation before you. Nothing was changed.
done-host_changed = The invitation has another host, and its code holds.
done-erased = The person is erased here. Phones follow when they next reach the server; backups do not.
done-departed = The visitor is marked as departed.
done-had_departed = This visitor had already left. Nothing was changed.
done-introduced = Saved. From now on you sign in with this address and a one-time code.
done-session_ended = That session has ended.
done-language_chosen = Pages speak this language to you from now on.
