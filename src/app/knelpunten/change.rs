//! What the keys do with knelpunten: on the marked ones, else on the one under the cursor. Each wish is one act of the
//! keeper, which a key undoes.

use super::{FormOf, KnelpuntAct, Row, Under};
use crate::app::notebook::Purpose;
use crate::app::picker::Choose;
use crate::app::views::Listed;
use crate::app::{Act, App, Effects, Notice};
use crate::keys::Action;
use crate::knelpunt::register::{Made, Split, meant, tree};
use crate::notes::NoteId;

impl App {
    /// Does what a key of this view asks for; whether it was one of these.
    pub(super) fn change_knelpunten(&mut self, action: Action, fx: &mut Effects) -> bool {
        let here = self.listed_here();
        let on_made = matches!(here, Some(Listed::Made(_)));
        match action {
            Action::KnelpuntNew => self.ask_new(),
            Action::KnelpuntGather => self.ask_gather(),
            Action::KnelpuntSplit => self.ask_split(),
            Action::KnelpuntRename
            | Action::KnelpuntMerge
            | Action::KnelpuntUnder
            | Action::KnelpuntUp
            | Action::EditNote
            | Action::EditOutside
            | Action::SetStatus
            | Action::Code
            | Action::Delete
                if on_made || (!self.marked_made().is_empty() && action == Action::KnelpuntMerge) =>
            {
                self.change_made(action, fx);
            }
            Action::KnelpuntRename | Action::KnelpuntMerge | Action::KnelpuntUnder | Action::KnelpuntUp => {
                self.say("register.on-made");
            }
            // a found one below a made one: it is let go, and nothing else happens to it
            Action::Delete => return self.let_go(fx),
            _ => return false,
        }
        true
    }

    fn change_made(&mut self, action: Action, fx: &mut Effects) {
        let Some(made) = self.made_here() else { return };
        match action {
            Action::KnelpuntRename => self.open_form(FormOf::rename(self, made)),
            Action::EditNote | Action::EditOutside => self.open_form(FormOf::edit(self, made)),
            Action::SetStatus => self.open_form(FormOf::status(self, made)),
            Action::KnelpuntMerge => self.ask_merge(made),
            Action::KnelpuntUnder | Action::Code => self.ask_for(Choose::Under(self.made_meant())),
            Action::KnelpuntUp => self.lift(&made, fx),
            Action::Delete => self.open_form(FormOf::remove(self, self.made_meant())),
            _ => {}
        }
    }

    /// Asks where a made one stands from now on.
    pub(in crate::app) fn ask_status(&mut self, id: &str) {
        if let Some(made) = meant(&self.notebook.register, id).cloned() {
            self.open_form(FormOf::status(self, made));
        }
    }

    /// The made one of the row of the cursor, or the one that row stands below.
    fn made_here(&self) -> Option<Made> {
        let index = match self.knelpunt_row()? {
            Row::Made { index, .. } => *index,
            Row::Note(_, under) | Row::Found { under: Some(under), .. } => under.made,
            Row::Gap | Row::Head(..) | Row::Found { under: None, .. } => return None,
        };
        self.notebook.register.get(index).cloned()
    }

    fn marked_made(&self) -> Vec<String> {
        let made = self.knelpunten.marked.iter();
        made.filter_map(|l| if let Listed::Made(id) = l { Some(id.clone()) } else { None }).collect()
    }

    /// The marked made ones, else the one under the cursor.
    fn made_meant(&self) -> Vec<String> {
        let marked = self.marked_made();
        if !marked.is_empty() {
            return marked;
        }
        match self.listed_here() {
            Some(Listed::Made(id)) => vec![id],
            _ => Vec::new(),
        }
    }

    /// A new one, beside the one under the cursor.
    fn ask_new(&mut self) {
        let parent = match self.listed_here() {
            Some(Listed::Made(_)) => self.made_here().and_then(|m| m.parent),
            _ => None,
        };
        self.open_form(FormOf::fresh(self, parent.as_deref()));
    }

