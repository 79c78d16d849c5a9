//! Files in a browser: databases of SQLite and plain files in the origin private file system (OPFS).
//!
//! A browser opens a file only while nobody waits for it (asynchronously), but reads and writes an open one at once. So a
//! [`Pool`] of files is opened at the start, and from then on a name is something that is written into one of them: in
//! its [`header`](mod@header), twice, so that a cut while it is written leaves the name of before. Making, renaming and
//! removing a file is durable when it returns. The rest of a pool's file is the content. Where neither record holds, the
//! content is kept under a name of its own ([`Pool::lost`]).
//!
//! - Everything but `opfs` is plain Rust over the trait [`Handle`], so that it is tried out natively with files that
//!   lose power, tear what is written, and run full.
//! - `vfs` gives the pool to SQLite. Nobody else has the files open, which is why a database takes `locking_mode =
//!   EXCLUSIVE` before its first use, and then has a write-ahead log without shared memory.
//! - A browser gives the room of a file that was cut back only once the file is closed, and opening it again takes until
//!   later. [`pieces`] are files that can give back a part of themselves at any time, as a reserve must.

mod gathered;
mod handle;
mod header;
#[cfg(target_arch = "wasm32")]
mod opfs;
mod pieces;
mod pool;
#[cfg(test)]
mod tests;
#[cfg(any(test, target_arch = "wasm32"))]
pub mod vfs;

pub use handle::{Handle, Trouble};
#[cfg(target_arch = "wasm32")]
pub use opfs::{OpfsHandle, measure, open, pool, room, tend};
pub use pool::Pool;
