//! The command `foremix`.

use std::process::ExitCode;

fn main() -> ExitCode {
    foremix::main()
}
