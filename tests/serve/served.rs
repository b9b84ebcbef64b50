//! A server of its own for each test, spoken to over TCP as a browser would.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A plan with comments, a variant, two channels to move money between, and people.
pub(crate) const PLAN: &str = r#"# A joinery that sells kitchens.
name = "Kitchens, spring"
currency = "EUR"

[targets]
revenue = 220_000   # what the bank was told

[channels.search]
kind = "ppc"
budget = 24_000     # agreed in January
cost_per_click = "2 to 4"
clicks_available = 2_000
visit_to_lead = "3% to 5%"

[channels.flyers]
kind = "print"
budget = 8_000
cost_per_insertion = 2_000
circulation = 9_000
response_rate = "0.2% to 0.5%"

[sales]
selling_time = 0.5
hours_per_lead = 1
hours_per_opportunity = 6
opportunity_rate = "30% to 45%"
close_rate = "25% to 40%"   # last year: 31 %
cycle_weeks = "4 to 7"

[sales.reps.advisers]
count = 2
cost_per_week = 1_200

[deals]
average_value = "9k to 12k"

[finance]
gross_margin = "45%"

[variants.more-flyers]
channels.flyers.budget = 12_000
"#;

/// A server that is running.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: String,
    pub(crate) port: u16,
    pub(crate) token: String,
    folder: TempDir,
}

impl Served {
    /// Of a plan of that text, beside which `files` lie.
    pub(crate) fn of(plan: &str, files: &[(&str, &str)], arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("plan.toml"), plan).unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let runs: &[&str] = if arguments.contains(&"--runs") { &[] } else { &["--runs", "1500"] };
        Self::start(folder, &[&["plan.toml"], runs, arguments].concat())
    }

    /// Without a plan.
    pub(crate) fn bare() -> Self {
        Self::start(tempfile::tempdir().unwrap(), &["--runs", "512"])
    }

    fn start(folder: TempDir, arguments: &[&str]) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("foremix"))
            .current_dir(folder.path())
            .args([&["serve", "--no-open"], arguments].concat())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.map(Result::unwrap).find(|line| line.contains("http://")).expect("an address");
        let address = address.trim().to_owned();
        let rest = address.strip_prefix("http://127.0.0.1:").expect("an address of the loopback");
        let (port, token) = rest.split_once('/').unwrap();
        let (port, token) = (port.parse().unwrap(), token.trim_end_matches('/').to_owned());
        Self { child, address, port, token, folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Sends bytes as they are, and gives the answer as it came.
    pub(crate) fn raw(&self, bytes: &[u8]) -> String {
        String::from_utf8_lossy(&self.answer(bytes)).into_owned()
    }

    fn answer(&self, bytes: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        // What is refused half-way need not be taken whole.
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    /// The status of what is answered to bytes.
    pub(crate) fn status(&self, bytes: &[u8]) -> u16 {
        let answer = self.raw(bytes);
        answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("{answer}"))
    }

    /// Asks as the page does: the status, and the answer.
    pub(crate) fn ask(&self, name: &str, question: &Value) -> (u16, Value) {
        let (status, body) = self.ask_for_file(name, question);
        let body = String::from_utf8_lossy(&body).into_owned();
        (status, serde_json::from_str(&body).unwrap_or(Value::String(body)))
    }

    /// Asks as the page does: the status, and the bytes of the answer.
    pub(crate) fn ask_for_file(&self, name: &str, question: &Value) -> (u16, Vec<u8>) {
        let body = question.to_string();
        let head = format!(
            "POST /{}/{name} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Length: {}\r\n\r\n",
            self.token,
            body.len(),
            port = self.port
        );
        let answer = self.answer(format!("{head}{body}").as_bytes());
        let end = answer.windows(4).position(|own| own == b"\r\n\r\n").expect("the end of the head");
        let head = String::from_utf8_lossy(&answer[..end]);
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer[end + 4..].to_vec())
    }

    /// What the command says in the same folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> String {
        let output =
            assert_cmd::Command::cargo_bin("foremix").unwrap().current_dir(self.folder()).args(arguments).output();
        let output = output.unwrap();
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr)
    }

    /// Sends a signal and waits for the end: how the process ended. It never ends where the tests run with interrupts
    /// ignored, as in the background of a script; then this fails rather than to wait for ever.
    #[cfg(unix)]
    pub(crate) fn interrupt(&mut self) -> std::process::ExitStatus {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        for _ in 0..600 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("an interrupt did not end it within a minute; are interrupts ignored here?");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
