//! The files that documents are made from, and whether their content changed.
//!
//! They are looked at a few times per second instead of waiting for events of the file system. Events get lost, are absent on
//! network drives, run into limits of the system, and stop for a folder that is replaced or a link that leads elsewhere. A look
//! follows the paths anew, and nothing else in a folder matters to it.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs::{self, Metadata};
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use ignore::WalkBuilder;

use super::super::RenderArgs;
use crate::cli::error::Error;
use crate::cli::source;

/// The time between two looks.
const PAUSE: Duration = Duration::from_millis(250);

/// Pauses are at least this many times as long as a look takes, so that looking at many files costs at most 5% of a processor.
const REST: u32 = 20;

/// The maximum pause, because a look also takes long if a drive or the whole system is slow.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// Editors save in several steps: a save is complete when nothing changes for this long.
const SETTLED: Duration = Duration::from_millis(100);

/// The maximum wait for a save to be complete, for a file that is saved continually.
const LONGEST_SAVE: Duration = Duration::from_millis(500);

/// The maximum wait for a file that is absent, empty or not readable: some ways of saving remove or empty the file first.
const PATIENCE: Duration = Duration::from_secs(2);

/// The maximum depth of a template below its folder.
const DEEPEST: usize = 8;

/// The coarsest time stamps of file systems, those of FAT. A younger file may change again without a new time.
const COARSEST_TIME: Duration = Duration::from_secs(2);

/// The inputs of a render, as they were when it started.
#[derive(Debug)]
pub struct Inputs<'a> {
    args: &'a RenderArgs,
    files: Files,
    /// The documents written, which are not inputs, even if they are in the folder of templates.
    outputs: BTreeSet<PathBuf>,
    /// The working folder, which may be replaced by another one with the same path.
    home: Option<PathBuf>,
}

type Files = BTreeMap<PathBuf, Input>;

#[derive(Debug, Clone, Copy)]
struct Input {
    state: State,
    /// While this stays the same, the file does not have to be read again.
    stamp: Option<Stamp>,
}

/// Two files with the same state give the same document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A file with this hash, or a folder.
    Whole(u64),
    Empty,
    Missing,
    Unreadable,
    /// A folder, pipe or device instead of a file. It is not read.
    NoFile,
}

/// The metadata that change when a file is written or replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: SystemTime,
    created: Option<SystemTime>,
    #[cfg(unix)]
    inode: [i128; 4],
}

impl<'a> Inputs<'a> {
    /// Looks at the inputs.
    pub fn of(args: &'a RenderArgs) -> Self {
        let mut inputs = Self {
            args,
            files: Files::new(),
            outputs: BTreeSet::new(),
            home: env::current_dir().ok(),
        };
        inputs.files = inputs.look(&inputs.files);
        inputs
    }

    /// Waits until the content of an input has changed and the save is complete.
    pub fn wait_for_change(&mut self) {
        let mut seen = self.files.clone();
        let mut first_change = None;
        let mut pause = PAUSE;
        loop {
            thread::sleep(pause);
            let start = Instant::now();
            let now = self.look(&seen);
            let took = start.elapsed();
            if is_same(&now, &self.files) {
                first_change = None;
                pause = PAUSE;
            } else {
                let waited = first_change.get_or_insert(start).elapsed();
                let is_complete = if is_partial(&now, &self.files) {
                    waited >= PATIENCE
                } else {
                    is_same(&now, &seen) || waited >= LONGEST_SAVE
                };
                if is_complete {
                    self.files = now;
                    return;
                }
                pause = SETTLED;
            }
            pause = pause.max(LONGEST_PAUSE.min(took * REST));
            seen = now;
        }
    }

    /// Whether the inputs have the same content as when the render started.
    pub fn are_unchanged(&self) -> bool {
        is_same(&self.look(&self.files), &self.files)
    }

    /// The path of the plan, theme or logo if there is something else than a file.
    pub fn not_a_file(&self) -> Option<&Path> {
        let mut files = self.files.iter();
        let found = files.find(|(_, input)| input.state == State::NoFile);
        found.map(|(path, _)| path.as_path())
    }

    /// Excludes documents that were written from the inputs.
    pub fn exclude(&mut self, written: &[PathBuf]) {
        let written = written.iter().flat_map(fs::canonicalize);
        self.outputs.extend(written);
        self.files.retain(|path, _| !self.outputs.contains(path));
    }

