//! What stands before HTTP: every connection's place, and the deadlines that end those which use theirs for nothing.
//!
//! A connection that does nothing holds nobody up: where there are too many, those on which nobody known has asked
//! anything give way to newcomers, the oldest first. Only who is being answered keeps a place in any case. TLS is a
//! proxy's; a proxy's word on who is behind it counts only where the proxy is one of those that were configured.

mod arrival;
mod files;
mod origin;
mod pace;
mod places;

use std::{
    convert::Infallible,
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::{Pin, pin},
    sync::{Arc, Once},
    time::Duration,
};

use axum::{Router, body::Body, http::Request, response::Response};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    io::AsyncWrite,
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc, watch},
    time::timeout,
};

use self::{
    arrival::Arriving,
    pace::Paced,
    places::{Full, Places},
};
pub use self::{
    arrival::TooSlow,
    files::raise_limit,
    origin::{ClientAddress, Proxy, TrustedProxies},
    places::Place,
};

/// How long a connection may say nothing, or not come to the end of a request's head.
const SILENCE: Duration = Duration::from_secs(20);
/// The same for a proxy, which keeps connections for whoever comes next.
const PROXY_SILENCE: Duration = Duration::from_secs(180);
/// How long the other end may take nothing of an answer.
const STALLED: Duration = Duration::from_secs(30);
/// Longest head of a request, in bytes. Cookies, one token and the address of a filtered list fit many times.
const LONGEST_HEAD: usize = 16 << 10;
/// Most headers of a request.
const MOST_HEADERS: usize = 64;
/// Bytes kept of what a connection sends faster than it is read.
const BUFFER: usize = 32 << 10;
/// How long to wait where the system gives no more connections.
const OUT_OF_FILES: Duration = Duration::from_millis(100);
/// Connections that are told at once why they are refused; more are closed without a word.
const REFUSED_AT_ONCE: usize = 32;
/// How long someone refused has to take the answer.
const REFUSAL: Duration = Duration::from_secs(1);
/// The answer to a connection for which there is no place. It is one line of JSON, as every refusal of the API is.
const NO_PLACE: &str = r#"{"type":"about:blank","title":"the server has too many connections; try again in a while","status":503,"code":"unavailable"}"#;

/// How many connections there may be at once, with as many files as may be open now.
#[must_use]
pub fn most_connections() -> usize {
    Places::most_for(files::limit())
}

/// Takes connections in until told to stop, then lets those that are open come to the end of what they do.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    trusted: TrustedProxies,
    stopping: watch::Receiver<bool>,
) {
    let wall = Wall {
        router,
        places: Arc::new(Places::for_files(files::limit())),
        trusted: Arc::new(trusted),
        refusals: Arc::new(Semaphore::new(REFUSED_AT_ONCE)),
    };
    // Nothing is ever sent: each connection holds a sender, and once all are gone the last one has ended.
    let (open, mut all_ended) = mpsc::channel::<Infallible>(1);
    let mut told = pin!(is_told(stopping.clone()));
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => wall.take_in(stream, peer, stopping.clone(), open.clone()),
                // Whoever it was is gone already.
                Err(error) if is_callers(&error) => {}
                Err(error) => {
                    tracing::warn!(%error, "no connection can be taken in");
                    wall.places.make_room();
                    tokio::time::sleep(OUT_OF_FILES).await;
                }
            },
            _ = &mut told => break,
        }
    }
    drop((listener, open));
    let _ = all_ended.recv().await;
}

/// Ends when the server is to stop.
async fn is_told(mut stopping: watch::Receiver<bool>) {
    // An error means that the handle is gone, which is as good as being told.
    let _ = stopping.wait_for(|stop| *stop).await;
}

