# The screens of a guard's phone: titles, buttons, and what they say beside verdicts, reasons and refusals.

## What each screen is called: its head, and the first that a screen reader says.

screen-opening = Gatehouse is starting
screen-enrol = Enrol this device
screen-sign_in = Sign in
screen-start = Start your shift
screen-camera = Scan a code
screen-checking = Checking
screen-verdict = { $verdict }: { $who }
screen-walk_up_of = Walk-up: { $who }
screen-leaving = { $who } is inside
screen-news = The verdict has changed
screen-reason = Why let them in against DENIED?
screen-photo = Photo of the visitor
screen-walk_up = Visitor without a code
screen-expected = Expected today
screen-inside = Inside
screen-history = This shift
screen-past = Entry
screen-past_of = { $who }, { $time }
screen-type_code = Type the code
screen-report = Report as suspicious
screen-correct = Put this decision right
screen-status = Status
screen-set_pin = Set your PIN
screen-end_shift = End your shift
screen-shift_over = Your shift has ended
screen-revoked = This device was taken out of service
screen-enrol_anew = This device must be enrolled anew
screen-storage_full = Storage is full
screen-storage_damaged = Storage is damaged
screen-salvaged = Storage was damaged and has been mended
screen-no_camera = No camera
screen-newer = A newer Gatehouse is needed
screen-elsewhere = Gatehouse is open elsewhere
screen-failed = Gatehouse can't go on

## Buttons.

act-back = Back
act-yes = Yes, this is right
act-no = No, go back
act-type_code = Type code
act-scan_code = Scan it instead
act-check = Check
act-send_code = Send me a code
act-send_again = Send another code
act-sign_in = Sign in
act-by_code = Sign in with a code
act-other_guard = Another guard
act-unlock = Unlock
act-start = Start shift
act-refresh_place = Look for my place again
act-torch_on = Light on
act-torch_off = Light off
act-other_camera = Other camera
act-walk_up = Walk-up
act-expected = Expected
act-inside = Inside
act-history = This shift
act-status = Status
act-end_shift = End shift
act-offline = Go on offline
act-leave = Leave undecided
act-deny = Deny
act-grant = Grant
act-grant_hold = Hold to grant
act-report = Report
act-put_right = Put right
act-put_right_hold = Hold to put right
act-departure = Departure
act-look = Look again
act-take = Take photo
act-retake = Take another
act-use = Use this photo
act-skip = Skip
act-register = Register
act-send = Send
act-with_photo = Add a photo
act-muster = Muster
act-muster_end = End muster
act-sync = Send now
act-retry = Try stuck ones again
act-lock = Lock
act-set_pin = Set PIN
act-stay = Stay
act-settings = Open settings
act-again = Try again
act-enrol_anew = Enrol anew
act-go_on = Go on

## Usual reasons to grant against DENIED. In the journal they stand in English.

why-host = The host vouched in person
why-known = I know this person
why-document = I saw a document and called the office
why-emergency = Emergency service
why-fault = The code is at fault, and the office agrees

## Fields.

field-enrolment = Enrolment code
field-address = Your e-mail address
field-digits = Code from the message
field-pin = PIN
field-new_pin = New PIN, 6 to 12 digits
field-name = Visitor's name
field-host = Visiting whom, if anyone
field-visit_reason = Why they come
field-search = Visitor or host
field-code = Code
field-reason = Another reason
field-note = What is suspicious
field-why = Why it is put right

## The line that is always there.

line-site = { $site }: { $parts }
line-online = online
line-offline = offline
line-offline_since = offline since { $time }
line-waiting =
    { $count ->
        [one] { $count } waiting
       *[other] { $count } waiting
    }
line-data_old = gate data out of date
line-clock = clock not confirmed
line-storage = storage full
line-battery = battery { $percent } %
line-revoked = taken out of service
line-and = { $list }, { $item }

## What screens say.

