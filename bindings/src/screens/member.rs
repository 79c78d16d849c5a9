//! The member's screens, with a wallet of their own beneath.

use std::sync::Arc;

use gatehouse_core::{
    device::{self, GiveUp, drive_unless},
    network::Steps,
    qr,
    screens::{
        self, WorkId,
        member::{self, Answer, Member, Work},
    },
    words::Language,
};

use super::{
    Effect, Input, Moment, Screen, Wanted,
    phone::Phone,
    side::{Side, Todo},
};
use crate::{
    DeviceSigner, DeviceTime, SecretStore, WalletError,
    platform::{Secrets, Signer, Time},
};

/// A member's phone: what it shows, and what is to be done. [`Self::carry`] blocks, and [`Self::frame`] takes as long as
/// reading a frame does; everything else is at once. Any number of threads may call. The screen may be another one after
/// each call.
#[derive(uniffi::Object)]
pub struct MemberScreens {
    phone: Phone<device::MemberWallet>,
}

#[uniffi::export]
impl MemberScreens {
    /// The screens of the wallet in `folder`. Nothing is read yet, and what is to be done first comes with the next call
    /// that gives effects, as in [`crate::GuardScreens::open`]; `signer` is as in [`crate::MemberWallet::open`].
    #[uniffi::constructor]
    #[must_use]
    pub fn open(
        folder: String,
        secrets: Arc<dyn SecretStore>,
        time: Arc<dyn DeviceTime>,
        signer: Option<Arc<dyn DeviceSigner>>,
        language: &str,
        moment: Moment,
    ) -> Self {
        let secrets: Arc<dyn device::SecretStore> = Arc::new(Secrets(secrets));
        let time: Arc<dyn device::DeviceTime> = Arc::new(Time(time));
        let signer = signer.map(|signer| Arc::new(Signer(signer)) as Arc<dyn device::DeviceSigner>);
        let phone = Phone::<device::MemberWallet>::start(moment, language, move || {
            let (secrets, time) = (Arc::clone(&secrets), Arc::clone(&time));
            device::MemberWallet::open(folder.clone(), secrets, time, signer.clone())
        });
        Self { phone }
    }

    /// What is shown now.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.phone.screen()
    }

    /// Takes what happened, and gives what is to be done about it.
    #[must_use]
    pub fn take(&self, moment: Moment, input: Input) -> Vec<Effect> {
        self.phone.take(moment, input.into())
    }

    /// Does the work that [`Effect::Work`] names, and gives what is to be done then. It blocks as long as the work
    /// takes; where the member goes on without it, no longer than that. Work that was left meanwhile, or was carried
    /// before, gives nothing.
    #[must_use]
    pub fn carry(&self, id: u64) -> Vec<Effect> {
        self.phone.carry(id)
    }

    /// Takes a frame of the running camera, as [`crate::GuardScreens::frame`] does.
    ///
    /// # Errors
    /// Fewer bytes than the measures promise.
    pub fn frame(
        &self,
        moment: Moment,
        luma: &[u8],
        width: u32,
        height: u32,
        row_stride: u32,
        turn: u32,
    ) -> Result<Vec<Effect>, WalletError> {
        let frame = qr::Frame::new(luma, width, height, row_stride).map_err(WalletError::no_frame)?;
        Ok(self.phone.frame(moment, &frame.turned(qr::Turn::from_degrees(turn))))
    }

    /// From now on screens speak the first of these languages that the core speaks, or English. Gives its tag.
    pub fn set_language(&self, language: &str) -> String {
        self.phone.set_language(language)
    }
}

impl Side for device::MemberWallet {
    type Flow = Member;
    type Input = member::Input;
    type Effect = member::Effect;
    type Work = Work;
    type Answer = Answer;
    type Error = device::WalletError;

    fn begin(at: screens::Moment) -> (Member, Vec<member::Effect>) {
        Member::open(at)
    }

    fn take(flow: &mut Member, at: screens::Moment, input: member::Input) -> Vec<member::Effect> {
        flow.take(at, input)
    }

    fn screen(flow: &Member, language: Language, wanted: Wanted) -> Screen {
        Screen::of(flow.screen(language), wanted)
    }

    fn todo(effect: member::Effect, language: Language) -> Todo<Work> {
        match effect {
            member::Effect::Work(id, work) => Todo::Work(id, work, None),
            member::Effect::Drop(id) => Todo::Drop(id),
            member::Effect::Play(tone) => Todo::Tell(tone.into()),
            member::Effect::Camera(camera) => Todo::Camera(camera),
            member::Effect::KeepAwake(awake) => Todo::Awake(awake),
            member::Effect::Brightness(bright) => Todo::Bright(bright),
            member::Effect::Unlock => Todo::Tell(Effect::Unlock),
            member::Effect::Share(sharing) => Todo::Tell(sharing.said(language).into()),
            member::Effect::OpenSettings => Todo::Tell(Effect::OpenSettings),
            member::Effect::Reopen => Todo::Reopen,
        }
    }

    fn frame(frame: screens::Frame) -> member::Input {
        member::Input::Frame(frame)
    }

    fn done(id: WorkId, outcome: Result<Answer, device::WalletError>) -> member::Input {
        member::Input::Done(id, outcome.map_err(Arc::new))
    }

    fn drive(
        &self,
        work: Work,
        _: Option<Vec<u8>>,
        signal: &GiveUp,
    ) -> Option<Result<Answer, device::WalletError>> {
        let steps = Steps::new(|line| self.carry(line, work));
        drive_unless(self.network(), steps, signal)
    }
}
