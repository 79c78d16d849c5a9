//! The member's side: the wallet and its screens.

use std::sync::Arc;

use gatehouse_core::{
    device::{DeviceTime, MemberWallet, SecretStore, WalletError},
    network::Steps,
    screens::{
        Frame, Moment, WorkId,
        member::{self, Answer, Effect, Input, Member, Work},
    },
    words::Language,
};

use super::{
    shell::{Refused, Side},
    told::Todo,
};

/// A member's wallet.
pub struct Identity {
    wallet: Arc<MemberWallet>,
}

impl Side for Identity {
    type Screens = Member;
    type Screen = member::Screen;
    type Input = Input;
    type Effect = Effect;
    type Work = Work;
    type Answer = Answer;
    type Error = Arc<WalletError>;

    const NAME: &'static str = "id";

    fn open(folder: &str, secrets: Arc<dyn SecretStore>, time: Arc<dyn DeviceTime>) -> Result<Self, Refused> {
        let wallet =
            MemberWallet::open_asking(folder.to_owned(), secrets, time).map_err(|error| Refused {
                code: error.code().to_owned(),
                text: Box::new(move |language| language.say(&error.phrase())),
            })?;
        Ok(Self { wallet: Arc::new(wallet) })
    }

    fn begin(now: Moment) -> (Member, Vec<Effect>) {
        Member::open(now)
    }

    fn take(screens: &mut Member, at: Moment, input: Input) -> Vec<Effect> {
        screens.take(at, input)
    }

    fn todo(effect: Effect, language: Language) -> Todo<Work> {
        Todo::of_member(effect, language)
    }

    fn screen(screens: &Member, language: Language) -> member::Screen {
        screens.screen(language)
    }

    fn carry(&self, work: Work, _: Option<Vec<u8>>) -> Steps<'static, Result<Answer, Arc<WalletError>>> {
        let wallet = Arc::clone(&self.wallet);
        Steps::new(|line| async move { wallet.carry(line, work).await.map_err(Arc::new) })
    }

    fn done(work: u64, outcome: Result<Answer, Arc<WalletError>>) -> Input {
        Input::Done(WorkId(work), outcome)
    }

    fn photo(_: u64) -> Option<Input> {
        None
    }

    fn frame(frame: Frame) -> Input {
        Input::Frame(frame)
    }

    fn face(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn export(&self) -> Vec<u8> {
        Vec::new()
    }
}
