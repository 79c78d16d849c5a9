//! The guard's screens, driven by lists of inputs against a small station: a whole day, the manners, and random steps.

mod day;
mod explore;
mod faults;
mod link;
mod manners;
mod phone;
mod place;
mod station;
mod walk_up;