    /// Looks at the inputs, and reads those that may have changed since a look before.
    fn look(&self, before: &Files) -> Files {
        // A folder that was removed and created again is another folder: without this, relative paths lead to the old one.
        if let Some(home) = &self.home {
            let _ = env::set_current_dir(home);
        }
        let look = |path: PathBuf| {
            let input = Input::of(&path, before.get(&path));
            (path, input)
        };
        let args = self.args;
        let named = [
            Some(&args.plan),
            args.theme.as_ref(),
            args.logo.as_ref(),
            args.reference.as_ref(),
        ];
        let mut files: Files = named.into_iter().flatten().cloned().map(look).collect();
        if let Some(folder) = &self.args.templates {
            files.insert(folder.clone(), Input::of_folder(folder));
            let templates = templates(folder).filter(|path| !self.outputs.contains(path));
            let templates = templates.map(look);
            files.extend(templates.filter(|(_, input)| input.state != State::NoFile));
        }
        files
    }
}

fn is_same(now: &Files, before: &Files) -> bool {
    let state = |(path, input): (_, &Input)| (path, input.state);
    now.iter().map(state).eq(before.iter().map(state))
}

/// Whether a file that changed is absent, empty or not readable now, which may be a step of saving it.
fn is_partial(now: &Files, before: &Files) -> bool {
    let state = |files: &Files, path| files.get(path).map_or(State::Missing, |it| it.state);
    let mut paths = now.keys().chain(before.keys());
    paths.any(|path| {
        let now = state(now, path);
        !matches!(now, State::Whole(_)) && now != state(before, path)
    })
}

/// The files in the folder of templates. A template may include a file with any name, but editors' own files are hidden or
/// have these names.
fn templates(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let entries = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .max_depth(Some(DEEPEST))
        .build();
    let files = entries
        .flatten()
        .filter(|entry| entry.file_type().is_some_and(|it| !it.is_dir()));
    files.map(ignore::DirEntry::into_path).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        !name.ends_with(['~', '#'])
    })
}

impl Input {
    fn of(path: &Path, before: Option<&Self>) -> Self {
        let metadata = match path.metadata() {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return State::NoFile.into(),
            Err(error) => return State::of_error(error.kind()).into(),
        };
        let stamp = Stamp::of(&metadata);
        if let Some(before) = before
            && before.stamp.is_some()
            && before.stamp == stamp
        {
            return *before;
        }
        Self {
            stamp: stamp.filter(Stamp::is_final),
            state: State::read(path),
        }
    }

    fn of_folder(folder: &Path) -> Self {
        let state = match folder.metadata() {
            Ok(metadata) if metadata.is_dir() => State::Whole(0),
            Ok(_) => State::Unreadable,
            Err(error) => State::of_error(error.kind()),
        };
        state.into()
    }
}

impl From<State> for Input {
    fn from(state: State) -> Self {
        Self { state, stamp: None }
    }
}

impl State {
    fn read(path: &Path) -> Self {
        match source::read_file(path) {
            Ok(bytes) if bytes.is_empty() => Self::Empty,
            Ok(bytes) => {
                let mut hasher = DefaultHasher::new();
                bytes.hash(&mut hasher);
                Self::Whole(hasher.finish())
            }
            Err(Error::NotWatched(_)) => Self::NoFile,
            Err(_) => Self::Unreadable,
        }
    }

    const fn of_error(error: io::ErrorKind) -> Self {
        match error {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            _ => Self::Unreadable,
        }
    }
}

impl Stamp {
    fn of(metadata: &Metadata) -> Option<Self> {
        Some(Self {
            length: metadata.len(),
            modified: metadata.modified().ok()?,
            created: metadata.created().ok(),
            #[cfg(unix)]
            inode: {
                use std::os::unix::fs::MetadataExt;
                let (device, inode) = (metadata.dev().into(), metadata.ino().into());
                let changed = (metadata.ctime().into(), metadata.ctime_nsec().into());
                [device, inode, changed.0, changed.1]
            },
        })
    }

    /// Whether any further change of the file changes this stamp.
    fn is_final(&self) -> bool {
        let age = SystemTime::now().duration_since(self.modified);
        // The clock of a network drive may be ahead.
        age.is_ok_and(|age| age >= COARSEST_TIME)
    }
}
