# The screens of a member's phone: titles, buttons, and what they say. What they share with a guard's stands in screens.ftl.

## What each screen is called: its head, and the first that a screen reader says.

screen-locked = Gatehouse is locked
screen-join = Join your organisation
screen-pass = Access ID
screen-invalidate = Invalidate earlier access IDs?
screen-invitations = Your invitations
screen-invite = Invite a visitor
screen-days = Choose the days
screen-invitation = Invitation
screen-invitation_of = Invitation for { $name }
screen-cancel = Cancel this invitation?
screen-activity = Where your code was used
screen-entry = One use of your code
screen-messages = Messages
screen-message = Message
screen-settings = Settings
screen-stored = What this phone keeps
screen-sign_out = Sign out?
screen-access_ended = Your access has ended
screen-signed_out = You were signed out
screen-no_offline = No access ID without a network
screen-clock_off = This phone's clock is wrong

## Buttons.

act-join_anew = Scan an organisation's code
act-refresh = Get a fresh code
act-invalidate = Invalidate earlier codes
act-invalidate_now = Invalidate them
act-keep = Leave it as it is
act-invitations = Invitations
act-invite = Invite
act-create = Create invitation
act-share = Share
act-cancel = Cancel invitation
act-cancel_now = Cancel it
act-invite_again = Invite again
act-activity = Activity
act-not_me = This was not me
act-messages = Messages
act-read_message = Read the message
act-my_settings = Settings
act-stored = What this phone keeps
act-prepare = Prepare for no network
act-sign_out = Sign out

## When a visitor comes.

when-today = Today
when-tomorrow = Tomorrow
when-weekend = This weekend
when-days = Other days

## After how long the app locks itself.

lock-always = As soon as it is left
lock-after =
    { $count ->
        [one] After { $count } minute
       *[other] After { $count } minutes
    }

## How much a message matters.

severity-information = Information
severity-notice = Notice
severity-critical = Critical

## Fields, and the line that is always there.

field-join = Organisation's code
field-guard_note = Note for the guard, if any
line-untold = invalidation waits

## What screens say.

say-join = Hold the code that your organisation shows to its members before the camera.
say-join_offer = Its server is at { $server }. Is this right?
say-sign_in = A code is sent to the address that your organisation has of you.
say-unlock = Show that this phone is yours.
say-unlock_by_code = This phone can't ask who holds it. Sign in with a code from your e-mail instead.
say-code_until = This code is good until { $time }. The next one comes by itself.
say-own_code = No network: this phone makes the code itself, a new one every 30 seconds.
say-own_code_since = No network since { $time }: this phone makes the code itself, a new one every 30 seconds.
say-works_offline = Works without a network until { $time }.
say-not_prepared = This phone is not prepared for use without a network yet. Open the app once with one.
say-invalidate = Every code that you have shown or sent so far fails, on every phone. A fresh one comes at once.
say-no_invitations = You have invited nobody yet. Whom you invite appears here, with the code.
say-first_day = Choose the first day.
say-last_day = Choose the last day. It may be the same.
say-cancel = The code of { $name } opens no gate any more. That can't be undone, but you can invite again.
say-no_activity = Your code was not used yet. Where and when it is, appears here.
say-let_in = Let in
say-turned_away = Turned away
say-undecided = Not decided
say-check_said = The check said { $verdict }.
say-made_here = Your phone had made this code itself, without a network.
say-not_me = If that was somebody else, invalidate your codes: every earlier one fails from then on. Then tell your organisation.
say-message = { $severity }: { $title }
say-marked = { $mark } { $word }
say-no_messages = There are no messages for you. What your organisation writes to you appears here.
say-unread = not read yet
say-sent = Sent { $time }
say-shown_until = Shown until { $time }
say-lock_after = The app locks itself after you leave it:
say-stored = All of it is sealed under a key of this phone.
say-stored_server = The server of { $organisation }: { $server }
say-stored_name = That you are signed in as { $name }, and your e-mail address
say-stored_codes = Your newest code, and a certificate by which this phone makes codes without a network
say-stored_lists = Your invitations, your messages, and where your code was used, as the server said last
say-stored_gone = When you sign out, all of this but the organisation is forgotten here.
say-member_offline = The server can't be reached. What is kept on this phone is shown.
say-sign_out = Your access ID and your lists are forgotten on this phone. To come back you need a code by e-mail, and a network.
say-signed_out = The server has ended this session: an admin did that, or you did on another phone. Sign in again to go on.
say-clock_ahead = It is { $length } ahead. We use the server's time; please set this phone's clock to automatic.
say-clock_behind = It is { $length } behind. We use the server's time; please set this phone's clock to automatic.

## What a visitor is sent.

share-title = Invitation to { $organisation }
share-text = { $name }, you are invited to { $organisation }: { $window }. Show this code at the gate. Reference: { $reference }
