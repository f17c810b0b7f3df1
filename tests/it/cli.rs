//! The real binary, run as a reader or a script runs it: own folders, no terminal, no home.

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Two reports of an agency that does not exist.
const VEER: &str = "# Veerdienst Oostmeer, jaarbericht 2024\n\nVeerdienst Oostmeer vaart op drie lijnen.\n\n\
    ## 1 Dienstregeling\n\nDe pont voer in de winter twee uur korter, omdat er te weinig schippers waren.\n\
    In het voorjaar kwam een derde ploeg aan boord.\n\n### 1.1 Nachtvaart\n\nNachtvaart is gestaakt.\n\n\
    ## Knelpunt 1: te weinig schippers\n\nOpleiden duurt drie jaar en vacatures staan lang open.\n\n\
    ### Wat wij vragen\n\nWij vragen de minister om:\n\n- een verkorte opleiding;\n- ruimte voor zij-instromers.\n";
const SLUIS: &str = "# Sluisbeheer Noorderkolk 2023\n\n## 1 Schutten\n\nDe kolk werd 4.120 keer geschut.\n\n\
    ## 2 Storingen\n\nEen storing in de aandrijving hield schippers een dag op.\n";

/// A place to run in.
pub struct Cli {
    pub dir: TempDir,
}

/// What a run gave.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Standard output as JSON lines.
    pub fn json(&self) -> Vec<Value> {
        self.out.lines().map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{e}: {l}"))).collect()
    }

    #[track_caller]
    pub fn ok(self) -> Ran {
        assert_eq!(self.code, Some(0), "out: {}\nerr: {}", self.out, self.err);
        self
    }

    #[track_caller]
    pub fn code(self, code: i32) -> Ran {
        assert_eq!(self.code, Some(code), "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// Nothing in it that a terminal would obey.
    #[track_caller]
    fn harmless(&self) {
        let obeyed = |c: char| {
            c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}')
        };
        for text in [&self.out, &self.err] {
            assert!(!text.contains(obeyed), "{text:?}");
        }
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Cli {
    /// With the two reports in `reports/`.
    pub fn new() -> Cli {
        let cli = Cli { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(cli.path("reports")).unwrap();
        cli.write("reports/veer.md", VEER);
        cli.write("reports/sluis.md", SLUIS);
        cli
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kantlijn"));
        command.args(args).current_dir(self.dir.path()).stdin(Stdio::null());
        for name in ["NO_COLOR", "LC_ALL", "LC_MESSAGES", "VISUAL", "EDITOR", "PAGER"] {
            command.env_remove(name);
        }
        command.env("LANG", "en_GB.UTF-8").env("HOME", self.path("home"));
        for (name, folder) in [("DATA", "data"), ("CACHE", "cache"), ("STATE", "state")] {
            command.env(format!("KANTLIJN_{name}_DIR"), self.path(folder));
        }
        command.env("KANTLIJN_CONFIG", "");
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.command(args).output().unwrap().into()
    }

    pub fn run_with(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut child = self.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let child = child.as_mut().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let writer = std::thread::spawn(move || {
            // a command that does not read its input to the end is free to do so
            let _ = stdin.write_all(&input);
        });
        let mut out = (Vec::new(), Vec::new());
        let mut stderr = child.stderr.take().unwrap();
        let reader = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut stderr, &mut bytes).unwrap();
            bytes
        });
        std::io::Read::read_to_end(&mut child.stdout.take().unwrap(), &mut out.0).unwrap();
        out.1 = reader.join().unwrap();
        writer.join().unwrap();
        let status = child.wait().unwrap();
        Output { status, stdout: out.0, stderr: out.1 }.into()
    }
}

/// The lines of a file that an object names.
fn lines_of(root: &Path, object: &Value, from: &str, to: &str) -> String {
    let file = fs::read_to_string(root.join(object["file"].as_str().unwrap())).unwrap();
    let at = |key: &str| object[key].as_u64().unwrap() as usize;
    file.split('\n').skip(at(from) - 1).take(at(to) + 1 - at(from)).collect::<Vec<_>>().join("\n")
}

#[test]
fn without_a_terminal_the_library_is_listed() {
    let cli = Cli::new();
    let ran = cli.run(&["reports"]).ok();
    assert!(ran.out.contains("Veerdienst Oostmeer, jaarbericht 2024") && ran.out.contains("sluis.md"), "{}", ran.out);
    let ran = cli.run(&[]).ok();
    assert!(ran.out.lines().count() >= 4, "the demonstration: {}", ran.out);
    assert!(ran.err.contains("kantlijn FOLDER"), "how to open one's own: {}", ran.err);
}

#[test]
fn the_configured_library_is_the_one_opened() {
    let cli = Cli::new();
    cli.write("k.toml", "lang = \"nl\"\n[[library]]\nname = \"water\"\npaths = [\"reports\"]\nexclude = [\"veer*\"]\n");
    let ran = cli.run(&["--config", "k.toml", "--json"]).ok();
    let files: Vec<_> = ran.json().iter().map(|l| l["file"].clone()).collect();
    assert_eq!(files, ["sluis.md"]);
    let ran = cli.run(&["--config", "k.toml", "--library", "lucht"]).code(2);
    assert!(ran.err.contains("lucht") && ran.err.contains("water"), "{}", ran.err);
}