    /// Several marked: which of them stays. One: which one it goes into.
    fn ask_merge(&mut self, here: Made) {
        let marked = self.marked_made();
        match marked.as_slice() {
            [] if self.notebook.register.len() < 2 => self.say("register.merge-with-what"),
            [] => self.ask_for(Choose::Into(here.id)),
            [one] => self.ask_for(Choose::Into(one.clone())),
            _ => self.ask_for(Choose::Stays(marked)),
        }
    }

    pub(in crate::app) fn merge_into(&mut self, mut others: Vec<String>, into: &str, fx: &mut Effects) {
        others.retain(|id| id != into);
        let n = others.len() as u64 + 1;
        let (key, title) = ("register.merged", self.notebook.knelpunt_title(into).to_owned());
        let said = format!("{} ‘{title}’", self.words.n(key, n));
        self.keep_knelpunt(said, KnelpuntAct::Merge { others, into: into.to_owned() }, fx);
    }

    /// What goes to a new one: the marked rows below one made one, else the row of the cursor.
    fn ask_split(&mut self) {
        let below = |row: &Row| match row {
            Row::Note(_, under) | Row::Found { under: Some(under), .. } => Some(*under),
            _ => None,
        };
        let here = self.knelpunt_row().and_then(|row| match row {
            Row::Made { index, depth, .. } => Some(Under { made: *index, depth: *depth }),
            row => below(row),
        });
        let marked = |row: &&Row| self.knelpunt_listed(row).is_some_and(|l| self.knelpunten.is_marked(&l));
        let rows: Vec<&Row> = self.knelpunten.rows.iter().filter(|r| below(r).is_some() && marked(r)).collect();
        // marks below another one than that of the cursor say which is meant
        let of = here.filter(|h| rows.is_empty() || rows.iter().any(|r| below(r).is_some_and(|u| u.made == h.made)));
        let Some(from) = of.or_else(|| rows.first().and_then(|r| below(r))) else {
            self.say("register.split-how");
            return;
        };
        let mut chosen: Vec<Row> =
            rows.into_iter().filter(|r| below(r).is_some_and(|u| u.made == from.made)).cloned().collect();
        if chosen.is_empty() {
            chosen.extend(self.knelpunt_row().filter(|r| below(r).is_some()).cloned());
        }
        let (mut notes, mut includes): (Vec<NoteId>, Vec<String>) = (Vec::new(), Vec::new());
        for row in chosen {
            match row {
                Row::Note(id, _) => notes.push(id),
                Row::Found { index, .. } => includes.extend(self.shelf.found().get(index).map(|r| r.found.id.clone())),
                Row::Gap | Row::Head(..) | Row::Made { .. } => {}
            }
        }
        let Some(made) = self.notebook.register.get(from.made).cloned() else { return };
        if notes.is_empty() && includes.is_empty() {
            self.say("register.split-how");
            return;
        }
        let split = Split { title: String::new(), child: true, notes, includes };
        self.open_form(FormOf::split(self, &made, split));
    }

    pub(in crate::app) fn put_under(&mut self, ids: &[String], parent: Option<&str>, fx: &mut Effects) {
        let register = &self.notebook.register;
        // what goes along with another that goes keeps its place below it
        let alone = |m: &&Made| {
            ids.contains(&m.id) && !tree::above(register, &m.id).iter().any(|a| ids.iter().any(|id| id == a))
        };
        let moved = register.iter().filter(alone);
        let moved: Vec<(Made, Made)> =
            moved.map(|m| (m.clone(), Made { parent: parent.map(str::to_owned), ..m.clone() })).collect();
        let Some((first, _)) = moved.first() else { return };
        let said = match (parent, moved.len()) {
            (Some(parent), 1) => self
                .words
                .f("register.under", &[("title", &first.title), ("parent", &self.notebook.knelpunt_title(parent))]),
            (None, 1) => self.words.f("register.top", &[("title", &first.title)]),
            (_, n) => self.words.n("register.moved", n as u64),
        };
        self.keep_knelpunt(said, KnelpuntAct::Revise(moved), fx);
    }

