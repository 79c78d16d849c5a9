//! The demo: a server with a small, lifelike organisation, and a guard who plays a day at its gate over real HTTP,
//! then holds what the station saw against what the server says.

mod cast;
mod compare;
mod day;
mod guard;
mod history;
mod network;
mod office;
mod portrait;

use std::{
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    sync::Arc,
};

use gatehouse_core::{
    device::{FileSecrets, GuardStation, SecretError, StationError, SystemTime},
    qr::EncodeError,
};

pub use cast::ORG_NAME;
pub use guard::Step;

use crate::{
    clock::Clock,
    listen::TrustedProxies,
    serve::{self, Config, NewOrganisation, Running, StartError},
    service::ServiceError,
    store::StoreError,
};
use network::Network;
use office::Office;

/// How long the demo waits for its own server, in milliseconds.
const PATIENCE_MS: u32 = 10_000;

/// Why the demo could not be played.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The station refused.
    #[error("the station: {0}")]
    Station(#[from] StationError),
    /// The server refused.
    #[error("the server: {0}")]
    Service(#[from] ServiceError),
    /// The server's store failed.
    #[error("the server's store: {0}")]
    Store(#[from] StoreError),
    /// The server did not start.
    #[error("the server did not start: {0}")]
    Serve(#[from] StartError),
    /// A code could not be drawn.
    #[error("a code could not be drawn: {0}")]
    Picture(#[from] EncodeError),
    /// The station's secrets could not be kept.
    #[error(transparent)]
    Secrets(#[from] SecretError),
    /// Files or network of this machine.
    #[error("this machine: {0}")]
    Machine(#[from] std::io::Error),
    /// The server's API could not be asked.
    #[error("the server's API: {0}")]
    Api(#[from] gatehouse_core::network::ClientError),
    /// The script's own assumption does not hold.
    #[error("the script: no {0}")]
    Script(&'static str),
}

/// A demo that was played and whose server is up.
pub struct Played {
    /// What happened at the gate today.
    pub steps: Vec<Step>,
    /// What the server says otherwise than the station; nothing if they agree.
    pub differences: Vec<String>,
    /// Events that the server shows, history included.
    pub events: usize,
    /// The dashboard.
    pub dashboard: String,
    /// A link that signs the admin in, once.
    pub sign_in: String,
    /// The guard's page with a code that enrols a device, once.
    pub gate: String,
    /// The guard who signs in there.
    pub guard_email: &'static str,
    /// The member's page with the code that leads to the organisation.
    pub id: String,
    /// The member who signs in there.
    pub member_email: String,
    /// The folder of the station that played today: its shift goes on.
    pub station_data: PathBuf,
    /// The running server.
    pub server: Running,
    /// Everything lives here and goes with it.
    _folder: tempfile::TempDir,
}

impl Played {
    /// Whether every step came out as it should and the server agrees.
    pub fn is_good(&self) -> bool {
        self.differences.is_empty() && self.steps.iter().all(|step| step.ok)
    }
}

/// Makes the organisation, plays history and day, and compares. Gives the server still running.
///
/// # Errors
/// Anything that keeps the script from going on.
pub async fn play(listen: SocketAddr, web: Option<PathBuf>) -> Result<Played, DemoError> {
    let folder = tempfile::Builder::new().prefix("gatehouse-demo-").tempdir()?;
    let data = folder.path().join("server");
    let begin = history::begin(Clock::System.now()).ok_or(DemoError::Script("yesterday"))?;
    let clock = Clock::at(begin);

    // Yesterday, on a server whose clock is set by hand.
    let past = start(&data, SocketAddr::from(([127, 0, 0, 1], 0)), None, clock.clone()).await?;
    let network = Network::to(past.address)?;
    let service = past.service().clone();
    let (past_folder, past_network) = (folder.path().join("past"), network.url());
    let history = {
        let clock = clock.clone();
        move || -> Result<(Office, String), DemoError> {
            let office = Office::found(service)?;
            let expired = history::play(&office, &clock, begin, &past_network, &past_folder)?;
            Ok((office, expired))
        }
    };
    let (office, expired) = blocking(history).await?;
    past.stop().await;

    // Today, by the real clock.
    let server = start(&data, listen, web, Clock::System).await?;
    network.lead_to(server.address);
    let office = office.moved_to(server.service().clone());
    let station_data = folder.path().join("station");
    let (url, address) = (network.url(), server.address);
    let today = {
        let station_data = station_data.clone();
        move || -> Result<_, DemoError> {
            let dashboard = format!("http://{}", named(address));
            let station = open_station(&station_data)?;
            office.put_to_work(&station, &url)?;
            office.expect_visitors()?;
            let steps = day::play(&office, &station, &network, &expired)?;
            let (differences, events) = compare::with_server(&office, &dashboard, &steps)?;
            let sign_in = serve::link_address(&dashboard, &office.sign_in_token()?);
            let gate = office.enrolment_code(&dashboard)?;
            let gate = format!("{dashboard}/gate/#enrol={}", in_fragment(&gate));
            let id = format!("{dashboard}/id/#join={}", in_fragment(&office.join_code(&dashboard)?));
            Ok((steps, differences, events, [dashboard, sign_in, gate, id]))
        }
    };
    let (steps, differences, events, [dashboard, sign_in, gate, id]) = blocking(today).await?;
    let [(_, guard_email), _] = cast::GUARDS;
    Ok(Played {
        steps,
        differences,
        events,
        dashboard,
        sign_in,
        gate,
        guard_email,
        id,
        member_email: cast::member_email(0),
        station_data,
        server,
        _folder: folder,
    })
}

/// An address of this machine by its name, where that leads there: a browser has no keys for numbers, by which a member
/// proves whose phone it is.
fn named(address: SocketAddr) -> String {
    let name = ("localhost", address.port());
    // As a browser does: the first of the name's addresses at which somebody listens.
    let leads_there = || TcpStream::connect(name).and_then(|stream| stream.peer_addr());
    if address.ip().is_loopback() && leads_there().is_ok_and(|reached| reached == address) {
        return format!("localhost:{}", address.port());
    }
    address.to_string()
}

/// A text as it stands in the fragment of an address, which browsers send to nobody.
fn in_fragment(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    let bytes = text
        .bytes()
        .map(|byte| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    bytes.collect()
}

async fn start(
    data: &Path,
    listen: SocketAddr,
    web: Option<PathBuf>,
    clock: Clock,
) -> Result<Running, DemoError> {
    let organisation = NewOrganisation {
        code: cast::ORG.parse().ok(),
        name: Some(cast::ORG_NAME.to_owned()),
        time_zone: cast::TIME_ZONE.to_owned(),
    };
    let listen = listen.to_string();
    let config = Config {
        data: data.to_owned(),
        listen,
        url: None,
        organisation: Some(organisation),
        trusted_proxies: TrustedProxies::default(),
        web,
    };
    Ok(serve::start_by(config, clock).await?)
}

fn open_station(folder: &Path) -> Result<GuardStation, DemoError> {
    let secrets = FileSecrets::open(folder.join("secrets"))?;
    let folder = folder.to_string_lossy().into_owned();
    Ok(GuardStation::open(folder, Arc::new(secrets), Arc::new(SystemTime))?)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DemoError> + Send + 'static,
) -> Result<T, DemoError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| DemoError::Script("end without a panic"))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_only_where_that_leads_to_it() {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let address = listener.local_addr().expect("an address");
        let reached = TcpStream::connect(("localhost", address.port())).and_then(|stream| stream.peer_addr());
        let leads = reached.is_ok_and(|reached| reached == address);
        let name = named(address);
        assert_eq!(name.starts_with("localhost"), leads, "{name}");
        let reached =
            TcpStream::connect(&name).and_then(|stream| stream.peer_addr()).expect("somebody listens");
        assert_eq!(reached, address, "{name}");
        drop(listener);
        assert_eq!(named(address), address.to_string());
        let elsewhere = SocketAddr::from(([192, 0, 2, 1], 80));
        assert_eq!(named(elsewhere), "192.0.2.1:80");
    }

    #[test]
    fn a_code_stands_in_a_fragment_whole() {
        assert_eq!(in_fragment("GH1:A+B C%/ü"), "GH1%3AA%2BB%20C%25%2F%C3%BC");
    }
}