#[test]
fn a_broken_config_is_named_and_the_command_goes_on() {
    let cli = Cli::new();
    cli.write("k.toml", "mouse = true\nmeasure = \"wide\n");
    let ran = cli.run(&["--config", "k.toml", "reports"]).ok();
    assert!(ran.err.contains("k.toml:2:"), "{}", ran.err);
    assert!(ran.out.contains("veer.md"));
    let ran = cli.run(&["--config", "k.toml", "doctor", "reports", "--json"]).ok();
    assert!(ran.json().iter().any(|l| l["file"].as_str().unwrap().contains("k.toml:2:")), "{}", ran.out);
}

#[test]
fn the_outline_names_lines_levels_and_parts() {
    let cli = Cli::new();
    let ran = cli.run(&["outline", "reports/veer.md", "--json"]).ok();
    let rows = ran.json();
    assert_eq!(rows[0]["kind"], "part");
    assert_eq!(rows[0]["level"], 1);
    assert_eq!(rows[0]["title"], "Veerdienst Oostmeer, jaarbericht 2024");
    assert_eq!(rows[0]["file"], "veer.md");
    assert_eq!(rows[0]["path"], cli.path("reports/veer.md").canonicalize().unwrap().to_str().unwrap());
    assert!(rows[1..].iter().all(|r| r["level"].as_u64().unwrap() > 1 && r["v"] == 1 && r["type"] == "heading"));
    for row in &rows {
        let line = lines_of(&cli.path("reports"), row, "line", "line");
        assert!(line.contains(row["title"].as_str().unwrap()), "{line} / {row}");
        assert!(row["line_to"].as_u64() >= row["line"].as_u64());
    }
    let night = rows.iter().find(|r| r["title"] == "Nachtvaart").unwrap();
    assert_eq!((night["number"].as_str(), night["level"].as_u64()), (Some("1.1"), Some(3)));
    assert_eq!(
        lines_of(&cli.path("reports"), night, "line", "line_to").trim_end(),
        "### 1.1 Nachtvaart\n\nNachtvaart is gestaakt."
    );
    cli.run(&["outline", "reports"]).code(2);
    cli.run(&["outline", "reports/none.md"]).code(2);
}

#[test]
fn a_document_on_standard_input() {
    let cli = Cli::new();
    let ran = cli.run_with(&["outline", "-", "--json"], VEER.as_bytes()).ok();
    let rows = ran.json();
    assert_eq!(rows[0]["file"], "-");
    assert_eq!(rows[0]["path"], Value::Null);
    let ran = cli.run_with(&["--json", "reports/sluis.md", "-"], VEER.as_bytes()).ok();
    assert_eq!(ran.json().len(), 2);
}

#[test]
fn paths_from_a_list() {
    let cli = Cli::new();
    let ran = cli.run_with(&["--json", "--paths-from", "-"], b"reports/veer.md\n\nreports/sluis.md\n").ok();
    assert_eq!(ran.json().len(), 2);
    cli.write("list", "reports/veer.md\n");
    assert_eq!(cli.run(&["--json", "--paths-from", "list"]).ok().json().len(), 1);
    cli.run_with(&["--paths-from", "-", "-"], b"reports/veer.md\n").code(2);
    cli.run_with(&["--paths-from", "-"], b"\n").code(2);
}

#[test]
fn show_prints_the_text_or_a_section() {
    let cli = Cli::new();
    let all = cli.run(&["show", "reports/veer.md", "--width", "50"]).ok().out;
    assert!(all.contains("Nachtvaart is gestaakt.") && all.contains("• een verkorte opleiding;"), "{all}");
    assert!(all.lines().all(|l| l.chars().count() <= 50), "{all}");
    for name in ["1.1", "nachtvaart", "1.1 Nachtvaart", "Nacht"] {
        let part = cli.run(&["show", "reports/veer.md", "--section", name]).ok().out;
        assert!(part.contains("gestaakt") && !part.contains("Opleiden"), "{name}: {part}");
    }
    cli.write(
        "reports/tabel.md",
        "# Cijfers\n\nZie de tabel.[^1]\n\n[^1]: Voorlopig.\n\n| Post | Bedrag |\n|---|---|\n| Sluis | **1.250** |\n| Wal | 75 |\n",
    );
    let page = cli.run(&["show", "--plain", "reports/tabel.md", "--width", "40"]).ok().out;
    let want = "Cijfers\n────────────────────────────────────────\n\nZie de tabel.¹\n\n────────────\n1 Voorlopig.\n\n\
                ┌───────┬────────┐\n│ Post  │ Bedrag │\n╞═══════╪════════╡\n│ Sluis │  1.250 │\n│ Wal   │     75 │\n\
                └───────┴────────┘\n";
    assert_eq!(page, want);
    let ran = cli.run(&["show", "reports/veer.md", "--section", "Luchtvaart"]).code(2);
    assert!(ran.err.contains("Luchtvaart"), "{}", ran.err);
}

