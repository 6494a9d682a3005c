//! The reasons why the system refused to read or write, in words.

use std::io;

use super::Words;

impl Words {
    /// The cause of an error; the system's own text if there are no words for it.
    #[must_use]
    pub fn cause(self, error: &io::Error) -> String {
        self.cause_of(error.kind())
            .map_or_else(|| error.to_string(), str::to_owned)
    }

    /// The cause of a kind of error, if there are words for it.
    pub(crate) fn cause_of(self, kind: io::ErrorKind) -> Option<&'static str> {
        let key = match kind {
            io::ErrorKind::PermissionDenied => "geen_toegang",
            io::ErrorKind::IsADirectory => "is_map",
            io::ErrorKind::NotADirectory | io::ErrorKind::NotFound => "map_bestaat_niet",
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
            _ => return None,
        };
        self.find(&format!("storing.oorzaak.{key}"))
    }
}
