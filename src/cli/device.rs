//! Names of files that Windows takes for devices, such as `nul.html`.

use std::ffi::OsStr;
use std::path::Path;

use super::error::Error;

/// Returns an error for a path that Windows takes for a device: reading it could wait for the keyboard, and writing to it would lose
/// the document.
pub fn refuse(path: &Path) -> Result<(), Error> {
    if cfg!(windows) && path.file_name().is_some_and(is_device) {
        return Err(Error::Device(path.to_owned()));
    }
    Ok(())
}

/// Whether Windows takes a file for a device, whatever its extension.
pub fn is_device(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    let name = name.split('.').next().unwrap_or_default().trim_end();
    let number = name
        .strip_prefix("com")
        .or_else(|| name.strip_prefix("lpt"));
    let is_port = number.is_some_and(|it| {
        ["¹", "²", "³"].contains(&it) || (it.len() == 1 && it.as_bytes()[0].is_ascii_digit())
    });
    is_port || ["con", "prn", "aux", "nul", "conin$", "conout$"].contains(&name)
}
