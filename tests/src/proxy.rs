//! A proxy between a station and its server that does to HTTP what bad networks do.

use std::{
    collections::BTreeMap,
    io::{self, Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::Random;

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It never gets to the server.
    DropRequest,
    /// The server does what it asks, and its answer is lost.
    LoseAnswer,
    /// The server gets it twice; the second answer comes back.
    Double,
    /// The answer comes after the deadline of anyone who waits.
    Late,
    /// Half of the answer comes, and then the end.
    CutAnswer,
    /// Something on the way refuses with a problem document: status and seconds to wait.
    Refuse(u16, Option<u16>),
    /// The sign-in page of a network, as if it were the answer.
    PortalPage,
    /// A redirection to the sign-in page of a network.
    PortalRedirect,
    /// Bytes that are not HTTP.
    Garbage,
    /// JSON that is nobody's answer.
    WrongJson,
    /// An answer that begins and never ends, a byte at a time.
    Drip,
    /// Nothing, on a connection that stays open.
    Silence,
}

/// Every fault.
pub const FAULTS: &[Fault] = &[
    Fault::DropRequest,
    Fault::LoseAnswer,
    Fault::Double,
    Fault::Late,
    Fault::CutAnswer,
    Fault::Refuse(500, None),
    Fault::Refuse(503, Some(2)),
    Fault::Refuse(429, Some(1)),
    Fault::Refuse(413, None),
    Fault::Refuse(401, None),
    Fault::Refuse(403, None),
    Fault::PortalPage,
    Fault::PortalRedirect,
    Fault::Garbage,
    Fault::WrongJson,
    Fault::Drip,
    Fault::Silence,
];

/// Longer than any deadline of the trials.
const TOO_LATE: Duration = Duration::from_millis(1_700);
/// After this a connection is given up whatever happens on it.
const GIVE_UP: Duration = Duration::from_secs(10);

impl Fault {
    const fn waits(self) -> bool {
        matches!(self, Self::Late | Self::Drip | Self::Silence)
    }

    /// One of [`FAULTS`], those that cost the caller its whole deadline more rarely.
    pub fn any(random: &mut Random) -> Self {
        let mut pick = || FAULTS[random.below(FAULTS.len() as u64) as usize];
        let first = pick();
        if first.waits() { pick() } else { first }
    }
}

/// When faults happen.
#[derive(Debug, Clone)]
pub enum Plan {
    /// Never: the network is whole.
    Whole,
    /// Always this one.
    Always(Fault),
    /// So many times in a hundred, any of them.
    Random(Random, u64),
}

struct State {
    plan: Plan,
    counts: BTreeMap<String, u64>,
}

/// A running proxy on a port of its own.
pub struct Proxy {
    /// Its address, for stations: `http://127.0.0.1:PORT`.
    pub url: String,
    state: Arc<Mutex<State>>,
}

impl Proxy {
    /// Starts a proxy before the server at `http://127.0.0.1:PORT`. It ends with the test.
    #[must_use]
    pub fn start(server: &str) -> Self {
        let upstream: SocketAddr = server.strip_prefix("http://").expect("http").parse().expect("an address");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(State { plan: Plan::Whole, counts: BTreeMap::new() }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for caller in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&shared);
                // A caller that goes away in the middle is no fault of the proxy's.
                thread::spawn(move || serve(caller, upstream, &shared).ok());
            }
        });
        Self { url, state }
    }

    /// From now on.
    pub fn plan(&self, plan: Plan) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).plan = plan;
    }

    /// How often each fault happened.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<String, u64> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).counts.clone()
    }

    /// How many faults happened.
    #[must_use]
    pub fn faults(&self) -> u64 {
        self.counts().values().sum()
    }
}

fn next(state: &Mutex<State>) -> Option<Fault> {
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    let fault = match &mut state.plan {
        Plan::Whole => None,
        Plan::Always(fault) => Some(*fault),
        Plan::Random(random, percent) => (random.below(100) < *percent).then(|| Fault::any(random)),
    };
    if let Some(fault) = fault {
        *state.counts.entry(format!("{fault:?}")).or_insert(0) += 1;
    }
    fault
}

