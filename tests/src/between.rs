//! Something between station and server that answers in the server's place when a test says so.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

use rustls::{
    ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its method.
    pub method: String,
    /// Its path with its query.
    pub path: String,
    /// The byte of an upload at which its body begins.
    pub offset: Option<u64>,
    /// Its body.
    pub body: Vec<u8>,
}

/// What is done with a request.
#[derive(Clone)]
pub enum Act {
    /// The server answers.
    Pass,
    /// This is the answer: status line and headers, then the body.
    Answer(&'static str, Vec<u8>),
    /// The server's answer, changed: the body is passed through this.
    Change(Arc<dyn Fn(Vec<u8>) -> Vec<u8> + Send + Sync>),
    /// The server's answer, cut in the middle.
    Cut,
    /// The connection ends without an answer, and the server hears nothing.
    HangUp,
}

type Rule = Box<dyn FnMut(&Request) -> Act + Send>;

/// A proxy in front of a server.
pub struct Between {
    /// Its address.
    pub url: String,
    rule: Arc<Mutex<Rule>>,
}

impl Between {
    /// Stands in front of the server at `url`; at first everything passes.
    #[must_use]
    pub fn start(url: &str) -> Self {
        Self::speaking("http", url, None)
    }

    /// Stands in front of it and speaks HTTPS, with a certificate and its key as PEM.
    #[must_use]
    pub fn with_certificate(url: &str, certificate: &[u8], key: &[u8]) -> Self {
        let chain = CertificateDer::pem_slice_iter(certificate).collect::<Result<_, _>>().expect("a chain");
        let key = PrivateKeyDer::from_pem_slice(key).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a certificate with its key");
        Self::speaking("https", url, Some(Arc::new(config)))
    }

    fn speaking(scheme: &str, url: &str, tls: Option<Arc<rustls::ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let rule: Arc<Mutex<Rule>> = Arc::new(Mutex::new(Box::new(|_| Act::Pass)));
        let (upstream, shared) = (url.to_owned(), Arc::clone(&rule));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (upstream, rule) = (upstream.clone(), Arc::clone(&shared));
                let tls = tls.clone();
                // A station that hangs up ends its own connection and no more.
                thread::spawn(move || match tls {
                    None => serve(stream, &upstream, &rule),
                    Some(config) => {
                        let server = ServerConnection::new(config).ok()?;
                        serve(StreamOwned::new(server, stream), &upstream, &rule)
                    }
                });
            }
        });
        Self { url: format!("{scheme}://127.0.0.1:{port}"), rule }
    }

    /// From now on.
    pub fn rule(&self, rule: impl FnMut(&Request) -> Act + Send + 'static) {
        *self.rule.lock().expect("a rule") = Box::new(rule);
    }
}

fn serve(stream: impl Read + Write, upstream: &str, rule: &Mutex<Rule>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut headers, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "host" | "connection" | "accept-encoding" => {}
            name => headers.push((name.to_owned(), value.to_owned())),
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let mut stream = reader.into_inner();
    let said = headers.iter().find(|(name, _)| name == "upload-offset");
    let offset = said.and_then(|(_, value)| value.parse().ok());
    let request = Request { method, path, offset, body };
    let act = (rule.lock().expect("a rule"))(&request);
    if matches!(act, Act::HangUp) {
        return None;
    }
    if let Act::Answer(head, body) = &act {
        return answer(&mut stream, head, &[], body, body.len());
    }
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut forwarded = ureq::http::Request::builder()
        .method(request.method.as_str())
        .uri(format!("{upstream}{}", request.path));
    for (name, value) in headers {
        forwarded = forwarded.header(name, value);
    }
    let (parts, mut body) = agent.run(forwarded.body(request.body).ok()?).ok()?.into_parts();
    let body = body.read_to_vec().ok()?;
    let head = format!("{} Passed", parts.status.as_u16());
    let headers: Vec<_> = parts
        .headers
        .iter()
        .filter(|(name, _)| !["content-length", "transfer-encoding", "connection"].contains(&name.as_str()))
        .filter_map(|(name, value)| Some(format!("{name}: {}\r\n", value.to_str().ok()?)))
        .collect();
    match act {
        Act::Change(change) => {
            let body = change(body);
            answer(&mut stream, &head, &headers, &body, body.len())
        }
        Act::Cut => answer(&mut stream, &head, &headers, &body[..body.len() / 2], body.len()),
        _ => answer(&mut stream, &head, &headers, &body, body.len()),
    }
}

fn answer(stream: &mut impl Write, head: &str, headers: &[String], body: &[u8], length: usize) -> Option<()> {
    let head = format!(
        "HTTP/1.1 {head}\r\n{}content-length: {length}\r\nconnection: close\r\n\r\n",
        headers.concat()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()?;
    stream.flush().ok()
}
