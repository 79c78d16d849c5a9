//! `gatehouse demo`: a small organisation and a day at its gate.

mod pages;

use std::{net::SocketAddr, path::PathBuf};

use serde_json::json;

use self::pages::Pages;
use super::output::{CliError, Status, print_json, print_line};
use crate::{
    demo::{self, DemoError, Played, Step},
    web::app::WebApp,
};

#[derive(clap::Args)]
pub struct Args {
    /// Play, compare with what the server says, and end
    #[arg(long)]
    once: bool,
    /// Print JSON, one object a line
    #[arg(long)]
    json: bool,
    /// Where the demo's server listens; without it 127.0.0.1:8080, or a free port if that is taken
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Folder of the web app's program, as bindings/web/build makes it; without it, web beside this program
    #[arg(long, value_name = "DIR", env = "GATEHOUSE_WEB")]
    web: Option<PathBuf>,
}

/// The usual address, or any free port where something else listens there.
fn usual_address() -> SocketAddr {
    let usual = SocketAddr::from(([127, 0, 0, 1], 8080));
    let free = std::net::TcpListener::bind(usual).is_ok();
    if free { usual } else { SocketAddr::from(([127, 0, 0, 1], 0)) }
}

/// Whoever signs in finds the code here: it would go out by mail.
fn show_codes() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("error,gatehouse_server::http::member=info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A log that is there already, in a test for example, stays.
    let _ = log.with_target(false).with_level(false).without_time().with_ansi(false).try_init();
}

pub fn run(args: &Args) -> Result<Status, CliError> {
    show_codes();
    let runtime = tokio::runtime::Runtime::new().map_err(|error| CliError::new("runtime", error))?;
    runtime.block_on(async {
        if !args.json {
            print_line(format_args!(
                "Playing a day at the gate of {} (a few seconds) ...\n",
                demo::ORG_NAME
            ))?;
        }
        let failed = |error: DemoError| CliError::new("demo_failed", error);
        let played =
            demo::play(args.listen.unwrap_or_else(usual_address), args.web.clone()).await.map_err(failed)?;
        print(args, &played)?;
        let shown = !args.json && !args.once;
        if shown && WebApp::new(args.web.clone()).program().await.is_none() {
            let program = std::env::current_exe().map_err(|error| CliError::new("pages", error))?;
            Pages::around(&program).see_to_it()?;
        }
        if !args.once {
            tokio::signal::ctrl_c().await.map_err(|error| CliError::new("signal", error))?;
        }
        let status = if played.is_good() { Status::Done } else { Status::Wrong };
        played.server.stop().await;
        Ok(status)
    })
}

fn print(args: &Args, played: &Played) -> Result<(), CliError> {
    let counts = json!({
        "ok": played.is_good(),
        "steps": played.steps.len(),
        "events": played.events,
        "differences": played.differences,
        "dashboard": played.dashboard,
        "sign_in": played.sign_in,
        "gate": played.gate,
        "guard_email": played.guard_email,
        "id": played.id,
        "member_email": played.member_email,
        "station_data": played.station_data,
    });
    if args.json {
        played.steps.iter().try_for_each(print_json)?;
        return print_json(&counts);
    }
    print_line(format_args!(
        "{:<32} {:<9} {:<15} {:<9} {:<8} ",
        "At the gate", "Verdict", "Reason", "Guard", "Network"
    ))?;
    print_line(format_args!("{}", "-".repeat(78)))?;
    for step in &played.steps {
        print_line(format_args!("{}", row(step)))?;
    }
    print_line("")?;
    match played.differences.as_slice() {
        [] if played.is_good() => {
            print_line(format_args!(
                "All as expected, and the server's {} events say the same.",
                played.events
            ))?;
        }
        differences => {
            print_line(format_args!("Something came out otherwise than it should:"))?;
            for step in played.steps.iter().filter(|step| !step.ok) {
                print_line(format_args!("  {}: expected {}", step.step, step.expected))?;
            }
            for difference in differences {
                print_line(format_args!("  {difference}"))?;
            }
        }
    }
    if !args.once {
        print_line(format_args!("\nDashboard  {}\nSign in    {}", played.dashboard, played.sign_in))?;
        print_line(format_args!(
            "\nGuard      {}\n           sign in there as {}; the code that is sent appears below",
            played.gate, played.guard_email
        ))?;
        print_line(format_args!(
            "Member     {}\n           sign in there as {}",
            played.id, played.member_email
        ))?;
        print_line(format_args!(
            "\nTry it     gatehouse station scan --data {} --code HELLO",
            played.station_data.display()
        ))?;
        print_line(format_args!("Ctrl-C ends the demo and throws everything away."))?;
    }
    Ok(())
}

fn row(step: &Step) -> String {
    let verdict = step.verdict.map_or("", gatehouse_core::decision::Verdict::word);
    let decision = match step.granted {
        Some(true) => "granted",
        Some(false) => "denied",
        None => "",
    };
    let network = if step.network { "" } else { "cut" };
    let mark = if step.ok { "" } else { "  <-- WRONG" };
    format!("{:<32} {verdict:<9} {:<15} {decision:<9} {network:<8}{mark}", step.step, step.code)
}
