//! The member's screens, driven by lists of inputs against a small wallet: a day, the manners, the access ID with and
//! without a network, the lock, and random steps.

mod code;
mod day;
mod explore;
mod leaving;
mod lock;
mod manners;
mod phone;
mod wallet;
