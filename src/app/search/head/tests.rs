#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

#[test]
fn years_without_hits_are_there_and_the_later_of_two_peaks_is_named() {
    let years = Years::of(&[(2020, 3), (2022, 5), (2023, 5)], 20, 20).unwrap();
    assert_eq!(years.without, 7);
    assert_eq!((years.first, years.last, years.peak), (2020, 2023, (2023, 5)));
    assert_eq!(years.counts, [3, 0, 5, 5]);
    assert_eq!(Years::of(&[(2020, 3)], 3, 20), None);
    assert_eq!(Years::of(&[], 3, 20), None);
}

#[test]
fn a_long_time_goes_into_few_steps_and_nothing_is_lost() {
    let all: Vec<(i32, u32)> = (1850..2026).map(|y| (y, 1)).collect();
    let years = Years::of(&all, 0, 10).unwrap();
    assert_eq!(years.counts.len(), 10);
    assert_eq!(years.counts.iter().sum::<u32>(), all.len() as u32);
    let odd = Years::of(&[(i32::MIN, 1), (i32::MAX, 2)], 3, 4).unwrap();
    assert_eq!(odd.counts, [1, 0, 0, 2]);
}
