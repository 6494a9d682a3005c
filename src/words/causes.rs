//! The reasons why the system refused to read or write, in words.

use std::io;

use super::Words;
use crate::finding::Argument;

impl Words {
    /// The cause of an error. If there are no words for it, the number with which the system's own text can be found.
    #[must_use]
    pub fn cause(self, error: &io::Error) -> String {
        let kind = match error.raw_os_error() {
            // Another program has the file, or a part of it, to itself. The standard library has no kind for these.
            Some(32 | 33 | 1224) if cfg!(windows) => io::ErrorKind::ResourceBusy,
            _ => error.kind(),
        };
        self.cause_of(kind, error.raw_os_error())
    }

    /// The cause of a kind of error, which may have a number.
    pub(crate) fn cause_of(self, kind: io::ErrorKind, number: Option<i32>) -> String {
        let key = match kind {
            io::ErrorKind::PermissionDenied => "geen_toegang",
            io::ErrorKind::IsADirectory => "is_map",
            io::ErrorKind::NotADirectory => "geen_map",
            io::ErrorKind::NotFound => "map_bestaat_niet",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "schijf_vol",
            io::ErrorKind::ReadOnlyFilesystem => "alleen_lezen",
            io::ErrorKind::AlreadyExists => "bestaat_al",
            io::ErrorKind::InvalidData => "geen_tekst",
            io::ErrorKind::FileTooLarge => "te_groot",
            io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput => "naam_kan_niet",
            io::ErrorKind::DirectoryNotEmpty => "map_niet_leeg",
            io::ErrorKind::ResourceBusy
            | io::ErrorKind::ExecutableFileBusy
            | io::ErrorKind::WouldBlock => "in_gebruik",
            io::ErrorKind::TimedOut
            | io::ErrorKind::StaleNetworkFileHandle
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::NetworkDown => "geen_verbinding",
            io::ErrorKind::BrokenPipe => "leest_niet_meer",
            io::ErrorKind::OutOfMemory => "geen_geheugen",
            io::ErrorKind::Unsupported => "kan_hier_niet",
            _ => "onbekend",
        };
        let number = number.map(|number| ("nummer", Argument::Whole(number.to_string())));
        self.text(&format!("storing.oorzaak.{key}"), number.as_slice())
    }
}
