//! The command line: one file a command; the only place that prints.
//!
//! What is listed is text for people, in the language of the screens, or with `--json` one object a line with names
//! that stay as they are. Exit codes: 0 found or done, 1 nothing found, 2 error, 130 interrupted.

mod args;
mod backup;
mod compare;
mod completions;
mod config;
mod doctor;
mod dossier;
mod editions;
mod export;
mod import;
mod index;
mod json;
mod keys;
mod knelpunt;
mod knelpunten;
mod list;
mod note;
mod notebook;
mod open;
mod out;
mod outline;
mod paths;
mod references;
mod screens;
mod search;
mod session;
mod show;

use anyhow::bail;
use args::{Args, Command};
use clap::Parser;
use out::say;
use session::Session;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// How a command ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    /// Found something, or did what was asked.
    Found,
    /// There was nothing to be found.
    Nothing,
}

/// Parses the command line, does what it says, and gives the exit code.
#[must_use]
pub fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // help and version go to standard output, errors to standard error; nothing to do where even that fails
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    if let Err(error) = start_log(&args.global) {
        say(&format!("{error:#}"));
        return ExitCode::from(2);
    }
    let mut session = Session::new(args.global);
    if args.command.is_none() && screens::possible(&session) {
        return match screens::run(&mut session, &args.paths) {
            Ok(code) => ExitCode::from(code),
            Err(error) => {
                say(&format!("{error:#}"));
                ExitCode::from(2)
            }
        };
    }
    // a reader of files and the search engine may panic over damaged ones: that is caught and said where it happens
    std::panic::set_hook(Box::new(|info| log::error!("{info}")));
    let run = AssertUnwindSafe(|| dispatch(&mut session, args.command, &args.paths));
    let done = catch_unwind(run).unwrap_or_else(|_| bail!(session.words.t("cli.panic"))).and_then(|done| {
        session.out.flush()?;
        Ok(done)
    });
    match done {
        Ok(Done::Found) => ExitCode::SUCCESS,
        Ok(Done::Nothing) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // what was written before the error is still worth reading
            let _ = session.out.flush();
            say(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn dispatch(session: &mut Session, command: Option<Command>, paths: &[std::path::PathBuf]) -> anyhow::Result<Done> {
    match command {
        None => list::run(session, paths),
        Some(Command::Search(args)) => search::run(session, &args),
        Some(Command::Outline(args)) => outline::run(session, &args.path),
        Some(Command::Dossier { id, paths, apart }) => dossier::run(session, &id, apart, &paths),
        Some(Command::Knelpunten(args)) => knelpunten::run(session, &args.paths),
        Some(Command::Knelpunt(command)) => knelpunt::run(session, command),
        Some(Command::References(args)) => references::run(session, &args.paths),
        Some(Command::Note(command)) => note::run(session, command),
        Some(Command::Editions(args)) => editions::run(session, &args),
        Some(Command::Compare(args)) => compare::run(session, &args),
        Some(Command::Show(args)) => show::run(session, &args),
        Some(Command::Export(args)) => export::run(session, &args),
        Some(Command::Open(args)) => open::run(session, &args),
        Some(Command::Backup(args)) => backup::run(session, &args),
        Some(Command::Import(args)) => import::run(session, &args),
        Some(Command::Index(args)) => index::run(session, &args),
        Some(Command::Doctor(args)) => doctor::run(session, &args.paths),
        Some(Command::Paths) => paths::run(session),
        Some(Command::Config(args)) => config::run(session, &args),
        Some(Command::Keys) => keys::run(session),
        Some(Command::Completions { shell }) => completions::completions(session, shell),
        Some(Command::Man { dir }) => completions::man(session, dir.as_deref()),
    }
}

/// Whether whoever reads our output has gone away: no reason to say anything.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// The log goes to `--log-file`, or with `-v` to standard error.
fn start_log(global: &args::Global) -> anyhow::Result<()> {
    use anyhow::Context;
    let level = match (global.verbose, &global.log_file) {
        (0, None) => return Ok(()),
        (0 | 1, _) => log::LevelFilter::Info,
        _ => log::LevelFilter::Trace,
    };
    let mut log = env_logger::Builder::new();
    // the index engine has much to say to itself
    log.filter_level(log::LevelFilter::Warn).filter_module("kantlijn", level);
    if let Some(path) = &global.log_file {
        let file = std::fs::File::options().create(true).append(true).open(path);
        let file = file.with_context(|| format!("--log-file {}", path.display()))?;
        log.target(env_logger::Target::Pipe(Box::new(file)));
    }
    log.init();
    Ok(())
}
