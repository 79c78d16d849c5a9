//! The keyboard of a station, which a scanner that types shares with the guard.
//!
//! The terminal's own editing is switched off meanwhile: what scanners send around a code (STX, ETX) is what Ctrl-B and
//! Ctrl-C are to a terminal, and a code that holds such characters must not end, stop or scroll anything. What is typed
//! is shown here, with nothing in it that could act on the terminal.

use std::{
    fs::File,
    io::{Read, Write},
    os::fd::{AsFd, OwnedFd},
    sync::mpsc::SyncSender,
    time::{Duration, Instant},
};

use gatehouse_core::name;
use rustix::termios::{InputModes, LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// Longest line that is kept; of anything longer the rest is passed over, and it is no code either way. Bytes.
const LONGEST_LINE: usize = 4096;
/// Of a long line, which no guard types, only so much is shown. Characters.
const SHOWN: usize = 32;
/// A line that is longer than this was typed by a scanner. Bytes.
const TYPED_BY_HAND: usize = 80;
/// Two interrupts so far apart are a person's: a scanner types far faster, and pauses for nothing.
const APART: (Duration, Duration) = (Duration::from_millis(300), Duration::from_secs(5));

/// What came over a channel.
#[derive(Debug, PartialEq, Eq)]
pub enum KeyInput {
    /// A line.
    Line {
        /// Its text, with whatever stands around it.
        text: String,
        /// Whether a guard can type there, too.
        by_keyboard: bool,
    },
    /// Ctrl-C or Ctrl-D, once.
    InterruptedOnce,
    /// The same once more: the guard wants to end.
    Interrupted,
    /// There is nothing more.
    End,
}

/// A terminal without its own editing. Dropped, it is as it was before.
pub struct Keyboard {
    device: OwnedFd,
    before: Termios,
}

impl Keyboard {
    /// Takes a terminal over; nothing where it is none.
    pub fn take(device: impl AsFd) -> Option<Self> {
        let device = device.as_fd().try_clone_to_owned().ok()?;
        let before = tcgetattr(&device).ok()?;
        let mut modes = before.clone();
        modes.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG | LocalModes::IEXTEN;
        modes.input_modes -= InputModes::IXON | InputModes::IXOFF;
        tcsetattr(&device, OptionalActions::Now, &modes).ok()?;
        Some(Self { device, before })
    }

    /// Its keys, to be read on a thread of their own.
    pub fn keys(&self) -> Option<File> {
        self.device.try_clone().ok().map(File::from)
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        // A terminal that is gone needs nothing.
        let _ = tcsetattr(&self.device, OptionalActions::Now, &self.before);
    }
}

/// Reads keys until they end, and shows what is typed.
pub fn read_keys(mut keys: impl Read, heard: &SyncSender<KeyInput>) {
    let (mut editor, mut bytes) = (Editor::default(), [0; 512]);
    loop {
        let read = match keys.read(&mut bytes) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => break,
        };
        for byte in bytes.iter().take(read) {
            let line = editor.key(*byte, Instant::now());
            let shown = std::mem::take(&mut editor.shown);
            // Who does not see what is typed can still type it.
            let _ = std::io::stderr().lock().write_all(shown.as_bytes());
            if let Some(line) = line
                && heard.send(line).is_err()
            {
                return;
            }
        }
    }
    let _ = heard.send(KeyInput::End);
}