/// One request and what becomes of it. Connections are not kept, so that each request meets its own fault.
fn serve(mut caller: TcpStream, upstream: SocketAddr, state: &Mutex<State>) -> io::Result<()> {
    caller.set_read_timeout(Some(GIVE_UP))?;
    let request = read_request(&mut caller)?;
    let Some(fault) = next(state) else { return caller.write_all(&forward(&request, upstream)?) };
    match fault {
        Fault::DropRequest => Ok(()),
        Fault::LoseAnswer => forward(&request, upstream).map(drop),
        Fault::Double => {
            forward(&request, upstream)?;
            caller.write_all(&forward(&request, upstream)?)
        }
        Fault::Late => {
            let answer = forward(&request, upstream)?;
            thread::sleep(TOO_LATE);
            caller.write_all(&answer)
        }
        Fault::CutAnswer => {
            let answer = forward(&request, upstream)?;
            caller.write_all(&answer[..answer.len() / 2])
        }
        Fault::Refuse(status, wait) => caller.write_all(&refusal(status, wait)),
        Fault::PortalPage => caller.write_all(&page("200 OK", "")),
        Fault::PortalRedirect => caller.write_all(&page("302 Found", "Location: http://portal.example/\r\n")),
        Fault::Garbage => caller.write_all(&[0x16, 0x03, 0xff, 0x00, b'\n'].repeat(40)),
        Fault::WrongJson => caller.write_all(&json("200 OK", "", r#"{"ok":true,"results":[]}"#)),
        Fault::Drip => drip(&mut caller),
        Fault::Silence => read_on(&mut caller),
    }?;
    caller.shutdown(Shutdown::Both)
}

fn refusal(status: u16, wait: Option<u16>) -> Vec<u8> {
    let body =
        format!(r#"{{"type":"about:blank","title":"Not now.","status":{status},"code":"proxy_{status}"}}"#);
    let wait = wait.map(|seconds| format!("Retry-After: {seconds}\r\n")).unwrap_or_default();
    json(&format!("{status} Refused"), &wait, &body)
}

fn json(status: &str, headers: &str, body: &str) -> Vec<u8> {
    answer(status, headers, "application/json", body)
}

fn page(status: &str, headers: &str) -> Vec<u8> {
    answer(
        status,
        headers,
        "text/html",
        "<!doctype html><title>Welcome to AirportWifi</title>Please sign in.",
    )
}

fn answer(status: &str, headers: &str, kind: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    (head + body).into_bytes()
}

/// The head of a request, made to ask for a connection that is not kept, and its body.
fn read_request(caller: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut piece = [0; 16 << 10];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        match caller.read(&mut piece)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => bytes.extend_from_slice(&piece[..read]),
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let named = |line: &str, name: &str| {
        let (is, value) = line.split_once(':')?;
        is.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    };
    let length = head.lines().find_map(|line| named(line, "content-length"));
    let length: usize = length.map_or(0, |length| length.parse().expect("a length"));
    while bytes.len() < end + 4 + length {
        match caller.read(&mut piece)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            read => bytes.extend_from_slice(&piece[..read]),
        }
    }
    let kept = head.lines().filter(|line| named(line, "connection").is_none());
    let head: Vec<&str> = kept.chain(["Connection: close", "", ""]).collect();
    Ok([head.join("\r\n").as_bytes(), &bytes[end + 4..]].concat())
}

fn forward(request: &[u8], upstream: SocketAddr) -> io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(upstream)?;
    server.set_read_timeout(Some(GIVE_UP))?;
    server.write_all(request)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    Ok(answer)
}

fn drip(caller: &mut TcpStream) -> io::Result<()> {
    caller.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{")?;
    let started = Instant::now();
    while started.elapsed() < GIVE_UP {
        caller.write_all(b" ")?;
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// Reads until the caller gives up.
fn read_on(caller: &mut TcpStream) -> io::Result<()> {
    let mut piece = [0; 64];
    while caller.read(&mut piece)? > 0 {}
    Ok(())
}
