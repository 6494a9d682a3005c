//! The containers of files for the office. The same parts give the same bytes.

use std::io::{Cursor, Write as _};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// Puts parts in a container, in this order. A part without compression is what other programs recognise the format by.
pub(super) fn package(parts: &[(String, Vec<u8>, bool)]) -> ZipResult<Vec<u8>> {
    package_on(System::Unix, parts)
}

/// Names Unix as the system on which a container was made, instead of the one that this program runs on.
pub fn made_on_unix(mut container: Vec<u8>) -> Vec<u8> {
    /// The size of the end of the directory, without a comment, and of an entry, without its texts.
    const SIZES: [usize; 2] = [22, 46];
    const UNIX: u8 = 3;
    let number = |bytes: &[u8], at: usize, length: usize| {
        let bytes = bytes.get(at..at + length).unwrap_or_default();
        bytes
            .iter()
            .rev()
            .fold(0, |all, byte| (all << 8) | usize::from(*byte))
    };
    let end = container.len().saturating_sub(SIZES[0]);
    let mut entry = number(&container, end + 16, 4);
    while container.get(entry..entry + 4) == Some(b"PK\x01\x02") {
        if let Some(system) = container.get_mut(entry + 5) {
            *system = UNIX;
        }
        let texts = [28, 30, 32].map(|length| number(&container, entry + length, 2));
        entry += SIZES[1] + texts.iter().sum::<usize>();
    }
    container
}

fn package_on(system: System, parts: &[(String, Vec<u8>, bool)]) -> ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes, is_compressed) in parts {
        let method = if *is_compressed {
            CompressionMethod::Deflated
        } else {
            CompressionMethod::Stored
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .system(system);
        writer.start_file(name.as_str(), options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_is_the_same_on_every_system() {
        let part = |name: &str| (name.to_owned(), b"text text text".to_vec(), true);
        let parts = [part("a.xml"), part("b/c.xml")];
        let on_windows = package_on(System::Dos, &parts).unwrap();
        let whole = package(&parts).unwrap();
        assert_ne!(on_windows, whole);
        assert_eq!(made_on_unix(on_windows), whole);
        assert_eq!(made_on_unix(b"PK".to_vec()), b"PK");
    }
}
