#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

fn spending(seconds: u32) -> Spending {
    Spending::new(&config::Limits { seconds, ..config::Limits::default() })
}

#[test]
fn a_file_is_read_by_a_thread_of_its_own() {
    let mut slow = 0;
    let read = spending(60).import(b"# Toezicht\n\nWeinig mensen.\n".to_vec(), None, &mut || slow += 1);
    assert!(read.unwrap().text().contains("Weinig mensen."));
    assert_eq!(slow, 0);
}

#[test]
fn a_reading_that_never_answers_is_asked_to_stop_and_left_behind() {
    let spending = Spending { time: Duration::ZERO, ..spending(1) };
    let (give, taken) = channel();
    let (stop, mut slow) = (Stop::default(), 0);
    // this one ends when it is asked to
    let asked = stop.clone();
    let ends = thread::spawn(move || {
        while !asked.is_raised() {
            thread::yield_now();
        }
        let _ = give.send(Err(ImportError::TookTooLong));
    });
    assert_eq!(spending.wait(&taken, &stop, &mut || slow += 1), Err(ImportError::TookTooLong));
    assert_eq!(slow, 1);
    ends.join().unwrap();
}

#[test]
fn a_thread_that_dies_is_a_failure_of_its_file() {
    let (give, taken) = channel::<Result<Document, ImportError>>();
    drop(give);
    assert_eq!(spending(60).wait(&taken, &Stop::default(), &mut || {}), Err(ImportError::Failed));
}

#[test]
fn a_slow_file_leaves_its_place_to_another() {
    let places = Places::new(1);
    places.take();
    // what a slow file does; without it the next line would wait for ever
    places.leave();
    places.take();
    places.leave();
    assert_eq!(*places.free(), 1);
}
