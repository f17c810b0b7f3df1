//! `kantlijn keys`: the keys in use, from the live keymap, context by context.

use super::Done;
use super::json::V;
use super::out::{Tone, clean, say};
use super::screens::keymap;
use super::session::Session;
use crate::keys::{Context, sequence_text};
use crate::layout::width;
use serde::Serialize;

#[derive(Serialize)]
struct KeyLine<'a> {
    v: u32,
    r#type: &'static str,
    context: &'static str,
    keys: &'a str,
    action: &'static str,
}

pub fn run(session: &mut Session) -> anyhow::Result<Done> {
    let mut problems = Vec::new();
    let keymap = keymap(session, &mut problems);
    problems.iter().for_each(|problem| say(problem));
    let (out, words) = (&mut session.out, &session.words);
    for context in Context::ALL {
        let bindings = keymap.bindings(context);
        if bindings.is_empty() {
            continue;
        }
        if !out.json {
            let title = out.paint(Tone::Strong, words.t(&format!("context.{}", context.name())));
            out.line(&title)?;
        }
        for binding in bindings {
            let (keys, action) = (sequence_text(&binding.keys), binding.action.name());
            if out.json {
                out.object(&KeyLine { v: V, r#type: "key", context: context.name(), keys: &keys, action })?;
                continue;
            }
            let gap = " ".repeat(14_usize.saturating_sub(width(&keys)).max(1));
            let what = words.t(&format!("action.{action}"));
            let name = out.paint(Tone::Faint, &format!("({action})"));
            out.line(&format!("  {}{gap}{what}  {name}", clean(&keys)))?;
        }
    }
    Ok(Done::Found)
}
