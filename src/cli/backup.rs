//! `kantlijn backup`: the data folder as one archive, which unpacked is the data folder again.

use super::Done;
use super::args::BackupArgs;
use super::out::say;
use super::session::Session;
use anyhow::{Context, bail};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use zip::write::{SimpleFileOptions, ZipWriter};

pub fn run(session: &mut Session, args: &BackupArgs) -> anyhow::Result<Done> {
    let data = session.dirs.data()?.to_owned();
    let target = std::path::absolute(&args.file)?;
    if target.exists() && !args.force {
        bail!(session.words.f("backup.exists", &[("file", &target.display())]));
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    // an archive within the folder would hold a part of itself
    let inside = fs::canonicalize(folder).and_then(|f| Ok(f.starts_with(fs::canonicalize(&data)?))).unwrap_or(false);
    if inside {
        bail!(session.words.f("backup.inside", &[("folder", &data.display())]));
    }
    let mut files = Vec::new();
    let mut left_out = Vec::new();
    walk(&data, Path::new(""), &mut files, &mut left_out).with_context(|| data.display().to_string())?;
    for path in &left_out {
        say(&session.words.f("backup.left-out", &[("file", &data.join(path).display())]));
    }
    if files.is_empty() {
        say(&session.words.f("backup.nothing", &[("folder", &data.display())]));
        return Ok(Done::Nothing);
    }
    let mut temp = tempfile::Builder::new().prefix(".kantlijn-").suffix(".tmp").tempfile_in(folder)?;
    let done = write(&data, &files, temp.as_file_mut()).with_context(|| target.display().to_string())?;
    temp.as_file().sync_all()?;
    match args.force {
        true => temp.persist(&target).map(drop).map_err(|e| e.error)?,
        false => temp.persist_noclobber(&target).map(drop).map_err(|e| e.error)?,
    }
    let count = session.words.n("backup.files", done as u64);
    session.out.line(&session.words.f("backup.done", &[("files", &count), ("file", &target.display())]))?;
    Ok(Done::Found)
}

/// All files below a folder, by their path from it, sorted; links and what is no file are left out.
fn walk(root: &Path, at: &Path, files: &mut Vec<PathBuf>, left_out: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries = match fs::read_dir(root.join(at)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    let mut names: Vec<_> = entries.map(|e| e.map(|e| (e.file_name(), e.file_type()))).collect::<io::Result<_>>()?;
    names.sort_by(|a, b| a.0.cmp(&b.0));
    for (name, kind) in names {
        let path = at.join(&name);
        let kind = kind?;
        // the lock of a running program, and what one writes at this moment
        let passing = name.to_string_lossy().starts_with('.') && at.as_os_str().is_empty() && name == ".lock"
            || name.to_string_lossy().ends_with(".tmp");
        match () {
            () if passing => {}
            () if kind.is_dir() => walk(root, &path, files, left_out)?,
            () if kind.is_file() => files.push(path),
            () => left_out.push(path),
        }
    }
    Ok(())
}

/// Writes the archive; how many files are in it. A file that went away since it was listed is no longer there.
fn write(root: &Path, files: &[PathBuf], to: &mut File) -> anyhow::Result<usize> {
    let mut zip = ZipWriter::new(to);
    let mut count = 0;
    for path in files {
        let bytes = match fs::read(root.join(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            bytes => bytes.with_context(|| path.display().to_string())?,
        };
        let name: Vec<String> = path.iter().map(|p| p.to_string_lossy().into_owned()).collect();
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .last_modified_time(modified(&root.join(path)).unwrap_or_default())
            .unix_permissions(0o600)
            .large_file(bytes.len() > u32::MAX as usize);
        zip.start_file(name.join("/"), options)?;
        zip.write_all(&bytes)?;
        count += 1;
    }
    let to = zip.finish()?;
    // what can't be read back is no backup
    let mut archive = zip::ZipArchive::new(&*to)?;
    for at in 0..archive.len() {
        io::copy(&mut archive.by_index(at)?, &mut io::sink())?;
    }
    anyhow::ensure!(archive.len() == count, "{} of {count} files are in it", archive.len());
    Ok(count)
}

/// When a file was last changed, as an archive says it.
fn modified(path: &Path) -> Option<zip::DateTime> {
    let time = jiff::Timestamp::try_from(fs::metadata(path).ok()?.modified().ok()?).ok()?;
    let at = time.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let small = |n: i8| u8::try_from(n).ok();
    let year = u16::try_from(at.year()).ok()?;
    let [month, day, hour, minute, second] =
        [small(at.month())?, small(at.day())?, small(at.hour())?, small(at.minute())?, small(at.second())?];
    zip::DateTime::from_date_and_time(year, month, day, hour, minute, second).ok()
}
