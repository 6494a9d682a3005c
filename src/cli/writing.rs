//! Atomic writing of files.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf, is_separator};

use super::error::Error;

/// The treatment of an existing file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Fails and keeps the file.
    Keep,
    /// Replaces the file.
    Replace,
}

/// Writes a file. If that fails, an existing file is unchanged.
pub fn write(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), Error> {
    write_whole(path, bytes, existing).map_err(|source| refused(path, source))
}

/// Returns an error if it is already certain that the file cannot be written.
pub fn ready(path: &Path, existing: Existing) -> Result<(), Error> {
    let is_there = path.symlink_metadata().is_ok();
    let ready = if is_stream(path) {
        Ok(())
    } else if path.is_dir() {
        Err(io::ErrorKind::IsADirectory.into())
    } else if is_there && existing == Existing::Keep {
        Err(io::ErrorKind::AlreadyExists.into())
    } else if is_there {
        // Links are handled when writing.
        Ok(())
    } else {
        temporary().tempfile_in(folder_of(path)).map(drop)
    };
    ready.map_err(|source| refused(path, source))
}

/// Creates a folder, with those that it is in.
pub fn create_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|source| Error::Unwritable {
        path: path.to_owned(),
        source,
    })
}

/// Whether a path is an existing folder or ends in a slash.
pub fn is_folder(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    let ends_in_slash = last.is_some_and(|last| is_separator(char::from(*last)));
    path.is_dir() || ends_in_slash
}

/// Whether a path is standard output.
pub fn is_stdout(path: &Path) -> bool {
    ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"]
        .iter()
        .any(|name| path == Path::new(name))
}

/// Whether a path is a device, a pipe or an open file, such as `/dev/stderr` or the `/dev/fd/63` of `>(…)`: these are written to,
/// never replaced.
pub fn is_stream(path: &Path) -> bool {
    let is_open_file = ["/dev/stderr", "/dev/stdout", "/dev/fd", "/proc/self/fd"]
        .iter()
        .any(|open| path.starts_with(open));
    let is_other = |found: fs::Metadata| !found.is_file() && !found.is_dir();
    is_open_file || path.metadata().is_ok_and(is_other)
}

fn refused(path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists(path),
        _ => Error::Unwritable { path, source },
    }
}

fn folder_of(path: &Path) -> &Path {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// Writes a temporary file in the same folder, then renames it, so that no program sees a partial file.
fn write_whole(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    if is_stream(path) {
        return write_to_stream(path, bytes);
    }
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // Writing to a symbolic link replaces its target, not the link.
    let path = match existing {
        Existing::Keep => path.to_owned(),
        Existing::Replace => followed(path),
    };
    let mut file = temporary().tempfile_in(folder_of(&path))?;
    file.write_all(bytes)?;
    // Keep the permissions of the file that is replaced.
    if existing == Existing::Replace
        && let Ok(before) = path.metadata()
    {
        file.as_file().set_permissions(before.permissions())?;
    }
    match existing {
        Existing::Keep => file.persist_noclobber(&path)?,
        Existing::Replace => file.persist(&path)?,
    };
    Ok(())
}

/// Writes behind anything that an open file has already. A reader that stops early is not an error, as for standard output.
fn write_to_stream(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut stream = fs::OpenOptions::new().append(true).open(path)?;
    match stream.write_all(bytes) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Resolves symbolic links, also if the final target does not exist yet.
fn followed(path: &Path) -> PathBuf {
    /// The limit of Linux.
    const MAX_LINKS: usize = 40;

    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        match (path.canonicalize(), fs::read_link(&path)) {
            (Ok(real), _) => return real,
            (Err(_), Ok(next)) => path = path.parent().unwrap_or(Path::new("")).join(next),
            (Err(_), Err(_)) => break,
        }
    }
    path
}

/// A builder for temporary files with the permissions of any new file; by default only the owner could read them.
#[cfg_attr(not(unix), allow(unused_mut))]
fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    // The system applies the umask.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::thread;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn one_of_many_concurrent_writers_creates_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.yaml");
        let start = Barrier::new(8);
        let winners: Vec<usize> = thread::scope(|scope| {
            let writers: Vec<_> = (0..8)
                .map(|nr| {
                    let (path, start) = (&path, &start);
                    scope.spawn(move || {
                        start.wait();
                        write(path, format!("{nr}").as_bytes(), Existing::Keep).map(|()| nr)
                    })
                })
                .collect();
            writers
                .into_iter()
                .filter_map(|writer| writer.join().unwrap().ok())
                .collect()
        });
        assert_eq!(winners.len(), 1);
        assert_eq!(fs::read_to_string(&path).unwrap(), winners[0].to_string());
        assert_eq!(names(folder.path()), ["plan.yaml"]);
    }

    #[test]
    fn existing_file_is_kept_or_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.yaml");
        write(&path, b"old", Existing::Keep).unwrap();
        assert!(matches!(
            write(&path, b"new", Existing::Keep),
            Err(Error::Exists(_))
        ));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        write(&path, b"new", Existing::Replace).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(matches!(
            write(folder.path(), b"new", Existing::Replace),
            Err(Error::Unwritable { .. })
        ));
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_and_permissions_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (
            folder.path().join("plan.yaml"),
            folder.path().join("link.yaml"),
        );
        let usual = folder.path().join("usual.yaml");
        fs::write(&usual, "").unwrap();
        write(&path, b"old", Existing::Keep).unwrap();
        symlink(&path, &link).unwrap();
        write(&link, b"new", Existing::Replace).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"new");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&path), mode(&usual));
        fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
        write(&link, b"newer", Existing::Replace).unwrap();
        assert_eq!(mode(&path) & 0o777, 0o640);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn device_is_written_to() {
        use std::os::unix::fs::FileTypeExt;

        let is_device = |path: &str| fs::metadata(path).unwrap().file_type().is_char_device();
        write(Path::new("/dev/null"), b"gone", Existing::Replace).unwrap();
        let full = write(Path::new("/dev/full"), b"too much", Existing::Replace);
        assert!(matches!(full, Err(Error::Unwritable { .. })));
        assert!(is_device("/dev/null") && is_device("/dev/full"));
    }
}