#[test]
fn a_row_of_a_table_is_a_hit_of_its_own_with_its_heads() {
    let cli = Cli::new();
    for folder in ["register", "twee"] {
        fs::create_dir(cli.path(folder)).unwrap();
    }
    let mut text = String::from("# Register\n\n| Nummer | Gemeente | Oordeel |\n|---|---|---|\n");
    for i in 0..200 {
        text.push_str(&format!("| {i} | plaats{i} | voldoende |\n"));
    }
    cli.write("register/lijst.md", &text);
    let hits = cli.run(&["search", "--json", "plaats150", "register"]).ok().json();
    assert_eq!((&hits[0]["line_from"], &hits[0]["line_to"]), (&155.into(), &155.into()), "{:?}", hits[0]);
    assert_eq!(hits[0]["snippet"], "Nummer: 150 | Gemeente: plaats150 | Oordeel: voldoende");
    assert_eq!(hits[0]["marks"], serde_json::json!([[24, 33]]));
    // the words of its heads count too: of two rows that say as much, the one below the head asked for comes first
    cli.write("twee/a.md", "# A\n\n| Soort | Aantal |\n|---|---|\n| brug | 1 |\n| kade | 5 |\n");
    cli.write("twee/b.md", "# B\n\n| Soort | Bedrag |\n|---|---|\n| brug | 2 |\n| kade | 5 |\n");
    let hits = cli.run(&["search", "--json", "kade bedrag", "twee"]).ok().json();
    assert_eq!(hits[0]["file"], "b.md", "{hits:?}");
    let row = hits.iter().position(|h| h["snippet"] == "Soort: kade | Bedrag: 5").unwrap();
    let other = hits.iter().position(|h| h["snippet"] == "Soort: kade | Aantal: 5").unwrap();
    assert!(row < other, "{hits:?}");
}

#[test]
fn an_unchanged_file_is_read_from_the_cache_and_a_changed_one_anew() {
    let cli = Cli::new();
    let log = || fs::read_to_string(cli.path("log")).unwrap();
    let args = ["--log-file", "log", "--json", "reports"];
    assert_eq!(cli.run(&args).ok().json().len(), 2);
    assert!(log().contains("2 of 2 read"), "{}", log());
    cli.run(&args).ok();
    assert!(log().contains("0 of 2 read"), "{}", log());
    cli.write("reports/sluis.md", SLUIS.replace("Noorderkolk", "Zuiderkolk"));
    assert!(cli.run(&args).ok().out.contains("Zuiderkolk"));
    fs::remove_file(cli.path("reports/veer.md")).unwrap();
    assert_eq!(cli.run(&args).ok().json().len(), 1);
}

#[test]
fn a_cache_that_cannot_be_written_is_said_and_nothing_else_changes() {
    let cli = Cli::new();
    cli.write("blocked", "a file where the folder should be");
    let ran = cli.run(&["--cache-dir", "blocked", "--json", "reports"]).ok();
    assert_eq!(ran.json().len(), 2);
    assert_eq!(ran.err.lines().filter(|l| l.contains("blocked")).count(), 1, "{}", ran.err);
}

#[test]
fn folders_come_from_flags_and_variables() {
    let cli = Cli::new();
    let ran = cli.run(&["paths", "--json", "--data-dir", "elders"]).ok();
    let line = &ran.json()[0];
    assert_eq!(line["data"], cli.path("elders").to_str().unwrap());
    assert_eq!(line["cache"], cli.path("cache").to_str().unwrap());
    assert!(cli.run(&["paths"]).ok().out.contains("cache"));
}

#[test]
fn settings_keys_completions_and_manual() {
    let cli = Cli::new();
    let defaults = cli.run(&["config", "--default"]).ok().out;
    assert!(defaults.contains("#measure = 76"));
    cli.write("k.toml", "measure = 60\n");
    assert!(cli.run(&["config", "--config", "k.toml"]).ok().out.contains("measure = 60"));
    assert_eq!(cli.run(&["config", "--config", "k.toml", "--json"]).ok().json()[0]["config"]["measure"], 60);
    for shell in ["bash", "zsh", "fish"] {
        assert!(cli.run(&["completions", shell]).ok().out.contains("kantlijn"));
    }
    assert!(cli.run(&["man"]).ok().out.starts_with(".ie"));
    cli.run(&["man", "--dir", "pages"]).ok();
    assert!(cli.path("pages/kantlijn-outline.1").is_file());
    assert!(cli.run(&["--version"]).ok().out.starts_with("kantlijn "));
    assert!(cli.run(&["--help"]).ok().out.contains("outline"));
    cli.run(&["outline", "--no-such-flag"]).code(2);
}

#[test]
fn colour_only_where_it_is_asked_for() {
    let cli = Cli::new();
    assert!(!cli.run(&["reports"]).ok().out.contains('\u{1b}'));
    assert!(cli.run(&["--color", "always", "reports"]).ok().out.contains('\u{1b}'));
}

#[test]
fn dutch_and_english_messages() {
    let cli = Cli::new();
    assert!(cli.run(&["--lang", "nl", "doctor", "reports"]).ok().out.contains("Alles in orde"));
    assert!(cli.run(&["doctor", "reports"]).ok().out.contains("All is well"));
    let ran: Ran = cli.command(&["doctor", "reports"]).env("LANG", "nl_NL.UTF-8").output().unwrap().into();
    assert!(ran.out.contains("Alles in orde"));
}

#[cfg(unix)]
#[test]
fn a_broken_pipe_is_quiet() {
    let cli = Cli::new();
    cli.write("reports/lang.md", format!("# Lang\n\n{}", "Een regel over het water.\n\n".repeat(20_000)));
    let script = format!("{} show reports/lang.md | head -n 1", env!("CARGO_BIN_EXE_kantlijn"));
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).current_dir(cli.dir.path()).stdin(Stdio::null());
    shell.env("KANTLIJN_CACHE_DIR", cli.path("cache")).env("KANTLIJN_DATA_DIR", cli.path("data"));
    let ran: Ran = shell.output().unwrap().into();
    assert_eq!(ran.err, "");
    assert_eq!(ran.out.lines().count(), 1);
}

