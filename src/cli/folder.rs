//! Searching folders for plans, without what ignore files exclude.
//!
//! The rules are those of the crate `ignore`, whose own search would open any file as an ignore file: it never ends on a device
//! or a named pipe.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::fs::{self, DirEntry, File};
use std::io::{self, Read};
use std::iter;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder, gitconfig_excludes_path};
use planmaker::{Argument, Words, key::storing};

use super::error::Error;
use super::source::Source;
use super::{shown, shown_path};

/// The maximum size of an ignore file, in bytes. Its patterns take up to a thousand times as much memory.
const LARGEST: u64 = 64 << 10;

/// The ignore files of a folder, the most important first.
const IGNORE_FILES: [&str; 3] = [".ignore", ".gitignore", ".git/info/exclude"];

/// A search through folders.
#[derive(Debug, Default)]
pub struct Search {
    /// The files found.
    pub sources: Vec<Source>,
    /// The folders that cannot be read.
    pub errors: Vec<Error>,
    /// The ignore files that are not used, with the reasons.
    refused: BTreeMap<PathBuf, Refusal>,
    /// The rules of the folders above those that were searched.
    above: HashMap<PathBuf, Rules>,
    /// The user's own ignore file for all folders.
    global: Option<Rc<Gitignore>>,
}

/// The rules of the ignore files of a folder and of those above it.
type Rules = Option<Rc<FolderRules>>;

#[derive(Debug)]
struct FolderRules {
    /// In the order of [`IGNORE_FILES`].
    files: [Gitignore; 3],
    above: Rules,
}

/// The reason why an ignore file is not used.
#[derive(Debug)]
enum Refusal {
    /// It is a folder, a device or a named pipe, or a link to one.
    NoFile,
    TooLarge,
    Unreadable(io::Error),
}

/// A folder to search: its path as given, and without links.
struct Folder {
    path: PathBuf,
    real: PathBuf,
    /// The rules of the folders above it, and while it is read also its own.
    rules: Rules,
}

impl Search {
    /// Searches a folder and those in it. It does not follow links to folders.
    pub fn search(&mut self, path: &Path, real: PathBuf) {
        let mut folders = vec![Folder {
            path: path.to_owned(),
            rules: self.rules_above(&real),
            real,
        }];
        while let Some(mut folder) = folders.pop() {
            folder.rules = self.rules(&folder.path, &folder.real, folder.rules.take());
            if let Err(source) = self.read(&folder, &mut folders) {
                let path = folder.path;
                self.errors.push(Error::Unreadable { path, source });
            }
        }
    }

