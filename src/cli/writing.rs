//! Files appear whole or not at all.

use std::fs::Permissions;
use std::io::{self, Write};
use std::path::Path;

use planmaker::error::Error;

/// What happens to a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and that is an error.
    Keep,
    /// It is replaced.
    Replace,
}

/// Writes a file. When that fails, what was there before is there still.
pub fn write(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), Error> {
    write_whole(path, bytes, existing).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => Error::Unwritable {
            path: path.to_owned(),
            source,
        },
    })
}

/// Writes beside the file and then gives it its name, which no other program can come between.
fn write_whole(path: &Path, bytes: &[u8], existing: Existing) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // A link that is written to stays a link.
    let path = match existing {
        Existing::Keep => path.to_owned(),
        Existing::Replace => path.canonicalize().unwrap_or_else(|_| path.to_owned()),
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    if let Some(permissions) = everyones() {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    match existing {
        Existing::Keep => file.persist_noclobber(&path)?,
        Existing::Replace => file.persist(&path)?,
    };
    Ok(())
}

/// The permissions that any new file has, for a temporary one is its owner's alone.
#[cfg(unix)]
fn everyones() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    // What the user's umask forbids the system takes away.
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn everyones() -> Option<Permissions> {
    None
}