/// Everything a folder can hold that is no report: each is text or one line of reason, and all the rest is read.
#[test]
fn bad_input_ends_in_text_or_a_reason() {
    let cli = Cli::new();
    let dir = "reports";
    cli.write("reports/leeg.md", "");
    cli.write("reports/een.md", "x");
    cli.write("reports/nul.md", [0_u8]);
    cli.write("reports/binair.md", [0x7f_u8, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0, 255, 254, 3, 0, 0, 1]);
    cli.write(
        "reports/kapot.md",
        b"# Stuk\n\nEr staat \xff\xfe\xc3 iets in dat niet klopt, maar verder is het gewone tekst.\n",
    );
    let utf16: Vec<u8> =
        "\u{feff}# Breed\n\nTekst in zestien bits per teken.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    cli.write("reports/utf16.txt", utf16);
    cli.write(
        "reports/oud.txt",
        b"Stand van zaken\n\nCo\xf6rdinatie met \x93het veld\x94 kostte tijd; de re\xefntegratie ook.\n",
    );
    cli.write(
        "reports/besturing.md",
        "# Titel \u{1b}[31mrood\u{1b}[0m\u{202e}mo\n\nTekst \u{1b}]0;titel\u{7} en \u{9b}2J verder.\n",
    );
    cli.write("reports/naam \u{1b}[31m\u{202e}.md", "# Gewoon\n\nGewone tekst.\n");
    let ran = cli.run(&["doctor", dir, "--json"]).ok();
    ran.harmless();
    let rows = ran.json();
    let reason = |file: &str| {
        let found: Vec<_> = rows.iter().filter(|r| r["type"] == "error" && r["file"] == file).collect();
        assert_eq!(found.len(), 1, "{file}: {rows:#?}");
        found[0]["reason"].as_str().unwrap().to_owned()
    };
    for file in ["leeg.md", "nul.md", "binair.md"] {
        let reason = reason(file);
        assert!(!reason.is_empty() && !reason.contains('\n'));
    }
    let listed = cli.run(&["--json", dir]).ok();
    listed.harmless();
    let files: Vec<_> = listed.json().iter().map(|r| r["file"].as_str().unwrap().to_owned()).collect();
    for file in ["een.md", "kapot.md", "utf16.txt", "oud.txt", "besturing.md", "veer.md", "sluis.md"] {
        assert!(files.contains(&file.to_owned()), "{file} is not in {files:?}");
    }
    for args in [&[dir][..], &["doctor", dir], &["outline", "reports/besturing.md"], &["show", "reports/besturing.md"]]
    {
        cli.run(args).ok().harmless();
    }
    assert!(cli.run(&["show", "reports/oud.txt"]).ok().out.contains("Coördinatie met “het veld” kostte"));
    assert!(cli.run(&["show", "reports/utf16.txt"]).ok().out.contains("zestien bits"));
    assert!(cli.run(&["show", "reports/kapot.md"]).ok().out.contains("gewone tekst"));
}

#[test]
fn fifty_megabytes_in_one_line() {
    let cli = Cli { dir: tempfile::tempdir().unwrap() };
    cli.write("letters.txt", "a".repeat(50 << 20));
    let sentence = "De aanvraag bleef liggen omdat niemand wist wie er over ging. ";
    cli.write("zinnen.txt", sentence.repeat((2 << 20) / sentence.len()));
    let ran = cli.run(&["--json", "letters.txt", "zinnen.txt"]).ok();
    assert_eq!(ran.json().len(), 2);
}

#[cfg(unix)]
#[test]
fn pipes_links_and_rights() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let cli = Cli::new();
    assert!(Command::new("mkfifo").arg(cli.path("reports/pijp")).status().unwrap().success());
    symlink("..", cli.path("reports/lus")).unwrap();
    symlink("weg.md", cli.path("reports/dood.md")).unwrap();
    cli.write("reports/dicht.md", "# Dicht\n\nGeheim.\n");
    fs::create_dir(cli.path("reports/slot")).unwrap();
    for closed in ["reports/dicht.md", "reports/slot"] {
        fs::set_permissions(cli.path(closed), fs::Permissions::from_mode(0o000)).unwrap();
    }
    // whoever runs this as root may read everything
    let rights_count = fs::read(cli.path("reports/dicht.md")).is_err();
    let ran = cli.run(&["doctor", "reports", "--json"]).ok();
    fs::set_permissions(cli.path("reports/slot"), fs::Permissions::from_mode(0o755)).unwrap();
    let rows = ran.json();
    let reason = |file: &str| {
        let row = rows.iter().find(|r| r["type"] == "error" && r["file"] == file);
        row.map(|r| r["reason"].as_str().unwrap().to_owned())
    };
    assert!(reason("pijp").unwrap().contains("pipe"));
    assert!(reason("dood.md").unwrap().contains("link"));
    if rights_count {
        assert!(reason("dicht.md").unwrap().contains("right"));
        assert!(reason("slot").unwrap().contains("right"));
    }
    let ran = cli.run(&["--json", "reports/pijp"]).code(2);
    assert!(ran.err.contains("pipe"), "{}", ran.err);
}