    /// Adds the files in a folder to the sources, and its folders to those that are to be searched.
    fn read(&mut self, folder: &Folder, folders: &mut Vec<Folder>) -> io::Result<()> {
        for entry in fs::read_dir(&folder.path)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let is_plan = !kind.is_dir() && is_yaml(Path::new(&entry.file_name()));
            let real = folder.real.join(entry.file_name());
            if !(kind.is_dir() || is_plan) || self.is_ignored(folder, &entry, &real, kind.is_dir())
            {
                continue;
            }
            let path = entry.path();
            if kind.is_dir() {
                let rules = folder.rules.clone();
                folders.push(Folder { path, real, rules });
            } else if kind.is_file() || is_regular(&path) {
                self.sources.push(Source::found(path, real));
            }
        }
        Ok(())
    }

    fn is_ignored(&self, folder: &Folder, entry: &DirEntry, real: &Path, is_folder: bool) -> bool {
        let decide = |nr: usize| {
            let own = folder.rules.as_ref();
            let mut rules = iter::successors(own, |rules| rules.above.as_ref());
            rules.find_map(|rules| decision(&rules.files[nr], real, is_folder))
        };
        let global = self.global.as_ref();
        let global = || global.and_then(|global| decision(global, real, is_folder));
        let decided = (0..IGNORE_FILES.len()).find_map(decide).or_else(global);
        decided.unwrap_or_else(|| is_hidden(entry))
    }

    /// The rules of the folders above a folder.
    fn rules_above(&mut self, folder: &Path) -> Rules {
        if self.global.is_none() {
            self.global = Some(Rc::new(self.global_rules()));
        }
        let parent = folder.parent()?;
        if let Some(rules) = self.above.get(parent) {
            return rules.clone();
        }
        let above = self.rules_above(parent);
        let rules = self.rules(parent, parent, above);
        self.above.insert(parent.to_owned(), rules.clone());
        rules
    }

    fn global_rules(&mut self) -> Gitignore {
        let folder = std::env::current_dir().and_then(fs::canonicalize);
        match (gitconfig_excludes_path(), folder) {
            (Some(file), Ok(folder)) => self.rules_in(&file, &folder),
            _ => Gitignore::empty(),
        }
    }

    /// The rules of a folder, or those above it if it has none of its own.
    fn rules(&mut self, path: &Path, real: &Path, above: Rules) -> Rules {
        let files = IGNORE_FILES.map(|name| self.rules_in(&path.join(name), real));
        if files.iter().all(Gitignore::is_empty) {
            return above;
        }
        Some(Rc::new(FolderRules { files, above }))
    }

    /// The rules in an ignore file; none if it does not exist or is not used.
    fn rules_in(&mut self, file: &Path, folder: &Path) -> Gitignore {
        match read(file) {
            Ok(Some(text)) => compile(&text, folder),
            Ok(None) => Gitignore::empty(),
            Err(refusal) => {
                self.refused.insert(file.to_owned(), refusal);
                Gitignore::empty()
            }
        }
    }

    /// A warning for each ignore file that is not used.
    pub fn warnings(&self, words: Words) -> impl Iterator<Item = String> {
        self.refused.iter().map(move |(file, refusal)| {
            let mut arguments = vec![("pad", Argument::Whole(shown_path(file)))];
            let text = match refusal {
                Refusal::NoFile => storing::negeerbestand::SOORT,
                Refusal::TooLarge => {
                    arguments.push(("kib", Argument::Count((LARGEST >> 10) as usize)));
                    storing::negeerbestand::TE_GROOT
                }
                Refusal::Unreadable(error) => {
                    arguments.push(("oorzaak", words.cause(error).into()));
                    storing::negeerbestand::ONLEESBAAR
                }
            };
            shown(&words.text(text, &arguments))
        })
    }
}

/// The text of an ignore file; none if it does not exist.
fn read(file: &Path) -> Result<Option<String>, Refusal> {
    let metadata = match fs::metadata(file) {
        Err(error) if is_absent(&error) => return Ok(None),
        metadata => metadata.map_err(Refusal::Unreadable)?,
    };
    if !metadata.is_file() {
        return Err(Refusal::NoFile);
    }
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    if read.map_err(Refusal::Unreadable)? as u64 > LARGEST {
        return Err(Refusal::TooLarge);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// The rules in the text of an ignore file. Invalid ones are left out, as Git does.
fn compile(text: &str, folder: &Path) -> Gitignore {
    let mut rules = GitignoreBuilder::new(folder);
    for line in text.trim_start_matches('\u{feff}').lines() {
        let _ = rules.add_line(None, line);
    }
    rules.build().unwrap_or_else(|_| Gitignore::empty())
}

/// Whether the rules exclude a path; none if they have no rule for it.
fn decision(rules: &Gitignore, path: &Path, is_folder: bool) -> Option<bool> {
    match rules.matched(path, is_folder) {
        Match::None => None,
        Match::Ignore(_) => Some(true),
        Match::Whitelist(_) => Some(false),
    }
}

fn is_yaml(path: &Path) -> bool {
    let is_any = |extension: &OsStr| {
        ["yaml", "yml"]
            .iter()
            .any(|it| extension.eq_ignore_ascii_case(it))
    };
    path.extension().is_some_and(is_any)
}

/// Whether a link leads to a regular file: reading a named pipe would block. If that cannot be determined, it counts as one, so
/// that reading it reports the error.
fn is_regular(path: &Path) -> bool {
    path.metadata().map_or(true, |metadata| metadata.is_file())
}

#[cfg(not(windows))]
fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

#[cfg(windows)]
fn is_hidden(entry: &DirEntry) -> bool {
    use std::os::windows::fs::MetadataExt;

    const HIDDEN: u32 = 2;
    let metadata = entry.metadata();
    entry.file_name().as_encoded_bytes().starts_with(b".")
        || metadata.is_ok_and(|metadata| metadata.file_attributes() & HIDDEN != 0)
}
