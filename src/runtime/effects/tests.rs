#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

#[test]
fn a_tilde_is_the_home_folder_and_only_at_the_beginning() {
    let home = Path::new("/huis/anna");
    let at = |typed: &str| at_home(PathBuf::from(typed), Some(home));
    assert_eq!(at("~/stukken"), home.join("stukken"));
    assert_eq!(at("~"), home);
    assert_eq!(at("stukken/~"), Path::new("stukken/~"));
    assert_eq!(at("~stukken"), Path::new("~stukken"), "a name, not somebody's home");
    assert_eq!(at_home(PathBuf::from("~/stukken"), None), Path::new("~/stukken"));
}
