//! Takes connections on the loopback and answers each on a thread of its own, so many at a time.

use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuildError};

use crate::reading::split_setting;
use crate::scenario::LoadError;
use crate::units::Date;

use super::door::Door;
use super::http::{Method, Request, Response, part, receive, send};
use super::plans::{Plans, Source};
use super::routes::Desk;
use super::state::Setting;
use super::tabs::Tabs;

/// Connections that are answered at a time: a page has a few.
const MOST_CONNECTIONS: usize = 32;

/// How long to wait where the system can take no connection just now.
const PAUSE: Duration = Duration::from_millis(50);

/// What a server is to show, and where.
#[derive(Debug)]
pub struct Setup {
    /// where plans come from
    pub source: Source,
    /// the variant that pages begin with
    pub variant: Option<String>,
    /// what is moved when a page begins: options as they were typed
    pub settings: Vec<String>,
    /// the port; 0 for any that is free
    pub port: u16,
    /// how many threads work on a question; 0 for as many as there are processors
    pub threads: usize,
    /// the day, for reports
    pub day: fn() -> Date,
}

/// Why the page can't be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// the plan is wrong
    #[error(transparent)]
    Scenario(#[from] LoadError),
    /// the port is taken, or the system gives none
    #[error("port {port} can't be used: {error}; name another with --port, or leave it out")]
    Port {
        /// the port
        port: u16,
        /// why
        error: io::Error,
    },
    /// no token could be made
    #[error("the system gives no random bytes for the page's address: {0}")]
    Token(getrandom::Error),
    /// an option is not PATH=VALUE
    #[error("a setting is PATH=VALUE: {0}")]
    Setting(String),
    /// the system gives no threads
    #[error(transparent)]
    Threads(#[from] ThreadPoolBuildError),
}

/// A server that has its port.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    shared: Arc<Shared>,
}

/// What every connection needs.
#[derive(Debug)]
struct Shared {
    door: Door,
    desk: Desk,
    /// works on what is looked at while figures move
    quick: ThreadPool,
    /// works on questions that take longer, which looks don't wait for
    long: ThreadPool,
    open: AtomicUsize,
}

impl Server {
    /// Reads the plan and takes the port, on the loopback alone.
    ///
    /// # Errors
    ///
    /// What is wrong with the plan, or that there is no such port.
    pub fn open(setup: Setup) -> Result<Self, ServeError> {
        let Setup { source, variant, settings, port, threads, day } = setup;
        let moved = settings.iter().map(|option| match split_setting(option) {
            Some(_) => Setting::typed(option).ok_or_else(|| ServeError::Setting(option.clone())),
            None => Err(ServeError::Setting(option.clone())),
        });
        let moved = moved.collect::<Result<Vec<Setting>, ServeError>>()?;
        let plans = Plans::open(source)?;
        if let Some(path) = plans.path() {
            plans.load_file(&path, variant.as_deref(), &settings)?;
        }
        let pool = || rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let (quick, long) = (pool()?, pool()?);
        let failed = |error| ServeError::Port { port, error };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(failed)?;
        let door = Door::new(listener.local_addr().map_err(failed)?.port()).map_err(ServeError::Token)?;
        let desk = Desk { plans, tabs: Tabs::default(), moved, variant, day };
        Ok(Self { listener, shared: Arc::new(Shared { door, desk, quick, long, open: AtomicUsize::new(0) }) })
    }

    /// Where the page is, with its token.
    pub fn address(&self) -> String {
        self.shared.door.address()
    }

    /// Answers until the process ends.
    pub fn run(&self) -> ! {
        loop {
            match self.listener.accept() {
                Ok((stream, _)) => self.take(stream),
                Err(_) => std::thread::sleep(PAUSE),
            }
        }
    }

    fn take(&self, mut stream: TcpStream) {
        let shared = Arc::clone(&self.shared);
        if shared.open.fetch_add(1, Ordering::Relaxed) >= MOST_CONNECTIONS {
            shared.open.fetch_sub(1, Ordering::Relaxed);
            // Said without waiting: who does not listen is cut off.
            let _ = stream.set_nonblocking(true);
            let _ = send(&mut stream, &Response::refusal(503, "Too many requests at a time."));
            return;
        }
        let guard = Guard(shared);
        // Where no thread can be had, the connection is closed by dropping it.
        let _ = std::thread::Builder::new().spawn(move || guard.0.serve(&mut stream));
    }
}

/// Counts a connection as open until it is dropped.
struct Guard(Arc<Shared>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Shared {
    /// Answers the request of a connection.
    fn serve(&self, stream: &mut TcpStream) {
        let response = match receive(stream) {
            Ok(request) => match self.door.admit(&request) {
                Ok(name) => self.work(name, &request),
                Err(refusal) => refusal,
            },
            Err(Some(refusal)) => refusal,
            Err(None) => return,
        };
        let _ = send(stream, &response);
        part(stream);
    }

    fn work(&self, name: &str, request: &Request) -> Response {
        match (request.method, name) {
            (Method::Get, _) => self.desk.answer(name, request),
            (Method::Post, "look") => self.quick.install(|| self.desk.answer(name, request)),
            (Method::Post, _) => self.long.install(|| self.desk.answer(name, request)),
        }
    }
}
