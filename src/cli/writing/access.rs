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

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "on other systems it can fail")]
pub fn check(_: &Path) -> io::Result<()> {
    Ok(())
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
