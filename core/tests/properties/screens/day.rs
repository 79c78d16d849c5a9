//! A whole day of a guard as a list of inputs; what each screen says is kept in `core/tests/screens`, so that a change
//! is seen in review. `GATEHOUSE_BLESS=1` writes the file anew.

use std::fmt::Write;

use gatehouse_core::screens::{
    FieldName,
    guard::{Action, CameraSays, Input, Usual},
};
use gatehouse_core::words::Language;

use super::{
    super::{
        told::{Gallery, drawn, kept},
        *,
    },
    phone::Phone,
    station::{GUARD, Station},
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
        let screen = self.phone.guard.screen(self.language);
        write!(self.text, "## {what}\n{}\n", drawn(&screen)).expect("written");
        self.gallery.hang(what, &screen);
    }
}

fn a_day(language: Language) -> String {
    let mut day = Told {
        phone: Phone::new(Station::default()),
        text: String::new(),
        language,
        gallery: Gallery::default(),
    };
    let code = EnrolmentCode {
        url: "https://gate.example".to_owned(),
        org: org(),
        code: "7K2M-Q9XA".to_owned(),
        root: public(ROOT).digest(),
    };
    day.tell("a new phone", |_| {});
    day.tell("the enrolment code is typed", |phone| {
        phone.tap(Action::TypeCode);
        phone.type_in(FieldName::Code, "nonsense");
        phone.tap(Action::Check);
    });
    day.tell("the enrolment code is held before the camera", |phone| phone.show(&code.to_text()));
    day.tell("it is right", |phone| phone.tap(Action::Yes));
    day.tell("an address is typed, and a code asked for", |phone| {
        phone.type_in(FieldName::Address, "grace@example.org");
        phone.tap(Action::SendCode);
    });
    day.tell("half a minute later the code is typed", |phone| {
        phone.wait(32_000);
        phone.type_in(FieldName::Digits, "274951");
    });
    day.tell("signed in", |phone| phone.tap(Action::SignIn));
    day.tell("the phone knows where it is", |phone| {
        phone.take(Input::Fix(Some(Fix { latitude_e6: 1, longitude_e6: 2, accuracy_m: 12 })));
    });
    day.tell("the shift begins", |phone| phone.tap(Action::StartAt(site(1))));
    day.tell("the camera runs", |phone| {
        phone.take(Input::Camera(CameraSays::Runs { torch: true, another: true }));
        phone.tap(Action::Torch);
    });
    day.tell("a member", |phone| phone.show("member Mia Member"));
    day.tell("granted", |phone| phone.tap(Action::Grant));
    day.tell("a code that was used at another gate", |phone| {
        phone.clear();
        phone.show("used Una Used");
    });
    day.tell("left", |phone| phone.tap(Action::Leave));
    day.tell("a visitor, and the site wants a photo", |phone| {
        phone.clear();
        phone.station.photo = PhotoPolicy::Required;
        phone.show("visitor Vera Visitor");
    });
    day.tell("granted: the photo first", |phone| phone.tap(Action::Grant));
    day.tell("the photo is taken", |phone| phone.tap(Action::Take));
    day.tell("and used", |phone| phone.tap(Action::Use));
    day.tell("somebody who is banned", |phone| {
        phone.clear();
        phone.station.photo = PhotoPolicy::Off;
        phone.show("banned Bo Banned");
    });
    day.tell("reported", |phone| phone.tap(Action::Report));
    day.tell("with a note", |phone| {
        phone.type_in(FieldName::Note, "Shouted at the fence");
        phone.tap(Action::Send);
    });
    day.tell("granted all the same: why?", |phone| phone.tap(Action::Grant));
    day.tell("for this reason", |phone| phone.tap(Action::Reason(Usual::Emergency)));
    day.tell("held", |phone| phone.hold(Action::GrantAgainst));
    day.tell("the network goes", |phone| {
        phone.clear();
        phone.station.online = false;
        phone.take(Input::Online(false));
        phone.wait(20_000);
    });
    day.tell("a slow check", |phone| {
        phone.slow = true;
        phone.show("visitor Olga Offline");
        phone.wait(200);
    });
    day.tell("the offline verdict", |phone| {
        phone.finish();
        phone.slow = false;
    });
    day.tell("granted offline", |phone| phone.tap(Action::Grant));
    day.tell("a poster", |phone| {
        phone.clear();
        phone.show("https://example.org");
    });
    day.tell("left undecided", |phone| phone.tap(Action::Leave));
    day.tell("a visitor without a code", |phone| {
        phone.clear();
        phone.tap(Action::WalkUp);
        phone.type_in(FieldName::Name, "Willem Walkup");
        phone.type_in(FieldName::Host, "hug");
    });
    day.tell("the host is chosen, and the reason typed", |phone| {
        phone.tap(Action::Host(SubjectId(packs::id(5))));
        phone.type_in(FieldName::Reason, "The boiler");
    });
    day.tell("registered", |phone| phone.tap(Action::Register));
    day.tell("denied", |phone| phone.tap(Action::Deny));
    day.tell("he comes again under a like name", |phone| {
        phone.tap(Action::WalkUp);
        phone.type_in(FieldName::Name, "WALKUP, Wíllem");
    });
    day.tell("back at the camera", |phone| phone.tap(Action::Back));
    day.tell("who is expected", |phone| {
        phone.tap(Action::Expected);
        phone.type_in(FieldName::Search, "wim");
    });
    day.tell("the expected visitor is there", |phone| phone.tap(Action::Arrive(SubjectId(packs::id(5)))));
    day.tell("granted by name", |phone| phone.tap(Action::Grant));
    day.tell("Vera leaves, with her code", |phone| phone.show("visitor Vera Visitor"));
    day.tell("departure", |phone| phone.tap(Action::Departure));
    day.tell("who is inside, nine hours later", |phone| {
        phone.clear();
        phone.wait(9 * 3_600_000);
        phone.tap(Action::Inside);
    });
    let stay = day.phone.station.inside.first().expect("somebody inside").stay;
    day.tell("a visit is chosen", |phone| phone.tap(Action::Visit(stay)));
    day.tell("a muster", |phone| {
        phone.tap(Action::Muster);
        phone.tap(Action::Found(stay));
    });
    day.tell("back at the camera", |phone| phone.tap(Action::Back));
    day.tell("what was recorded in this shift", |phone| phone.tap(Action::History));
    let banned = day.phone.station.events.values().find(|event| event.reported).expect("reported");
    let banned = banned.result.event;
    day.tell("an entry of it", |phone| phone.tap(Action::Past(banned)));
    day.tell("it is reported once more", |phone| phone.tap(Action::Report));
    day.tell("with a note", |phone| {
        phone.type_in(FieldName::Note, "Came back with a ladder");
        phone.tap(Action::Send);
    });
    day.tell("back at the camera", |phone| {
        phone.tap(Action::Back);
        phone.tap(Action::Back);
    });
    let denied = day.phone.station.events.values().find(|event| event.granted == Some(false));
    let denied = denied.expect("somebody was denied").result.event;
    day.tell("somebody who was denied by mistake", |phone| {
        phone.tap(Action::History);
        phone.tap(Action::Past(denied));
    });
    day.tell("that is put right", |phone| phone.tap(Action::PutRight));
    day.tell("with the reason, held", |phone| {
        phone.type_in(FieldName::Reason, "The wrong button; I let him in");
        phone.hold(Action::PutRightNow);
    });
    day.tell("the list tells it, too", |phone| phone.tap(Action::Back));
    day.tell("back at the camera", |phone| phone.tap(Action::Back));
    day.tell("how it stands", |phone| phone.tap(Action::Status));
    day.tell("the network is back, and everything is sent", |phone| {
        phone.station.online = true;
        phone.take(Input::Online(true));
        phone.tap(Action::Sync);
    });
    day.tell("the phone is to be locked, without a PIN", |phone| {
        phone.tap(Action::Back);
        phone.tap(Action::Lock);
    });
    day.tell("a PIN is set", |phone| {
        phone.type_in(FieldName::Pin, "483920");
        phone.tap(Action::SetPin);
    });
    day.tell("locked", |phone| phone.tap(Action::Lock));
    day.tell("a wrong PIN", |phone| {
        phone.tap(Action::Guard(GUARD));
        phone.type_in(FieldName::Pin, "111111");
        phone.tap(Action::Unlock);
    });
    day.tell("the right one", |phone| {
        phone.type_in(FieldName::Pin, "483920");
        phone.tap(Action::Unlock);
    });
    day.tell("the end of the shift", |phone| phone.tap(Action::EndShift));
    day.tell("it ends", |phone| phone.tap(Action::EndNow));
    day.tell("another shift, which runs too long", |phone| {
        phone.tap(Action::StartAt(site(1)));
        phone.wait(15 * 3_600_000);
    });
    day.tell("on with it", |phone| phone.tap(Action::GoOn));
    day.tell("taken out of service", |phone| {
        phone.station.revoked = true;
        phone.wait(20_000);
    });
    day.tell("enrolled anew", |phone| {
        phone.tap(Action::EnrolAnew);
        phone.show(&code.to_text());
        phone.tap(Action::Yes);
    });
    day.gallery.close("guard", language);
    day.text
}

// covers: S4-51, S4-61
#[test]
fn a_day_reads_as_it_is_kept() {
    kept("guard.txt", &a_day(Language::English));
    kept("guard.ar.txt", &a_day(Language::Arabic).replace('\u{2068}', "⟨").replace('\u{2069}', "⟩"));
}