#[test]
fn knelpunten_stand_in_their_lines_and_have_their_asks() {
    let cli = Cli::new();
    let rows = cli.run(&["knelpunten", "reports", "--json"]).ok().json();
    let explicit: Vec<_> = rows.iter().filter(|r| r["status_in_text"] == "explicit").collect();
    assert_eq!(explicit.len(), 1, "{rows:#?}");
    let one = explicit[0];
    assert_eq!((&one["origin"], &one["file"], &one["type"]), (&"found".into(), &"veer.md".into(), &"knelpunt".into()));
    assert_eq!(one["report"], "Veerdienst Oostmeer, jaarbericht 2024");
    assert_eq!((&one["part"], &one["notes"]), (&1.into(), &0.into()));
    let text = lines_of(&cli.path("reports"), one, "line", "line_to");
    assert!(text.starts_with("## Knelpunt 1") && text.contains("zij-instromers"), "{text}");
    let asks = one["asks"].as_array().unwrap();
    assert!(!asks.is_empty());
    for ask in asks {
        assert!(ask["line"].as_u64() >= one["line"].as_u64() && ask["line_to"].as_u64() <= one["line_to"].as_u64());
    }
    let outline = cli.run(&["outline", "reports/veer.md", "--json"]).ok().json();
    assert_eq!(outline.iter().filter(|r| r["kind"] == "knelpunt").count(), 1);
    cli.run(&["knelpunten", "reports/sluis.md", "--json"]).code(1);
}

#[test]
fn made_knelpunten_are_listed_with_their_notes() {
    let cli = Cli::new();
    fs::create_dir_all(cli.path("data")).unwrap();
    cli.write("data/knelpunten.toml", "[[knelpunt]]\nid = \"personeel\"\ntitle = \"Te weinig mensen\"\n");
    let args = ["note", "add", "reports/sluis.md", "--quote", "hield schippers een dag op", "--knelpunt", "personeel"];
    assert_eq!(cli.run(&args).ok().err, "");
    let rows = cli.run(&["knelpunten", "reports", "--json"]).ok().json();
    let made = rows.iter().find(|r| r["origin"] == "made").unwrap();
    assert_eq!((&made["id"], &made["notes"], &made["report"]), (&"personeel".into(), &1.into(), &Value::Null));
}

#[test]
fn a_note_is_added_listed_checked_and_trashed() {
    let cli = Cli::new();
    let quote = "twee uur korter,  omdat er\nte weinig schippers waren";
    let args =
        ["note", "add", "reports/veer.md", "--quote", quote, "--text", "Navragen.\nOok in 2023?", "--tag", "schippers"];
    let added = &cli.run(&[&args[..], &["--status", "open", "--color", "green", "--json"]].concat()).ok().json()[0];
    assert_eq!((&added["kind"], &added["state"], &added["status"]), (&"note".into(), &"exact".into(), &"open".into()));
    assert_eq!(added["quote"], "twee uur korter, omdat er te weinig schippers waren");
    assert_eq!(added["found"], added["quote"]);
    assert!(lines_of(&cli.path("reports"), added, "line_from", "line_to").contains("twee uur korter"));
    assert_eq!(added["section"], serde_json::json!(["1 Dienstregeling"]));
    assert_eq!(added["body"], "Navragen.\nOok in 2023?");
    let id = added["id"].as_str().unwrap();

    // the report as it comes back corrected: the passage stands elsewhere, under another path
    fs::create_dir(cli.path("nieuw")).unwrap();
    let moved = VEER
        .replace("# Veerdienst Oostmeer, jaarbericht 2024\n", "# Veerdienst Oostmeer, jaarbericht 2024\n\nVooraf.\n");
    cli.write("nieuw/veer2.md", &moved);
    let checked = cli.run(&["note", "check", "nieuw", "--json"]).ok().json();
    assert_eq!((&checked[0]["state"], &checked[0]["file"]), (&"exact".into(), &"veer2.md".into()));
    assert_eq!(checked[0]["line_from"].as_u64(), added["line_from"].as_u64().map(|l| l + 2));
    cli.write("nieuw/veer2.md", moved.replace("twee uur korter", "drie uur langer"));
    assert_ne!(cli.run(&["note", "check", "nieuw", "--json"]).ok().json()[0]["state"], "exact");
    let skipped = &cli.run(&["note", "check", "reports/sluis.md", "--json"]).ok().json()[0];
    assert_eq!((&skipped["state"], &skipped["line_from"]), (&"skipped".into(), &Value::Null));
    let taken =
        &cli.run(&["note", "check", "reports/sluis.md", "--as", "Veerdienst Oostmeer, jaarbericht 2024", "--json"]);
    assert_eq!(taken.json()[0]["state"], "orphan");

    assert_eq!(cli.run(&["note", "list", "--json"]).ok().json()[0]["id"], id);
    assert!(cli.run(&["note", "show", &id[..20]]).ok().out.contains("Navragen."));
    assert!(cli.run(&["note", "rm", id]).ok().out.contains(id));
    cli.run(&["note", "rm", id]).code(2);
    cli.run(&["note", "list", "--json"]).code(1);
}

