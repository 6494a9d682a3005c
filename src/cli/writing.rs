//! Atomic writing of files: no run, however it ends, leaves a partial file or replaces one that it could not write in full.

mod access;
mod staging;
mod streams;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf, is_separator};

use super::device;
use super::error::Error;
use super::interrupt::{self, Unfinished};
use staging::Staging;
pub use streams::{is_open_file, is_stdout, is_stream, is_terminal};

/// The maximum number of symbolic links to follow: the limit of Linux.
const MAX_LINKS: usize = 40;

/// The treatment of an existing file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Fails and keeps the file.
    Keep,
    /// Replaces the file, unless it is read-only.
    Replace,
    /// Replaces the file, also if it is read-only.
    Force,
}

/// Writes a file. If that fails, an existing file is unchanged.
pub fn write(path: &Path, bytes: Vec<u8>, existing: Existing) -> Result<(), Error> {
    let mut batch = Batch::new(existing);
    batch.add(path, bytes)?;
    batch.commit().1
}

/// Returns an error if it is already certain that the file cannot be written.
pub fn ready(path: &Path, existing: Existing) -> Result<(), Error> {
    refuse_name(path)?;
    if is_stream(path) {
        return Ok(());
    }
    let target = target(path, existing)?;
    let mut batch = Batch::new(existing);
    let staged = batch.staging(&target, &mut interrupt::unfinished());
    staged.map(drop).map_err(|source| refused(path, source))
}

/// Whether a path is an existing folder or ends in a slash.
pub fn is_folder(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    let ends_in_slash = last.is_some_and(|last| is_separator(char::from(*last)));
    path.is_dir() || ends_in_slash
}

/// Files that are written together. Each is complete in a staging folder next to its place before the first is moved to its own,
/// so that memory holds one of them at a time, and a failure in between changes nothing.
#[derive(Debug)]
pub struct Batch {
    existing: Existing,
    files: Vec<Staged>,
    streams: Vec<(PathBuf, Vec<u8>)>,
    /// The staging folders, by the folder they are in.
    staging: BTreeMap<PathBuf, Staging>,
    /// The folders made for the files, outermost first.
    folders: Vec<PathBuf>,
}

/// A complete file that is not in its place yet.
#[derive(Debug)]
struct Staged {
    /// The path as the user named it.
    path: PathBuf,
    /// The path behind symbolic links.
    target: PathBuf,
    temporary: PathBuf,
}

impl Batch {
    pub const fn new(existing: Existing) -> Self {
        Self {
            existing,
            files: Vec::new(),
            streams: Vec::new(),
            staging: BTreeMap::new(),
            folders: Vec::new(),
        }
    }

    /// Creates a folder, with those that it is in.
    pub fn create_folder(&mut self, path: &Path) -> Result<(), Error> {
        let mut unfinished = interrupt::unfinished();
        let missing: Vec<&Path> = path.ancestors().take_while(|it| is_missing(it)).collect();
        for folder in missing.iter().rev() {
            self.folders.push(folder.to_path_buf());
            unfinished.folders.push(folder.to_path_buf());
        }
        fs::create_dir_all(path).map_err(|source| Error::Unwritable {
            path: path.to_owned(),
            source,
        })
    }

    /// Writes a file to a staging folder.
    pub fn add(&mut self, path: &Path, bytes: Vec<u8>) -> Result<(), Error> {
        refuse_name(path)?;
        if is_stream(path) {
            self.streams.push((path.to_owned(), bytes));
            return Ok(());
        }
        let target = target(path, self.existing)?;
        let temporary = self
            .stage(&target, &bytes)
            .map_err(|source| refused(path, source))?;
        self.files.push(Staged {
            path: path.to_owned(),
            target,
            temporary,
        });
        Ok(())
    }

    fn stage(&mut self, target: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
        let mut unfinished = interrupt::unfinished();
        let name = self.files.len().to_string();
        let temporary = self.staging(target, &mut unfinished)?.join(name);
        let mut file = File::create_new(&temporary)?;
        file.write_all(bytes)?;
        if let Ok(before) = target.metadata() {
            access::keep(target, &before, &file)?;
        }
        file.sync_all()?;
        Ok(temporary)
    }

    /// The staging folder for a file.
    fn staging(&mut self, target: &Path, unfinished: &mut Unfinished) -> io::Result<&Path> {
        let folder = folder_of(target);
        if !self.staging.contains_key(folder) {
            let staging = Staging::create(folder, unfinished)?;
            self.staging.insert(folder.to_owned(), staging);
        }
        Ok(&self.staging[folder].path)
    }

    /// Moves all files to their places, and returns those that are there: all of them, unless there is an error.
    pub fn commit(mut self) -> (Vec<PathBuf>, Result<(), Error>) {
        let mut written = Vec::with_capacity(self.files.len());
        let done = self.finish(&mut written);
        (written, done)
    }

