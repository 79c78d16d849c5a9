//! Gatehouse: the companion server, a guard station for a laptop, and the command line around both.
//!
//! `http` translates requests, `service` holds what the server does with them, `store` keeps it. What codes, journals
//! and verdicts mean is the core's to say.

#![forbid(unsafe_code)]

pub mod cli;
pub mod clock;
pub mod demo;
pub mod folder;
pub mod http;
pub mod listen;
pub mod secrets;
pub mod serve;
pub mod service;
pub mod store;
mod upkeep;
pub mod web;
pub mod words;
