//! The pool on a disk that loses power, tears what is written, and runs full.

mod databases;
mod disk;
mod files;
