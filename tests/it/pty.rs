//! The real binary in a real pseudo-terminal: what it draws, what it leaves behind.

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long something may take to appear before the test gives up; never waited for when it comes sooner.
const PATIENCE: Duration = Duration::from_secs(60);

struct Session {
    child: Box<dyn portable_pty::Child + Send + Sync>,
    writer: Option<Box<dyn Write + Send>>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
    pair: Option<portable_pty::PtyPair>,
}

impl Session {
    fn start(args: &[&str], home: &Path, w: u16, h: u16) -> Session {
        Session::start_read_by(args, home, w, h, |mut reader, send| {
            let mut buf = [0; 65536];
            while let Ok(n) = reader.read(&mut buf) {
                if n == 0 || send.send(buf[..n].to_vec()).is_err() {
                    return;
                }
            }
        })
    }

    fn start_read_by(
        args: &[&str],
        home: &Path,
        w: u16,
        h: u16,
        read: impl FnOnce(Box<dyn Read + Send>, Sender<Vec<u8>>) + Send + 'static,
    ) -> Session {
        let size = PtySize { rows: h, cols: w, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_kantlijn"));
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LANG", "nl_NL.UTF-8");
        for (name, folder) in [("DATA", "data"), ("CACHE", "cache"), ("STATE", "state")] {
            command.env(format!("KANTLIJN_{name}_DIR"), home.join(folder));
        }
        command.args(args);
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (send, output) = channel();
        std::thread::spawn(move || read(reader, send));
        Session {
            child,
            writer: Some(writer),
            output,
            screen: vt100::Parser::new(h.try_into().unwrap(), w.try_into().unwrap(), 0),
            raw: Vec::new(),
            pair: Some(pair),
        }
    }

    /// Waits until the screen shows the text.
    fn wait(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.screen.screen().contents().contains(text) {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.raw.extend(bytes);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("{text:?} never came:\n{}", self.screen.screen().contents())
                }
            }
        }
    }

    fn press(&mut self, keys: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Waits for the end and gives the exit code.
    fn end(&mut self) -> u32 {
        let code = self.child.wait().unwrap().exit_code();
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
            self.screen.process(&bytes);
            self.raw.extend(bytes);
        }
        code
    }
}

impl Drop for Session {
    /// A test that fails leaves no program behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn the_demonstration_opens_searches_and_leaves_the_terminal_whole() {
    let home = TempDir::new().unwrap();
    let mut session = Session::start(&[], home.path(), 120, 40);
    session.wait("Rapporten");
    session.press("s");
    session.press("capaciteitstekort");
    session.wait("in 4 rapporten");
    session.press("\r");
    session.wait("[Lezen]");
    session.press("q");
    assert_eq!(session.end(), 0);
    let raw = String::from_utf8_lossy(&session.raw);
    for back in ["\u{1b}[?1049l", "\u{1b}[?2004l", "\u{1b}[?25h"] {
        assert!(raw.contains(back), "{back:?} was not sent at the end");
    }
    assert!(raw.rfind("\u{1b}[?1049h") < raw.rfind("\u{1b}[?1049l"));
}

#[test]
fn ctrl_c_ends_with_130() {
    let home = TempDir::new().unwrap();
    let mut session = Session::start(&[], home.path(), 80, 24);
    session.wait("Inspectie");
    // while something is under way the first one calls that off
    session.press("\u{3}\u{3}");
    assert_eq!(session.end(), 130);
}

#[test]
fn escape_sequences_of_a_report_and_its_name_never_reach_the_terminal() {
    let home = TempDir::new().unwrap();
    let reports = home.path().join("reports");
    std::fs::create_dir(&reports).unwrap();
    let text = "# Kwaad \u{1b}]0;gekaapt\u{7} verslag\n\nHier staat \u{1b}[31mrood\u{1b}[0m en \u{9b}2J meer, \u{202e}omgekeerd.\n\n## Twee\n\nEn nog een alinea.\n";
    std::fs::write(reports.join("naam\u{1b}[2J\u{7}.md"), text).unwrap();
    let mut session = Session::start(&["reports"], home.path(), 100, 30);
    session.wait("verslag");
    session.press("\r");
    session.wait("nog een alinea");
    session.press("q");
    assert_eq!(session.end(), 0);
    let raw = String::from_utf8_lossy(&session.raw);
    for bad in ["gekaapt\u{7}", "\u{1b}[31mrood", "\u{9b}", "\u{202e}", "\u{1b}[2J\u{7}"] {
        assert!(!raw.contains(bad), "{bad:?} reached the terminal");
    }
}

#[test]
fn a_terminal_that_goes_away_ends_the_program() {
    let home = TempDir::new().unwrap();
    let mut session = Session::start_read_by(&[], home.path(), 80, 24, |mut reader, send| {
        // one read at a time, and none after the first screen: what reads holds the terminal open
        let mut seen = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        let mut buf = [0; 65536];
        while !seen.screen().contents().contains("Inspectie") {
            let n = reader.read(&mut buf).unwrap();
            seen.process(&buf[..n]);
            let _ = send.send(buf[..n].to_vec());
        }
    });
    session.wait("Inspectie");
    assert!(session.output.recv_timeout(PATIENCE).is_err(), "whoever reads still holds the terminal");
    (session.writer, session.pair) = (None, None);
    let mut killer = session.child.clone_killer();
    let (ended, end) = channel::<()>();
    std::thread::spawn(move || {
        if end.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            let _ = killer.kill();
        }
    });
    let status = session.child.wait().unwrap();
    drop(ended);
    // by the hang-up, or by a screen that can't be drawn
    assert!([129, 2].contains(&status.exit_code()), "the program went on without a terminal: {status:?}");
}
