//! Steps of the chain taken away, to measure what each brings. Nobody else has a use for it.
//!
//! Only what is done while a query is answered can be taken away; what is done when the index is made (case and accents,
//! words joined over the ends of lines and their other readings, headings merged with their first block) stays.

use super::plan::{Atom, Group, Part, Plan, Word};

/// A step of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Other forms of a word.
    Stems,
    /// Words derived from the same word.
    Derivations,
    /// Compounds that a word is a part of.
    Parts,
    /// A compound found by its parts near each other.
    Split,
    /// Words of the query written as one.
    Joined,
    /// A word written as two.
    Broken,
    /// Words spelled nearly so.
    Typos,
    /// Abbreviations for names, and names for abbreviations.
    Abbreviations,
    /// Function words make no hits where there are other words.
    Function,
    /// Words that stand in every report count less.
    Common,
    /// The more of the query a passage has, the better.
    Share,
    /// The nearer the words stand to each other, the better.
    Nearness,
    /// What headings and the lead-in have of the query.
    Context,
    /// Lists and scraps count less than text.
    Shape,
}

impl Step {
    /// All of them, in the order of the chain.
    pub const ALL: [Step; 14] = [
        Step::Stems,
        Step::Derivations,
        Step::Parts,
        Step::Split,
        Step::Joined,
        Step::Broken,
        Step::Typos,
        Step::Abbreviations,
        Step::Function,
        Step::Common,
        Step::Share,
        Step::Nearness,
        Step::Context,
        Step::Shape,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Step::Stems => "stems",
            Step::Derivations => "derivations",
            Step::Parts => "parts",
            Step::Split => "split",
            Step::Joined => "joined",
            Step::Broken => "broken",
            Step::Typos => "typos",
            Step::Abbreviations => "abbreviations",
            Step::Function => "function",
            Step::Common => "common",
            Step::Share => "share",
            Step::Nearness => "nearness",
            Step::Context => "context",
            Step::Shape => "shape",
        }
    }

    /// The step of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// The steps that are taken away; none by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Without(u32);

impl Without {
    /// Whether the step is taken away.
    #[must_use]
    pub fn has(self, step: Step) -> bool {
        self.0 & 1 << step as u32 != 0
    }
}

impl FromIterator<Step> for Without {
    fn from_iter<T: IntoIterator<Item = Step>>(steps: T) -> Without {
        Without(steps.into_iter().fold(0, |all, s| all | 1 << s as u32))
    }
}

impl Plan {
    /// Takes these steps out of a plan that is worked out and resolved, where they are the plan's.
    pub fn without(&mut self, steps: Without) {
        if steps != Without::default() {
            self.root.without(steps);
        }
    }
}

impl Group {
    fn without(&mut self, steps: Without) {
        if steps.has(Step::Function) {
            self.may.append(&mut self.weak);
        }
        let parts = self.must.iter_mut().chain(&mut self.may).chain(&mut self.weak).chain(&mut self.not);
        parts.for_each(|p| p.without(steps));
    }
}

impl Part {
    fn without(&mut self, steps: Without) {
        match self {
            Part::Word(w) => w.without(steps),
            Part::Or(parts) => parts.iter_mut().for_each(|p| p.without(steps)),
            Part::Group(g) => g.without(steps),
            Part::Phrase(_) | Part::Filter(_) => {}
        }
    }
}

impl Word {
    fn without(&mut self, steps: Without) {
        let off = |step| steps.has(step);
        let (variants, phrasings) = (self.variants.iter_mut(), self.phrasings.iter_mut());
        let atoms = variants.map(|v| &mut v.atom).chain(phrasings.flat_map(|p| &mut p.words));
        let atoms = atoms.chain(self.pieces.iter_mut().map(|s| &mut s.atom));
        std::iter::once(&mut self.own).chain(atoms).for_each(|a: &mut Atom| a.without = steps);
        if off(Step::Derivations) {
            self.roots.clear();
        }
        if off(Step::Common) {
            self.share = 1.0;
        }
        self.variants.iter_mut().for_each(|v| v.in_compounds &= !off(Step::Parts));
    }
}
