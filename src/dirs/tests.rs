#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

#[test]
fn flags_go_before_the_system() {
    let root = std::path::absolute("x").unwrap();
    let dirs = Dirs::new(&DirOverrides {
        config_file: Some(root.join("c/own.toml")),
        data: Some("relative".into()),
        cache: Some(root.join("cache")),
        state: Some(root.join("state")),
    });
    assert_eq!(dirs.config_dir(), Some(root.join("c").as_path()));
    assert!(dirs.config_named);
    assert_eq!(dirs.data().unwrap(), std::path::absolute("relative").unwrap());
    assert_eq!(dirs.cache, Some(root.join("cache")));
    assert_eq!(dirs.state, Some(root.join("state")));
}

#[test]
fn an_empty_variable_counts_as_not_given() {
    let empty = DirOverrides { config_file: Some("".into()), data: Some("".into()), ..DirOverrides::default() };
    assert_eq!(Dirs::new(&empty), Dirs::new(&DirOverrides::default()));
}

#[test]
fn without_a_data_folder_the_error_names_the_flag() {
    let dirs = Dirs { config_file: None, config_named: false, data: None, cache: None, state: None };
    assert!(dirs.data().unwrap_err().to_string().contains("--data-dir"));
}
