//! Settings: the example is the defaults; what is wrong is named and costs nothing else.

use kantlijn::config::{self, Config, Files, LangChoice};
use std::path::{Path, PathBuf};

fn parse(text: &str) -> (Config, Vec<String>) {
    let (config, problems) = config::parse(text, Path::new("c.toml"));
    (config, problems.iter().map(ToString::to_string).collect())
}

/// The example with every setting taken out of its comment.
fn uncommented() -> String {
    let setting = |line: &str| {
        line.strip_prefix('#')
            .filter(|rest| rest.starts_with('[') || rest.starts_with(|c: char| c.is_ascii_lowercase()))
            .map(str::to_owned)
    };
    config::EXAMPLE.lines().filter_map(setting).collect::<Vec<_>>().join("\n")
}

fn keys(prefix: &str, table: &toml::Table) -> Vec<String> {
    let mut out = Vec::new();
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => out.extend(keys(&format!("{prefix}{key}."), inner)),
            _ => out.push(format!("{prefix}{key}")),
        }
    }
    out.sort();
    out
}

#[test]
fn the_example_holds_every_setting_at_its_default() {
    assert_eq!(parse(config::EXAMPLE), (Config::default(), vec![]), "nothing is set in it");
    let (config, problems) = parse(&uncommented());
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(config, Config::default());
    let written = toml::Table::try_from(Config::default()).unwrap();
    assert_eq!(keys("", &uncommented().parse().unwrap()), keys("", &written));
}

#[test]
fn the_example_of_a_library_can_be_used() {
    let library: Vec<_> = config::EXAMPLE.lines().filter_map(|l| l.strip_prefix("#     ")).collect();
    let (config, problems) = parse(&library.join("\n"));
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(config.library.len(), 1);
    let roots = config.library[0].roots(Some(Path::new("/conf")), Some(Path::new("/home/x")));
    assert_eq!(roots[0], PathBuf::from("/home/x/rapporten"));
}

#[test]
fn relative_paths_start_at_the_folder_of_the_config() {
    let (config, _) = parse("[[library]]\nname = \"a\"\npaths = [\"r\", \"/abs\", \"~/h\"]\n");
    let roots = config.library[0].roots(Some(Path::new("/conf")), None);
    assert_eq!(roots, ["/conf/r", "/abs", "~/h"].map(PathBuf::from));
}

#[test]
fn broken_toml_is_named_by_line_and_column_and_runs_on_defaults() {
    let (config, problems) = parse("measure = 60\ntheme = \"open\nmouse = false\n");
    assert_eq!(config, Config::default());
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("c.toml:2:"), "{problems:?}");
}

#[test]
fn an_unknown_setting_names_the_nearest_one_and_the_rest_applies() {
    let (config, problems) = parse("measur = 60\nmouse = false\n[limits]\nzzzzzzzz = 1\nfile_mb = 7\n");
    assert!(!config.mouse);
    assert_eq!(config.limits.file_mb, 7);
    assert_eq!(
        problems,
        [
            "c.toml:1:1: unknown setting \"measur\"; did you mean \"measure\"?",
            "c.toml:4:1: unknown setting \"zzzzzzzz\"; known are: file_mb, unpacked_mb, ratio, nodes, depth, pages, seconds"
        ]
    );
}

#[test]
fn values_of_the_wrong_kind_or_size_keep_the_default() {
    let text = "lang = \"nl\"\ncolors = \"blue\"\nmeasure = \"wide\"\nmouse = 3\n[limits]\nfile_mb = 0\n[files]\n\
                exclude = [\"*.log\", \"[\"]\ninclude = 3\n";
    let (config, problems) = parse(text);
    let files = Files { exclude: vec!["*.log".into()], ..Files::default() };
    assert_eq!(config, Config { lang: LangChoice::Nl, files, ..Config::default() });
    let places: Vec<_> = problems.iter().map(|p| p.split(": ").next().unwrap()).collect();
    let want = ["c.toml:2:10", "c.toml:3:11", "c.toml:4:9", "c.toml:6:11", "c.toml:8:11", "c.toml:9:11"];
    assert_eq!(places, want, "{problems:#?}");
}

#[test]
fn words_for_a_knelpunt_must_be_patterns_that_say_something() {
    let (config, problems) =
        parse("[knelpunten]\nwords = [\"hobbels?\", \"(\", \"x*\"]\ncandidates = [\"loopt spaak\",\n  \"[\"]\n");
    assert_eq!(config.knelpunten.words, ["hobbels?"]);
    assert_eq!(config.knelpunten.candidates, ["loopt spaak"]);
    let places: Vec<_> = problems.iter().map(|p| p.split(": ").next().unwrap()).collect();
    assert_eq!(places, ["c.toml:2:22", "c.toml:2:27", "c.toml:4:3"], "{problems:?}");
}

#[test]
fn one_wrong_library_leaves_the_others() {
    let text =
        "[[library]]\nname = \"a\"\npaths = [\"x\"]\n[[library]]\nname = \"b\"\npath = [\"y\"]\npaths = [\"z\"]\n";
    let (config, problems) = parse(text);
    assert_eq!(config.library.len(), 2);
    assert_eq!(config.library[1].paths, [PathBuf::from("z")]);
    assert_eq!(problems, ["c.toml:6:1: unknown setting \"path\"; did you mean \"paths\"?"]);
    let (_, problems) = parse("[[library]]\nname = \"a\"\n[[library]]\nname = \"a\"\n");
    assert_eq!(problems.len(), 1, "two of the same name: {problems:?}");
}

#[test]
fn a_file_that_is_not_there_is_a_problem_only_when_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("none.toml");
    assert_eq!(config::load(&file, false), (Config::default(), vec![]));
    assert_eq!(config::load(&file, true).1.len(), 1);
    std::fs::write(&file, b"measure = 60\n# caf\xe9\n").unwrap();
    let (config, problems) = config::load(&file, false);
    assert_eq!(config, Config::default());
    assert!(problems[0].to_string().contains(":2:6: not UTF-8"), "{problems:?}");
}
