//! The files, and saying what they hold.

use std::{borrow::Cow, sync::OnceLock};

use fluent_bundle::{
    FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, memoizer::MemoizerKind,
};

use super::{Arg, Id, Language, Phrase, Piece};

/// The files of one language, in the order in which every language has them.
pub(super) type Files = [&'static str; 10];

macro_rules! files {
    ($folder:literal) => {
        [
            include_str!(concat!($folder, "/gate.ftl")),
            include_str!(concat!($folder, "/problems.ftl")),
            include_str!(concat!($folder, "/device.ftl")),
            include_str!(concat!($folder, "/times.ftl")),
            include_str!(concat!($folder, "/pages.ftl")),
            include_str!(concat!($folder, "/station.ftl")),
            include_str!(concat!($folder, "/wallet.ftl")),
            include_str!(concat!($folder, "/commands.ftl")),
            include_str!(concat!($folder, "/screens.ftl")),
            include_str!(concat!($folder, "/member.ftl")),
        ]
    };
}

pub(super) const ENGLISH: Files = files!("en");
pub(super) const AFRIKAANS: Files = files!("af");
pub(super) const FRENCH: Files = files!("fr");
pub(super) const ARABIC: Files = files!("ar");

type Bundle = FluentBundle<FluentResource>;

/// Placeables stand as these characters, which no text has, until the sentence around them is made: nothing that
/// somebody wrote goes through Fluent.
const FIRST: u32 = 0xf_0000;

impl Language {
    pub(super) const fn files(self) -> &'static Files {
        match self {
            Self::English => &ENGLISH,
            Self::Afrikaans => &AFRIKAANS,
            Self::French => &FRENCH,
            Self::Arabic => &ARABIC,
        }
    }

    fn bundle(self) -> &'static Bundle {
        static BUNDLES: [OnceLock<Bundle>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        let place = match self {
            Self::English => &BUNDLES[0],
            Self::Afrikaans => &BUNDLES[1],
            Self::French => &BUNDLES[2],
            Self::Arabic => &BUNDLES[3],
        };
        place.get_or_init(|| {
            let mut bundle = Bundle::new_concurrent(vec![self.identifier()]);
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(match self {
                Self::English => number::<0, _>,
                Self::Afrikaans => number::<1, _>,
                Self::French => number::<2, _>,
                Self::Arabic => number::<3, _>,
            }));
            for file in self.files() {
                // A test sees to it that each file is right in every line; what can be read of one that is not still
                // counts.
                let resource = match FluentResource::try_new((*file).to_owned()) {
                    Ok(resource) | Err((resource, _)) => resource,
                };
                bundle.add_resource_overriding(resource);
            }
            bundle
        })
    }

    /// The sentence in its parts, so that each can be treated as the place demands.
    #[must_use]
    pub fn pieces<'p>(self, phrase: &'p Phrase<'_>) -> Vec<Piece<'p>> {
        let said = self.format(phrase).or_else(|| Self::English.format(phrase));
        let said = said.unwrap_or_else(|| phrase.id().name().to_owned());
        let mut pieces = Vec::new();
        let mut words = String::new();
        for character in said.chars() {
            let at = u32::from(character).checked_sub(FIRST).map(|at| at as usize);
            let Some((_, arg)) = at.and_then(|at| phrase.args.get(at)) else {
                words.push(character);
                continue;
            };
            if !words.is_empty() {
                pieces.push(Piece::Words(Cow::Owned(std::mem::take(&mut words))));
            }
            match arg {
                Arg::Text(text) => pieces.push(Piece::Text(text)),
                Arg::Made(text) => pieces.push(Piece::Made(text)),
                Arg::Said(inner) => pieces.extend(self.pieces(inner)),
                Arg::English(text, _) if self == Self::English => pieces.push(Piece::Text(text)),
                Arg::English(_, id) => pieces.push(Piece::Words(Cow::Owned(self.word(*id)))),
                Arg::Number(_) | Arg::Choice(_) => {}
            }
        }
        if !words.is_empty() {
            pieces.push(Piece::Words(Cow::Owned(words)));
        }
        pieces
    }

    fn format(self, phrase: &Phrase<'_>) -> Option<String> {
        let bundle = self.bundle();
        let pattern = bundle.get_message(phrase.id().name())?.value()?;
        let mut args = FluentArgs::with_capacity(phrase.args.len());
        for (at, (name, arg)) in (FIRST..).zip(&phrase.args) {
            let value = match arg {
                Arg::Number(number) => FluentValue::from(*number),
                Arg::Choice(word) => FluentValue::from(*word),
                Arg::Text(_) | Arg::Said(_) | Arg::Made(_) | Arg::English(..) => {
                    let mark = char::from_u32(at);
                    FluentValue::from(mark.map(String::from).unwrap_or_default())
                }
            };
            args.set(*name, value);
        }
        let mut errors = Vec::new();
        let said = bundle.format_pattern(pattern, Some(&args), &mut errors);
        Some(said.into_owned())
    }

    /// The words of a message without placeables.
    #[must_use]
    pub fn word(self, id: Id) -> String {
        self.say(&Phrase::from(id))
    }
}

/// A number as the language writes it.
fn number<const LANGUAGE: usize, M: MemoizerKind>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value >= 0.0 => {
            // Our numbers are counts: whole, and far below what a float holds exactly.
            Some(Language::ALL[LANGUAGE].number(number.value as u64))
        }
        _ => None,
    }
}
