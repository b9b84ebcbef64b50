//! Who may ask, and what can't be asked for.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::served::{PLAN, Served};

fn served() -> Served {
    Served::of(PLAN, &[("secret.txt", "hush")], &[])
}

fn get(served: &Served, path: &str, headers: &str) -> u16 {
    served.status(format!("GET {path} HTTP/1.1\r\n{headers}\r\n").as_bytes())
}

#[test]
fn only_the_page_itself_is_answered() {
    let served = served();
    let Served { port, token, .. } = &served;
    let own = format!("Host: 127.0.0.1:{port}\r\n");
    assert_eq!(get(&served, &format!("/{token}/"), &own), 200);
    assert_eq!(get(&served, &format!("/{token}/page.js"), &format!("Host: localhost:{port}\r\n")), 200);
    // No token, a wrong one, one that is cut short.
    for path in
        ["/".to_owned(), "/page.js".into(), format!("/{}/", "0".repeat(token.len())), format!("/{}/", &token[1..])]
    {
        assert_eq!(get(&served, &path, &own), 403, "{path}");
    }
    // A name that was made to lead here, and none at all.
    for host in ["Host: evil.example\r\n".to_owned(), format!("Host: evil.example:{port}\r\n"), String::new()] {
        assert_eq!(get(&served, &format!("/{token}/"), &host), 403, "{host}");
    }
    // A page from elsewhere that knows the port and even the token.
    let post = |origin: &str| {
        let head = format!("POST /{token}/stop HTTP/1.1\r\n{own}{origin}Content-Length: 31\r\n\r\n");
        served.status(format!("{head}{{\"turn\":{{\"tab\":1,\"number\":1}}}}  ").as_bytes())
    };
    assert_eq!(post(&format!("Origin: http://127.0.0.1:{port}\r\n")), 200);
    for origin in ["", "Origin: null\r\n", "Origin: https://evil.example\r\n", "Origin: http://127.0.0.1\r\n"] {
        assert_eq!(post(origin), 403, "{origin}");
    }
    let both = format!("Origin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: cross-site\r\n");
    assert_eq!(post(&both), 403);
}

#[test]
fn no_path_becomes_a_file() {
    let served = served();
    let Served { port, token, .. } = &served;
    let own = format!("Host: 127.0.0.1:{port}\r\n");
    for name in [
        "plan.toml",
        "secret.txt",
        "../secret.txt",
        "..%2fsecret.txt",
        "../../../../etc/passwd",
        "//etc/passwd",
        "assets/page.js",
        "page.js/",
    ] {
        let answer = served.raw(format!("GET /{token}/{name} HTTP/1.1\r\n{own}\r\n").as_bytes());
        assert!(answer.starts_with("HTTP/1.1 404 "), "{name}: {answer}");
        assert!(!answer.contains("hush") && !answer.contains("root:"), "{name}");
    }
}

#[test]
fn what_is_moved_names_no_file_and_a_plan_reads_none_outside_its_folder() {
    let served = served();
    for value in ["{ file = \"secret.txt\", column = \"x\" }", "{ file = \"/etc/passwd\", column = \"x\" }"] {
        let state = json!({ "settings": [{ "path": "sales.close_rate", "value": value }] });
        let question = json!({ "state": state, "extent": "first", "turn": { "tab": 1, "number": 1 } });
        let (status, answer) = served.ask("look", &question);
        assert_eq!((status, &answer["faults"][0]["setting"]), (422, &json!(0)), "{answer}");
        assert!(!answer.to_string().contains("hush") && !answer.to_string().contains("root:"), "{answer}");
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("inner")).unwrap();
    std::fs::write(folder.path().join("base.toml"), PLAN).unwrap();
    std::fs::write(folder.path().join("inner/plan.toml"), "extends = \"../base.toml\"\n").unwrap();
    let output = assert_cmd::Command::cargo_bin("foremix")
        .unwrap()
        .current_dir(folder.path())
        .args(["serve", "--no-open", "inner/plan.toml"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("leads out of") && said.contains("--confine"), "{said}");
}

#[test]
fn requests_are_limited_in_size() {
    let served = served();
    let Served { port, token, .. } = &served;
    let own = format!("Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n");
    let body = format!("POST /{token}/look HTTP/1.1\r\n{own}Content-Length: {}\r\n\r\n", (1 << 20) + 1);
    assert_eq!(served.status(body.as_bytes()), 413);
    let headers = format!("GET /{token}/ HTTP/1.1\r\n{own}X: {}\r\n\r\n", "x".repeat(20 << 10));
    assert_eq!(served.status(headers.as_bytes()), 431);
    let many: String = (0..80).map(|at| format!("X{at}: 1\r\n")).collect();
    assert_eq!(get(&served, &format!("/{token}/"), &format!("{own}{many}")), 400);
    let chunked = format!("POST /{token}/look HTTP/1.1\r\n{own}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    assert_eq!(served.status(chunked.as_bytes()), 411);
    assert_eq!(served.status(format!("DELETE /{token}/ HTTP/1.1\r\n{own}\r\n").as_bytes()), 405);
    let (status, _) = served.ask("look", &json!({ "no": "question" }));
    assert_eq!(status, 422);
    let settings: Vec<_> = (0..600).map(|at| json!({ "path": format!("a.b{at}"), "value": 1 })).collect();
    let question = json!({ "state": { "settings": settings }, "extent": "first", "turn": { "tab": 1, "number": 1 } });
    assert_eq!(served.ask("look", &question).0, 422);
}

#[test]
fn idle_connections_are_limited_in_number_and_keep_nobody_out_for_good() {
    let served = served();
    let whole = format!("GET /{}/ HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", served.token, served.port);
    let mut idle: Vec<TcpStream> = (0..32).map(|_| TcpStream::connect(("127.0.0.1", served.port)).unwrap()).collect();
    assert_eq!(served.status(whole.as_bytes()), 503);
    // Connections are taken in their order: once the first is answered, its place is free.
    let mut first = idle.remove(0);
    first.write_all(whole.as_bytes()).unwrap();
    let mut answer = String::new();
    first.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "));
    drop((first, idle));
    let is_free = || served.status(whole.as_bytes()) == 200;
    assert!((0..200).any(|_| is_free() || {
        std::thread::sleep(std::time::Duration::from_millis(50));
        false
    }));
}

#[test]
fn a_page_may_talk_to_its_server_alone() {
    let served = served();
    let answer =
        served.raw(format!("GET /{}/ HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", served.token, served.port).as_bytes());
    for header in [
        "Content-Security-Policy: default-src 'none'; script-src 'self';",
        "frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Cache-Control: no-store",
    ] {
        assert!(answer.contains(header), "{header}");
    }
    assert!(!answer.contains("http://") && !answer.contains("https://"));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_while_it_works() {
    let mut served = Served::of(PLAN, &[], &["--runs", "1M"]);
    let question = json!({ "state": {}, "extent": "all", "turn": { "tab": 1, "number": 1 } }).to_string();
    let mut stream = TcpStream::connect(("127.0.0.1", served.port)).unwrap();
    let head = format!(
        "POST /{}/look HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Length: {}\r\n\r\n",
        served.token,
        question.len(),
        port = served.port
    );
    stream.write_all(format!("{head}{question}").as_bytes()).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(!served.interrupt().success());
    // It ended before it answered.
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    assert_eq!(answer, "");
}