#[test]
fn a_quote_that_is_not_there_or_there_twice_is_an_error() {
    let cli = Cli::new();
    cli.write("reports/dubbel.md", "# Dubbel\n\n## Een\n\nDe brug bleef dicht.\n\n## Twee\n\nDe brug bleef dicht.\n");
    let add = |more: &[&str]| cli.run(&[&["note", "add", "reports/dubbel.md"], more].concat());
    assert!(add(&["--quote", "De brug ging open"]).code(2).err.contains("not in dubbel.md"));
    assert!(add(&["--quote", "De brug bleef dicht."]).code(2).err.contains("2 times (lines 5, 9)"));
    let note = &add(&["--quote", "De brug bleef dicht.", "--section", "Twee", "--json"]).ok().json()[0];
    assert_eq!((&note["line_from"], &note["kind"]), (&9.into(), &"highlight".into()));
    add(&["--quote", " "]).code(2);
    add(&["--quote", "De brug", "--kind", "essay"]).code(2);
    let section = &add(&["--section", "een", "--text", "Kort.", "--json"]).ok().json()[0];
    assert_eq!((&section["quote"], &section["line_from"]), (&Value::Null, &3.into()));
    add(&["--section", "Drie"]).code(2);
}

#[test]
fn a_batch_of_notes_goes_on_after_an_error() {
    let cli = Cli::new();
    let lines = [
        r#"{"file": "reports/veer.md", "quote": "Nachtvaart is gestaakt.", "text": "Waarom?", "knelpunten": ["personeel"]}"#,
        r#"{"file": "reports/veer.md", "quote": "Nachtvaart is hervat."}"#,
        "geen json",
        "",
        r#"{"file": "reports/none.md", "quote": "x"}"#,
        r#"{"file": "reports/sluis.md", "quote": "4.120 keer", "tags": ["cijfers"], "status": "resolved"}"#,
    ];
    let ran = cli.run_with(&["note", "add", "--batch", "-", "--json"], lines.join("\n").as_bytes()).ok();
    let rows = ran.json();
    let kinds: Vec<_> = rows.iter().map(|r| (r["type"].as_str().unwrap(), r["line"].as_u64())).collect();
    assert_eq!(kinds, [("note", None), ("error", Some(2)), ("error", Some(3)), ("error", Some(5)), ("note", None)]);
    assert_eq!(cli.run(&["note", "list", "--json"]).ok().json().len(), 2);
}

#[cfg(unix)]
#[test]
fn a_note_is_edited_in_ones_own_editor() {
    use std::os::unix::fs::PermissionsExt;
    let cli = Cli::new();
    let args = ["note", "add", "reports/sluis.md", "--quote", "4.120 keer", "--text", "Klopt dit?", "--json"];
    let id = cli.run(&args).ok().json()[0]["id"].as_str().unwrap().to_owned();
    cli.write("editor", "#!/bin/sh\nprintf 'Ja, nagevraagd.\\n' > \"$1\"\n");
    fs::set_permissions(cli.path("editor"), fs::Permissions::from_mode(0o755)).unwrap();
    cli.run(&["note", "edit", &id]).code(2);
    let ran: Ran = cli.command(&["note", "edit", &id]).env("VISUAL", cli.path("editor")).output().unwrap().into();
    ran.ok();
    assert_eq!(cli.run(&["note", "show", &id, "--json"]).ok().json()[0]["body"], "Ja, nagevraagd.");
}

/// Hits and the closing line of a search.
fn split(rows: Vec<Value>) -> (Vec<Value>, Value) {
    let (mut ends, hits): (Vec<_>, Vec<_>) = rows.into_iter().partition(|r| r["type"] == "end");
    assert_eq!(ends.len(), 1);
    (hits, ends.remove(0))
}

#[test]
fn search_finds_passages_and_names_their_lines() {
    let cli = Cli::new();
    let (hits, end) = split(cli.run(&["search", "schipper", "reports", "--json"]).ok().json());
    assert_eq!(end["total"].as_u64(), Some(hits.len() as u64));
    assert!(hits.len() >= 3, "{hits:#?}");
    for (hit, rank) in hits.iter().zip(1..) {
        assert_eq!((hit["rank"].as_u64(), &hit["kind"], &hit["v"]), (Some(rank), &"text".into(), &1.into()));
        assert!(lines_of(&cli.path("reports"), hit, "line_from", "line_to").contains("schipper"), "{hit}");
        let snippet: Vec<char> = hit["snippet"].as_str().unwrap().chars().collect();
        let marks = hit["marks"].as_array().unwrap();
        assert!(!marks.is_empty());
        for mark in marks {
            let (from, to) = (mark[0].as_u64().unwrap() as usize, mark[1].as_u64().unwrap() as usize);
            let word: String = snippet[from..to].iter().collect();
            assert!(word.to_lowercase().starts_with("schipper"), "{word}");
        }
        assert!(!hit["why"].as_array().unwrap().is_empty());
    }
    let names = [
        "v",
        "type",
        "query",
        "id",
        "rank",
        "score",
        "kind",
        "note",
        "report",
        "part",
        "org",
        "year",
        "file",
        "path",
        "section",
        "page",
        "line_from",
        "line_to",
        "why",
        "snippet",
        "marks",
        "knelpunten",
        "also",
    ];
    let mut found: Vec<_> = hits[0].as_object().unwrap().keys().map(String::as_str).collect();
    let mut names = names.to_vec();
    found.sort_unstable();
    names.sort_unstable();
    assert_eq!(found, names);
    cli.run(&["search", "vliegtuig", "reports"]).code(1);
    cli.run(&["search", "schipper", "nergens"]).code(2);
}

