//! Which parts make a whole: all of one command, version and system, without a gap and without an overlap.

use std::path::{Path, PathBuf};

use crate::reading::Files;

use super::fault::{PartFault, PartFaults};
use super::format::PartFile;
use super::{Header, Whole, this_build, told};

/// Opens parts and puts them into the order of their draws. `typed` writes a command as one types it.
///
/// # Errors
///
/// Everything that keeps them from making a whole.
pub fn fitting(
    files: &Files,
    paths: &[PathBuf],
    typed: impl Fn(&[String]) -> String,
) -> Result<Vec<PartFile>, PartFaults> {
    let mut faults = Vec::new();
    let mut parts: Vec<PartFile> = Vec::new();
    for path in paths {
        match PartFile::open(files, path) {
            Ok(part) => parts.push(part),
            Err(fault) => faults.push(fault),
        }
    }
    let wholes: Vec<Whole> = parts.iter().map(|part| part.whole.clone()).collect();
    faults.extend(wholes.iter().filter_map(of_another_build));
    if let Some((first, others)) = wholes.split_first() {
        faults.extend(others.iter().filter_map(|other| of_another_command(first, other, &typed)));
    }
    // What is missing can only be told of parts that belong together.
    if faults.is_empty() {
        parts.sort_by_key(|part| (part.whole.header.draws.start, part.whole.header.draws.end));
        let wholes: Vec<&Whole> = parts.iter().map(|part| &part.whole).collect();
        faults = gaps_and_overlaps(&wholes, &typed);
    }
    if faults.is_empty() { Ok(parts) } else { Err(PartFaults(faults)) }
}

fn of_another_build(part: &Whole) -> Option<PartFault> {
    let Header { version, target, .. } = &part.header;
    let (own_version, own_target) = this_build();
    let why = if *version != own_version {
        format!("was made by foremix {version}, and this is {own_version}, whose figures may differ")
    } else if *target != own_target {
        format!("was made on {target}, and this is {own_target}: the last digits differ between systems")
    } else {
        return None;
    };
    Some(PartFault::Other { path: part.path.clone(), why })
}

fn of_another_command(first: &Whole, other: &Whole, typed: &impl Fn(&[String]) -> String) -> Option<PartFault> {
    let [one, own] = [&first.header, &other.header];
    let beside = first.path.display();
    let why = if own.seed != one.seed {
        format!("has seed {}, and {beside} has seed {}", own.seed, one.seed)
    } else if own.command != one.command {
        format!("is part of `{}`, and {beside} of `{}`", typed(&own.command), typed(&one.command))
    } else if own.scenarios != one.scenarios {
        format!("is of another scenario than {beside}: the file, or one that it reads, was changed between the two")
    } else {
        return None;
    };
    Some(PartFault::Other { path: other.path.clone(), why })
}

/// Of parts in the order of their draws.
fn gaps_and_overlaps(parts: &[&Whole], typed: &impl Fn(&[String]) -> String) -> Vec<PartFault> {
    let mut faults = Vec::new();
    let mut done = 0;
    let mut last: Option<&Path> = None;
    for part in parts {
        let draws = &part.header.draws;
        if draws.start > done {
            faults.push(PartFault::Gap { draws: told(&(done..draws.start)), command: typed(&part.header.command) });
        }
        if let Some(one) = last.filter(|_| draws.start < done) {
            let both = draws.start..done.min(draws.end);
            faults.push(PartFault::Overlap { one: one.to_owned(), other: part.path.clone(), draws: told(&both) });
        }
        if draws.end > done {
            done = draws.end;
            last = Some(&part.path);
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::{Body, encode};

    /// A part of this build: its name, its draws, and what is changed in its header.
    fn part(draws: std::ops::Range<u64>, change: impl FnOnce(&mut Header)) -> Vec<u8> {
        let (version, target) = this_build();
        let command = vec!["run".into(), "plan.toml".into()];
        let mut header = Header { version, target, command, scenarios: vec!["abc".into()], seed: 7, draws };
        change(&mut header);
        encode(&header, &Body { files: Vec::new(), simulations: Vec::new() })
    }

    fn merged(parts: Vec<Vec<u8>>) -> Result<Vec<String>, String> {
        let names: Vec<PathBuf> = (1..=parts.len()).map(|at| format!("p{at}").into()).collect();
        let files = Files::in_memory(names.iter().zip(parts));
        let typed = |command: &[String]| format!("foremix {}", command.join(" "));
        let parts = fitting(&files, &names, typed).map_err(|faults| faults.to_string())?;
        Ok(parts.iter().map(|part| part.whole.header.told()).collect())
    }

    fn same(_: &mut Header) {}

    #[test]
    fn parts_are_put_in_order() {
        let parts = vec![part(20..30, same), part(0..7, same), part(7..20, same)];
        assert_eq!(merged(parts).expect("a whole"), ["1..7", "8..20", "21..30"]);
    }

    #[test]
    fn gaps_and_overlaps_are_all_named() {
        let parts = vec![part(5..10, same), part(8..20, same), part(12..15, same), part(25..30, same)];
        let said = merged(parts).expect_err("no whole");
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(
            lines,
            [
                "no part holds the draws 1..5; this makes them:",
                "  foremix run plan.toml --draws 1..5 --part FILE",
                "p1 and p2 both hold the draws 9..10: leave one of them out",
                "p2 and p3 both hold the draws 13..15: leave one of them out",
                "no part holds the draws 21..25; this makes them:",
                "  foremix run plan.toml --draws 21..25 --part FILE",
            ]
        );
    }

    #[test]
    fn what_does_not_go_together_is_told_in_words() {
        for (change, said) in [
            ((|own| own.seed = 8) as fn(&mut Header), "p2 has seed 8, and p1 has seed 7"),
            (|own| own.version = "0.0.1".into(), "p2 was made by foremix 0.0.1, and this is "),
            (|own| own.target = "sparc-solaris".into(), "p2 was made on sparc-solaris, and this is "),
            (|own| own.scenarios = vec!["abd".into()], "p2 is of another scenario than p1: "),
            (
                |own| own.command.push("--set=x=1".into()),
                "p2 is part of `foremix run plan.toml --set=x=1`, and p1 of `foremix run plan.toml`",
            ),
        ] {
            let found = merged(vec![part(0..10, same), part(10..20, change)]).expect_err("no whole");
            assert!(found.starts_with(said), "{found}");
        }
        assert!(merged(vec![vec![1, 2]]).expect_err("no part").starts_with("p1 is not a part: "));
    }
}
