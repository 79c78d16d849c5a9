//! `gatehouse verify`: judging codes from files alone, without a server.

use std::{
    ffi::OsString,
    fs::File,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use clap::ArgGroup;
use gatehouse_core::{
    decision::{Check, Code, Decision, Evidence, Verdict, decide},
    envelope::PublicKey,
    gatepack::{GatePack, Policy},
    hex,
    id::{OrgCode, SiteNumber, SubjectId},
    keys::KeySet,
    message, phrase,
    picture::PictureError,
    place::Whereabouts,
    qr,
    time::{Now, UnixSeconds},
    words,
};
use serde::{Deserialize, Serialize};

use super::{
    language::{said, word},
    output::{CliError, Status, print_json},
};

#[derive(clap::Args)]
#[command(group = ArgGroup::new("what").required(true).args(["code", "image", "batch"]))]
pub struct Args {
    /// The organisation's root public key, 64 hexadecimal digits
    #[arg(long, value_name = "HEX", value_parser = parse_root)]
    root: [u8; 32],
    /// The organisation's key set: a file with the bytes of its signed envelope
    #[arg(long, value_name = "FILE")]
    keys: PathBuf,
    /// A gate pack of any device; its revocations and bans are looked at
    #[arg(long, value_name = "FILE")]
    pack: Option<PathBuf>,
    /// Number of the site that the code is shown at
    #[arg(long, value_name = "N")]
    site: Option<SiteNumber>,
    /// The time to judge by, in seconds since 1970; without it this machine's clock
    #[arg(long, value_name = "UNIX", value_parser = parse_time)]
    at: Option<UnixSeconds>,
    /// The text of a code
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    code: Option<OsString>,
    /// A PNG or JPEG picture of a code
    #[arg(long, value_name = "FILE")]
    image: Option<PathBuf>,
    /// A file with a JSON object a line: id, code, at, site, pack (a gate pack in hexadecimal); --at, --site and
    /// --pack count for lines that lack their own
    #[arg(long, value_name = "FILE")]
    batch: Option<PathBuf>,
    /// Changes nothing: the answer is JSON anyway. Accepted as everywhere else
    #[arg(long, hide = true)]
    json: bool,
}

/// Longest line of a batch; a gate pack of a large organisation fits.
const LONGEST_LINE: u64 = 64 << 20;
/// Largest key set or gate pack file.
const LARGEST_FILE: u64 = 64 << 20;

pub fn run(args: &Args) -> Result<Status, CliError> {
    let keys = read_keys(&args.keys, args.root)?;
    let pack = match &args.pack {
        Some(path) => Some(
            GatePack::open(&read_file(path)?, &keys).map_err(|error| CliError::new("pack_invalid", error))?,
        ),
        None => None,
    };
    if let Some(path) = &args.batch {
        let batch = Batch { keys: &keys, pack, site: args.site, at: args.at };
        return batch.run(path).map(|()| Status::Done);
    }
    let text = match (&args.code, &args.image) {
        (Some(code), _) => code.to_string_lossy().into_owned(),
        (None, Some(image)) => read_picture(image)?,
        (None, None) => return Err(CliError::new("usage", "give --code, --image or --batch")),
    };
    let decision = judge(&text, &keys, pack.as_ref(), args.site, args.at.unwrap_or_else(machine_time));
    print_json(&Answer::new(None, &decision))?;
    Ok(Status::Verdict(decision.verdict))
}

/// Reads and verifies a key set file.
///
/// # Errors
/// A file that cannot be read, and `keys_invalid`.
pub fn read_keys(path: &Path, root: [u8; 32]) -> Result<KeySet, CliError> {
    KeySet::open(&read_file(path)?, &PublicKey::new(root))
        .map_err(|error| CliError::new("keys_invalid", error))
}

/// A root public key from the command line.
pub fn parse_root(text: &str) -> Result<[u8; 32], &'static str> {
    hex::decode_array(text).ok_or("a root public key is 64 hexadecimal digits")
}

fn parse_time(text: &str) -> Result<UnixSeconds, &'static str> {
    let seconds = text.parse().map_err(|_| "a time is a whole number of seconds since 1970")?;
    UnixSeconds::new(seconds).ok_or("a time past the year 9999")
}

/// The text of the first Gatehouse code in a picture, else of the first code.
///
/// # Errors
/// A file or picture that cannot be read, and `no_code`.
pub fn read_picture(path: &Path) -> Result<String, CliError> {
    let codes = qr::codes_in_picture(&read_file(path)?).map_err(|error| unreadable_picture(&error))?;
    let pass = qr::first_pass(&codes).map(str::to_owned);
    pass.or_else(|| codes.into_iter().next())
        .ok_or_else(|| CliError::new("no_code", word(message!("picture-no_qr_code"))))
}

/// A picture that cannot be read.
pub fn unreadable_picture(error: &PictureError) -> CliError {
    CliError::new(error.code(), said(&words::picture(error)))
}

