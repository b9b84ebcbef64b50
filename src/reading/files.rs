//! The one door through which files are read: scenarios, what they build on, and tables of draws.
//!
//! The door can be held to a folder, for those who check other people's scenarios, or opened on texts in memory, for
//! programs that have no disk. What comes from a pipe or from standard input is read once and kept, so that whoever asks
//! again gets the same.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::disk::{self, tidy};
use super::found::{Found, Refusal};

/// What the path of standard input is.
pub const STANDARD_INPUT: &str = "-";

/// The door; clones are the same door.
#[derive(Clone, Debug, Default)]
pub struct Files(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    behind: Behind,
    /// what came from pipes, by identity
    kept: Mutex<BTreeMap<PathBuf, Arc<[u8]>>>,
    /// what was opened so far, by its path
    opened: Mutex<BTreeMap<PathBuf, Found>>,
}

/// A file with its bytes, to be carried elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    path: PathBuf,
    identity: PathBuf,
    is_stream: bool,
    bytes: Vec<u8>,
}

/// What is behind the door.
#[derive(Debug)]
enum Behind {
    /// the disk, or one folder of it (without links)
    Disk { within: Option<PathBuf> },
    /// texts by their paths
    Memory(BTreeMap<PathBuf, (Found, Arc<[u8]>)>),
}

impl Default for Behind {
    fn default() -> Self {
        Self::Disk { within: None }
    }
}

impl Files {
    /// A door that opens files below `folder` only, wherever links and dots lead.
    ///
    /// # Errors
    ///
    /// That there is no such folder.
    pub fn within(folder: &Path) -> io::Result<Self> {
        let folder = folder.canonicalize()?;
        if !folder.is_dir() {
            return Err(io::Error::from(io::ErrorKind::NotADirectory));
        }
        Ok(Self::of(Behind::Disk { within: Some(folder) }))
    }

