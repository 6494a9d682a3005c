//! Access to a file, which stays the same when it is replaced: who may read and write it.
//!
//! Its group and mode are kept, on Linux with its access control list, and its owner as far as the system allows. Other extended
//! attributes are not, because they may describe the old content. A hard link is not either: its other names keep the old content.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

/// Returns an error if this user may not change the content of a file, even where replacing it would be possible.
#[cfg(unix)]
pub fn check(path: &Path) -> io::Result<()> {
    Ok(rustix::fs::access(path, rustix::fs::Access::WRITE_OK)?)
}

/// Returns an error if this user may not change the content of a file, or another program has it open and does not share it.
#[cfg(windows)]
pub fn check(path: &Path) -> io::Result<()> {
    use std::os::windows::fs::OpenOptionsExt;

    /// The rights to delete a file, as replacing it does, and to write in it.
    const DELETE_AND_WRITE: u32 = 0x1_0000 | 0x2;
    let mut options = File::options();
    options.access_mode(DELETE_AND_WRITE);
    patiently(|| options.open(path).map(drop))
}

#[cfg(not(any(unix, windows)))]
#[allow(clippy::unnecessary_wraps, reason = "on other systems it can fail")]
pub fn check(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Moves a file to its place, where another may be.
#[cfg(not(windows))]
pub fn replace(from: &Path, to: &Path, _is_forced: bool) -> io::Result<()> {
    std::fs::rename(from, to)
}

/// Moves a file to its place, where another may be, and even a read-only one if that is forced.
#[cfg(windows)]
pub fn replace(from: &Path, to: &Path, is_forced: bool) -> io::Result<()> {
    use std::fs::{rename, set_permissions};

    let before = to.metadata().map(|before| before.permissions());
    if let Ok(mut permissions) = before
        && is_forced
        && permissions.readonly()
    {
        permissions.set_readonly(false);
        set_permissions(to, permissions)?;
    }
    patiently(|| rename(from, to)).map_err(|error| {
        // Whether this user may write the file is checked before.
        if is_denied(&error) && to.is_file() {
            io::ErrorKind::ResourceBusy.into()
        } else {
            error
        }
    })
}

/// Tries again for a second if another program has a file open: a virus scanner, or one that synchronises, has it for a moment.
#[cfg(windows)]
fn patiently(act: impl Fn() -> io::Result<()>) -> io::Result<()> {
    use std::thread::sleep;
    use std::time::Duration;

    const TRIES: usize = 50;
    const PAUSE: Duration = Duration::from_millis(20);
    for _ in 1..TRIES {
        match act() {
            Err(error) if is_denied(&error) => sleep(PAUSE),
            done => return done,
        }
    }
    act()
}

/// Whether access is denied or not shared.
#[cfg(windows)]
fn is_denied(error: &io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    error.kind() == io::ErrorKind::PermissionDenied
        || error.raw_os_error() == Some(SHARING_VIOLATION)
}

/// Gives a new file the access of the one it replaces.
#[cfg(unix)]
pub fn keep(path: &Path, before: &Metadata, file: &File) -> io::Result<()> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

    let now = file.metadata()?;
    if now.uid() != before.uid() {
        // Only root may give files away. To others it becomes theirs, as if they had made it.
        let _ = fchown(file, Some(before.uid()), None);
    }
    let is_group_kept = now.gid() == before.gid() || fchown(file, None, Some(before.gid())).is_ok();
    let mut mode = before.mode() & 0o7777;
    if !is_group_kept {
        // Another group gets no more than others have.
        mode = mode & !0o2070 | (mode & 0o7) << 3;
    }
    file.set_permissions(Permissions::from_mode(mode))?;
    keep_list(path, file)
}

#[cfg(not(unix))]
pub fn keep(_: &Path, before: &Metadata, file: &File) -> io::Result<()> {
    file.set_permissions(before.permissions())
}

/// Copies the access control list, if there is one.
#[cfg(target_os = "linux")]
fn keep_list(path: &Path, file: &File) -> io::Result<()> {
    use rustix::fs::{XattrFlags, fsetxattr, getxattr};

    const NAME: &str = "system.posix_acl_access";
    let mut list = vec![0; 64 << 10];
    match getxattr(path, NAME, list.as_mut_slice()) {
        Ok(length) => Ok(fsetxattr(file, NAME, &list[..length], XattrFlags::empty())?),
        // None, or a file system without them.
        Err(_) => Ok(()),
    }
}

#[cfg(all(unix, not(target_os = "linux")))]
#[allow(clippy::unnecessary_wraps, reason = "on other systems it can fail")]
fn keep_list(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}
