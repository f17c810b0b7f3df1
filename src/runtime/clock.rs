//! The one place that asks what time it is.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A clock: the system's, or a fixed one for tests.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The system's.
    System,
    /// Always this many milliseconds since 1970.
    Fixed(u64),
}

impl Clock {
    /// Milliseconds since 1970; 0 when the system's clock stands before that.
    #[must_use]
    pub fn millis(self) -> u64 {
        match self {
            Clock::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
                u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
            }
            Clock::Fixed(millis) => millis,
        }
    }

    /// This moment, to the second, as notes carry it.
    #[must_use]
    pub fn timestamp(self) -> jiff::Timestamp {
        let millis = i64::try_from(self.millis()).unwrap_or(i64::MAX);
        jiff::Timestamp::from_second(millis / 1000).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

/// A moment to measure from.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins now.
    #[must_use]
    pub fn start() -> Self {
        Stopwatch(Instant::now())
    }

    /// The time since.
    #[must_use]
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
