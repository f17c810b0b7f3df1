//! Which key means what where: a trie a context, the default from `assets/keymap.toml`, the reader's own laid over it.

use super::{Action, Context, Key, parse_sequence};
use std::collections::BTreeMap;

/// The default keys.
const DEFAULT: &str = include_str!("../../assets/keymap.toml");

/// One node of a trie.
#[derive(Clone, Debug, Default, PartialEq)]
struct Node {
    action: Option<Action>,
    next: BTreeMap<Key, Node>,
}

/// Which key means what where.
#[derive(Clone, Debug, PartialEq)]
pub struct Keymap {
    roots: BTreeMap<Context, Node>,
}

/// What a lookup found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// This action.
    Action(Action),
    /// More keys may follow: each with what it leads to (`None`: further keys).
    Pending(Vec<(Key, Option<Action>)>),
    /// These keys mean nothing here.
    None,
}

/// One line of help: these keys do that there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub context: Context,
    /// The keys, one after another.
    pub keys: Vec<Key>,
    /// What they do.
    pub action: Action,
}

/// A line of a keymap that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("keymap: {0}")]
pub struct KeymapProblem(pub String);

impl Default for Keymap {
    fn default() -> Self {
        let mut map = Keymap { roots: BTreeMap::new() };
        let problems = map.lay_over(DEFAULT);
        debug_assert!(problems.is_empty(), "{problems:?}");
        map
    }
}

impl Keymap {
    /// Lays another keymap over this one: a table a context, `"keys" = "action"`, and `"keys" = ""` to unbind.
    /// Returns what could not be used; the rest holds.
    pub fn lay_over(&mut self, text: &str) -> Vec<KeymapProblem> {
        let mut problems = Vec::new();
        let mut problem = |what: String| problems.push(KeymapProblem(what));
        let table: toml::Table = match toml::from_str(text) {
            Ok(table) => table,
            Err(e) => {
                problem(e.to_string());
                return problems;
            }
        };
        for (name, bindings) in &table {
            let Some(context) = Context::ALL.into_iter().find(|c| c.name() == name) else {
                problem(format!("there is no context `{name}`"));
                continue;
            };
            let Some(bindings) = bindings.as_table() else {
                problem(format!("`{name}` is not a table"));
                continue;
            };
            for (keys, action) in bindings {
                match (parse_sequence(keys), action.as_str()) {
                    (None, _) => problem(format!("[{name}] `{keys}` is no key")),
                    (_, None) => problem(format!("[{name}] `{keys}`: the name of an action is wanted")),
                    (Some(keys), Some("")) => self.bind(context, &keys, None),
                    (Some(seq), Some(action)) => match Action::parse(action) {
                        Some(action) => self.bind(context, &seq, Some(action)),
                        None => problem(format!("[{name}] `{keys}`: there is no action `{action}`")),
                    },
                }
            }
        }
        problems
    }

    fn bind(&mut self, context: Context, keys: &[Key], action: Option<Action>) {
        let mut node = self.roots.entry(context).or_default();
        for key in keys {
            node = node.next.entry(*key).or_default();
        }
        node.action = action;
    }

    /// What the keys mean, asked of the contexts from the innermost outwards. A context in which the keys mean nothing
    /// passes them on; one in which they may go on keeps them.
    #[must_use]
    pub fn lookup(&self, contexts: &[Context], keys: &[Key]) -> Found {
        let mut pending: BTreeMap<Key, Option<Action>> = BTreeMap::new();
        for context in contexts {
            let Some(node) = self.node(*context, keys) else { continue };
            if let (Some(action), true) = (node.action, pending.is_empty()) {
                return Found::Action(action);
            }
            for (key, next) in &node.next {
                if next.leads_anywhere() {
                    pending.entry(*key).or_insert(next.action);
                }
            }
        }
        if pending.is_empty() { Found::None } else { Found::Pending(pending.into_iter().collect()) }
    }

    fn node(&self, context: Context, keys: &[Key]) -> Option<&Node> {
        let mut node = self.roots.get(&context)?;
        for key in keys {
            node = node.next.get(key)?;
        }
        Some(node)
    }

    /// Every binding of a context, shorter sequences first.
    #[must_use]
    pub fn bindings(&self, context: Context) -> Vec<Binding> {
        let mut out = Vec::new();
        if let Some(root) = self.roots.get(&context) {
            root.collect(context, &mut Vec::new(), &mut out);
        }
        out.sort_by_key(|b| (b.action, b.keys.len()));
        out
    }

    /// The keys that do this in the first of the contexts that binds it, the shortest first.
    #[must_use]
    pub fn keys_for(&self, contexts: &[Context], action: Action) -> Vec<Vec<Key>> {
        for root in contexts.iter().filter_map(|c| self.roots.get(c)) {
            let mut keys = Vec::new();
            root.find(action, &mut Vec::new(), &mut keys);
            if !keys.is_empty() {
                keys.sort_by_key(Vec::len);
                return keys;
            }
        }
        Vec::new()
    }
}

impl Node {
    fn leads_anywhere(&self) -> bool {
        self.action.is_some() || self.next.values().any(Node::leads_anywhere)
    }

    fn find(&self, action: Action, path: &mut Vec<Key>, out: &mut Vec<Vec<Key>>) {
        if self.action == Some(action) {
            out.push(path.clone());
        }
        for (key, node) in &self.next {
            path.push(*key);
            node.find(action, path, out);
            path.pop();
        }
    }

    fn collect(&self, context: Context, path: &mut Vec<Key>, out: &mut Vec<Binding>) {
        if let Some(action) = self.action {
            out.push(Binding { context, keys: path.clone(), action });
        }
        for (key, node) in &self.next {
            path.push(*key);
            node.collect(context, path, out);
            path.pop();
        }
    }
}
