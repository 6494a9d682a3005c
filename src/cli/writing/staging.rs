//! Folders for output that is not complete yet, next to the files that it becomes.
//!
//! They are hidden, and so no plans are looked for in them. A run that is killed cannot remove its own, but it does not keep the
//! lock on it either: the next run that writes there removes it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::interrupt::Unfinished;

const PREFIX: &str = ".planmaker-";
const SUFFIX: &str = ".tmp";
/// The number of random characters between them.
const RANDOM: usize = 6;

/// A folder that only this run writes to.
#[derive(Debug)]
pub struct Staging {
    pub path: PathBuf,
    /// Locked until this run ends. Some file systems have no locks.
    _lock: Option<File>,
}

impl Staging {
    /// Makes a staging folder in a folder, where it also removes those of killed runs.
    pub fn create(folder: &Path, unfinished: &mut Unfinished) -> io::Result<Self> {
        remove_stale(folder);
        loop {
            let path = builder().tempdir_in(folder)?.keep();
            unfinished.staging.push(path.clone());
            let lock = lock::wait(&path);
            // Another run can take it for stale before it is locked.
            if path.is_dir() || !folder.is_dir() {
                return Ok(Self { path, _lock: lock });
            }
            unfinished.remove(&[path], &[]);
        }
    }
}

fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
    builder
}

/// Removes what killed runs left in a folder. Where it cannot be removed, it is in nobody's way.
fn remove_stale(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| is_staging(&entry.file_name()));
    for entry in ours.filter(|entry| entry.file_type().is_ok_and(|it| it.is_dir())) {
        let path = entry.path();
        let Some(_lock) = lock::get(&path) else {
            continue;
        };
        let files = fs::read_dir(&path).into_iter().flatten().flatten();
        for file in files.filter(|file| is_number(&file.file_name())) {
            let _ = fs::remove_file(file.path());
        }
        let _ = fs::remove_dir(&path);
    }
}

/// Whether a name is that of a staging folder.
fn is_staging(name: &OsStr) -> bool {
    let name = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
    let random = name.and_then(|name| name.strip_suffix(SUFFIX));
    random.is_some_and(|it| it.len() == RANDOM && it.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether a name is that of a file in a staging folder.
fn is_number(name: &OsStr) -> bool {
    name.as_encoded_bytes().iter().all(u8::is_ascii_digit)
}

/// Locks on folders, by which a run says that it is not done.
#[cfg(not(windows))]
mod lock {
    use std::fs::File;
    use std::path::Path;

    /// Locks a folder.
    pub fn wait(folder: &Path) -> Option<File> {
        File::open(folder).ok().filter(|it| it.lock().is_ok())
    }

    /// Locks a folder unless another run did.
    pub fn get(folder: &Path) -> Option<File> {
        File::open(folder).ok().filter(|it| it.try_lock().is_ok())
    }
}

/// The same on Windows, which has locks on files only: a run has its folder open to write in.
#[cfg(windows)]
mod lock {
    use std::fs::File;
    use std::os::windows::fs::OpenOptionsExt;
    use std::path::Path;

    const LIST_FILES: u32 = 0x1;
    const ADD_FILES: u32 = 0x2;
    const SHARE_READ: u32 = 0x1;
    const SHARE_WRITE: u32 = 0x2;
    const SHARE_DELETE: u32 = 0x4;
    /// Without this, only files can be opened.
    const BACKUP_SEMANTICS: u32 = 0x200_0000;

    /// Opens a folder to write in.
    pub fn wait(folder: &Path) -> Option<File> {
        open(folder, ADD_FILES, SHARE_READ | SHARE_WRITE | SHARE_DELETE)
    }

    /// Opens a folder unless another run has it open to write in.
    pub fn get(folder: &Path) -> Option<File> {
        open(folder, LIST_FILES, SHARE_READ | SHARE_DELETE)
    }

    fn open(folder: &Path, access: u32, shared: u32) -> Option<File> {
        let mut options = File::options();
        options.access_mode(access).share_mode(shared);
        options.custom_flags(BACKUP_SEMANTICS).open(folder).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::interrupt;

    #[test]
    fn only_staging_folders_of_ended_runs_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let running = Staging::create(folder.path(), &mut interrupt::unfinished()).unwrap();
        for name in [
            ".planmaker-aB3dE9.tmp",
            ".planmaker-mijn-n.tmp",
            ".planmaker-aB3dE9",
            ".planmaker-aB3dE8.tmp",
        ] {
            fs::create_dir(at(name)).unwrap();
            fs::write(at(name).join("0"), "").unwrap();
        }
        fs::write(at(".planmaker-aB3dE8.tmp/notes"), "").unwrap();
        fs::write(at(".planmaker-aB3dE7.tmp"), "").unwrap();
        remove_stale(folder.path());
        assert!(running.path.is_dir());
        assert!(!at(".planmaker-aB3dE9.tmp").exists());
        assert!(at(".planmaker-mijn-n.tmp/0").exists());
        assert!(at(".planmaker-aB3dE9/0").exists());
        assert!(at(".planmaker-aB3dE8.tmp/notes").exists());
        assert!(at(".planmaker-aB3dE7.tmp").exists());
        interrupt::unfinished().remove(&[running.path], &[]);
    }
}
