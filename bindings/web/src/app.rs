//! What JavaScript calls.

use std::{cell::RefCell, panic, rc::Rc, sync::Arc};

use gatehouse_core::{
    device::{SealedSecrets, SecretError, StoreError, SystemTime},
    qr::Frame,
    screens::Moment,
    words::Language,
};
use gatehouse_opfs::Trouble;
use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::{
    gate::Gate,
    id::Identity,
    js, key,
    shell::{Page, Refused, Shell, Side},
    told::{Told, Wish},
};

thread_local! {
    /// Whom to tell of a panic.
    static DRAW: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// A station or wallet with its screens.
#[wasm_bindgen]
pub struct App {
    page: Rc<dyn Page>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App(..)")
    }
}

/// Opens the files, the secrets and the station (`gate`) or wallet (`id`), and gives `draw` what is to be shown and done, now and from
/// then on, as one text of JSON each time. `language` is a tag, or a list as browsers send it; `moment` JSON.
///
/// # Errors
/// JSON of a code and its words, in that language.
#[wasm_bindgen]
pub async fn open(kind: String, language: String, moment: String, draw: Function) -> Result<App, JsValue> {
    DRAW.set(Some(draw.clone()));
    panic::set_hook(Box::new(|panic| tell_of(&panic.to_string())));
    let language = Language::accepted(&language);
    let page = match kind.as_str() {
        Gate::NAME => begin::<Gate>(language, &moment, draw).await,
        Identity::NAME => begin::<Identity>(language, &moment, draw).await,
        _ => Err(refused(StoreError::from(std::io::Error::from(std::io::ErrorKind::Unsupported)))),
    };
    let page = page.map_err(|Refused { code, text }| {
        JsValue::from(serde_json::json!({ "code": code, "text": text(language) }).to_string())
    })?;
    Ok(App { page })
}

async fn begin<S: Side>(language: Language, moment: &str, draw: Function) -> Result<Rc<dyn Page>, Refused> {
    let opened = gatehouse_opfs::open(&format!("gatehouse-{}", S::NAME)).await;
    opened.map_err(|trouble| {
        refused(if trouble == Trouble::InUse {
            StoreError::InUse
        } else {
            std::io::Error::from(trouble).into()
        })
    })?;
    tell_of_lost();
    let no_key = |error| refused(SecretError { reason: js::said(error) }.into());
    let key = key::key(S::NAME).await.map_err(no_key)?;
    let secrets = SealedSecrets::open(format!("/{}-secrets/sealed", S::NAME), key);
    let secrets = Arc::new(secrets.map_err(|error| refused(error.into()))?);
    let side = S::open(&format!("/{}", S::NAME), secrets, Arc::new(SystemTime::default()))?;
    Ok(Shell::begin(side, draw, language, at(moment)))
}

/// Files whose header does not hold are kept, and whoever looks for what is missing reads so.
fn tell_of_lost() {
    let Ok(pool) = gatehouse_opfs::pool() else { return };
    for name in pool.lost() {
        let length = pool.length(&name).unwrap_or_default();
        let told = format!("a file's header is damaged: its {length} bytes are kept as {name}");
        web_sys::console::warn_1(&told.into());
    }
}

fn refused(error: StoreError) -> Refused {
    Refused { code: error.code().to_owned(), text: Box::new(move |language| language.say(&error.phrase())) }
}

/// A moment as JavaScript has it.
fn at(moment: &str) -> Moment {
    serde_json::from_str(moment).unwrap_or_default()
}

/// A panic ends this worker: it leaves word, and the page starts another one.
fn tell_of(panic: &str) {
    web_sys::console::error_1(&panic.into());
    let told = Told { screen: None::<&()>, effects: &[Wish::Reopen] };
    let json = serde_json::to_string(&told).unwrap_or_default();
    DRAW.with_borrow(|draw| {
        if let Some(draw) = draw {
            let _ = draw.call1(&JsValue::UNDEFINED, &json.into());
        }
    });
}

#[wasm_bindgen]
impl App {
    /// Something happened: JSON.
    ///
    /// # Errors
    /// It is nothing that can happen.
    pub fn take(&self, moment: &str, input: &str) -> Result<(), JsValue> {
        if Rc::clone(&self.page).take(at(moment), input) { Ok(()) } else { Err("no such input".into()) }
    }

    /// The grey plane of a camera's frame, whose rows begin `stride` bytes apart.
    ///
    /// # Errors
    /// Measures that do not fit the bytes.
    pub fn frame(&self, moment: &str, y: &[u8], width: u32, height: u32, stride: u32) -> Result<(), JsValue> {
        let frame = Frame::new(y, width, height, stride).map_err(|error| JsValue::from(error.to_string()))?;
        Rc::clone(&self.page).frame(at(moment), &frame);
        Ok(())
    }

    /// A photo was taken. It is kept until it is not needed any more.
    pub fn photo(&self, moment: &str, number: f64, jpeg: Vec<u8>) {
        Rc::clone(&self.page).photo(at(moment), number as u64, jpeg);
    }

    /// The face of whom an event is about.
    #[must_use]
    pub fn face(&self, event: &str) -> Option<Vec<u8>> {
        self.page.face(event)
    }

    /// A photo that was taken.
    #[must_use]
    pub fn taken(&self, number: f64) -> Option<Vec<u8>> {
        self.page.taken(number as u64)
    }

    /// Everything is said in another language from now on.
    pub fn language(&self, tag: &str, _moment: &str) {
        self.page.speak(Language::accepted(tag));
    }

    /// The journal as a file, if all else fails.
    #[must_use]
    pub fn export_journal(&self) -> Vec<u8> {
        self.page.export()
    }
}
