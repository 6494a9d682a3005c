//! The limits that the process sets for itself. It works without those that the system does not have.

#[cfg(unix)]
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
#[cfg(unix)]
use rustix::time::{ClockId, clock_gettime};

/// Limits the address space, and writes no memory to a file when the process dies.
#[cfg(unix)]
pub fn set_memory(most: u64) {
    set(Resource::As, most);
    set(Resource::Core, 0);
}

#[cfg(not(unix))]
pub fn set_memory(_: u64) {}

/// Limits the processor time from now on.
#[cfg(unix)]
pub fn set_time(seconds: u64) {
    let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
    set(
        Resource::Cpu,
        u64::try_from(used).unwrap_or_default() + 1 + seconds,
    );
}

#[cfg(not(unix))]
pub fn set_time(_: u64) {}

#[cfg(unix)]
fn set(resource: Resource, most: u64) {
    let maximum = getrlimit(resource).maximum;
    let current = Some(maximum.map_or(most, |maximum| maximum.min(most)));
    let _ = setrlimit(resource, Rlimit { current, maximum });
}