    fn finish(&mut self, written: &mut Vec<PathBuf>) -> Result<(), Error> {
        {
            let _signals_wait = interrupt::unfinished();
            for file in std::mem::take(&mut self.files) {
                file.persist(self.existing)
                    .map_err(|source| refused(&file.path, source))?;
                written.push(file.path);
            }
        }
        let folders = self.folders.iter().map(|folder| folder_of(folder));
        for folder in self.staging.keys().map(PathBuf::as_path).chain(folders) {
            sync(folder);
        }
        for (path, bytes) in std::mem::take(&mut self.streams) {
            streams::write(&path, &bytes).map_err(|source| not_written(&path, source))?;
            written.push(path);
        }
        Ok(())
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        let staging: Vec<PathBuf> = self.staging.values().map(|it| it.path.clone()).collect();
        if !staging.is_empty() || !self.folders.is_empty() {
            interrupt::unfinished().remove(&staging, &self.folders);
        }
    }
}

impl Staged {
    fn persist(&self, existing: Existing) -> io::Result<()> {
        if existing == Existing::Keep {
            let temporary = tempfile::TempPath::try_from_path(&self.temporary)?;
            return Ok(temporary.persist_noclobber(&self.target)?);
        }
        let is_forced = existing == Existing::Force;
        access::replace(&self.temporary, &self.target, is_forced)
    }
}

/// Returns an error for a name that makes no file on Windows. With a colon, the text would go to a hidden part of another file.
fn refuse_name(path: &Path) -> Result<(), Error> {
    device::refuse(path)?;
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    if cfg!(windows) && name.contains(&b':') {
        return Err(refused(path, io::ErrorKind::InvalidFilename.into()));
    }
    Ok(())
}

fn is_missing(path: &Path) -> bool {
    !path.as_os_str().is_empty() && path.symlink_metadata().is_err()
}

/// Makes the new names in a folder survive a power failure. Not every file system can, and the files are complete either way.
fn sync(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// Returns the file to write: the target of a symbolic link, which stays a link.
fn target(path: &Path, existing: Existing) -> Result<PathBuf, Error> {
    if path.is_dir() {
        return Err(refused(path, io::ErrorKind::IsADirectory.into()));
    }
    if existing == Existing::Keep {
        return match path.symlink_metadata() {
            Ok(_) => Err(Error::Exists(path.to_owned())),
            Err(_) => Ok(path.to_owned()),
        };
    }
    let target = resolve(path)?;
    let Ok(before) = target.metadata() else {
        return Ok(target);
    };
    if !before.is_file() {
        return Err(refused(path, io::ErrorKind::Unsupported.into()));
    }
    if existing == Existing::Replace {
        // The mode counts for root too, who may write everything.
        if before.permissions().readonly() {
            return Err(Error::ReadOnly(path.to_owned()));
        }
        access::check(&target).map_err(|source| refused(path, source))?;
    }
    Ok(target)
}

/// Resolves symbolic links, also if the final target does not exist yet.
fn resolve(path: &Path) -> Result<PathBuf, Error> {
    let mut target = path.to_owned();
    for _ in 0..=MAX_LINKS {
        match (target.canonicalize(), fs::read_link(&target)) {
            (Ok(real), _) => return Ok(real),
            (Err(_), Ok(next)) => target = folder_of(&target).join(next),
            (Err(_), Err(_)) => return Ok(target),
        }
    }
    Err(Error::LinkLoop(path.to_owned()))
}

fn refused(path: &Path, source: io::Error) -> Error {
    let is_below_file = || path.ancestors().skip(1).any(Path::is_file);
    let source = match source.kind() {
        // Windows does not tell these apart.
        io::ErrorKind::NotFound if cfg!(windows) && is_below_file() => {
            io::ErrorKind::NotADirectory.into()
        }
        _ => source,
    };
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists(path),
        _ => Error::Unwritable { path, source },
    }
}

fn not_written(path: &Path, source: io::Error) -> Error {
    match source.kind() {
        io::ErrorKind::NotFound => Error::NotOpen(path.to_owned()),
        _ => refused(path, source),
    }
}

fn folder_of(path: &Path) -> &Path {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
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
                        write(path, format!("{nr}").into_bytes(), Existing::Keep).map(|()| nr)
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
        write(&path, b"old".to_vec(), Existing::Keep).unwrap();
        assert!(matches!(
            write(&path, b"new".to_vec(), Existing::Keep),
            Err(Error::Exists(_))
        ));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        write(&path, b"new".to_vec(), Existing::Replace).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(matches!(
            write(folder.path(), b"new".to_vec(), Existing::Replace),
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
        write(&path, b"old".to_vec(), Existing::Keep).unwrap();
        symlink(&path, &link).unwrap();
        write(&link, b"new".to_vec(), Existing::Replace).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&path).unwrap(), b"new");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&path), mode(&usual));
        fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
        write(&link, b"newer".to_vec(), Existing::Replace).unwrap();
        assert_eq!(mode(&path) & 0o777, 0o640);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn device_is_written_to() {
        use std::os::unix::fs::FileTypeExt;

        let is_device = |path: &str| fs::metadata(path).unwrap().file_type().is_char_device();
        write(Path::new("/dev/null"), b"gone".to_vec(), Existing::Replace).unwrap();
        let full = write(
            Path::new("/dev/full"),
            b"too much".to_vec(),
            Existing::Replace,
        );
        assert!(matches!(full, Err(Error::Unwritable { .. })));
        assert!(is_device("/dev/null") && is_device("/dev/full"));
    }
}
