//! A private folder beside the place asked for, filled and flushed before it is put there.

use std::fs::File;
use std::io::{self, Write};

use rayon::prelude::*;
use tempfile::TempDir;

use super::destination::Destination;
use super::listing::{self, LIST};
use super::private_folder::{new_folder, sync_folder};

/// A filled folder that has not taken its place yet. It is deleted when it is dropped.
pub(super) struct Staging {
    pub(super) folder: TempDir,
    /// its list, locked as long as the process lives: others sweep only what nobody holds
    pub(super) lock: File,
}

impl Staging {
    /// Makes the folder, lists what it will hold, writes that, and waits until the disk has it.
    pub(super) fn fill(files: &[(String, Vec<u8>)], destination: &Destination) -> io::Result<Self> {
        let folder = new_folder(&destination.parent)?;
        let path = folder.path();
        let mut list = File::create_new(path.join(LIST))?;
        // Where locks are unknown (some network file systems), age decides what is swept.
        let _ = list.try_lock();
        let text = listing::text(&destination.name, files.iter().map(|(name, _)| name.as_str()));
        list.write_all(text.as_bytes())?;
        list.sync_all()?;
        files.par_iter().try_for_each(|(name, bytes)| {
            let mut file = File::create_new(path.join(name))?;
            file.write_all(bytes)?;
            file.sync_all()
        })?;
        sync_folder(path)?;
        Ok(Self { folder, lock: list })
    }
}