    /// One level up, beside what it was part of.
    fn lift(&mut self, made: &Made, fx: &mut Effects) {
        let above: Vec<String> =
            tree::above(&self.notebook.register, &made.id).into_iter().map(str::to_owned).collect();
        match above.first() {
            None => self.say("register.is-top"),
            Some(_) => self.put_under(std::slice::from_ref(&made.id), above.get(1).map(String::as_str), fx),
        }
    }

    /// The found ones that are marked, else the one under the cursor.
    fn found_meant(&self) -> Vec<String> {
        let id = |l: &Listed| if let Listed::Found(_, id) = l { Some(id.clone()) } else { None };
        let marked: Vec<String> = self.knelpunten.marked.iter().filter_map(id).collect();
        if marked.is_empty() { self.listed_here().iter().filter_map(id).collect() } else { marked }
    }

    fn ask_gather(&mut self) {
        match self.found_meant() {
            found if found.is_empty() => self.say("register.gather-how"),
            found => self.ask_for(Choose::Gather(found)),
        }
    }

    pub(in crate::app) fn gather_under(&mut self, id: &str, found: &[String], fx: &mut Effects) {
        let Some(read) = meant(&self.notebook.register, id).cloned() else { return };
        let fresh: Vec<String> = found.iter().filter(|f| !read.includes.contains(f)).cloned().collect();
        if fresh.is_empty() {
            self.say("notice.coded-already");
            return;
        }
        let said = format!("{} ‘{}’", self.words.n("register.gathered", fresh.len() as u64), read.title);
        let mut wanted = read.clone();
        wanted.includes.extend(fresh);
        self.keep_knelpunt(said, KnelpuntAct::Revise(vec![(read, wanted)]), fx);
    }

    /// Lets found ones go that a made one brings together; whether the cursor stands on one.
    fn let_go(&mut self, fx: &mut Effects) -> bool {
        let Some(Row::Found { under: Some(_), .. }) = self.knelpunt_row() else { return false };
        let (Some(read), found) = (self.made_here(), self.found_meant()) else { return false };
        let mut wanted = read.clone();
        wanted.includes.retain(|i| !found.contains(i));
        let n = (read.includes.len() - wanted.includes.len()) as u64;
        let said = format!("{} ‘{}’", self.words.n("register.let-go", n), read.title);
        self.keep_knelpunt(said, KnelpuntAct::Revise(vec![(read, wanted)]), fx);
        true
    }

    pub(in crate::app) fn make_knelpunt(&mut self, made: Made, above: Option<String>, fx: &mut Effects) {
        let said = self.words.f("register.made", &[("title", &made.title)]);
        let (create, save) = (Vec::new(), Vec::new());
        self.keep_knelpunt(said, KnelpuntAct::Make { made: Box::new(made), above, create, save }, fx);
    }

    /// Sends an act to the keeper; `said` is what is told once it is done.
    pub(in crate::app) fn keep_knelpunt(&mut self, said: String, act: KnelpuntAct, fx: &mut Effects) {
        self.keep_for(Purpose::Knelpunt(said), Act::Knelpunt(act), fx);
    }

    /// An act on knelpunten is done: says so, with what went along and how it is undone, and stands on what it was about.
    pub(in crate::app) fn knelpunt_kept(&mut self, said: String, notes: u64, about: Option<&str>) {
        self.form_saved();
        self.list_has_had_its_act();
        self.knelpunten.marked.clear();
        let mut parts = vec![said];
        if notes > 0 {
            parts.push(self.words.n("register.notes", notes));
        }
        let undo = self.key_text(Action::Undo);
        parts.push(self.words.f("heading.undo", &[("undo", &undo)]));
        self.notice = Some(Notice::info(parts.join(" · ")));
        if let Some(id) = about.filter(|_| self.view == crate::app::View::Knelpunten) {
            self.go_to_made(id);
        }
    }
}
