//! The what-if page: figures of a plan are moved in a browser on this machine, and the forecast follows.
//!
//! The page holds what was moved; the server holds the file alone. Every question brings its whole state along, so that
//! several tabs don't meet, a link restores what it was made of, and nothing is left behind when the page is closed.
//!
//! ```text
//! connection -> Request -> Door -> route -> State -> Loaded -> engine, analysis -> report -> JSON
//! ```
//!
//! What may come in is settled in three places: `http` bounds sizes and times, `door` asks for the token and for who sends
//! it, and `routes` knows a fixed list of names, none of which ever becomes a path.

mod answers;
mod assets;
mod beside;
mod door;
mod faults;
mod http;
mod look;
mod plans;
mod questions;
mod routes;
mod save;
mod server;
mod sheet;
mod state;
mod tabs;
mod toml_text;

pub use plans::Source;
pub use server::{ServeError, Server, Setup};
