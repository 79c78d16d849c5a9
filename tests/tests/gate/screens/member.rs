//! A member's side: a real wallet beneath the screens, whose codes without a network are signed in software.

use std::{path::Path, sync::Arc};

use gatehouse_core::{
    device::{DeviceTime, FileSecrets, MemberWallet, drive},
    network::Steps,
    screens::{
        Frame, Moment,
        member::{Action, Effect, Input, Kind, Member, Screen},
    },
    words::Language,
};

use super::{
    clock::Clock,
    phone::{Side, Told},
};

pub(super) struct AtHand {
    wallet: MemberWallet,
    member: Member,
}

impl Side for AtHand {
    type Kind = Kind;
    type Action = Action;
    type Input = Input;
    type Effect = Effect;

    fn open(folder: &Path, clock: &Arc<Clock>) -> (Self, Vec<Effect>) {
        let secrets = FileSecrets::open(folder.join("secrets")).expect("secrets");
        let time: Arc<dyn DeviceTime> = clock.clone();
        let folder = folder.to_string_lossy().into_owned();
        let wallet = MemberWallet::open(folder, Arc::new(secrets), time, None).expect("the wallet opens");
        let (member, effects) = Member::open(clock.moment());
        (Self { wallet, member }, effects)
    }

    fn screen(&self) -> Screen {
        self.member.screen(Language::English)
    }

    fn take(&mut self, at: Moment, input: Input) -> Vec<Effect> {
        self.member.take(at, input)
    }

    fn frame(frame: Frame) -> Input {
        Input::Frame(frame)
    }

    fn does(&mut self, effect: Effect, told: &mut Told) -> Option<Input> {
        match effect {
            Effect::Work(id, work) => {
                let wallet = &self.wallet;
                let steps = Steps::new(|line| wallet.carry(line, work));
                let outcome = drive(wallet.network().as_ref(), steps).map_err(Arc::new);
                return Some(Input::Done(id, outcome));
            }
            Effect::Camera(camera) => told.camera = camera,
            Effect::KeepAwake(awake) => told.awake = awake,
            Effect::Brightness(bright) => told.bright = bright,
            // What comes of it the scenario tells.
            Effect::Unlock => told.handed_on.push("unlock".to_owned()),
            Effect::Share(sharing) => {
                let share = sharing.said(Language::English);
                assert_eq!(self.screen().code.as_ref(), Some(&share.code), "the code that is on the screen");
                told.handed_on.push(format!("share {} / {}", share.title, share.text));
            }
            // Work is done as soon as it is asked for, so that there is none to be left.
            Effect::Drop(_) | Effect::Play(_) | Effect::OpenSettings | Effect::Reopen => {}
        }
        None
    }
}
