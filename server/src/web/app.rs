//! The app in a browser: the files of its page, which are part of the server, and its program, which is built apart.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::LazyLock,
    time::{Duration, SystemTime},
};

use axum::body::Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use super::assets::Asset;

/// What the page and its worker may load and do: own files only, and the program; no inline script, no inline style, no
/// address of a script but what the page makes itself.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     worker-src 'self'; connect-src 'self'; img-src 'self' blob:; style-src 'self'; manifest-src 'self'; \
     frame-ancestors 'none'; base-uri 'none'; form-action 'none'; \
     require-trusted-types-for 'script'; trusted-types gatehouse";

/// What the page may ask the browser for.
pub const PERMISSIONS_POLICY: &str = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()";

/// The service worker, into which version and files are written.
pub const SERVICE_WORKER: &str = "sw.js";

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";
const PNG: &str = "image/png";
const MANIFEST: &str = "application/manifest+json";
const WASM: &str = "application/wasm";

/// A file of the page that is a file of that name in its folder.
macro_rules! embedded {
    ($name:literal, $content_type:expr) => {
        Asset {
            name: $name,
            content_type: $content_type,
            bytes: include_bytes!(concat!("../../app/", $name)),
        }
    };
}

static FILES: [Asset; 29] = [
    embedded!("app.css", CSS),
    embedded!("awake.js", JS),
    embedded!("camera.js", JS),
    embedded!("dom.js", JS),
    embedded!("draw.js", JS),
    embedded!("gate.webmanifest", MANIFEST),
    embedded!("hold.js", JS),
    embedded!("icon-180.png", PNG),
    embedded!("icon-192.png", PNG),
    embedded!("icon-512-maskable.png", PNG),
    embedded!("icon-512.png", PNG),
    embedded!("icon.svg", SVG),
    embedded!("id.webmanifest", MANIFEST),
    embedded!("install.js", JS),
    embedded!("keyboard.js", JS),
    embedded!("old.js", JS),
    embedded!("page.js", JS),
    embedded!("place.js", JS),
    embedded!("settings.js", JS),
    embedded!("shapes.js", JS),
    embedded!("sound.js", JS),
    embedded!("start.js", JS),
    embedded!("sw.js", JS),
    embedded!("unlock.js", JS),
    embedded!("update.js", JS),
    embedded!("visitor.js", JS),
    embedded!("worker.js", JS),
    // The look is the dashboard's.
    Asset { name: "tokens.css", content_type: CSS, bytes: include_bytes!("../../assets/css/tokens.css") },
    Asset {
        name: "icons.svg",
        content_type: SVG,
        bytes: include_bytes!("../../assets/vendor/lucide/icons.svg"),
    },
];

/// The files of the program.
const PROGRAM: [(&str, &str); 2] = [("gatehouse_web.js", JS), ("gatehouse_web_bg.wasm", WASM)];

/// How a file of the program may lie there besides, by the ending of its name, smallest first.
const CODINGS: [(&str, &str); 2] = [("br", "br"), ("gz", "gzip")];

static OWN_VERSION: LazyLock<Sha256> = LazyLock::new(|| {
    let files = FILES.iter().map(|file| (file.name, file.bytes));
    files.fold(Sha256::new(), |version, (name, bytes)| counted(version, name, bytes))
});

/// A version that counts a file in.
fn counted(version: Sha256, name: &str, bytes: &[u8]) -> Sha256 {
    version.chain_update(name).chain_update([0_u8]).chain_update(Sha256::digest(bytes))
}

/// The file of the page of this name, if there is one.
pub fn own(name: &str) -> Option<Asset> {
    FILES.iter().find(|file| file.name == name).copied()
}

/// What is served to browsers as the app.
#[derive(Debug)]
pub struct WebApp {
    /// Where the program may lie.
    folders: Vec<PathBuf>,
    program: OnceCell<Program>,
}

impl WebApp {
    /// The app with its program in this folder. Without one it is looked for beside the server's own: in `web` there,
    /// and, as in the sources, in `web` beside its folder.
    #[must_use]
    pub fn new(folder: Option<PathBuf>) -> Self {
        let folders = folder.map_or_else(usual_folders, |folder| vec![folder]);
        Self { folders, program: OnceCell::new() }
    }

    /// The program, read at the first time that it is there.
    pub async fn program(&self) -> Option<&Program> {
        let read = || async {
            let folders = self.folders.clone();
            let read = tokio::task::spawn_blocking(move || read_first(&folders)).await;
            read.ok().flatten().ok_or(())
        };
        self.program.get_or_try_init(read).await.ok()
    }
}