    /// A door to texts in memory, by their paths; the disk is never touched.
    pub fn in_memory<P: AsRef<Path>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let entry = |(path, bytes): (P, B)| {
            let identity = tidy(path.as_ref());
            (identity.clone(), (Found { identity, is_stream: false }, Arc::from(bytes.into())))
        };
        Self::of(Behind::Memory(files.into_iter().map(entry).collect()))
    }

    /// A door to files that were packed: what is read through it is what was read then, wherever they are unpacked.
    pub fn unpacked(files: impl IntoIterator<Item = Packed>) -> Self {
        let mut behind = BTreeMap::new();
        for Packed { path, identity, is_stream, bytes } in files {
            let bytes: Arc<[u8]> = bytes.into();
            // Links are not there any more: a file is found by where it lay, too.
            for name in [tidy(&identity), path] {
                behind.insert(name, (Found { identity: identity.clone(), is_stream }, Arc::clone(&bytes)));
            }
        }
        Self::of(Behind::Memory(behind))
    }

    /// Every file that was opened so far, with its bytes.
    ///
    /// # Errors
    ///
    /// Why one of them can't be read again.
    pub fn packed(&self) -> Result<Vec<Packed>, Refusal> {
        let opened = self.0.opened.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let pack = |(path, Found { identity, is_stream }): (PathBuf, Found)| {
            let bytes = self.bytes(&path, u64::MAX)?;
            Ok(Packed { path, identity, is_stream, bytes })
        };
        opened.into_iter().map(pack).collect()
    }

    fn of(behind: Behind) -> Self {
        Self(Arc::new(Inner { behind, kept: Mutex::default(), opened: Mutex::default() }))
    }

    /// Finds a file, without reading it.
    ///
    /// # Errors
    ///
    /// Why there is none that may be read.
    pub fn find(&self, path: &Path) -> Result<Found, Refusal> {
        match &self.0.behind {
            Behind::Memory(files) => files.get(&tidy(path)).map(|(found, _)| found.clone()).ok_or(Refusal::Missing),
            Behind::Disk { .. } if path.as_os_str() == STANDARD_INPUT => {
                // The same pipe may be named /dev/stdin as well.
                let pipe = disk::find(Path::new("/dev/stdin"), None);
                let identity = pipe.map_or_else(|_| path.to_owned(), |found| found.identity);
                Ok(Found { identity, is_stream: true })
            }
            Behind::Disk { within } => disk::find(path, within.as_deref()),
        }
    }

    /// The file as a stream of bytes, of which no more than `most` may come.
    ///
    /// # Errors
    ///
    /// Why it can't be read.
    pub fn open(&self, path: &Path, most: u64) -> Result<Box<dyn Read + Send>, Refusal> {
        let found = self.find(path)?;
        let mut opened = self.0.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.entry(tidy(path)).or_insert_with(|| found.clone());
        drop(opened);
        match &self.0.behind {
            Behind::Memory(files) => match files.get(&tidy(path)) {
                Some((_, bytes)) if bytes.len() as u64 > most => Err(Refusal::TooLarge),
                Some((_, bytes)) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
                None => Err(Refusal::Missing),
            },
            Behind::Disk { .. } if found.is_stream => Ok(Box::new(Cursor::new(self.drained(path, &found, most)?))),
            Behind::Disk { .. } => {
                let file = File::open(&found.identity).or_else(|_| File::open(path))?;
                if file.metadata()?.len() > most {
                    return Err(Refusal::TooLarge);
                }
                Ok(Box::new(file.take(most.saturating_add(1))))
            }
        }
    }

    /// All bytes of a file, `most` at most.
    ///
    /// # Errors
    ///
    /// Why it can't be read.
    pub fn bytes(&self, path: &Path, most: u64) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::new();
        self.open(path, most)?.read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most { Err(Refusal::TooLarge) } else { Ok(bytes) }
    }

    /// What came through a pipe; read now, or kept from the first time.
    fn drained(&self, path: &Path, found: &Found, most: u64) -> Result<Arc<[u8]>, Refusal> {
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = kept.get(&found.identity) {
            return if bytes.len() as u64 > most { Err(Refusal::TooLarge) } else { Ok(Arc::clone(bytes)) };
        }
        let bytes = if path.as_os_str() == STANDARD_INPUT {
            let mut bytes = Vec::new();
            io::stdin().lock().take(most.saturating_add(1)).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > most {
                return Err(Refusal::TooLarge);
            }
            bytes
        } else {
            disk::drain(path, most)?
        };
        let bytes: Arc<[u8]> = bytes.into();
        kept.insert(found.identity.clone(), Arc::clone(&bytes));
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn texts_in_memory_are_found_by_any_of_their_paths() {
        let files = Files::in_memory([("plans/draws.csv", "x\n1\n")]);
        let found = files.find(Path::new("plans/./more/../draws.csv")).expect("the file");
        assert_eq!(found.identity, Path::new("plans/draws.csv"));
        assert_eq!(files.bytes(Path::new("plans/draws.csv"), 10).expect("its text"), b"x\n1\n");
        assert!(matches!(files.bytes(Path::new("plans/draws.csv"), 3), Err(Refusal::TooLarge)));
        assert!(matches!(files.find(Path::new("Cargo.toml")), Err(Refusal::Missing)));
    }

    #[test]
    fn what_was_read_can_be_packed_and_read_elsewhere() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.toml");
        fs::write(&path, "a = 1").expect("a file");
        fs::write(folder.path().join("other.toml"), "b = 2").expect("a file");
        let files = Files::default();
        files.bytes(&folder.path().join("./plan.toml"), 9).expect("its text");
        let packed = files.packed().expect("the bytes");
        let found = files.find(&path).expect("the file");
        folder.close().expect("it goes");
        let elsewhere = Files::unpacked(packed);
        assert_eq!(elsewhere.find(&path).expect("the file"), found);
        assert_eq!(elsewhere.bytes(&path, 9).expect("its text"), b"a = 1");
        assert!(matches!(elsewhere.find(&path.with_file_name("other.toml")), Err(Refusal::Missing)));
    }

    #[test]
    fn nothing_outside_a_folder_is_told_from_nothing_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let inside = folder.path().join("inside");
        fs::create_dir(&inside).expect("a folder in it");
        fs::write(folder.path().join("secret"), "s").expect("a file");
        fs::write(inside.join("open"), "o").expect("a file");
        let files = Files::within(&inside).expect("a door");
        assert_eq!(files.bytes(&inside.join("open"), 9).expect("its text"), b"o");
        for path in ["../secret", "../nothing", "../inside/../secret", "x/../../secret", "x/../../nothing/at/all"] {
            let refused = files.find(&inside.join(path));
            assert!(matches!(refused, Err(Refusal::Outside(_))), "{path}: {refused:?}");
        }
        assert!(matches!(files.find(&inside.join("missing")), Err(Refusal::Missing)));
        assert!(matches!(files.find(Path::new("/dev/zero")), Err(Refusal::Outside(_))));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../secret", inside.join("link")).expect("a link");
            assert!(matches!(files.find(&inside.join("link")), Err(Refusal::Outside(_))));
        }
    }

    #[cfg(unix)]
    #[test]
    fn two_paths_to_one_file_have_one_identity_and_devices_have_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("draws.csv");
        fs::write(&path, "x").expect("a file");
        std::os::unix::fs::symlink(&path, folder.path().join("link.csv")).expect("a link");
        let files = Files::default();
        let identity = |name: &str| files.find(&folder.path().join(name)).expect("the file").identity;
        assert_eq!(identity("draws.csv"), identity("./link.csv"));
        assert!(matches!(files.find(Path::new("/dev/zero")), Err(Refusal::Device)));
        assert!(matches!(files.find(folder.path()), Err(Refusal::Folder)));
    }
}
