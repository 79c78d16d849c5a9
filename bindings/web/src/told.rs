//! What the worker tells the page.

use gatehouse_core::{
    screens::{CameraUse, Note, PhotoNumber, Tone, WorkId, guard, member},
    words::Language,
};
use serde::Serialize;

/// One message: the screen, where another one is to be drawn, and what is to be done.
#[derive(Debug, Clone, Serialize)]
pub struct Told<'a, S> {
    /// Nothing where it is as it was.
    pub screen: Option<&'a S>,
    /// In this order.
    pub effects: &'a [Wish],
}

/// Something that the page does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "as the effects of the screens")]
pub enum Wish {
    Play {
        notes: &'static [Note],
        buzzes: &'static [u16],
    },
    /// `codes`, `portrait`, or not at all.
    Camera(Option<&'static str>),
    Torch(bool),
    NextCamera,
    TakePhoto,
    WatchPlace(bool),
    AskForFix,
    KeepAwake(bool),
    Brightness(bool),
    /// Whoever holds the phone is asked to prove that it is theirs.
    Unlock,
    Share(member::Share),
    OpenSettings,
    /// The worker is ended and another one started.
    Reopen,
}

/// What an effect is to the worker.
#[derive(Debug, Clone, PartialEq)]
pub enum Todo<W> {
    /// Work under this number, with the photo that it names.
    Work(u64, W, Option<PhotoNumber>),
    /// The work's question is given up.
    GiveUp(u64),
    /// The work is left where it is.
    Drop(u64),
    /// A photo's bytes go.
    Forget(PhotoNumber),
    /// The page's.
    Tell(Wish),
}

impl From<Tone> for Wish {
    fn from(tone: Tone) -> Self {
        Self::Play { notes: tone.notes(), buzzes: tone.buzzes() }
    }
}

impl Wish {
    fn camera(used: Option<CameraUse>) -> Self {
        Self::Camera(used.map(|used| match used {
            CameraUse::Codes => "codes",
            CameraUse::Portrait => "portrait",
        }))
    }
}

impl Todo<guard::Work> {
    /// What an effect of the guard's screens is.
    #[must_use]
    pub fn of_guard(effect: guard::Effect) -> Self {
        use guard::{Effect, Work};
        Self::Tell(match effect {
            Effect::Work(WorkId(id), work) => {
                let photo = match &work {
                    Work::Decide { photo, .. } | Work::Report { photo, .. } => *photo,
                    _ => None,
                };
                return Self::Work(id, work, photo);
            }
            Effect::GiveUp(WorkId(id)) => return Self::GiveUp(id),
            Effect::Drop(WorkId(id)) => return Self::Drop(id),
            Effect::ForgetPhoto(photo) => return Self::Forget(photo),
            Effect::Play(tone) => tone.into(),
            Effect::Camera(used) => Wish::camera(used),
            Effect::Torch(on) => Wish::Torch(on),
            Effect::NextCamera => Wish::NextCamera,
            Effect::TakePhoto => Wish::TakePhoto,
            Effect::WatchPlace(watch) => Wish::WatchPlace(watch),
            Effect::AskForFix => Wish::AskForFix,
            Effect::KeepAwake(awake) => Wish::KeepAwake(awake),
            Effect::OpenSettings => Wish::OpenSettings,
            Effect::Reopen => Wish::Reopen,
        })
    }
}

impl Todo<member::Work> {
    /// What an effect of the member's screens is, in words of this language.
    #[must_use]
    pub fn of_member(effect: member::Effect, language: Language) -> Self {
        use member::Effect;
        Self::Tell(match effect {
            Effect::Work(WorkId(id), work) => return Self::Work(id, work, None),
            Effect::Drop(WorkId(id)) => return Self::Drop(id),
            Effect::Play(tone) => tone.into(),
            Effect::Camera(used) => Wish::camera(used),
            Effect::KeepAwake(awake) => Wish::KeepAwake(awake),
            Effect::Brightness(bright) => Wish::Brightness(bright),
            Effect::Unlock => Wish::Unlock,
            Effect::Share(sharing) => Wish::Share(sharing.said(language)),
            Effect::OpenSettings => Wish::OpenSettings,
            Effect::Reopen => Wish::Reopen,
        })
    }
}

#[cfg(test)]
mod tests {
    use gatehouse_core::screens::guard::Effect;

    use super::*;

    #[test]
    fn wishes_are_told_as_the_page_reads_them() {
        let effects = [
            Effect::Play(Tone::Verified),
            Effect::Camera(Some(CameraUse::Codes)),
            Effect::Camera(None),
            Effect::NextCamera,
            Effect::KeepAwake(true),
            Effect::Reopen,
        ];
        let wishes = effects.into_iter().filter_map(|effect| match Todo::of_guard(effect) {
            Todo::Tell(wish) => Some(wish),
            _ => None,
        });
        let wishes = wishes.collect::<Vec<_>>();
        let told = Told { screen: None::<&u8>, effects: &wishes };
        let json = serde_json::to_string(&told).unwrap_or_default();
        assert_eq!(
            json,
            concat!(
                r#"{"screen":null,"effects":[{"play":{"notes":[{"hertz":660,"ms":75},{"hertz":990,"ms":75}],"#,
                r#""buzzes":[60]}},{"camera":"codes"},{"camera":null},"next_camera",{"keep_awake":true},"reopen"]}"#
            )
        );
    }
}
