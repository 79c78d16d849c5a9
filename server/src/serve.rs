//! A running server, as a process of its own or inside another.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use gatehouse_core::{address::Address, id::OrgCode};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    clock::Clock,
    http::{self, App, Lanes, Limits, Room},
    listen::{self, TrustedProxies},
    service::{Service, ServiceError, clock::ClockDoubt, organisations::code_of_name},
    store::{Hold, Store, StoreError, organisation::Organisation},
    upkeep,
    web::app::WebApp,
};

/// How often the clock is looked at, so that a step is noticed while nobody asks for the time.
const CLOCK_LOOKED_AT: Duration = Duration::from_secs(1);
/// How often it is written down where it has got to.
const CLOCK_NOTED: Duration = Duration::from_secs(60);
/// How often the log says what there is to say of it.
const CLOCK_TOLD: Duration = Duration::from_secs(3600);
/// How long open requests and streams have to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// What a server needs to start.
#[derive(Debug, Clone)]
pub struct Config {
    /// The directory of its data, made where it is missing.
    pub data: PathBuf,
    /// The address to listen on; port 0 takes a free one.
    pub listen: String,
    /// The address under which people and phones reach it from now on; without one, the one that was chosen before, or
    /// else where it listens.
    pub url: Option<String>,
    /// An organisation to make if it is not there yet.
    pub organisation: Option<NewOrganisation>,
    /// Proxies that are believed whom they speak for.
    pub trusted_proxies: TrustedProxies,
    /// Where the program of the app in browsers lies; without one it is looked for beside the server's own.
    pub web: Option<PathBuf>,
}

/// An organisation to make.
#[derive(Debug, Clone)]
pub struct NewOrganisation {
    /// Its code; without one it is made of the name.
    pub code: Option<OrgCode>,
    /// Its name.
    pub name: Option<String>,
    /// Its IANA time zone.
    pub time_zone: String,
}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("can't listen on {listen}: {source}")]
    Listen {
        /// The address.
        listen: String,
        /// Why.
        source: std::io::Error,
    },
    /// The public address is none.
    #[error("a public address looks like https://gate.example.org")]
    Url,
    /// A first start without a name.
    #[error("there is no organisation yet; give --name, and --org for its code")]
    NoOrganisation,
    /// A new organisation's code without a name.
    #[error("there is no organisation {0} yet; to make it, its name is missing: give --name")]
    NoName(OrgCode),
    /// Another organisation than those that are there.
    #[error(
        "there is no organisation {wanted} in this folder; there is {there}. To add another one: gatehouse organisation add"
    )]
    OtherOrganisation {
        /// Code or name of the one that was asked for.
        wanted: String,
        /// Code and name of those that are there.
        there: String,
    },
    /// A name that leaves nothing for a code.
    #[error("no code can be made of that name; give one with --org (2 to 24 of a-z, 0-9 and -)")]
    NoCode,
    /// The data.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The organisation.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The thread for the start was lost.
    #[error("the start was interrupted")]
    Interrupted,
}

/// A server that runs. It stops when told to, or when this is dropped.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its public address, without a slash at the end.
    pub url: String,
    /// Links that sign the first admin of an organisation in, where none can otherwise.
    pub first_admin_links: Vec<(Organisation, String)>,
    /// What there is to say of the server's clock.
    pub clock_doubts: Vec<ClockDoubt>,
    service: Service,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    /// Keeps other servers from the data directory.
    _hold: Hold,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Service({:?})", self.store())
    }
}

impl Running {
    /// The rules, for calls from within the process.
    #[must_use]
    pub const fn service(&self) -> &Service {
        &self.service
    }

    /// Stops: no new requests, open ones may end, streams are told to.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let _ = self.task.await;
    }
}

/// The page that a one-time token signs in at. The token stands where browsers do not send it: no log has it.
#[must_use]
pub fn link_address(url: &str, token: &str) -> String {
    format!("{url}/sign-in/link#token={token}")
}

/// Starts a server on its data directory.
///
/// # Errors
/// [`StartError`].
pub async fn start(config: Config) -> Result<Running, StartError> {
    start_by(config, Clock::System).await
}

/// Starts a server that goes by another clock than the machine's.
///
/// # Errors
/// [`StartError`].
pub async fn start_by(config: Config, clock: Clock) -> Result<Running, StartError> {
    let listener = TcpListener::bind(&config.listen).await;
    let failed = |source| StartError::Listen { listen: config.listen.clone(), source };
    let listener = listener.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let chosen = config.url.as_deref().map(|url| Address::parse(url).ok_or(StartError::Url)).transpose()?;
    let (data, organisation) = (config.data.clone(), config.organisation.clone());
    let listens = format!("http://{address}");
    let opened =
        tokio::task::spawn_blocking(move || open(data, organisation, clock, chosen.as_ref(), &listens)).await;
    let Opened { hold, service, url, links, clock_doubts } =
        opened.map_err(|_| StartError::Interrupted)??;
    let first_admin_links = links.into_iter().map(|(org, token)| (org, link_address(&url, &token))).collect();
    let (stop, stopping) = watch::channel(false);
    let app = App {
        service: service.clone(),
        url: Arc::from(url.as_str()),
        stopping: stopping.clone(),
        limits: Arc::new(Limits::default()),
        lanes: Arc::new(Lanes::default()),
        room: Arc::new(Room::default()),
        web: Arc::new(WebApp::new(config.web)),
    };
    tokio::spawn(watch_clock(service.clone(), stopping.clone()));
    tokio::spawn(upkeep::run(service.clone(), stopping.clone()));
    let task = tokio::spawn(run(listener, app, config.trusted_proxies, stopping));
    Ok(Running { address, url, first_admin_links, clock_doubts, service, stop, task, _hold: hold })
}

