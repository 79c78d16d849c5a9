//! The binary; everything it does is in the library.

#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    gatehouse_server::cli::run()
}
