//! What people see in a browser: pages, words and the files that go with them.

pub mod app;
pub mod assets;
pub mod view;