fn usual_folders() -> Vec<PathBuf> {
    let own = std::env::current_exe().unwrap_or_default();
    own.ancestors().skip(1).take(2).map(|folder| folder.join("web")).collect()
}

fn read_first(folders: &[PathBuf]) -> Option<Program> {
    folders.iter().find_map(|folder| match Program::read(folder) {
        Ok(program) => Some(program),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            tracing::error!(%error, "the app's program in {} can't be read", folder.display());
            None
        }
    })
}

/// The program as it was built.
#[derive(Debug)]
pub struct Program {
    version: String,
    files: Vec<ProgramFile>,
}

/// One of its files.
#[derive(Debug)]
pub struct ProgramFile {
    /// Its name, as in the address.
    pub name: &'static str,
    /// Its content type.
    pub content_type: &'static str,
    /// Its bytes.
    pub plain: Bytes,
    /// The same in fewer bytes, by the name of the coding, smallest first.
    pub coded: Vec<(&'static str, Bytes)>,
}

impl Program {
    fn read(folder: &Path) -> io::Result<Self> {
        let files = PROGRAM.map(|(name, content_type)| ProgramFile::read(folder, name, content_type));
        let files = files.into_iter().collect::<io::Result<Vec<_>>>()?;
        let all =
            files.iter().fold(OWN_VERSION.clone(), |version, file| counted(version, file.name, &file.plain));
        let version = all.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { version, files })
    }

    /// Stands for the content of every file of the app: another content has another version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The file of this name, if there is one.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&ProgramFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// The service worker of this version.
    #[must_use]
    pub fn service_worker(&self) -> String {
        // What only an installation asks for is not kept, and the service worker does not keep itself.
        let kept =
            |file: &&Asset| ![PNG, MANIFEST].contains(&file.content_type) && file.name != SERVICE_WORKER;
        let own = FILES.iter().filter(kept).map(|file| file.name);
        let names = own.chain(self.files.iter().map(|file| file.name));
        let files: Vec<_> = names.map(|name| format!("{}/{name}", self.version)).collect();
        let text = self::own(SERVICE_WORKER).map_or(&[][..], |file| file.bytes);
        String::from_utf8_lossy(text).replace("@VERSION@", &self.version).replace("@FILES@", &files.join(" "))
    }
}

impl ProgramFile {
    fn read(folder: &Path, name: &'static str, content_type: &'static str) -> io::Result<Self> {
        let path = folder.join(name);
        let plain = fs::read(&path)?;
        // Who copies files may cut their times off at the second.
        let made = changed(&path)?.checked_sub(Duration::from_secs(1)).unwrap_or(SystemTime::UNIX_EPOCH);
        let coded = CODINGS.into_iter().filter_map(|(ending, coding)| {
            let path = folder.join(format!("{name}.{ending}"));
            // One that is older was made of another file.
            let is_of_it = changed(&path).ok()? >= made;
            is_of_it.then(|| fs::read(&path).ok()).flatten().map(|bytes| (coding, Bytes::from(bytes)))
        });
        Ok(Self { name, content_type, coded: coded.collect(), plain: plain.into() })
    }
}

fn changed(path: &Path) -> io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_page_is_served() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("app");
        let names = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("a file").file_name());
        let names: Vec<_> = names.map(|name| name.into_string().expect("a name")).collect();
        assert!(names.len() > 20, "{names:?}");
        for name in names {
            assert!(own(&name).is_some(), "{name}");
        }
    }

    #[test]
    fn the_version_is_that_of_every_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
        assert!(read_first(&[folder.path().to_owned()]).is_none());
        write("gatehouse_web.js", "glue");
        assert!(Program::read(folder.path()).is_err(), "half of it is none");
        write("gatehouse_web_bg.wasm", "program");
        write("gatehouse_web_bg.wasm.br", "small");
        let first = Program::read(folder.path()).expect("there");
        assert_eq!(first.version().len(), 16);
        let file = first.file("gatehouse_web_bg.wasm").expect("there");
        assert_eq!((&file.plain[..], file.coded.len()), (&b"program"[..], 1));
        write("gatehouse_web.js", "other glue");
        assert_ne!(Program::read(folder.path()).expect("there").version(), first.version());

        let worker = first.service_worker();
        assert!(worker.contains(&format!("{}/page.js", first.version())), "{worker}");
        assert!(!worker.contains('@') && !worker.contains("/sw.js"), "{worker}");
    }
}