/// Looks at the clock while the server runs, notes where it has got to, and tells the log of it.
async fn watch_clock(service: Service, mut stopping: watch::Receiver<bool>) {
    let (mut noted, mut told) = (Instant::now(), Instant::now());
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(CLOCK_LOOKED_AT) => {}
        }
        let note = noted.elapsed() >= CLOCK_NOTED;
        let tell = told.elapsed() >= CLOCK_TOLD;
        if note {
            noted = Instant::now();
        }
        if tell {
            told = Instant::now();
        }
        let service = service.clone();
        let looked = tokio::task::spawn_blocking(move || {
            // Asking for the time is looking at it.
            let _ = service.now();
            if note {
                service.note_clock()?;
            }
            if tell { service.clock_doubts() } else { Ok(Vec::new()) }
        });
        match looked.await {
            Ok(Ok(doubts)) => doubts.iter().for_each(|doubt| tracing::warn!("{doubt}")),
            Ok(Err(error)) => tracing::warn!(%error, "where the clock has got to could not be noted"),
            // The runtime is going down.
            Err(_) => return,
        }
    }
}

async fn run(listener: TcpListener, app: App, trusted: TrustedProxies, mut stopping: watch::Receiver<bool>) {
    let served = listen::serve(listener, http::router(app), trusted, stopping.clone());
    let deadline = async {
        // An error means that the handle is gone, which is as good as being told.
        let _ = stopping.wait_for(|stop| *stop).await;
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::select! {
        () = served => {}
        () = deadline => tracing::warn!("some requests were cut off"),
    }
}

/// What a server runs on, and what there is to say of its clock.
struct Opened {
    hold: Hold,
    service: Service,
    url: String,
    links: Vec<(Organisation, String)>,
    clock_doubts: Vec<ClockDoubt>,
}

fn open(
    data: PathBuf,
    wanted: Option<NewOrganisation>,
    clock: Clock,
    chosen: Option<&Address>,
    listens: &str,
) -> Result<Opened, StartError> {
    let hold = Store::take(&data)?;
    let service = Service::new(Store::create_or_open(&data)?).with_clock(clock);
    for path in hold.closed() {
        tracing::warn!("others on this machine could read {}; it is closed to them now", path.display());
    }
    // Before anything is signed or made by it.
    service.check_clock()?;
    service.seal_photos()?;
    service.seal_faces()?;
    service.compact_after_erasure()?;
    ensure_organisation(&service, wanted)?;
    if let Some(chosen) = chosen {
        service.choose_public_url(chosen)?;
    }
    service.note_listen_url(listens)?;
    let url = service.chosen_url()?.unwrap_or_else(|| listens.to_owned());
    service.store().watch()?;
    let mut links = Vec::new();
    for organisation in service.organisations()? {
        // The key set is renewed by day; doing it here keeps the first request fast.
        service.keyring(organisation.id)?;
        if let Some(token) = service.first_admin_link(organisation.id)? {
            links.push((organisation, token));
        }
    }
    let clock_doubts = service.clock_doubts()?;
    for doubt in &clock_doubts {
        tracing::warn!("{doubt}");
    }
    Ok(Opened { hold, service, url, links, clock_doubts })
}

/// Makes the organisation that is asked for where there is none at all, and gives it. Where there are some, it must be
/// one of them: a code that is mistyped makes no second one.
///
/// # Errors
/// [`StartError`].
pub fn ensure_organisation(service: &Service, wanted: Option<NewOrganisation>) -> Result<(), StartError> {
    let there = service.organisations()?;
    let Some(wanted) = wanted else {
        return if there.is_empty() { Err(StartError::NoOrganisation) } else { Ok(()) };
    };
    let made = wanted.name.as_deref().and_then(code_of_name);
    if there.is_empty() {
        let code = wanted.code.or(made).ok_or(StartError::NoCode)?;
        let Some(name) = wanted.name else { return Err(StartError::NoName(code)) };
        service.create_organisation(&code, &name, &wanted.time_zone)?;
        return Ok(());
    }
    let is = |organisation: &Organisation| match (&wanted.code, &wanted.name) {
        (Some(code), _) => organisation.code == *code,
        (None, Some(name)) => organisation.name == name.trim() || made.as_ref() == Some(&organisation.code),
        (None, None) => true,
    };
    if there.iter().any(is) {
        return Ok(());
    }
    let named = |organisation: &Organisation| format!("{} ({})", organisation.code, organisation.name);
    Err(StartError::OtherOrganisation {
        wanted: wanted.code.map(|code| code.to_string()).or(wanted.name).unwrap_or_default(),
        there: there.iter().map(named).collect::<Vec<_>>().join(", "),
    })
}