/// A whole file, within reason.
///
/// # Errors
/// One that cannot be read or is larger than any key set, pack or picture.
pub fn read_file(path: &Path) -> Result<Vec<u8>, CliError> {
    let fail = |error: std::io::Error| CliError::file(path, &error);
    let mut bytes = Vec::new();
    File::open(path).map_err(fail)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > LARGEST_FILE {
        let path = path.display().to_string();
        return Err(CliError::new("file_too_large", said(&phrase!("file-too_large", path = path))));
    }
    Ok(bytes)
}

fn judge(
    text: &str,
    keys: &KeySet,
    pack: Option<&GatePack>,
    site: Option<SiteNumber>,
    at: UnixSeconds,
) -> Decision {
    // Only what anyone can check: no policy, no uses, no place.
    let evidence = Evidence {
        now: Now::Trusted(at.to_millis()),
        keys,
        pack,
        policy: Policy::default(),
        online: None,
        site,
        whereabouts: Whereabouts::NotChecked,
        uses: None,
    };
    decide(text, &evidence)
}

fn machine_time() -> UnixSeconds {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.ok().and_then(|since| UnixSeconds::new(since.as_secs())).unwrap_or(UnixSeconds::EPOCH)
}

#[derive(Deserialize)]
struct BatchLine {
    id: String,
    code: String,
    at: Option<UnixSeconds>,
    site: Option<SiteNumber>,
    pack: Option<String>,
}

#[derive(Serialize)]
struct BatchError<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    error: &'static str,
}

/// Passes over what is left of a line.
pub fn skip_line(reader: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        let (used, done) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        reader.consume(used);
        if done {
            return Ok(());
        }
    }
}

/// What lines of a batch are judged by.
struct Batch<'a> {
    keys: &'a KeySet,
    pack: Option<GatePack>,
    site: Option<SiteNumber>,
    at: Option<UnixSeconds>,
}

impl Batch<'_> {
    fn run(&self, path: &Path) -> Result<(), CliError> {
        let fail = |error: std::io::Error| CliError::file(path, &error);
        let mut reader = BufReader::new(File::open(path).map_err(fail)?);
        let mut line = Vec::new();
        loop {
            line.clear();
            if reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(fail)? == 0 {
                return Ok(());
            }
            if !line.ends_with(b"\n") && line.len() as u64 == LONGEST_LINE {
                // The rest of a line that is too long is no line of its own.
                skip_line(&mut reader).map_err(fail)?;
                line.clear();
            }
            // Serde would also take an array of the same values in order.
            let object = line.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
            match serde_json::from_slice::<BatchLine>(&line) {
                Ok(case) if object => self.judge(&case)?,
                _ => print_json(&BatchError { id: None, error: "malformed" })?,
            }
        }
    }

    fn judge(&self, case: &BatchLine) -> Result<(), CliError> {
        let own = match &case.pack {
            None => None,
            Some(text) => match hex::decode(text).and_then(|bytes| GatePack::open(&bytes, self.keys).ok()) {
                Some(pack) => Some(pack),
                None => return print_json(&BatchError { id: Some(&case.id), error: "pack_invalid" }),
            },
        };
        let pack = own.as_ref().or(self.pack.as_ref());
        let at = case.at.or(self.at).unwrap_or_else(machine_time);
        let decision = judge(&case.code, self.keys, pack, case.site.or(self.site), at);
        print_json(&Answer::new(Some(&case.id), &decision))
    }
}

/// A decision as JSON. What is unknown or may not be shown is absent.
#[derive(Serialize)]
pub struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    verdict: Verdict,
    code: &'a Code,
    checks: Vec<CheckLine<'a>>,
    #[serde(flatten)]
    content: Option<Content<'a>>,
}

#[derive(Serialize)]
struct CheckLine<'a> {
    check: Check,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a Code>,
}

#[derive(Serialize)]
struct Content<'a> {
    kind: &'static str,
    org: &'a OrgCode,
    subject: SubjectId,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sites: Option<&'a [SiteNumber]>,
    issued_at: UnixSeconds,
    not_before: UnixSeconds,
    expires_at: UnixSeconds,
}

impl<'a> Answer<'a> {
    /// The decision as it is printed.
    pub fn new(id: Option<&'a str>, decision: &'a Decision) -> Self {
        let checks = decision.checks.iter().map(|(check, outcome)| CheckLine {
            check: *check,
            state: outcome.state().word(),
            code: outcome.code(),
        });
        let content = decision.opened.as_ref().map(|opened| Content {
            kind: gatehouse_core::pass::PassKind::from(&opened.claims.kind).word(),
            org: &opened.claims.org,
            subject: opened.claims.subject,
            name: opened.claims.name.as_ref().map(gatehouse_core::pass::Name::as_str),
            sites: opened.claims.sites.as_deref(),
            issued_at: opened.claims.issued_at,
            not_before: opened.claims.not_before,
            expires_at: opened.claims.expires_at,
        });
        Self { id, verdict: decision.verdict, code: &decision.code, checks: checks.collect(), content }
    }
}
