//! A real server process on a data folder of its own.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        mpsc::{self, Receiver},
    },
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::{binary, gatehouse};

/// How a test shifts a process's wall clock.
const WALL: &str = "GATEHOUSE_FAULT_WALL_MS";

/// A running `gatehouse serve`. Killed when dropped.
pub struct Server {
    process: Child,
    /// Its address, `http://127.0.0.1:PORT`.
    pub url: String,
    /// Its data folder.
    pub data: PathBuf,
    /// By how many milliseconds its clock is ahead of this machine's.
    ahead_ms: i64,
    log: Arc<Mutex<String>>,
    /// The same without anything between.
    here: String,
}

impl Server {
    /// Starts a server of the organisation `oak` on `data`, on a free port or the one given.
    #[must_use]
    pub fn start(data: &Path, port: u16) -> Self {
        Self::start_ahead(data, port, 0)
    }

    /// The same with a clock that is so many milliseconds ahead of this machine's, or behind. Local commands on its
    /// data have that clock, too.
    #[must_use]
    pub fn start_ahead(data: &Path, port: u16, ahead_ms: i64) -> Self {
        let mut command = gatehouse(&[]);
        command.env(WALL, ahead_ms.to_string());
        let mut server = Self::start_by(command, data, port);
        server.ahead_ms = ahead_ms;
        server
    }

    /// The same with so many files that it may have open, connections included.
    #[must_use]
    pub fn start_with_files(data: &Path, files: u32) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("ulimit -n {files}; exec \"$0\" \"$@\"")]).arg(binary());
        Self::start_by(command, data, 0)
    }

    fn start_by(mut command: Command, data: &Path, port: u16) -> Self {
        command.args(["serve", "--org", "oak", "--name", "Oakwood", "--data"]);
        command.arg(data).args(["--listen", &format!("127.0.0.1:{port}")]);
        Self::wait_for(command, data)
    }

    /// Starts a server on what `data` holds, whoever it belongs to, on a free port.
    #[must_use]
    pub fn start_as_it_is(data: &Path) -> Self {
        let port = std::net::TcpListener::bind(("127.0.0.1", 0)).and_then(|free| free.local_addr());
        let at = format!("127.0.0.1:{}", port.expect("a free port").port());
        let mut command = gatehouse(&["serve", "--listen", &at, "--url", &format!("http://{at}"), "--data"]);
        command.arg(data);
        Self::wait_for(command, data)
    }

    fn wait_for(command: Command, data: &Path) -> Self {
        let mut process = spawn(command);
        let log = Arc::new(Mutex::new(String::new()));
        let lines = collect(&mut process, &log);
        let url = loop {
            let line = lines.recv_timeout(Duration::from_secs(60)).expect("the server tells its address");
            if let Some(at) = line.find("http://127.0.0.1:") {
                let rest = &line[at..];
                let digits =
                    rest["http://127.0.0.1:".len()..].chars().take_while(char::is_ascii_digit).count();
                break rest[.."http://127.0.0.1:".len() + digits].to_owned();
            }
        };
        Self { process, here: url.clone(), url, data: data.to_owned(), ahead_ms: 0, log }
    }

    /// The port that it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
    }

    /// Whether it says this in its log, now or soon.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        (0..200).any(|_| {
            thread::sleep(Duration::from_millis(50));
            self.log.lock().expect("log").contains(words)
        })
    }

    /// Memory that it has in use, in kilobytes.
    #[must_use]
    pub fn memory_kb(&self) -> u64 {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("its status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
        line.trim().trim_end_matches("kB").trim().parse().expect("a number")
    }

    /// Kills it without warning, as `kill -9` does.
    pub fn kill(&mut self) {
        self.process.kill().expect("killed");
        self.process.wait().expect("gone");
    }

    /// Runs a local command on the server's data, and gives its one JSON answer.
    #[must_use]
    pub fn local(&self, args: &[&str]) -> Value {
        let mut command = gatehouse(args);
        command.env(WALL, self.ahead_ms.to_string()).arg("--data").arg(&self.data).arg("--json");
        let output = command.output().expect("it runs");
        assert!(output.status.success(), "{args:?}: {output:?}");
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{args:?}: {error}: {output:?}"))
    }

    /// The cookie of an admin who signs in to the dashboard by a link.
    #[must_use]
    pub fn cookie(&self) -> String {
        let link = self.local(&["admin", "link", "--url", &self.here]);
        let link = link["link"].as_str().expect("a link");
        let secret = &link[link.rfind("ghl_").expect("its secret")..];
        let agent: ureq::Agent = ureq::Agent::config_builder().max_redirects(0).build().into();
        let answer = agent
            .post(format!("{}/sign-in/link", self.here))
            .header("sec-fetch-site", "same-origin")
            .send_form([("token", secret)])
            .expect("signed in");
        let cookie = answer.headers().get("set-cookie").expect("a cookie").to_str().expect("text");
        cookie.split(';').next().expect("its value").to_owned()
    }

    /// A photo as the dashboard shows it.
    #[must_use]
    pub fn photo(&self, cookie: &str, sha256: &str) -> Vec<u8> {
        let mut answer = ureq::get(format!("{}/photos/{sha256}", self.here))
            .header("cookie", cookie)
            .call()
            .unwrap_or_else(|error| panic!("photo {sha256}: {error}"));
        answer.body_mut().read_to_vec().expect("a photo")
    }

    /// Everything that it has said so far.
    #[must_use]
    pub fn said(&self) -> String {
        self.log.lock().expect("log").clone()
    }

    /// The last one-time code in the log for an address.
    #[must_use]
    pub fn one_time_code(&self, email: &str) -> String {
        for _ in 0..200 {
            let log = self.log.lock().expect("log");
            let found = log.rfind(&format!("one-time code for {email}: ")).and_then(|at| {
                let rest = &log[at..];
                let code = &rest[rest.find(": ")? + 2..];
                code.get(..6).map(str::to_owned)
            });
            drop(log);
            if let Some(code) = found {
                return code;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("no one-time code for {email} in the log:\n{}", self.log.lock().expect("log"));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn spawn(mut command: Command) -> Child {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the server starts")
}

/// Gathers everything the process prints, so that it never blocks on a full pipe.
fn collect(process: &mut Child, log: &Arc<Mutex<String>>) -> Receiver<String> {
    let (send, receive) = mpsc::channel();
    let streams: [Option<Box<dyn Read + Send>>; 2] = [
        process.stdout.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
        process.stderr.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
    ];
    for stream in streams.into_iter().flatten() {
        let (send, log) = (send.clone(), Arc::clone(log));
        thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let mut log = log.lock().expect("log");
                log.push_str(&line);
                log.push('\n');
                let _ = send.send(line);
            }
        });
    }
    receive
}