fn is_callers(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

struct Wall {
    router: Router,
    places: Arc<Places>,
    trusted: Arc<TrustedProxies>,
    refusals: Arc<Semaphore>,
}

impl Wall {
    fn take_in(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        stopping: watch::Receiver<bool>,
        open: mpsc::Sender<Infallible>,
    ) {
        let peer = peer.ip().to_canonical();
        let proxy = self.trusted.contain(peer);
        match self.places.enter((!proxy).then_some(peer)) {
            Ok(entered) => {
                // Answers are small, and someone waits for each.
                let _ = stream.set_nodelay(true);
                let place = entered.place();
                let serving = Serving {
                    router: TowerToHyperService::new(self.router.clone()),
                    place: place.clone(),
                    peer,
                    trusted: self.trusted.clone(),
                };
                let silence = if proxy { PROXY_SILENCE } else { SILENCE };
                let connection = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(silence)
                    .max_header_size(LONGEST_HEAD)
                    .max_headers(MOST_HEADERS)
                    .max_buf_size(BUFFER)
                    .serve_connection(TokioIo::new(Paced::new(stream, STALLED)), serving);
                tokio::spawn(async move {
                    let (mut connection, mut told) = (pin!(connection), pin!(is_told(stopping)));
                    let mut stops = false;
                    loop {
                        tokio::select! {
                            ended = connection.as_mut() => {
                                if let Err(error) = ended {
                                    tracing::debug!(%error, "a connection broke");
                                }
                                break;
                            }
                            () = place.taken() => break,
                            () = &mut told, if !stops => {
                                stops = true;
                                connection.as_mut().graceful_shutdown();
                            }
                        }
                    }
                    drop((entered, open));
                });
            }
            Err(Full) => {
                if let Ok(permit) = self.refusals.clone().try_acquire_owned() {
                    tokio::spawn(async move {
                        // Who does not take the answer goes without.
                        let _ = timeout(REFUSAL, refuse(stream)).await;
                        drop(permit);
                    });
                }
            }
        }
    }
}

/// Answers before anything was asked, and waits until the answer has been taken.
async fn refuse(mut stream: TcpStream) -> io::Result<()> {
    use std::future::poll_fn;

    let answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/problem+json\r\ncontent-length: {}\r\nretry-after: 2\r\ncache-control: no-store\r\nconnection: close\r\n\r\n{NO_PLACE}",
        NO_PLACE.len()
    );
    // A new connection has room for so little.
    poll_fn(|cx| Pin::new(&mut stream).poll_write(cx, answer.as_bytes())).await?;
    poll_fn(|cx| Pin::new(&mut stream).poll_shutdown(cx)).await?;
    // Closing before the request has come would take the answer back.
    let mut rest = [0; 1024];
    loop {
        stream.readable().await?;
        match stream.try_read(&mut rest) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
}

/// Hands the requests of one connection to the router.
struct Serving {
    router: TowerToHyperService<Router>,
    place: Arc<Place>,
    peer: IpAddr,
    trusted: Arc<TrustedProxies>,
}

impl Serving {
    /// Tells whoever runs the server, once: what is counted by network address is counted wrong until they act.
    fn warn_of_proxy(&self) {
        static TOLD: Once = Once::new();
        TOLD.call_once(|| {
            tracing::warn!(
                "requests come through {0}, which says for whom: if that is your proxy, start with --trusted-proxy {0}; \
                 until then everybody behind it counts as one address",
                self.peer.to_canonical()
            );
        });
    }
}

impl hyper::service::Service<Request<Incoming>> for Serving {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let place = self.place.clone();
        if self.trusted.overlook(self.peer, request.headers()) {
            self.warn_of_proxy();
        }
        let client = self.trusted.client(self.peer, request.headers());
        let mut request = request.map(|body| Body::new(Arriving::new(body, place.clone())));
        request.extensions_mut().insert(client);
        request.extensions_mut().insert(place.clone());
        let answer = self.router.call(request);
        Box::pin(async move {
            let answer = answer.await?;
            Ok(place.answering(answer))
        })
    }
}
