//! A member's screens, whose work a real wallet carries to the real server.

use std::{
    collections::VecDeque,
    path::Path,
    sync::Arc,
    time::{Instant, SystemTime as Wall, UNIX_EPOCH},
};

use gatehouse_core::{
    device::{FileSecrets, Http, MemberWallet, SystemTime, drive},
    network::Steps,
    screens::{
        FieldName, Moment,
        member::{Action, Effect, Input, Kind, Member, Screen, When},
    },
    time::UnixMillis,
    words::Language,
};

use super::{
    oakwood,
    wallet::{MEMBER, add_member, organisations_code},
};

/// A phone whose clock can be put forward, so that no test waits for a screen to settle.
struct Phone {
    wallet: MemberWallet,
    member: Member,
    began: Instant,
    skipped_ms: u64,
}

impl Phone {
    fn open(folder: &Path) -> Self {
        let secrets = Arc::new(FileSecrets::open(folder.join("secrets")).expect("secrets"));
        let data = folder.to_str().expect("UTF-8").to_owned();
        let wallet = MemberWallet::open(data, secrets, Arc::new(SystemTime), None).expect("a wallet");
        let (member, effects) = Member::open(moment(0));
        let mut phone = Self { wallet, member, began: Instant::now(), skipped_ms: 0 };
        phone.carry_out(effects);
        phone
    }

    fn moment(&self) -> Moment {
        let passed = u64::try_from(self.began.elapsed().as_millis()).expect("not that long");
        moment(passed + self.skipped_ms)
    }

    fn take(&mut self, input: Input) {
        let effects = self.member.take(self.moment(), input);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            let Effect::Work(id, work) = effect else { continue };
            let outcome = drive(&Http::default(), Steps::new(|line| self.wallet.carry(line, work)));
            let done = Input::Done(id, outcome.map_err(Arc::new));
            effects.extend(self.member.take(self.moment(), done));
        }
    }

    fn screen(&self) -> Screen {
        self.member.screen(Language::English)
    }

    fn tap(&mut self, action: Action) {
        self.skipped_ms += 400;
        let screen = self.screen();
        self.take(Input::tap(&screen, action));
    }

    fn type_in(&mut self, field: FieldName, text: &str) {
        let screen = self.screen().number;
        self.take(Input::Typed { screen, field, text: text.to_owned() });
    }
}

fn moment(running_ms: u64) -> Moment {
    let since = Wall::now().duration_since(UNIX_EPOCH).expect("after 1970");
    let wall = UnixMillis::new(u64::try_from(since.as_millis()).expect("not that long"));
    Moment { running_ms, wall, zone_s: 0 }
}

#[test]
fn a_member_joins_signs_in_invites_and_leaves_by_their_screens() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    add_member(&server, MEMBER);
    let mut phone = Phone::open(&folder.path().join("phone"));
    phone.take(Input::Line(organisations_code(&server)));
    let screen = phone.screen();
    assert!(screen.lines.iter().any(|line| line.text.contains(&server.url)), "{screen:?}");
    phone.tap(Action::Yes);
    phone.type_in(FieldName::Address, MEMBER);
    phone.tap(Action::SendCode);
    phone.type_in(FieldName::Digits, &server.one_time_code(MEMBER));
    phone.tap(Action::SignIn);
    let screen = phone.screen();
    assert!(screen.kind == Kind::Pass && screen.code.is_some(), "{screen:?}");
    let status = phone.wallet.status().expect("a status");
    assert!(status.offline_until.is_some() && !status.lock.locked, "{status:?}");

    phone.tap(Action::Invite);
    phone.type_in(FieldName::Name, "Vera Visitor");
    phone.tap(Action::When(When::Tomorrow));
    phone.tap(Action::Create);
    let screen = phone.screen();
    assert!(screen.kind == Kind::Invitation && screen.code.is_some(), "{screen:?}");
    phone.tap(Action::Cancel);
    phone.tap(Action::CancelNow);
    assert!(phone.screen().lines.iter().any(|line| line.text.contains("Cancelled")), "{:?}", phone.screen());
    phone.tap(Action::Back);
    phone.tap(Action::Invalidate);
    phone.tap(Action::InvalidateNow);
    let screen = phone.screen();
    assert!(screen.kind == Kind::Pass && screen.code.is_some(), "{screen:?}");
    phone.tap(Action::Settings);
    phone.tap(Action::SignOut);
    phone.tap(Action::SignOutNow);
    assert_eq!(phone.screen().kind, Kind::SignIn);
    assert_eq!(phone.wallet.status().expect("a status").person, None);
}
