//! A whole day of a member as a list of inputs; what each screen says is kept in `core/tests/screens`, so that a change
//! is seen in review. `GATEHOUSE_BLESS=1` writes the file anew.

use std::fmt::Write;

use gatehouse_core::screens::{
    FieldName,
    member::{Action, Input, Unlocking, When},
};
use gatehouse_core::{
    device::LockAfter,
    id::MessageId,
    messages::{Severity, Window},
    wire::MyMessage,
    words::Language,
};

use super::{
    super::{
        told::{Gallery, drawn, kept},
        *,
    },
    phone::Phone,
    wallet::{DAY, Wallet, join_code},
};

struct Told {
    phone: Phone,
    text: String,
    language: Language,
    gallery: Gallery,
}

impl Told {
    fn tell(&mut self, what: &str, step: impl FnOnce(&mut Phone)) {
        step(&mut self.phone);
        let screen = self.phone.member.screen(self.language);
        write!(self.text, "## {what}\n{}\n", drawn(&screen)).expect("written");
        self.gallery.hang(what, &screen);
    }
}

/// A message of this morning, so many milliseconds after the day began.
fn message(number: u8, severity: Severity, title: &str, after_ms: u64) -> MyMessage {
    MyMessage {
        id: MessageId([number; 16]),
        severity,
        title: title.to_owned(),
        body: "The hinge is broken.\n\nUse the south gate until Thursday.".to_owned(),
        window: Window::default(),
        sent_at: UnixMillis::new(DAY + after_ms),
        read: false,
    }
}

fn a_day(language: Language) -> String {
    let mut day = Told {
        phone: Phone::new(Wallet::default()),
        text: String::new(),
        language,
        gallery: Gallery::default(),
    };
    day.tell("a new phone", |_| {});
    day.tell("the organisation's code is held before the camera", |phone| {
        phone.show(&join_code("https://gate.example"));
    });
    day.tell("it is right", |phone| phone.tap(Action::Yes));
    day.tell("an address is typed, and a code asked for", |phone| {
        phone.type_in(FieldName::Address, "mia@example.org");
        phone.tap(Action::SendCode);
    });
    day.tell("half a minute later the code is typed", |phone| {
        phone.wait(32_000);
        phone.type_in(FieldName::Digits, "274951");
    });
    day.tell("signed in", |phone| phone.tap(Action::SignIn));
    day.tell("a visitor is invited", |phone| {
        phone.tap(Action::Invite);
        phone.type_in(FieldName::Name, "Vera Visitor");
        phone.tap(Action::When(When::Tomorrow));
    });
    day.tell("made", |phone| phone.tap(Action::Create));
    day.tell("another one, for days of its own", |phone| {
        phone.tap(Action::InviteAgain);
        phone.tap(Action::Days);
        let today = phone.now.day_of(phone.wallet.now);
        phone.tap(Action::Day(today + 7));
        phone.tap(Action::Day(today + 8));
    });
    day.tell("made, too", |phone| phone.tap(Action::Create));
    day.tell("shall it be cancelled?", |phone| phone.tap(Action::Cancel));
    day.tell("cancelled", |phone| phone.tap(Action::CancelNow));
    day.tell("all invitations", |phone| {
        phone.tap(Action::Back);
        phone.tap(Action::Invitations);
    });
    day.tell("the network goes, and the list is an hour old", |phone| {
        phone.network(false);
        phone.tap(Action::Back);
        phone.wait(3_600_000);
        phone.tap(Action::Invitations);
    });
    day.tell("the phone makes the code itself", |phone| phone.tap(Action::Back));
    day.tell("how it stands", |phone| phone.tap(Action::Status));
    day.tell("the network is back, and the code was used", |phone| {
        phone.wallet.entries.push(gatehouse_core::wire::MyEntry {
            event: EntryId([9; 16]),
            site: site(1),
            site_name: "North gate".to_owned(),
            at: UnixMillis::new(DAY + 1_800_000),
            offline_code: true,
            verdict: Some(Verdict::Caution),
            granted: Some(true),
        });
        phone.network(true);
        phone.tap(Action::Back);
        phone.tap(Action::Activity);
    });
    day.tell("by somebody else", |phone| phone.tap(Action::Entry(EntryId([9; 16]))));
    day.tell("invalidated", |phone| phone.tap(Action::NotMe));
    day.tell("messages came while nobody looked", |phone| {
        phone.wallet.messages = vec![
            message(7, Severity::Critical, "The gate stays closed", 600_000),
            MyMessage {
                window: Window { from: None, until: Some(at(DAY / 1_000 + 36_000)) },
                ..message(6, Severity::Notice, "<b>Water</b>", 0)
            },
        ];
        phone.leave(10_000, false);
    });
    day.tell("the critical one is read", |phone| phone.tap(Action::Read(MessageId([7; 16]))));
    day.tell("the one that was not read stands first now", |phone| phone.tap(Action::Back));
    day.tell("all messages", |phone| phone.tap(Action::Messages));
    day.tell("and the other one", |phone| phone.tap(Action::Message(MessageId([6; 16]))));
    day.tell("the critical one stays for as long as it is shown", |phone| {
        phone.tap(Action::Back);
        phone.tap(Action::Back);
    });
    day.tell("taken back", |phone| {
        phone.wallet.messages.clear();
        phone.wait(60_000);
    });
    day.tell("the settings", |phone| phone.tap(Action::Settings));
    day.tell("the lock after 15 minutes", |phone| {
        phone.tap(Action::LockAfter(LockAfter::FifteenMinutes));
    });
    day.tell("what the phone keeps", |phone| phone.tap(Action::Stored));
    day.tell("left for 20 minutes", |phone| {
        phone.holder = None;
        phone.leave(1_200_000, true);
    });
    day.tell("unlocked", |phone| phone.take(Input::Unlocked(Unlocking::Yes)));
    day.tell("an admin ends the access", |phone| {
        phone.wallet.ended = true;
        phone.tap(Action::Back);
        phone.tap(Action::Back);
        phone.wait(120_000);
    });
    day.tell("and gives it back", |phone| {
        phone.wallet.ended = false;
        phone.tap(Action::Again);
    });
    day.tell("signs out?", |phone| {
        phone.tap(Action::Settings);
        phone.tap(Action::SignOut);
    });
    day.tell("signed out", |phone| phone.tap(Action::SignOutNow));
    day.gallery.close("member", language);
    day.text
}

#[test]
fn a_day_reads_as_it_is_kept() {
    kept("member.txt", &a_day(Language::English));
    kept("member.ar.txt", &a_day(Language::Arabic).replace('\u{2068}', "⟨").replace('\u{2069}', "⟩"));
}

#[test]
fn a_day_ends_as_it_began_but_for_the_organisation() {
    let day = a_day(Language::English);
    assert!(day.trim_end().lines().any(|line| line.starts_with("[SignIn]")));
    for kind in
        ["Join", "SignIn", "Pass", "Invite", "Invitation", "Cancel", "Invitations", "Status", "Activity"]
    {
        assert!(day.contains(&format!("[{kind}]")), "{kind}");
    }
    for kind in ["Entry", "Messages", "Message", "Settings", "Stored", "Locked", "Stop", "SignOut"] {
        assert!(day.contains(&format!("[{kind}]")), "{kind}");
    }
}