/// Reads the lines of a pipe, a file or a scanner's own device until they end. They end by CR, LF or both.
pub fn read_pipe(pipe: impl Read, heard: &SyncSender<KeyInput>) {
    let mut line = Vec::new();
    let send = |line: &mut Vec<u8>| {
        let text = String::from_utf8_lossy(line).into_owned();
        line.clear();
        heard.send(KeyInput::Line { text, by_keyboard: false }).is_ok()
    };
    for byte in std::io::BufReader::new(pipe).bytes() {
        match byte {
            Ok(b'\n' | b'\r') => {
                if !send(&mut line) {
                    return;
                }
            }
            Ok(byte) if line.len() < LONGEST_LINE => line.push(byte),
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    if line.is_empty() || send(&mut line) {
        let _ = heard.send(KeyInput::End);
    }
}

/// A line as it is typed.
#[derive(Debug, Default)]
struct Editor {
    line: Vec<u8>,
    /// Bytes of a character that is not whole yet.
    partial: Vec<u8>,
    /// Characters of the line that are on the screen.
    on_screen: usize,
    /// What is to be shown for the last key.
    shown: String,
    interrupted: Option<Instant>,
    ended: Option<Instant>,
}

impl Editor {
    fn key(&mut self, byte: u8, now: Instant) -> Option<KeyInput> {
        let interrupted = self.interrupted.take();
        match byte {
            b'\n' | b'\r' => self.end(now),
            // ETX and EOT end what a scanner types; a hand takes back what it typed.
            0x03 | 0x04 if self.line.len() > TYPED_BY_HAND => self.end(now),
            0x03 | 0x04 if !self.line.is_empty() => {
                self.clear();
                None
            }
            0x03 | 0x04 => {
                let apart = interrupted.map(|first| now.saturating_duration_since(first));
                if apart.is_some_and(|apart| (APART.0..APART.1).contains(&apart)) {
                    return Some(KeyInput::Interrupted);
                }
                self.interrupted = Some(now);
                // Behind a line end it is part of what the scanner types.
                let behind = self.ended.is_some_and(|ended| now.saturating_duration_since(ended) < APART.0);
                (!behind).then_some(KeyInput::InterruptedOnce)
            }
            0x08 | 0x7f => {
                self.take_back();
                None
            }
            0x15 => {
                self.clear();
                None
            }
            byte => {
                if self.line.len() < LONGEST_LINE {
                    self.line.push(byte);
                    self.show(byte);
                }
                None
            }
        }
    }

    fn end(&mut self, now: Instant) -> Option<KeyInput> {
        let blank = self.line.is_empty();
        let text = String::from_utf8_lossy(&self.line).into_owned();
        (self.line, self.partial, self.on_screen) = (Vec::new(), Vec::new(), 0);
        self.ended = Some(now);
        if !blank {
            self.shown.push('\n');
        }
        Some(KeyInput::Line { text, by_keyboard: true })
    }

    fn show(&mut self, byte: u8) {
        self.partial.push(byte);
        let Ok(text) = std::str::from_utf8(&self.partial) else {
            if self.partial.len() >= 4 {
                self.partial.clear();
            }
            return;
        };
        for character in text.chars().filter(|character| !name::garbles(*character)) {
            self.on_screen += 1;
            match self.on_screen {
                ..SHOWN => self.shown.push(character),
                SHOWN => self.shown.push('…'),
                _ => {}
            }
        }
        self.partial.clear();
    }

    fn take_back(&mut self) {
        let text = String::from_utf8_lossy(&self.line).into_owned();
        let Some(last) = text.chars().next_back() else { return };
        self.line = text.as_bytes().get(..text.len() - last.len_utf8()).unwrap_or_default().to_vec();
        self.partial.clear();
        if !name::garbles(last) && self.on_screen > 0 {
            if self.on_screen <= SHOWN {
                self.shown.push_str("\u{8} \u{8}");
            }
            self.on_screen -= 1;
        }
    }

    fn clear(&mut self) {
        while !self.line.is_empty() {
            self.take_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(editor: &mut Editor, keys: &str, at: Instant) -> Vec<KeyInput> {
        keys.bytes().filter_map(|byte| editor.key(byte, at)).collect()
    }

    fn line(text: &str) -> KeyInput {
        KeyInput::Line { text: text.to_owned(), by_keyboard: true }
    }

    #[test]
    fn a_hand_edits_and_a_scanner_frames() {
        let (mut editor, now) = (Editor::default(), Instant::now());
        assert_eq!(typed(&mut editor, "g K8\u{7f}7\r", now), [line("g K7")]);
        assert_eq!(typed(&mut editor, "é\u{7f}\u{7f}x\n", now), [line("x")]);
        assert_eq!(typed(&mut editor, "half\u{3}", now), []);
        assert_eq!(typed(&mut editor, "\n", now), [line("")]);
        let code = format!("GH1:{}", "A".repeat(100));
        assert_eq!(typed(&mut editor, &format!("\u{2}{code}\u{3}"), now), [line(&format!("\u{2}{code}"))]);
    }

    #[test]
    fn what_is_shown_cannot_act_on_the_terminal() {
        let (mut editor, now) = (Editor::default(), Instant::now());
        let _ = typed(&mut editor, "a\u{1b}]0;title\u{7}\u{9b}31mb\u{202e}c", now);
        assert_eq!(editor.shown, "a]0;title31mbc");
        editor.shown.clear();
        let _ = typed(&mut editor, &format!("\n{}", "x".repeat(5000)), now);
        assert!(editor.shown.chars().count() <= SHOWN + 1, "{}", editor.shown);
        assert!(editor.line.len() <= LONGEST_LINE);
    }

    #[test]
    fn only_a_person_ends_the_scanning() {
        let (mut editor, now) = (Editor::default(), Instant::now());
        let later = |ms| now + Duration::from_millis(ms);
        // However many a code holds, they come at once.
        let heard = typed(&mut editor, &"\u{3}".repeat(300), now);
        assert!(!heard.contains(&KeyInput::Interrupted));
        assert_eq!(typed(&mut editor, "\n\u{3}", later(1_000)), [line("")], "the scanner's own end");
        assert_eq!(typed(&mut editor, "x\n", later(1_600)), [line("x")], "what lies between counts");
        assert_eq!(typed(&mut editor, "\u{3}", later(2_600)), [KeyInput::InterruptedOnce]);
        assert_eq!(typed(&mut editor, "\u{3}", later(3_000)), [KeyInput::Interrupted]);
    }

    #[test]
    fn a_pipe_may_end_lines_as_it_likes() {
        let (send, receive) = std::sync::mpsc::sync_channel(16);
        read_pipe(&b"ONE 1\rTWO 2\r\nTHREE 3"[..], &send);
        drop(send);
        let texts: Vec<_> = receive.iter().filter(|heard| *heard != line("")).collect();
        let of = |text: &str| KeyInput::Line { text: text.to_owned(), by_keyboard: false };
        assert_eq!(texts, [of("ONE 1"), of("TWO 2"), of(""), of("THREE 3"), KeyInput::End]);
    }
}
