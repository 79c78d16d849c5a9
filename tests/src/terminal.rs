//! A process at a terminal of its own, with someone at the keyboard.

use std::{
    fs::File,
    io::{Read, Write},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// A process that runs at a terminal. Killed when dropped.
pub struct Terminal {
    process: Child,
    keyboard: File,
    shown: Arc<Mutex<String>>,
}

impl Terminal {
    /// Starts a command with a terminal as its input and output.
    #[must_use]
    pub fn start(command: &Command) -> Self {
        let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&keyboard).expect("granted");
        unlockpt(&keyboard).expect("unlocked");
        let name = ptsname(&keyboard, Vec::new()).expect("its name").into_string().expect("UTF-8");
        let end = || Stdio::from(File::options().read(true).write(true).open(&name).expect("its other end"));
        // With the terminal as its own, as from a shell.
        let mut at_terminal = Command::new("setsid");
        at_terminal.arg("--ctty").arg(command.get_program()).args(command.get_args());
        at_terminal.env("TERM", "xterm").env_remove("NO_COLOR").stdin(end()).stdout(end()).stderr(end());
        let process = at_terminal.spawn().expect("it starts");
        let keyboard = File::from(keyboard);
        let shown = Arc::new(Mutex::new(String::new()));
        let mut screen = keyboard.try_clone().expect("the screen");
        let all = Arc::clone(&shown);
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // The end of the process is an error here.
            while let Ok(read @ 1..) = screen.read(&mut bytes) {
                all.lock().expect("shown").push_str(&String::from_utf8_lossy(&bytes[..read]));
            }
        });
        Self { process, keyboard, shown }
    }

    /// Types, as fast as a scanner does.
    pub fn keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("typed");
    }

    /// Everything on the screen so far.
    #[must_use]
    pub fn screen(&self) -> String {
        self.shown.lock().expect("shown").clone()
    }

    /// Waits until a text has come up behind the first `after` bytes of the screen, and gives what came up there.
    #[must_use]
    pub fn wait_for(&self, text: &str, after: usize) -> String {
        for _ in 0..1200 {
            let screen = self.screen();
            let behind = screen.get(after..).unwrap_or_default();
            if behind.contains(text) {
                return behind.to_owned();
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("no {text:?} behind {after} of:\n{}", self.screen());
    }

    /// Waits for the process to end by itself, and gives its exit status.
    #[must_use]
    pub fn end(&mut self) -> Option<i32> {
        self.process.wait().expect("ended").code()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