#[test]
fn search_takes_filters_limits_and_says_what_it_did_not_understand() {
    let cli = Cli::new();
    let (hits, end) = split(cli.run(&["search", "schippers", "reports", "--json", "--limit", "1"]).ok().json());
    assert_eq!(hits.len(), 1);
    assert!(end["total"].as_u64() > Some(1));
    let (hits, _) = split(cli.run(&["search", "schippers file:sluis", "reports", "--json"]).ok().json());
    assert!(hits.iter().all(|h| h["file"] == "sluis.md"));
    let (_, end) = split(cli.run(&["search", "\"te weinig", "reports", "--json", "--lang", "nl"]).ok().json());
    assert!(!end["said"].as_array().unwrap().is_empty() && !end["understood"].as_str().unwrap().is_empty());
    let (hits, _) = split(cli.run(&["search", "schippers", "reports", "--json", "--sort", "year"]).ok().json());
    let years: Vec<_> = hits.iter().filter_map(|h| h["year"].as_i64()).collect();
    assert!(years.is_sorted_by(|a, b| a >= b), "{years:?}");
    let text = cli.run(&["search", "nachtvaart", "reports", "--color", "always"]).ok().out;
    assert!(text.contains("\u{1b}[1;33mNachtvaart\u{1b}[0m"), "{text:?}");
}

#[test]
fn a_batch_of_queries_answers_each_by_its_line() {
    let cli = Cli::new();
    let ran = cli
        .run_with(&["search", "--batch", "-", "--json", "--limit", "5", "reports"], b"schippers\n\nvliegtuig\nkolk\n");
    let rows = ran.ok().json();
    let ends: Vec<_> = rows.iter().filter(|r| r["type"] == "end").map(|r| r["id"].as_u64().unwrap()).collect();
    assert_eq!(ends, [1, 3, 4]);
    assert!(
        rows.iter().any(|r| r["type"] == "hit" && r["id"] == 4)
            && !rows.iter().any(|r| r["type"] == "hit" && r["id"] == 3)
    );
    cli.run_with(&["search", "--batch", "-", "reports"], b"vliegtuig\n").code(1);
}

#[test]
fn notes_are_found_and_leave_the_index_when_they_go() {
    let cli = Cli::new();
    let add = [
        "note",
        "add",
        "reports/veer.md",
        "--quote",
        "Nachtvaart is gestaakt.",
        "--text",
        "Heikel punt",
        "--tag",
        "nacht",
    ];
    let id = cli.run(&[&add[..], &["--json"]].concat()).ok().json()[0]["id"].clone();
    let (hits, _) = split(cli.run(&["search", "heikel", "reports", "--json"]).ok().json());
    assert_eq!((hits.len(), &hits[0]["kind"], &hits[0]["note"]), (1, &"note".into(), &id));
    assert_eq!((&hits[0]["file"], hits[0]["line_from"].as_u64()), (&"veer.md".into(), Some(12)));
    let (hits, _) = split(cli.run(&["search", "tag:nacht", "reports", "--json"]).ok().json());
    assert!(!hits.is_empty());
    // a batch looks at text only, unless it says otherwise
    cli.run_with(&["search", "--batch", "-", "reports"], b"heikel\n").code(1);
    cli.run_with(&["search", "--batch", "-", "reports"], b"heikel in:notes\n").ok();
    cli.run(&["note", "rm", id.as_str().unwrap()]).ok();
    cli.run(&["search", "heikel", "reports"]).code(1);
}

