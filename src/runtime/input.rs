//! Reads the terminal on a thread of its own, a batch at a time: the next is read when the last has been dealt with, so
//! that an editor started by a key has the terminal to itself. The thread ends with the terminal.

use super::{Event, terminal};
use std::io;
use std::sync::mpsc::{Sender, channel};

/// Exit code when the terminal is gone: that of a hang-up.
const GONE: u8 = 129;

/// Starts reading. Each batch of events must be answered by leave to read the next.
pub(super) fn start(inbox: Sender<Event>) -> io::Result<Sender<()>> {
    let mut gate = Gate::new()?;
    let (permit, permits) = channel();
    std::thread::Builder::new().name("input".to_owned()).spawn(move || {
        loop {
            let event = match gate.wait().and_then(|there| there.then(terminal::read_events).transpose()) {
                Ok(Some(events)) => Event::Input(events),
                Ok(None) => Event::Terminate(GONE),
                Err(error) => Event::InputLost(error.to_string()),
            };
            let more = matches!(event, Event::Input(_));
            if inbox.send(event).is_err() || !more || permits.recv().is_err() {
                return;
            }
        }
    })?;
    Ok(permit)
}

/// Where the thread waits. The terminal library, when it waits itself, reads a terminal that has gone again and again
/// without end; it is asked only while there is one.
#[cfg(unix)]
struct Gate {
    poll: mio::Poll,
    events: mio::Events,
    /// Written to at each change of the terminal's size, which is an event as well.
    resized: std::os::unix::net::UnixStream,
}

#[cfg(unix)]
impl Gate {
    fn new() -> io::Result<Gate> {
        use mio::{Interest, Token, unix::SourceFd};
        use std::os::fd::AsRawFd;
        let poll = mio::Poll::new()?;
        // the library makes its own listener to changes of size when it is first asked: it must hear of them before us
        terminal::has_events()?;
        let (resized, write) = std::os::unix::net::UnixStream::pair()?;
        resized.set_nonblocking(true)?;
        signal_hook::low_level::pipe::register(signal_hook::consts::SIGWINCH, write)?;
        for (n, fd) in [io::stdin().as_raw_fd(), resized.as_raw_fd()].into_iter().enumerate() {
            poll.registry().register(&mut SourceFd(&fd), Token(n), Interest::READABLE)?;
        }
        Ok(Gate { poll, events: mio::Events::with_capacity(4), resized })
    }

    /// Waits until there is something to read; false when the terminal is gone.
    fn wait(&mut self) -> io::Result<bool> {
        use std::io::Read;
        let mut now = Some(std::time::Duration::ZERO);
        loop {
            match self.poll.poll(&mut self.events, now) {
                Err(error) if error.kind() != io::ErrorKind::Interrupted => return Err(error),
                _ => {}
            }
            if self.events.iter().any(|e| e.is_read_closed() || e.is_error()) {
                return Ok(false);
            }
            while matches!(self.resized.read(&mut [0; 64]), Ok(n) if n > 0) {}
            if terminal::has_events()? {
                return Ok(true);
            }
            now = None;
        }
    }
}

/// Elsewhere the terminal library waits by itself.
#[cfg(not(unix))]
struct Gate;

#[cfg(not(unix))]
impl Gate {
    fn new() -> io::Result<Gate> {
        Ok(Gate)
    }

    fn wait(&mut self) -> io::Result<bool> {
        Ok(true)
    }
}
