//! One request of a connection, and the answer to it: HTTP/1.1, with bounds on size and time.
//!
//! A connection carries one request and is closed. On a loopback a new one costs a tenth of a millisecond, and none can be
//! held open to keep others out.

use std::borrow::Cow;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use serde::Serialize;

/// The most bytes of a request line with its headers.
const LARGEST_HEAD: usize = 16 << 10;

/// The most bytes of a body: a thousand moved figures take a tenth of it.
const LARGEST_BODY: usize = 1 << 20;

/// The most headers.
const MOST_HEADERS: usize = 64;

/// A request must have come whole within this time, and an answer must have been taken.
const PATIENCE: Duration = Duration::from_secs(10);

/// How it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// to read
    Get,
    /// to work something out, or to write
    Post,
}

/// A request.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: Method,
    /// the path as it came, without what follows a `?`
    pub(super) path: String,
    pub(super) host: Option<String>,
    pub(super) origin: Option<String>,
    /// where a browser says that the request comes from: `same-origin`, `cross-site` …
    pub(super) site: Option<String>,
    pub(super) body: Vec<u8>,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    /// its media type
    pub(super) kind: &'static str,
    pub(super) body: Cow<'static, [u8]>,
}

impl Response {
    /// A text that says what is wrong.
    pub(super) fn refusal(status: u16, why: &str) -> Self {
        Self { status, kind: "text/plain; charset=utf-8", body: format!("{why}\n").into_bytes().into() }
    }

    /// An answer as JSON.
    pub(super) fn json(status: u16, answer: &impl Serialize) -> Self {
        let body = serde_json::to_vec(answer).unwrap_or_default();
        Self { status, kind: "application/json", body: body.into() }
    }
}

/// What a page may do: talk to where it came from, and to nobody else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The request of a connection.
///
/// # Errors
///
/// The answer to one that is too large, too slow or not HTTP; none to a connection that ended.
pub(super) fn receive(stream: &mut TcpStream) -> Result<Request, Option<Response>> {
    let until = Instant::now() + PATIENCE;
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = end_of_head(&bytes) {
            break end;
        }
        if bytes.len() > LARGEST_HEAD {
            return Err(Some(Response::refusal(431, "The headers are too large.")));
        }
        read_some(stream, &mut bytes, until)?;
    };
    if head > LARGEST_HEAD {
        return Err(Some(Response::refusal(431, "The headers are too large.")));
    }
    let (mut request, length) = parsed(&bytes[..head]).map_err(Some)?;
    if length > LARGEST_BODY {
        return Err(Some(Response::refusal(413, "The body is too large.")));
    }
    while bytes.len() < head + length {
        read_some(stream, &mut bytes, until)?;
    }
    request.body = bytes[head..head + length].to_vec();
    Ok(request)
}

/// Where the body begins, once the headers are there.
fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

fn read_some(stream: &mut TcpStream, bytes: &mut Vec<u8>, until: Instant) -> Result<(), Option<Response>> {
    let late = || Some(Response::refusal(408, "The request did not come in time."));
    let left = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()).ok_or_else(late)?;
    stream.set_read_timeout(Some(left)).map_err(|_| None)?;
    let mut part = [0; 8 << 10];
    match stream.read(&mut part) {
        Ok(0) => Err(None),
        Ok(count) => {
            bytes.extend_from_slice(&part[..count]);
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::Interrupted => Ok(()),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => Err(late()),
        Err(_) => Err(None),
    }
}

/// A request without its body, and how long that is.
fn parsed(head: &[u8]) -> Result<(Request, usize), Response> {
    let unfit = || Response::refusal(400, "This is not a request.");
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut read = httparse::Request::new(&mut headers);
    if !read.parse(head).is_ok_and(|status| status.is_complete()) {
        return Err(unfit());
    }
    let method = match read.method {
        Some("GET") => Method::Get,
        Some("POST") => Method::Post,
        _ => return Err(Response::refusal(405, "Only GET and POST are understood.")),
    };
    // A header that may decide anything comes once.
    let only = |name: &str| -> Result<Option<String>, Response> {
        let mut found = read.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
        let first = found.next().map(|header| String::from_utf8(header.value.to_vec()).map_err(|_| unfit()));
        if found.next().is_some() { Err(unfit()) } else { first.transpose() }
    };
    if only("transfer-encoding")?.is_some() {
        return Err(Response::refusal(411, "The length of the body must be said."));
    }
    let length = match only("content-length")? {
        Some(digits) if digits.bytes().all(|digit| digit.is_ascii_digit()) => digits.parse().map_err(|_| unfit())?,
        Some(_) => return Err(unfit()),
        None => 0,
    };
    let path = read.path.unwrap_or_default();
    let request = Request {
        method,
        path: path.split(['?', '#']).next().unwrap_or_default().to_owned(),
        host: only("host")?,
        origin: only("origin")?,
        site: only("sec-fetch-site")?,
        body: Vec::new(),
    };
    Ok((request, length))
}

/// Sends the answer.
///
/// # Errors
///
/// That nobody takes it.
pub(super) fn send(stream: &mut TcpStream, response: &Response) -> io::Result<()> {
    let Response { status, kind, body } = response;
    let head = format!(
        "HTTP/1.1 {status} {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\nContent-Security-Policy: {POLICY}\r\n\r\n",
        reason(*status),
        body.len()
    );
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    stream.flush()
}

/// Ends a connection so that the answer arrives: what still comes of a request that was cut short is read and forgotten, for
/// a moment.
pub(super) fn part(stream: &mut TcpStream) {
    const MOMENT: Duration = Duration::from_millis(500);
    let _ = stream.shutdown(Shutdown::Write);
    let until = Instant::now() + MOMENT;
    let mut forgotten = [0; 16 << 10];
    while let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
        let waits = stream.set_read_timeout(Some(left)).is_ok();
        if !waits || !stream.read(&mut forgotten).is_ok_and(|count| count > 0) {
            return;
        }
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        411 => "Length Required",
        413 => "Content Too Large",
        422 => "Unprocessable Content",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_taken_apart_and_a_doubtful_one_refused() {
        let (request, length) =
            parsed(b"POST /t/look?x HTTP/1.1\r\nHost: localhost:1\r\nContent-Length: 12\r\n\r\n").expect("a request");
        assert_eq!((request.method, request.path.as_str(), length), (Method::Post, "/t/look", 12));
        assert_eq!(request.host.as_deref(), Some("localhost:1"));
        for (head, status) in [
            ("PUT / HTTP/1.1\r\n\r\n", 405),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: +5\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
            ("not a request\r\n\r\n", 400),
        ] {
            assert_eq!(parsed(head.as_bytes()).map(|_| ()).expect_err(head).status, status, "{head}");
        }
    }
}
