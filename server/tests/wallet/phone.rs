//! A phone with a wallet, clocks that a test turns, key stores good and bad, and a network that loses answers.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Instant,
};

use gatehouse_core::{
    device::{DeviceSigner, DeviceTime, FileSecrets, MemberWallet, SecretStore, SignerError, TimeError},
    time::{ClockReading, UnixMillis},
    wire::MemberCode,
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};

use crate::common::{Server, now};

pub const PATIENCE_MS: u32 = 10_000;

/// The public code of an organisation whose server is said to be at `url`.
pub fn code_of(server: &Server, org: &str, url: &str) -> MemberCode {
    server.service().member_code(&server.scope(org), url).expect("a code")
}

/// Clocks that a test turns.
pub struct Clocks(Mutex<Turned>);

struct Turned {
    wall_ahead_ms: i64,
    since_boot_ms: u64,
    read_at: Instant,
    boot: u32,
}

impl Clocks {
    fn turn(&self, turn: impl FnOnce(&mut Turned)) {
        let mut turned = self.0.lock().expect("clocks");
        let passed = u64::try_from(turned.read_at.elapsed().as_millis()).expect("short");
        turned.since_boot_ms += passed;
        turned.read_at = Instant::now();
        turn(&mut turned);
    }

    pub fn pass_s(&self, seconds: u64) {
        self.turn(|turned| {
            turned.since_boot_ms += seconds * 1000;
            turned.wall_ahead_ms += i64::try_from(seconds * 1000).expect("short");
        });
    }

    pub fn set_wall_back_s(&self, seconds: i64) {
        self.turn(|turned| turned.wall_ahead_ms -= seconds * 1000);
    }

    /// Starts the phone again with its wall clock set back.
    pub fn restart(&self, set_back_s: i64) {
        self.set_wall_back_s(set_back_s);
        self.turn(|turned| {
            turned.boot += 1;
            turned.since_boot_ms = 0;
        });
    }
}

impl DeviceTime for Clocks {
    fn read(&self) -> Result<ClockReading, TimeError> {
        let mut reading = None;
        self.turn(|turned| {
            reading = Some(ClockReading {
                wall: UnixMillis::new(now().get().saturating_add_signed(turned.wall_ahead_ms)),
                monotonic_ms: turned.since_boot_ms,
                boot_id: turned.boot.to_string(),
            });
        });
        reading.ok_or_else(|| TimeError { reason: "never".to_owned() })
    }
}

/// A phone with a wallet.
pub struct Phone {
    pub wallet: MemberWallet,
    pub clocks: Arc<Clocks>,
    folder: tempfile::TempDir,
}

impl Phone {
    pub fn new(signer: Option<Arc<dyn DeviceSigner>>) -> Self {
        Self::with(|folder, clocks| open(folder, clocks, signer))
    }

    /// One whose key is asked for through the line.
    pub fn asking() -> Self {
        Self::with(|folder, clocks| {
            let (folder, secrets, clocks) = parts(folder, clocks);
            MemberWallet::open_asking(folder, secrets, clocks).expect("a wallet")
        })
    }

    fn with(open: impl FnOnce(&Path, &Arc<Clocks>) -> MemberWallet) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let turned = Turned { wall_ahead_ms: 0, since_boot_ms: 5_000, read_at: Instant::now(), boot: 1 };
        let clocks = Arc::new(Clocks(Mutex::new(turned)));
        let wallet = open(folder.path(), &clocks);
        Self { wallet, clocks, folder }
    }

    /// The same phone after the app was closed and opened.
    pub fn reopened(self) -> Self {
        let Self { wallet, clocks, folder } = self;
        drop(wallet);
        Self { wallet: open(folder.path(), &clocks, None), clocks, folder }
    }

    /// The file of a secret.
    pub fn secret(&self, name: &str) -> PathBuf {
        self.folder.path().join("secrets").join(name)
    }

    pub fn sign_in(&self, server: &Server, org: &str, email: &str) {
        self.sign_in_at(server, &server.running.url, org, email);
    }

    /// Signs in by a server that is reached at `url`.
    pub fn sign_in_at(&self, server: &Server, url: &str, org: &str, email: &str) {
        let code = self.join_at(server, url, org, email);
        self.wallet.sign_in(email.to_owned(), code, PATIENCE_MS).expect("signed in");
    }

    /// Joins the organisation, and gives the one-time code that was sent to the member.
    pub fn join_at(&self, server: &Server, url: &str, org: &str, email: &str) -> String {
        self.wallet.join(code_of(server, org, url).to_text(), PATIENCE_MS).expect("joined");
        server.service().request_code(email).expect("asked").expect("a code")
    }
}