#[test]
fn a_passage_put_to_a_knelpunt_is_found_by_it() {
    let cli = Cli::new();
    let count = || {
        let ran = cli.run(&["search", "knelpunt:bemanning in:text", "reports", "--json"]);
        ran.json().iter().filter(|r| r["type"] == "hit").count()
    };
    assert_eq!(count(), 0);
    let add = [
        "note",
        "add",
        "reports/sluis.md",
        "--quote",
        "hield schippers een dag op",
        "--knelpunt",
        "bemanning",
        "--json",
    ];
    let id = cli.run(&add).ok().json()[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(count(), 1);
    cli.run(&["note", "rm", &id]).ok();
    assert_eq!(count(), 0);
}

#[test]
fn the_index_follows_the_files() {
    let cli = Cli::new();
    let total =
        |query: &str| split(cli.run(&["search", query, "reports", "--json"]).json()).1["total"].as_u64().unwrap();
    assert_eq!(total("kolk"), 1);
    cli.write("reports/sluis.md", SLUIS.replace("kolk", "sluiskom"));
    assert_eq!((total("kolk"), total("sluiskom")), (0, 1));
    fs::rename(cli.path("reports/sluis.md"), cli.path("reports/noord.md")).unwrap();
    let (hits, _) = split(cli.run(&["search", "sluiskom", "reports", "--json"]).ok().json());
    assert_eq!((hits.len(), &hits[0]["file"]), (1, &"noord.md".into()));
    fs::remove_file(cli.path("reports/noord.md")).unwrap();
    assert_eq!(total("sluiskom"), 0);
}

#[test]
fn the_index_says_what_it_holds_and_can_be_made_anew() {
    let cli = Cli::new();
    cli.write("reports/leeg.md", "");
    let stats =
        |args: &[&str]| cli.run(&[&["index", "reports", "--stats", "--json"], args].concat()).ok().json().remove(0);
    let first = stats(&[]);
    assert_eq!((&first["type"], &first["documents"], &first["parts"]), (&"stats".into(), &2.into(), &2.into()));
    assert!(first["passages"].as_u64() > Some(8) && first["bytes_index"].as_u64() > Some(0));
    assert_eq!(first["failed"][0]["file"], "leeg.md");
    let second = stats(&["--rebuild"]);
    for key in ["documents", "passages", "bytes_text"] {
        assert_eq!(first[key], second[key], "{key}");
    }
    // the cache may go at any time
    fs::remove_dir_all(cli.path("cache")).unwrap();
    assert_eq!(stats(&[])["passages"], first["passages"]);
    let folder = fs::read_dir(cli.path("cache/libraries")).unwrap().next().unwrap().unwrap().path();
    fs::remove_dir_all(folder.join("index")).unwrap();
    assert_eq!(stats(&[])["passages"], first["passages"]);
    fs::remove_file(folder.join("catalog")).unwrap();
    fs::write(folder.join("index/meta.json"), "{").unwrap();
    assert_eq!(stats(&[])["passages"], first["passages"]);
}

#[test]
fn search_without_a_cache_works_from_memory() {
    let cli = Cli::new();
    cli.write("blocked", "a file where the folder should be");
    let ran = cli.run(&["--cache-dir", "blocked", "search", "nachtvaart", "reports", "--json"]).ok();
    assert!(ran.err.contains("blocked"), "{}", ran.err);
    let (hits, _) = split(ran.json());
    assert!(hits[0]["snippet"].as_str().unwrap().contains("Nachtvaart"), "{hits:#?}");
}

#[test]
fn doctor_names_notes_that_are_not_understood() {
    let cli = Cli::new();
    fs::create_dir_all(cli.path("data/notes/veer")).unwrap();
    cli.write("data/notes/veer/stuk.md", "---\nid: [\n---\nWoorden.\n");
    cli.write("data/knelpunten.toml", "[[knelpunt]]\ntitle = 3\n");
    let rows = cli.run(&["doctor", "reports", "--json"]).ok().json();
    let wrong: Vec<_> = rows.iter().filter(|r| r["type"] == "error").map(|r| r["file"].as_str().unwrap()).collect();
    assert_eq!(wrong.len(), 2, "{rows:#?}");
    assert!(wrong[0].ends_with("stuk.md") && wrong[1].ends_with("knelpunten.toml"));
    assert!(fs::read_to_string(cli.path("data/notes/veer/stuk.md")).unwrap().contains("Woorden."));
}

#[test]
fn keys_are_those_in_use() {
    let cli = Cli::new();
    let rows = cli.run(&["keys", "--json"]).ok().json();
    assert!(rows.len() > 60 && rows.iter().all(|r| r["type"] == "key" && r["context"].is_string()));
    let key = |rows: &[Value], context: &str, keys: &str| {
        let row = rows.iter().find(|r| r["context"] == context && r["keys"] == keys);
        row.map(|r| r["action"].clone())
    };
    assert_eq!(key(&rows, "global", "]k"), Some("next-knelpunt".into()));
    fs::create_dir(cli.path("conf")).unwrap();
    cli.write("conf/config.toml", "");
    cli.write("conf/keymap.toml", "[reader]\n\"z k\" = \"next-knelpunt\"\n\"z z\" = \"no-such-thing\"\n");
    let ran = cli.run(&["--config", "conf/config.toml", "keys", "--json"]).ok();
    assert_eq!(key(&ran.json(), "reader", "zk"), Some("next-knelpunt".into()));
    assert!(ran.err.contains("no-such-thing"), "{}", ran.err);
    for lang in ["nl", "en"] {
        let text = cli.run(&["keys", "--lang", lang]).ok().out;
        assert!(text.contains("]k") && !text.contains('⟨'), "{text}");
    }
}

#[test]
fn a_passage_that_stands_in_two_files_names_the_other() {
    let cli = Cli::new();
    let said = "De veerdienst meldt dat reizigers in de winter van 2024 tweemaal zo lang op de kade stonden, omdat de ijsgang \
        de pont vertraagde en de gemeente de steiger niet had geveegd of verlicht.";
    cli.write("reports/brief.md", format!("# Brief over het veer\n\n{said}\n"));
    cli.write("reports/bijlage.md", format!("# Bijlage bij de brief\n\n## Het veer\n\n{said}\n"));
    let hits = cli.run(&["search", "ijsgang steiger", "reports", "--json"]).ok().json();
    let hit = |file: &str| hits.iter().find(|h| h["type"] == "hit" && h["file"] == file).unwrap().clone();
    assert_eq!(hit("brief.md")["also"], serde_json::json!([{"file": "bijlage.md", "line_from": 1, "line_to": 5}]));
    assert_eq!(hit("bijlage.md")["also"], serde_json::json!([{"file": "brief.md", "line_from": 1, "line_to": 3}]));
    assert!(hits.iter().filter(|h| h["file"] == "sluis.md").all(|h| h["also"] == serde_json::json!([])));
    let text = cli.run(&["search", "ijsgang steiger", "reports"]).ok().out;
    assert!(text.contains("also in brief.md:1") && text.contains("also in bijlage.md:1"), "{text}");
}
