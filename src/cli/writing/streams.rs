//! Paths that are devices, pipes and files that are already open: these are written to, never replaced.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::MAX_LINKS;

/// Whether a path is standard output.
pub fn is_stdout(path: &Path) -> bool {
    let is_named = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]
        .iter()
        .any(|name| path == Path::new(name));
    is_named
        || descriptor(path).is_some_and(|(folder, number)| {
            let own = Path::new("/proc/self/fd").canonicalize();
            number == "1" && own.is_ok_and(|own| own == folder)
        })
}

/// Whether a path is a file that is already open, such as `/dev/stdin` or the `/dev/fd/63` of `<(…)`.
pub fn is_open_file(path: &Path) -> bool {
    descriptor(path).is_some()
}

/// Whether a path is written to and not replaced. A disk is neither.
pub fn is_stream(path: &Path) -> bool {
    let is_other = |found: Metadata| !found.is_file() && !found.is_dir() && !is_disk(&found);
    is_open_file(path) || path.metadata().is_ok_and(is_other)
}

/// Whether a path is a terminal, by its name: to open it could wait for one that is not there.
pub fn is_terminal(path: &Path) -> bool {
    let path = path.canonicalize().unwrap_or_default();
    let path = path.to_string_lossy();
    ["/dev/pts/", "/dev/tty"]
        .iter()
        .any(|start| path.starts_with(start))
}

/// Writes behind anything that an open file has already. A reader that stops early is not an error, as for standard output.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut stream = fs::OpenOptions::new().append(true).open(path)?;
    match stream.write_all(bytes) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// The folder and name of the descriptor that a path refers to, if any. The links to descriptors are followed, but a descriptor is
/// itself a link to the open file, which would look like any other file.
fn descriptor(path: &Path) -> Option<(PathBuf, OsString)> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let folder = super::folder_of(&path).canonicalize().ok()?;
        if folder == Path::new("/dev/fd") || (folder.starts_with("/proc") && folder.ends_with("fd"))
        {
            return Some((folder, path.file_name()?.to_owned()));
        }
        path = folder.join(fs::read_link(&path).ok()?);
    }
    None
}

#[cfg(unix)]
fn is_disk(found: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_block_device(&found.file_type())
}

#[cfg(not(unix))]
const fn is_disk(_: &Metadata) -> bool {
    false
}
