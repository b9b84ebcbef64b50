//! Who may come in: whoever has the token, from the page itself.
//!
//! The token is in the address, which the terminal says and no other page knows. A page from elsewhere that guesses the port
//! is refused by its `Origin`, and a name that was made to lead here (DNS rebinding) by its `Host`.

use super::http::{Method, Request, Response};

/// The door of one server.
#[derive(Debug)]
pub(super) struct Door {
    token: String,
    port: u16,
}

/// Bytes of the token: nobody guesses 160 bits.
const TOKEN_BYTES: usize = 20;

impl Door {
    /// With a token that nobody knows yet.
    ///
    /// # Errors
    ///
    /// That the system gives no random bytes.
    pub(super) fn new(port: u16) -> Result<Self, getrandom::Error> {
        let mut bytes = [0; TOKEN_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self { token: bytes.iter().map(|byte| format!("{byte:02x}")).collect(), port })
    }

    /// Where the page is.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// What a request asks for, behind the token.
    ///
    /// # Errors
    ///
    /// The answer to one that may not come in. It is the same whatever lies behind the path.
    pub(super) fn admit<'r>(&self, request: &'r Request) -> Result<&'r str, Response> {
        let hosts = [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)];
        if !request.host.as_ref().is_some_and(|host| hosts.contains(host)) {
            return Err(Response::refusal(403, "This page is served to 127.0.0.1 and localhost only."));
        }
        let is_own = |origin: &str| hosts.iter().any(|host| origin.strip_prefix("http://") == Some(host));
        let comes_from_here = match (&request.origin, request.method) {
            (Some(origin), _) => is_own(origin),
            // Browsers always say where a POST comes from.
            (None, method) => method == Method::Get,
        };
        let is_foreign = request.site.as_ref().is_some_and(|site| !["same-origin", "none"].contains(&site.as_str()));
        if !comes_from_here || is_foreign && request.method == Method::Post {
            return Err(Response::refusal(403, "Only the page itself may ask."));
        }
        let (token, rest) = request.path.strip_prefix('/').and_then(|path| path.split_once('/')).unwrap_or(("", ""));
        if !is_same(token.as_bytes(), self.token.as_bytes()) {
            return Err(Response::refusal(403, "Open the address that foremix serve has printed: it ends in a token."));
        }
        Ok(rest)
    }
}

/// Whether two tokens are the same, in a time that does not tell how much of them is.
fn is_same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: Method, path: &str, host: &str, origin: Option<&str>) -> Request {
        let (path, host) = (path.to_owned(), Some(host.to_owned()));
        Request { method, path, host, origin: origin.map(str::to_owned), site: None, body: Vec::new() }
    }

    #[test]
    fn only_the_page_itself_comes_in() {
        let door = Door { token: "abc".into(), port: 7 };
        let asks = |method, path: &str, host: &str, origin| {
            door.admit(&request(method, path, host, origin)).map(str::to_owned).ok()
        };
        let own = Some("http://127.0.0.1:7");
        assert_eq!(asks(Method::Get, "/abc/", "127.0.0.1:7", None).as_deref(), Some(""));
        assert_eq!(asks(Method::Post, "/abc/look", "localhost:7", Some("http://localhost:7")).as_deref(), Some("look"));
        assert_eq!(asks(Method::Post, "/abc/look", "127.0.0.1:7", own).as_deref(), Some("look"));
        for (method, path, host, origin) in [
            (Method::Post, "/abc/look", "127.0.0.1:7", None),
            (Method::Post, "/abc/look", "127.0.0.1:7", Some("http://evil.example")),
            (Method::Post, "/abc/look", "127.0.0.1:7", Some("null")),
            (Method::Get, "/abc/", "evil.example:7", None),
            (Method::Get, "/abc/", "127.0.0.1:8", None),
            (Method::Get, "/abcd/", "127.0.0.1:7", None),
            (Method::Get, "/ab/", "127.0.0.1:7", None),
            (Method::Get, "/", "127.0.0.1:7", None),
            (Method::Get, "/abc", "127.0.0.1:7", None),
        ] {
            assert_eq!(asks(method, path, host, origin), None, "{path} {host} {origin:?}");
        }
    }
}
