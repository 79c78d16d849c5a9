//! Gatehouse: the companion server, a guard station for a laptop, and the command line around both.

#![forbid(unsafe_code)]

mod cli;
mod web;
mod words;

fn main() -> std::process::ExitCode {
    cli::run()
}
