//! `kantlijn paths`: the folders and files in use.

use super::Done;
use super::json::V;
use super::session::Session;
use serde::Serialize;

#[derive(Serialize)]
struct PathsLine {
    v: u32,
    r#type: &'static str,
    config: Option<String>,
    data: Option<String>,
    cache: Option<String>,
    state: Option<String>,
}

pub fn run(session: &mut Session) -> anyhow::Result<Done> {
    let show = |path: Option<&std::path::Path>| path.map(|p| p.to_string_lossy().into_owned());
    let dirs = &session.dirs;
    let line = PathsLine {
        v: V,
        r#type: "paths",
        config: show(dirs.config_file.as_deref()),
        data: show(dirs.data().ok()),
        cache: show(dirs.cache.as_deref()),
        state: show(dirs.state.as_deref()),
    };
    if session.out.json {
        session.out.object(&line)?;
        return Ok(Done::Found);
    }
    let rows = [("config", &line.config), ("data", &line.data), ("cache", &line.cache), ("state", &line.state)];
    for (name, path) in rows {
        let path = path.as_deref().unwrap_or_else(|| session.words.t("cli.no-folder"));
        session.out.line(&format!("{name:7} {}", super::out::clean(path)))?;
    }
    Ok(Done::Found)
}
