# What a guard's station says on the command line, beside verdicts and refusals. What somebody types stands there as
# it is typed.

## Signing in, and whose server it is.

enrol-enrols = Enrolling with { $organisation } at { $server }.
enrol-anew = Enrolling anew with { $organisation } at { $server }.
enrol-moves = { $organisation } has moved from { $from } to { $server }.
enrol-changes = Leaving { $from } for { $organisation } at { $server }.
enrol-nothing = This code is of { $organisation } at { $server }.
enrol-open_to_others = Warning: without HTTPS anyone on the way can read along and answer in the server's place.
enrol-is_it_right = Is this right? [y/N]
enrol-unchanged = Nothing was changed.
enrol-moved = { $organisation } is found at { $server } from now on.
enrol-done = Enrolled with { $organisation }.
sign_in-code_sent = A one-time code is on its way. Sign in with --code.
sign_in-six_digits = The six digits that were sent to { $email }:
sign_in-done = Signed in as { $name }.
guards-nobody = No guard has signed in on this station yet.
guards-has_pin = PIN set
guards-has_no_pin = no PIN
guards-new_pin = New PIN:
guards-pin = PIN:
guards-pin_set = PIN set.
guards-locked = Locked.
guards-unlocked = Unlocked for { $name }.

## Shifts and sites.

shift-started = Shift started at { $site }.
shift-ended = Shift ended.
site-named = Site { $number }: { $name }
site-unassigned = (not assigned)
site-none_known = This station knows of no site yet: it has no gate pack.

## A scan: who it is, and how to go on. Behind each word stands what is typed: a letter, the word beside the verdict,
## and a reason.

scan-departure = DEPARTURE
scan-walk_up = WALK-UP
scan-unreadable = unreadable code
scan-visiting = { $name }, visiting { $host }
scan-event = event { $event }
scan-event_and_visit = event { $event }, visit { $visit }
scan-compare_face = compare the face: { $command }
scan-type_departure = To record the departure type:  d { $word }
scan-type_denied = To deny type:  d { $word } REASON     To grant all the same:  g { $word } REASON
scan-type_decision = To grant type:  g { $word }     To deny:  d { $word } REASON
scan-command_departure = Record it by: { $command }
scan-command_decision = Decide by: { $command } --grant (or --deny)
scan-decide_later = Nothing is decided by what comes where codes come from. Use: gatehouse station decide, depart
scan-help =
    Scan a code, or type one. With the word that stands beside the verdict:
      g WORD          grant; against { $denied } also say why: g WORD REASON
      d WORD REASON   deny; at { $departure } record that the visitor left
      o WORD          record that the visitor left
      q WORD          end scanning, as does Ctrl-C twice; the shift goes on
    Decisions can also be made elsewhere: gatehouse station undecided, decide, depart.
scan-prompt = Scan, or ? for help >
scan-once_more = Press Ctrl-C once more to end.
scan-too_soon = Passed over: this came too soon after a wrong word. Wait two seconds.
scan-no_code = "{ $typed }" is no code. Nothing was recorded. Type ? for help.
scan-word_missing = Type the word along: { $answer }
scan-word_wrong = That is not the word, and nothing was decided. Wait two seconds, then: { $answer }
scan-nobody_inside = This is nobody who is inside.
scan-verdict_changed = The verdict has changed, and nothing was decided. Look again:
scan-take_photo = { $problem } Take one, then: { $command }
scan-nothing_to_decide = There is no scan to decide yet.
scan-keyboard_unreadable = The keyboard can't be read.
scan-choice_without_code = --grant and --deny go with --code or --image.
scan-choice_missing = Say --grant or --deny.
scan-left_undecided = Left undecided.
scan-reported = Reported. Admins see it as soon as it reaches the server.
face-none = No picture of this person is kept here.
face-written = Written to { $file }. Delete it once you have looked.

## Visitors.

visits-departed = Departure recorded.
visits-nobody = No visitor is inside.
visits-not_expected = Nobody of that name is expected within a day, as far as this station knows.
visits-window = { $from } to { $until }
visits-site = site { $number }

## Sending, and what is stuck.

sync-report = Sent { $entries } and { $photos }; { $waiting }, { $stuck }.
sync-waiting =
    { $count ->
        [one] { $count } waits
       *[other] { $count } wait
    }
sync-stuck =
    { $count ->
        [one] { $count } is stuck
       *[other] { $count } are stuck
    }
sync-photos_wait =
    { $count ->
        [one] { $count } photo waits, too.
       *[other] { $count } photos wait, too.
    }
sync-next_try = The next try is due in { $count } s.
sync-not_due = Not due before { $count } s from now.
sync-waits = It waits for somebody to sign in, enrol or retry.
stuck-nothing = Nothing is stuck.
stuck-entry = entry { $number }
stuck-unreadable = unreadable
stuck-former = { $time }, of a former journal
stuck-photo = photo { $digest }
stuck-retried = { $entries } and { $photos } are tried again.
stuck-retried_but =
    { $count ->
        [one] { $entries } and { $photos } are tried again; { $count } stays stuck.
       *[other] { $entries } and { $photos } are tried again; { $count } stay stuck.
    }

## Erasing.

erased-here = Erased in { $entries }, and { $photos }.
erased-later =
    { $count ->
        [one] What { $count } of them holds goes once the server has it.
       *[other] What { $count } of them hold goes once the server has them.
    }
erased-copies = Older copies are in { $files }: delete them, too.

## How the station stands: what it is called, and how it is.

standing-organisation = Organisation
standing-server = Server
standing-guard = Guard
standing-shift = Shift
standing-waiting = Waiting
standing-in_step = Last in step
standing-pack = Gate pack
standing-clock = Clock
standing-none = none
standing-never = never
standing-locked = locked; unlock it by PIN or sign in
standing-since = { $site } since { $time }
standing-outbox = { $entries } and { $photos } of { $all }; { $stuck } stuck
standing-outbox_since = { $entries } and { $photos } of { $all }, the oldest of { $time }; { $stuck } stuck
standing-pack_of = { $age }, { $number } of { $time }
standing-clock_confirmed = the server's
standing-clock_own = this device's own, not confirmed
standing-saved = Saved { $time }: { $entries }, { $apart } of them apart, { $events }, { $photos }. The damaged files are { $files }*.
pack-fresh = fresh
pack-stale = stale
pack-expired = expired
pack-absent = absent

## What is counted.

counted-entries =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }
counted-photos =
    { $count ->
        [one] { $count } photo
       *[other] { $count } photos
    }
counted-scans =
    { $count ->
        [one] { $count } scan or walk-up
       *[other] { $count } scans and walk-ups
    }