say-enrol = Hold the enrolment code that an admin shows you before the camera.
say-sign_in_guards = Who is at work? Choose your name and type your PIN, or sign in with a code.
say-code_sent = If { $email } has an account, a code is on its way.
say-resend_in = Another code can be sent in { $wait }.
say-locked = This device is locked. A running shift goes on.
say-place_good = This device knows where it is, to { $metres } m.
say-place_coarse = This device knows only roughly where it is, to { $metres } m.
say-place_none = This device does not know where it is yet. Some sites need that.
say-no_sites = This device knows of no site yet. Connect it to the network, and try again.
say-site_not_yours = You are not assigned here
say-site_needs_place = Needs this device to be there
say-site_marks = A shift begun from here is marked
distance-metres = { $metres } m
distance-tenths = { $whole }.{ $tenth } km
distance-whole = { $kilometres } km
say-last_granted = { $who }: granted { $time }
say-last_denied = { $who }: denied { $time }
say-last_left = { $who }: left { $time }
say-checking = Asking the server. You can go on without it.
say-visiting = Visiting { $host }
say-used_at = Used before, at { $time }.
say-used_by = Used before, at { $time }, at { $site }. Let in by { $guard }.
say-used_site = Used before, at { $time }, at { $site }.
say-used_elsewhere = Used before, at { $time }, on another phone.
say-revoked_result = This device was taken out of service: nothing that it finds is better than CAUTION.
say-again = Scanned before and not decided yet.
say-reported = Reported. Admins see it as soon as it reaches the server.
say-departure = Tap Departure if this visitor leaves now. If they come in again, tap Departure, then scan once more.
say-news = Something was learned while you looked, and what you saw counts no more.
say-hold = Choose a reason or write one, then hold the button for a second.
say-photo_required = This site wants a photo before anyone is let in.
say-photo_optional = A photo is wanted here. You can skip it.
say-photo_note = The photo goes along with your report.
say-walk_up = Write the name as the visitor says it.
say-alike = Somebody of a like name was turned away. It may be somebody else: ask, and compare before you decide.
say-turned_away_at = { $who }: turned away { $time }.
say-turned_away_by = { $who }: turned away { $time } by { $guard }.
say-turned_away_why = { $who }: turned away { $time }. { $reason }.
say-turned_away_by_why = { $who }: turned away { $time } by { $guard }. { $reason }.
say-nobody_expected = Nobody of that name is expected today.
say-window = { $from } to { $until }
say-nobody_inside = Nobody is inside.
say-no_history = Nothing was recorded in this shift yet.
say-past = { $time }: { $outcome }
past-granted = granted
past-denied = denied
past-left = left
past-undecided = left undecided
past-open = not decided yet
past-corrected = { $outcome }, put right
say-found_since = Found later: { $reason }, since { $time }. Follow your site's instructions.
say-found_against = Found later: { $reason }. Follow your site's instructions.
say-left = Left at { $time }.
say-inside =
    { $count ->
        [one] { $count } visitor inside
       *[other] { $count } visitors inside
    }
say-since = Since { $time }
say-since_long = Since { $time }: longer than usual
say-muster =
    { $count ->
        [one] { $count } visitor not found yet
       *[other] { $count } visitors not found yet
    }
say-found = Found
say-no_name = No name
say-leaves = Tap Departure to record that { $who } leaves.
say-type_code = Type or scan the text of the code.
say-report = Admins see a report at once, with the entry that it is about.
say-correct = Recorded as { $before }. It becomes { $after }, and both stay on record.
say-pin = You unlock this device with it, also without a network. It is yours alone.
say-end = Your shift at { $site } since { $time } ends.
say-end_counts = { $scans }: { $granted } granted, { $denied } denied.
say-end_reported =
    { $count ->
        [one] { $count } entry was reported.
       *[other] { $count } entries were reported.
    }
say-end_inside =
    { $count ->
        [one] { $count } visitor is still inside.
       *[other] { $count } visitors are still inside.
    }
say-end_waiting =
    { $count ->
        [one] { $count } entry waits. It goes by itself, also after the shift.
       *[other] { $count } entries wait. They go by themselves, also after the shift.
    }
say-nothing_waits = Everything was sent.
say-shift_over = It ran as long as a shift may, or you are not assigned to its site any more. Start a new one to go on.
say-revoked = An admin did that. What you recorded is kept here and marked. Ask an admin for an enrolment code and enrol anew; what waits comes along.
say-enrol_anew = Scanning goes on and everything is kept here. Ask an admin for an enrolment code; what waits comes along.
say-saved = { $entries } and { $photos } were saved.
say-no_camera_refused = Gatehouse may not use the camera. Allow it in the settings of this device.
say-no_camera_gone = The camera was unplugged or taken away. Plug it in, and try again.
say-no_camera_in_use = Something else uses the camera. Close that, and try again.
say-without_camera = Walk-ups, expected visitors and typed codes go on without it.
say-online = The server answers.
say-offline = The server can't be reached. Scans are kept on this device and will be sent by themselves.
say-waiting =
    { $count ->
        [one] { $count } entry waits to be sent.
       *[other] { $count } entries wait to be sent.
    }
say-stuck =
    { $count ->
        [one] { $count } entry is stuck: the server does not take it.
       *[other] { $count } entries are stuck: the server does not take them.
    }
say-last_sync = Last in step with the server: { $time }
say-never_sync = Not in step with the server yet.
say-data_of = Gate data of { $time }: { $age }
say-data_none = There is no gate data yet. Connect this device to the network.
say-clock_own = This device's clock is not confirmed by the server. Connect it to the network.
say-storage_low = Storage is full. Scans go into the last space kept back for them: free some now.
say-not_kept = This browser may clear what Gatehouse keeps if room runs short, also what was not sent yet. Install the page, and bring this device into the network every day.
say-stuck_entry = { $kind } of { $time }
say-text = { $text }

## What is under way.

busy-opening = Opening
busy-asking = Asking the server
busy-writing = Writing it down
busy-sending = Sending
