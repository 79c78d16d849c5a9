//! The app's page as it is before its program runs, and where that is not there.

use askama::Template;
use gatehouse_core::{
    message, phrase,
    role::Role,
    words::{Id, Phrase},
};

use super::{Words, html};

/// What makes the program, in the sources.
const BUILD: &str = "bindings/web/build";

/// Whose app it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppKind {
    /// The guard's.
    Gate,
    /// The member's.
    Id,
}

impl AppKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Gate, Self::Id];

    /// Whether it is for somebody of this role: what a lower one may, a higher one may.
    pub fn is_for(self, role: Role) -> bool {
        match self {
            Self::Gate => role >= Role::Guard,
            Self::Id => true,
        }
    }

    /// How the program knows it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gate => "gate",
            Self::Id => "id",
        }
    }

    /// Where it lies, without a slash at the end.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Gate => "/gate",
            Self::Id => "/id",
        }
    }

    /// What a window with it, and a link to it, is called.
    pub const fn title(self) -> Id {
        match self {
            Self::Gate => message!("app-gate"),
            Self::Id => message!("app-id"),
        }
    }

    /// The icon beside a link to it.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Gate => "scan-line",
            Self::Id => "qr-code",
        }
    }
}

/// The page at `/gate/` and at `/id/`.
#[derive(Debug, Template)]
#[template(path = "app.html")]
pub struct AppPage {
    /// The language.
    pub words: Words,
    /// Whose it is.
    pub kind: AppKind,
    /// The version of its files; nothing where the program was not built.
    pub version: Option<String>,
}

impl AppPage {
    /// What stands below the icon of the installed app. The same in every language.
    fn name(&self) -> &'static str {
        match self.kind {
            AppKind::Gate => "Gatehouse",
            AppKind::Id => "Gatehouse ID",
        }
    }

    /// The folder of its files.
    fn base(&self) -> String {
        self.version.as_deref().map(|version| format!("{version}/")).unwrap_or_default()
    }

    fn is_built(&self) -> bool {
        self.version.is_some()
    }

    fn heading(&self) -> Id {
        if self.is_built() { message!("screen-opening") } else { message!("app-not_built") }
    }

    fn text(&self) -> Phrase<'static> {
        if self.is_built() {
            message!("app-wait").into()
        } else {
            phrase!("app-not_built_text", command = html::code(BUILD))
        }
    }

    /// What the page itself has to say, as JSON.
    fn script(&self) -> String {
        let word = |id: Id| self.words.0.word(id);
        serde_json::json!({
            "insecure": word(message!("app-insecure")),
            "tooOld": word(message!("app-too_old")),
            "keepsNothing": word(message!("app-keeps_nothing")),
            "elsewhereTitle": word(message!("screen-elsewhere")),
            "elsewhere": word(message!("app-elsewhere")),
            "unloaded": word(message!("app-unloaded")),
            "failedTitle": word(message!("screen-failed")),
            "failed": word(message!("app-stopped")),
            "again": word(message!("act-again")),
            "lookHere": word(message!("app-look_here")),
            "holdHere": word(message!("app-hold_here")),
            "moment": word(message!("app-moment")),
            "onDevice": word(message!("app-on_device")),
            "swapped": word(message!("app-swapped")),
            "muted": word(message!("app-muted")),
            "visitorWindow": word(message!("app-visitor_window")),
            "install": word(message!("app-install")),
            "journal": word(message!("app-save_journal")),
            "allowCamera": word(message!("app-allow_camera")),
            "copied": word(message!("app-copied")),
        })
        .to_string()
    }
}
