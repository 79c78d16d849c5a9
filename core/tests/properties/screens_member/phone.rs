//! A phone that draws the screens and carries out what they ask for, as every shell does.

use std::collections::VecDeque;

use gatehouse_core::screens::{
    FieldName, Moment, Tone,
    member::{Action, CameraUse, Effect, Frame, Input, Member, Screen, Share, Unlocking, Work, WorkId},
};
use gatehouse_core::words::Language;

use super::{
    super::*,
    wallet::{DAY, Wallet},
};

pub struct Phone {
    pub member: Member,
    pub wallet: Wallet,
    pub now: Moment,
    /// Work that waits for the wallet.
    pub work: VecDeque<(WorkId, Work)>,
    /// Whether work waits until it is carried out by hand.
    pub slow: bool,
    pub camera: Option<CameraUse>,
    pub awake: bool,
    pub bright: bool,
    /// What comes of being asked who holds the phone; nothing comes where it is `None`.
    pub holder: Option<Unlocking>,
    pub prompts: u32,
    pub tones: Vec<Tone>,
    pub shared: Vec<Share>,
    pub effects: Vec<Effect>,
}

impl Phone {
    pub fn new(wallet: Wallet) -> Self {
        let now = Moment { running_ms: 1_000, wall: wallet.now, zone_s: 7_200 };
        let (member, effects) = Member::open(now);
        let mut phone = Self {
            member,
            wallet,
            now,
            work: VecDeque::new(),
            slow: false,
            camera: None,
            awake: false,
            bright: false,
            holder: Some(Unlocking::Yes),
            prompts: 0,
            tones: Vec::new(),
            shared: Vec::new(),
            effects: Vec::new(),
        };
        phone.carry_out(effects);
        phone.finish();
        phone
    }

    /// A member at their access ID, with a network.
    pub fn at_home() -> Self {
        let wallet = Wallet {
            joined: true,
            signed_in: true,
            last_use: Some(UnixMillis::new(DAY)),
            ..Wallet::default()
        };
        let mut phone = Self::new(wallet);
        phone.wait(1_000);
        phone
    }

    /// The process is killed and started again: all that is left is what the wallet has.
    pub fn kill(mut self) -> Self {
        self.wallet.present = false;
        Self::new(self.wallet)
    }

    pub fn screen(&self) -> Screen {
        self.member.screen(Language::English)
    }

    pub fn take(&mut self, input: Input) {
        let effects = self.member.take(self.now, input);
        self.carry_out(effects);
        if !self.slow {
            self.finish();
        }
    }

    /// Everything that was asked of the wallet.
    pub fn finish(&mut self) {
        while !self.work.is_empty() {
            self.finish_one();
        }
    }

    pub fn finish_one(&mut self) {
        let Some((id, work)) = self.work.pop_front() else { return };
        let outcome = self.wallet.does(&work);
        let effects = self.member.take(self.now, Input::Done(id, outcome));
        self.carry_out(effects);
    }

    pub fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match &effect {
                Effect::Work(id, work) => self.work.push_back((*id, work.clone())),
                Effect::Drop(id) => self.work.retain(|(asked, _)| asked != id),
                Effect::Camera(camera) => self.camera = *camera,
                Effect::Play(tone) => self.tones.push(*tone),
                Effect::KeepAwake(awake) => self.awake = *awake,
                Effect::Brightness(bright) => self.bright = *bright,
                Effect::Share(sharing) => self.shared.push(sharing.said(Language::English)),
                Effect::Unlock => self.prompts += 1,
                Effect::Reopen => {
                    self.work.clear();
                    self.wallet.present = false;
                }
                Effect::OpenSettings => {}
            }
            let asks = effect == Effect::Unlock;
            self.effects.push(effect);
            if let Some(holder) = self.holder.filter(|_| asks) {
                let effects = self.member.take(self.now, Input::Unlocked(holder));
                self.carry_out(effects);
            }
        }
    }

    pub fn wait(&mut self, ms: u64) {
        self.now.running_ms += ms;
        self.now.wall = self.now.wall.plus(ms);
        self.wallet.now = self.wallet.now.plus(ms);
        self.take(Input::Tick);
    }

    /// Time passes as it does for a member who looks: in half seconds.
    pub fn watch(&mut self, seconds: u64) {
        for _ in 0..2 * seconds {
            self.wait(500);
        }
    }

    /// The app is left for so long. The clock that runs may stand still meanwhile.
    pub fn leave(&mut self, ms: u64, stands_still: bool) {
        self.take(Input::Foreground(false));
        if !stands_still {
            self.now.running_ms += ms;
        }
        self.now.wall = self.now.wall.plus(ms);
        self.wallet.now = self.wallet.now.plus(ms);
        self.take(Input::Foreground(true));
    }

    /// A tap once the screen has stood long enough.
    pub fn tap(&mut self, action: Action) {
        self.wait(400);
        self.tap_now(action);
    }

    pub fn tap_now(&mut self, action: Action) {
        let screen = self.screen();
        self.take(Input::tap(&screen, action));
    }

    pub fn type_in(&mut self, field: FieldName, text: &str) {
        let screen = self.screen().number;
        self.take(Input::Typed { screen, field, text: text.to_owned() });
    }

    pub fn show(&mut self, code: &str) {
        self.wait(100);
        self.take(Input::Frame(Frame { codes: vec![code.to_owned()], ..Frame::default() }));
    }

    pub fn network(&mut self, online: bool) {
        self.wallet.online = online;
        self.take(Input::Online(online));
    }

    /// Whether a button, or a row, can be used now.
    pub fn can(&self, action: Action) -> bool {
        let screen = self.screen();
        let button = screen.buttons.iter().any(|button| button.action == action && button.enabled);
        button || screen.rows.iter().any(|row| row.action == Some(action))
    }

    pub fn says(&self, words: &str) -> bool {
        self.screen().lines.iter().any(|line| line.text.contains(words))
    }
}
