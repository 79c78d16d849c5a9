//! `gatehouse serve`: running the server.

use std::{io::IsTerminal, path::PathBuf};

use tokio::signal::unix::{SignalKind, signal};

use super::{
    first::{self, Founded},
    output::{CliError, Status, print_line},
};
use crate::listen::{self, Proxy};
use crate::serve::{Config, Running, StartError, link_address, start};

#[derive(clap::Args)]
pub struct Args {
    /// Folder for the database, its master key and photos; made where it is missing
    #[arg(long, value_name = "DIR", default_value = "gatehouse-data", env = "GATEHOUSE_DATA")]
    data: PathBuf,
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", env = "GATEHOUSE_LISTEN")]
    listen: String,
    /// Address under which people and phones reach the server, like https://gate.example.org
    #[arg(long, value_name = "PUBLIC_URL", env = "GATEHOUSE_URL")]
    url: Option<String>,
    #[command(flatten)]
    first: first::First,
    /// Proxy whose X-Forwarded-For is believed, by address or network like 10.0.0.0/8; may be given several times
    #[arg(long, value_name = "ADDR", value_delimiter = ',', env = "GATEHOUSE_TRUSTED_PROXY")]
    trusted_proxy: Vec<Proxy>,
    /// Folder of the web app's program, as bindings/web/build makes it; without it, web beside this program
    #[arg(long, value_name = "DIR", env = "GATEHOUSE_WEB")]
    web: Option<PathBuf>,
}

/// Runs the server until it is told to stop.
pub fn run(args: Args) -> Result<Status, CliError> {
    start_log();
    let organisation = args.first.organisation();
    // Only what is there at the start is in the first list of links.
    let founded = match (&args.first.site, &args.first.admin) {
        (None, None) => None,
        _ => Some(args.first.found(&args.data)?),
    };
    listen::raise_limit();
    let config = Config {
        data: args.data,
        listen: args.listen,
        url: args.url,
        organisation,
        trusted_proxies: args.trusted_proxy.into_iter().collect(),
        web: args.web,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CliError::new("server_error", error))?;
    runtime.block_on(async {
        let running = start(config).await?;
        let announced = announce(&running, founded.as_ref());
        if announced.is_ok() {
            wait_for_end().await;
        }
        running.stop().await;
        announced.map(|()| Status::Done)
    })
}

/// Logs go to standard error; `RUST_LOG` chooses what.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A log that is there already, in a test for example, stays.
    let _ = log.with_ansi(std::io::stderr().is_terminal()).try_init();
}

fn announce(running: &Running, founded: Option<&Founded>) -> Result<(), CliError> {
    let listens = format!("http://{}", running.address);
    print_line(format_args!("Gatehouse listens on {listens}"))?;
    if running.url != listens {
        print_line(format_args!("Its public address is {}", running.url))?;
    } else if running.address.ip().is_loopback() || running.address.ip().is_unspecified() {
        print_line(
            "No public address is chosen, so only this machine finds it. Say with --url where phones and people do; \
             it is remembered.",
        )?;
    }
    if let Some((admin, token)) =
        founded.and_then(|founded| Some((founded.admin.as_ref()?, founded.link.as_ref()?)))
    {
        let link = link_address(&running.url, token);
        print_line(format_args!("{} is the owner. Sign in once, within 30 minutes: {link}", admin.name))?;
    }
    for doubt in &running.clock_doubts {
        print_line(format_args!("{doubt}"))?;
    }
    for (organisation, link) in &running.first_admin_links {
        print_line(format_args!(
            "{} has no admin who can sign in by e-mail. Sign in once, within 30 minutes: {link}",
            organisation.name
        ))?;
    }
    Ok(())
}

/// Waits for an interrupt or a request to end.
async fn wait_for_end() {
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        tracing::error!("signals cannot be listened to");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
}

impl From<StartError> for CliError {
    fn from(error: StartError) -> Self {
        match error {
            StartError::Store(error) => error.into(),
            StartError::Service(error) => error.into(),
            StartError::Listen { ref source, .. } => Self::new(listen_code(source.kind()), error),
            StartError::OtherOrganisation { .. } => Self::new("other_organisation", error),
            StartError::Url | StartError::NoOrganisation | StartError::NoName(_) | StartError::NoCode => {
                Self::new("usage", error)
            }
            StartError::Interrupted => Self::new("server_error", error),
        }
    }
}

/// The stable code for why an address cannot be listened on.
const fn listen_code(kind: std::io::ErrorKind) -> &'static str {
    use std::io::ErrorKind;
    match kind {
        ErrorKind::AddrInUse => "address_in_use",
        ErrorKind::AddrNotAvailable => "address_not_available",
        ErrorKind::PermissionDenied => "address_not_allowed",
        ErrorKind::InvalidInput => "usage",
        _ => "listen_failed",
    }
}
