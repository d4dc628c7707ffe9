//! Runs one side as a process and notes what it cost. Everything is read from `/proc`, so it is the same for every
//! program.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Ticks a second in `/proc/PID/stat`, whatever the kernel runs at.
const TICKS_PER_SECOND: f64 = 100.0;

/// What one run cost.
#[derive(Clone, Debug)]
pub struct Measured {
    /// User and system time of the process.
    pub cpu_secs: f64,
    /// From its start to the end of its output.
    pub wall_secs: f64,
    /// The most memory that it ever had, in bytes.
    pub peak_bytes: u64,
    /// What it printed.
    pub output: String,
}

/// Runs a program to its end. It must end well.
pub fn run(mut command: Command) -> Measured {
    let errors = tempfile::NamedTempFile::new().unwrap();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors.reopen().unwrap());
    let started = Instant::now();
    let mut child = command.spawn().unwrap();
    let process = format!("/proc/{}", child.id());
    let (peak_bytes, running) = (AtomicU64::new(0), AtomicBool::new(true));
    let (output, wall_secs) = std::thread::scope(|scope| {
        scope.spawn(|| {
            // The mark only rises, so what is missed are the last milliseconds of a process.
            while running.load(Ordering::Relaxed) {
                if let Some(peak) = peak_of(process.as_ref()) {
                    peak_bytes.store(peak, Ordering::Relaxed);
                }
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        let mut output = String::new();
        child.stdout.take().unwrap().read_to_string(&mut output).unwrap();
        let cpu_wait = Instant::now();
        while !has_ended(process.as_ref()) {
            assert!(cpu_wait.elapsed() < Duration::from_mins(10), "{command:?} does not end");
            std::thread::sleep(Duration::from_millis(1));
        }
        running.store(false, Ordering::Relaxed);
        (output, started.elapsed().as_secs_f64())
    });
    // The process has ended but is not buried yet, so its times still stand.
    let cpu_secs = cpu_of(process.as_ref());
    let status = child.wait().unwrap();
    let errors = fs::read_to_string(errors.path()).unwrap_or_default();
    assert!(status.success(), "{command:?} ended with {status}:\n{errors}\n{output}");
    Measured { cpu_secs, wall_secs, peak_bytes: peak_bytes.into_inner(), output }
}

/// Kills a process at once and buries it.
pub fn kill(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// The most memory that this process has had so far, in bytes.
pub fn peak_of_this() -> u64 {
    peak_of("/proc/self".as_ref()).unwrap()
}

fn peak_of(process: &Path) -> Option<u64> {
    let status = fs::read_to_string(process.join("status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// The fields of `stat` behind the name, which may hold anything.
fn stat(process: &Path) -> Vec<String> {
    let text = fs::read_to_string(process.join("stat")).unwrap();
    let fields = text.rsplit_once(')').map_or("", |(_, fields)| fields);
    fields.split_whitespace().map(str::to_owned).collect()
}

fn has_ended(process: &Path) -> bool {
    matches!(stat(process).first().map(String::as_str), Some("Z" | "X"))
}

fn cpu_of(process: &Path) -> f64 {
    let fields = stat(process);
    // `utime` and `stime`, the 14th and 15th of all fields.
    let ticks = |place: usize| fields[place].parse::<f64>().unwrap();
    (ticks(11) + ticks(12)) / TICKS_PER_SECOND
}

/// The one in the middle.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Several runs of one side.
#[derive(Default)]
pub struct Runs(pub Vec<Measured>);

impl Runs {
    pub fn cpu(&self) -> f64 {
        median(self.0.iter().map(|run| run.cpu_secs))
    }

    pub fn wall(&self) -> f64 {
        median(self.0.iter().map(|run| run.wall_secs))
    }

    /// The highest of all runs: a limit of memory holds always or not at all.
    pub fn peak_mib(&self) -> f64 {
        self.0.iter().map(|run| run.peak_bytes).max().unwrap_or(0) as f64 / (1024.0 * 1024.0)
    }
}
