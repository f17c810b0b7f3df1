//! `kantlijn config`: the settings in use, or the documented defaults.

use super::Done;
use super::args::ConfigArgs;
use super::session::Session;
use crate::config::EXAMPLE;
use anyhow::Context;

pub fn run(session: &mut Session, args: &ConfigArgs) -> anyhow::Result<Done> {
    if args.default {
        session.out.raw(EXAMPLE.as_bytes())?;
    } else if session.out.json {
        let config = serde_json::to_value(&session.config).context("config")?;
        session.out.object(&serde_json::json!({"v": super::json::V, "type": "config", "config": config}))?;
    } else {
        let text = toml::to_string(&session.config).context("config")?;
        // TOML writes control characters as escapes; what else a terminal might obey goes line by line
        for line in text.lines() {
            session.out.line(&super::out::clean(line))?;
        }
    }
    Ok(Done::Found)
}
