//! `kantlijn completions` and `kantlijn man`: made from the same description as the parser.

use super::Done;
use super::args::Args;
use super::session::Session;
use anyhow::Context;
use clap::CommandFactory;
use std::fs;
use std::path::Path;

pub fn completions(session: &mut Session, shell: clap_complete::Shell) -> anyhow::Result<Done> {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "kantlijn", &mut out);
    session.out.raw(&out)?;
    Ok(Done::Found)
}

pub fn man(session: &mut Session, dir: Option<&Path>) -> anyhow::Result<Done> {
    match dir {
        Some(dir) => {
            fs::create_dir_all(dir)
                .and_then(|()| clap_mangen::generate_to(Args::command(), dir))
                .with_context(|| dir.display().to_string())?;
        }
        None => {
            let mut out = Vec::new();
            clap_mangen::Man::new(Args::command()).render(&mut out)?;
            session.out.raw(&out)?;
        }
    }
    Ok(Done::Found)
}