fn open(folder: &Path, clocks: &Arc<Clocks>, signer: Option<Arc<dyn DeviceSigner>>) -> MemberWallet {
    let (folder, secrets, clocks) = parts(folder, clocks);
    MemberWallet::open(folder, secrets, clocks, signer).expect("a wallet")
}

/// What a wallet in `folder` is opened with.
fn parts(folder: &Path, clocks: &Arc<Clocks>) -> (String, Arc<dyn SecretStore>, Arc<dyn DeviceTime>) {
    let secrets = FileSecrets::open(folder.join("secrets")).expect("secrets");
    let clocks = Arc::clone(clocks) as Arc<dyn DeviceTime>;
    (folder.to_str().expect("UTF-8").to_owned(), Arc::new(secrets), clocks)
}

/// How a phone's hardware gives its signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Making {
    Raw,
    HighS,
    Der,
    Lies,
    NoKey,
    Fails,
}

/// A P-256 key as a phone's hardware holds it.
pub struct Hardware {
    key: SigningKey,
    making: Making,
}

impl Hardware {
    pub fn new(making: Making) -> Self {
        Self::of_seed(9, making)
    }

    pub fn of_seed(seed: u8, making: Making) -> Self {
        let key = SigningKey::from_slice(&[seed; 32]).expect("a key");
        Self { key, making }
    }
}

impl DeviceSigner for Hardware {
    fn public_key(&self) -> Result<Vec<u8>, SignerError> {
        if self.making == Making::NoKey {
            return Ok(vec![4; 65]);
        }
        Ok(self.key.verifying_key().to_sec1_point(false).as_bytes().to_vec())
    }

    fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, SignerError> {
        let signature: Signature = self.key.sign(&message);
        let low = signature.normalize_s();
        let (r, s) = low.split_scalars();
        let high = Signature::from_scalars(r, -*s).expect("the other spelling");
        match self.making {
            Making::HighS => Ok(high.to_bytes().to_vec()),
            // Android gives DER; a high s has its top bit set and a zero in front of it.
            Making::Der => Ok(der(&high.to_bytes())),
            Making::Lies => Ok(Signer::<Signature>::sign(&self.key, b"something else").to_bytes().to_vec()),
            Making::Fails => Err(SignerError { reason: "the phone is locked".to_owned() }),
            Making::Raw | Making::NoKey => Ok(low.to_bytes().to_vec()),
        }
    }

    fn forget(&self) -> Result<(), SignerError> {
        Ok(())
    }
}

fn der(signature: &[u8]) -> Vec<u8> {
    let integer = |digits: &[u8]| {
        let digits: Vec<u8> = digits.iter().copied().skip_while(|digit| *digit == 0).collect();
        let pad: &[u8] = if digits[0] >= 0x80 { &[0] } else { &[] };
        [&[2, u8::try_from(pad.len() + digits.len()).expect("short")], pad, &digits].concat()
    };
    let content = [integer(&signature[..32]), integer(&signature[32..])].concat();
    [&[0x30, u8::try_from(content.len()).expect("short")], content.as_slice()].concat()
}

/// A network on the way to the server that may lose answers.
pub struct Relay {
    pub url: String,
    swallow: Arc<AtomicBool>,
}

impl Relay {
    pub fn to(server: &Server) -> Self {
        let (address, swallow) = (server.running.address, Arc::new(AtomicBool::new(false)));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let losing = Arc::clone(&swallow);
        thread::spawn(move || {
            for phone in listener.incoming().map_while(Result::ok) {
                let server = TcpStream::connect(address).expect("the server is there");
                let (to, from) = (server.try_clone().expect("cloned"), phone.try_clone().expect("cloned"));
                let never = Arc::new(AtomicBool::new(false));
                thread::spawn(move || pass_on(from, to, &never));
                let losing = Arc::clone(&losing);
                thread::spawn(move || pass_on(server, phone, &losing));
            }
        });
        Self { url, swallow }
    }

    pub fn swallow_answers(&self, swallow: bool) {
        self.swallow.store(swallow, Ordering::SeqCst);
    }
}

/// Passes bytes on until one side ends; where they are lost, the connection ends with them.
fn pass_on(mut from: TcpStream, mut to: TcpStream, lose: &AtomicBool) {
    let mut buffer = [0; 16 << 10];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        if lose.load(Ordering::SeqCst) || to.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    for stream in [from, to] {
        let _ = stream.shutdown(std::net::Shutdown::Both);
    }
}
