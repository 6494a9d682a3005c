//! The window of a program that is started from Explorer, which Windows closes as soon as the program ends.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use planmaker::Words;

use super::{print, shown_argument};

/// Whether this run has a window of its own, which closes when it ends.
pub fn is_own() -> bool {
    cfg!(windows)
        && io::stdin().is_terminal()
        && io::stdout().is_terminal()
        && is_started_by_explorer()
}

/// Whether the program was started without a command, as by a double click.
pub fn is_without_command() -> bool {
    std::env::args_os().len() <= 1
}

/// Explains how to use the program.
pub fn explain(words: Words) -> ExitCode {
    let program = std::env::current_exe().unwrap_or_else(|_| "planmaker".into());
    let text = words
        .get("cli.venster.uitleg")
        .replace("{programma}", &shown_argument(&program));
    // The window may be closed already.
    let _ = print(|out| writeln!(out, "{text}"));
    ExitCode::SUCCESS
}

/// Keeps the window open until the user has read it.
pub fn wait_for_enter(words: Words) {
    // The window may be closed already.
    let _ = write!(io::stderr(), "\n{} ", words.get("cli.venster.sluiten"));
    let _ = io::stdin().read_line(&mut String::new());
}

/// Whether the program that started this one is Explorer. This is also true for the Start menu, shortcuts and files that are dropped
/// on the program.
#[cfg(windows)]
fn is_started_by_explorer() -> bool {
    parent().is_some_and(|name| name.eq_ignore_ascii_case("explorer.exe"))
}

#[cfg(not(windows))]
const fn is_started_by_explorer() -> bool {
    false
}

/// The name of the program that started this one.
#[cfg(windows)]
fn parent() -> Option<String> {
    use winsafe::HPROCESSLIST;
    use winsafe::co::TH32CS;

    let mut list = HPROCESSLIST::CreateToolhelp32Snapshot(TH32CS::SNAPPROCESS, None).ok()?;
    let processes = list.iter_processes().map_while(Result::ok);
    let processes: Vec<(u32, u32, String)> = processes
        .map(|it| (it.th32ProcessID, it.th32ParentProcessID, it.szExeFile()))
        .collect();
    let find = |id: u32| processes.iter().find(|(own, ..)| *own == id);
    let (_, parent, _) = find(std::process::id())?;
    find(*parent).map(|(.., name)| name.clone())
}
