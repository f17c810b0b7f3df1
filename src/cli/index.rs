//! `kantlijn index`: bring the index up to date, and say what it holds.

use super::Done;
use super::args::IndexArgs;
use super::session::Session;

pub fn run(session: &mut Session, args: &IndexArgs) -> anyhow::Result<Done> {
    let opened = session.open(&args.paths)?;
    let documents = opened.library.ready().count() as u64;
    session.out.line(&session.words.n("count.documents", documents))?;
    Ok(Done::Found)
}
