//! HTTP by `reqwest`, on a thread of its own: a call's deadline covers looking a name up, connecting, and every byte of
//! the answer; connections are used again; whoever loses interest in a call lets go of it, and it ends.
//!
//! The thread is what `reqwest` needs to work on, and why a caller may itself be on a thread of some other runtime.

use std::{
    error::Error,
    io,
    sync::{Mutex, OnceLock, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use reqwest::{Client, Response, header::HeaderMap, redirect};
use tokio::{
    runtime::{Builder, Handle},
    sync::oneshot,
    task::AbortHandle,
    time::timeout,
};

use super::tls;
use crate::{
    device::Network,
    network::{Answer, Failure, Method, Outcome, Request},
};

/// How long an open connection waits for the next call. Routers forget connections on which nothing happens.
const IDLE: Duration = Duration::from_secs(15);
/// How long is waited beyond the deadline for the thread to say that it has passed.
const GRACE: Duration = Duration::from_secs(1);

/// Carries requests over HTTP and HTTPS. Nothing is read or started before the first one.
#[derive(Debug, Default)]
pub struct Http {
    engine: OnceLock<Engine>,
    plain: Mutex<Option<Client>>,
    secure: Mutex<Option<Client>>,
}

/// A call on its way. Let go of, it ends.
#[derive(Debug)]
pub struct Call {
    outcome: mpsc::Receiver<Outcome>,
    within: Duration,
    task: AbortHandle,
}

impl Call {
    /// Waits for the answer, or until the deadline.
    ///
    /// # Errors
    /// No answer.
    pub fn wait(self) -> Outcome {
        self.outcome.recv_timeout(self.within.saturating_add(GRACE)).unwrap_or(Err(Failure::TimedOut))
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Http {
    /// Sends a request off.
    ///
    /// # Errors
    /// A request that cannot be sent at all.
    pub fn begin(&self, request: Request, within: Duration) -> Result<Call, Failure> {
        let began = Instant::now();
        // The first one reads whom this machine trusts, which takes a while: of the same time.
        let client = self.client(&request)?;
        let within = within.saturating_sub(began.elapsed());
        let (done, outcome) = mpsc::sync_channel(1);
        let work = async move {
            let carried = timeout(within, carry(client, request)).await;
            // Nobody may be waiting any more.
            let _ = done.send(carried.unwrap_or(Err(Failure::TimedOut)));
        };
        let task = self.engine()?.handle.spawn(work).abort_handle();
        Ok(Call { outcome, within, task })
    }

    fn client(&self, request: &Request) -> Result<Client, Failure> {
        let secure = request.base.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("https:"));
        let kept = if secure { &self.secure } else { &self.plain };
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = kept.as_ref() {
            return Ok(client.clone());
        }
        let tls = if secure { tls::trusting() } else { tls::trusting_nobody() };
        let client = Client::builder()
            .tls_backend_preconfigured(tls.map_err(Failure::Untrusted)?)
            .redirect(redirect::Policy::none())
            .pool_idle_timeout(IDLE)
            .user_agent(concat!("gatehouse/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| failure(&error))?;
        Ok(kept.insert(client).clone())
    }

    fn engine(&self) -> Result<&Engine, Failure> {
        if let Some(engine) = self.engine.get() {
            return Ok(engine);
        }
        let engine = Engine::start().map_err(|error| Failure::NoWay { reason: error.to_string() })?;
        // Of two that were started at once one is let go of, and ends.
        Ok(self.engine.get_or_init(|| engine))
    }
}

impl Network for Http {
    fn exchange(&self, request: Request, within: Duration) -> Outcome {
        if within.is_zero() {
            return Err(Failure::TimedOut);
        }
        self.begin(request, within)?.wait()
    }
}

/// The thread on which calls make their way.
#[derive(Debug)]
struct Engine {
    handle: Handle,
    /// Ends the thread when it is let go of.
    _running: oneshot::Sender<()>,
}

impl Engine {
    fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (running, over) = oneshot::channel::<()>();
        thread::Builder::new().name("gatehouse-network".to_owned()).spawn(move || {
            // It ends with an error, since nothing is ever sent.
            let _ = runtime.block_on(over);
            // A name that is being looked up must not hold up whoever closes the app.
            runtime.shutdown_background();
        })?;
        Ok(Self { handle, _running: running })
    }
}

async fn carry(client: Client, request: Request) -> Outcome {
    let method = match request.method {
        Method::Get => reqwest::Method::GET,
        Method::Head => reqwest::Method::HEAD,
        Method::Post => reqwest::Method::POST,
        Method::Patch => reqwest::Method::PATCH,
    };
    let mut call = client.request(method, request.url());
    for (name, value) in request.headers {
        call = call.header(name, value);
    }
    if let Method::Post | Method::Patch = request.method {
        call = call.body(request.body);
    }
    let response = call.send().await.map_err(|error| failure(&error))?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = body(response, request.largest_answer).await?;
    let header = |name| text(&headers, name);
    Ok(Answer {
        status,
        retry_after: header("retry-after"),
        upload_offset: header("upload-offset"),
        content_type: header("content-type"),
        location: header("location"),
        body,
    })
}

/// The body, as long as it may be at most.
async fn body(mut response: Response, largest: u64) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| failure(&error))? {
        if (body.len() + piece.len()) as u64 > largest {
            return Err(Failure::TooLong);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

fn failure(error: &reqwest::Error) -> Failure {
    // The innermost says what happened; those around it only where.
    let mut innermost: &dyn Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let reason = innermost.to_string();
    match tls::distrust(error) {
        Some(distrust) => Failure::Untrusted(distrust),
        None if error.is_builder() => Failure::Address { reason },
        None if error.is_timeout() => Failure::TimedOut,
        None => Failure::NoWay { reason },
    }
}
