//! What stands between a phone and its server: it passes calls on, answers some in the server's place, or keeps them.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard},
    thread,
};

use crate::common::Server;

/// What becomes of calls whose path ends so.
#[derive(Clone)]
pub enum Fate {
    /// These bytes are the answer.
    Answered(Vec<u8>),
    /// There is none until the front is gone.
    Kept,
}

type Fates = Arc<Mutex<Vec<(&'static str, Fate)>>>;

pub struct Front {
    pub url: String,
    fates: Fates,
}

impl Front {
    pub fn of(server: &Server) -> Self {
        let (address, fates) = (server.running.address, Fates::default());
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Arc::clone(&fates);
        thread::spawn(move || {
            let mut kept = Vec::new();
            for phone in listener.incoming().map_while(Result::ok) {
                kept.extend(serve(phone, address, &shared));
            }
        });
        Self { url, fates }
    }

    fn fates(&self) -> MutexGuard<'_, Vec<(&'static str, Fate)>> {
        self.fates.lock().expect("fates")
    }

    /// From now on calls whose path ends in `path` meet this fate, and no others meet one.
    pub fn only(&self, path: &'static str, fate: Fate) {
        *self.fates() = vec![(path, fate)];
    }

    pub fn pass_on(&self) {
        self.fates().clear();
    }
}

/// One call; the connection ends with it, or is given back to be kept.
fn serve(mut phone: TcpStream, server: SocketAddr, fates: &Fates) -> Option<TcpStream> {
    let mut reader = BufReader::new(phone.try_clone().expect("cloned"));
    let (mut head, mut length) = (String::new(), 0);
    while !head.ends_with("\r\n\r\n") {
        let start = head.len();
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
        let line = head.get(start..).unwrap_or_default().to_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let path = path.split('?').next().unwrap_or_default();
    let fate = fates.lock().expect("fates").iter().find(|(end, _)| path.ends_with(end)).cloned();
    match fate {
        Some((_, Fate::Kept)) => return Some(phone),
        Some((_, Fate::Answered(answer))) => phone.write_all(&answer).ok()?,
        None => {
            let mut upstream = TcpStream::connect(server).expect("the server is there");
            let head = head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
            upstream.write_all(&[head.as_bytes(), &body].concat()).expect("sent");
            let mut answer = Vec::new();
            upstream.read_to_end(&mut answer).expect("an answer");
            phone.write_all(&answer).ok()?;
        }
    }
    let _ = phone.shutdown(Shutdown::Both);
    None
}

/// An answer of this status and type.
pub fn answer(status: &str, kind: &str, body: &str) -> Fate {
    let length = body.len();
    Fate::Answered(
        format!(
            "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nretry-after: 1\r\n\
             connection: close\r\n\r\n{body}"
        )
        .into_bytes(),
    )
}

/// A refusal of the server's own.
pub fn problem(status: &str, code: &str) -> Fate {
    let number: u16 = status.split(' ').next().and_then(|number| number.parse().ok()).expect("a status");
    let body = format!(r#"{{"type":"about:blank","title":"No.","status":{number},"code":"{code}"}}"#);
    answer(status, "application/problem+json", &body)
}

/// An answer that breaks off.
pub fn cut() -> Fate {
    Fate::Answered(
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{\"code\":\"GH1:"
            .to_vec(),
    )
}
