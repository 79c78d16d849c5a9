//! Scanning one code after the other, from a scanner that types and a guard who decides.
//!
//! Where both type on one keyboard, a decision names a word that was shown with the verdict
//! ([`gatehouse_core::typed::Question`]). Over a pipe come codes only: nothing that comes that way decides.

use std::{
    io::IsTerminal,
    sync::{Arc, mpsc},
    thread,
    time::Instant,
};

use gatehouse_core::{
    decision::Verdict,
    device::{GuardStation, ScanResult, Seen, StationError},
    id::EntryId,
    message, phrase,
    place::Fix,
    typed::{Answer, Command, Line, Misread, Question, Word},
    words,
};

use super::{
    CliError,
    colour::Tone,
    keyboard::{KeyInput, Keyboard, read_keys, read_pipe},
    print, refused, send,
};
use crate::{
    cli::{
        language::{said, word},
        output::{legible, tell},
    },
    secrets::random,
};

/// Lines that wait while one is judged.
const MOST_WAITING: usize = 64;

/// What is asked of the guard.
#[derive(Debug, Clone, Copy)]
struct OnScreen {
    /// The verdict that is shown, if there is one to decide.
    seen: Option<Seen>,
    /// The visit that is over once its departure is recorded.
    leaves: Option<EntryId>,
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Line,
    End,
}

/// Scans until the codes end or the guard does.
pub fn run(station: GuardStation, json: bool, quiet: bool, fix: Option<Fix>) -> Result<(), CliError> {
    let station = Arc::new(station);
    // Sending goes on beside the scanning: nobody at the gate waits for it.
    let (something, wanted) = mpsc::channel::<()>();
    let sender = {
        let station = Arc::clone(&station);
        thread::spawn(move || {
            while wanted.recv().is_ok() {
                // Whatever came meanwhile goes along.
                while wanted.try_recv().is_ok() {}
                send(&station);
            }
        })
    };
    let (line, lines) = mpsc::sync_channel(MOST_WAITING);
    let keyboards = listen(json, line)?;
    let mut desk = Desk {
        station: &station,
        json,
        quiet,
        fix,
        keyboard: !keyboards.is_empty(),
        question: Question::default(),
        began: Instant::now(),
        warned: false,
        last: None,
    };
    let outcome = desk.serve(&lines, &something);
    drop(keyboards);
    drop(something);
    let _ = sender.join();
    outcome
}

/// Begins to read standard input, and the terminal where that is another device. Gives the terminals that it took over.
fn listen(json: bool, line: mpsc::SyncSender<KeyInput>) -> Result<Vec<Keyboard>, CliError> {
    let input = std::io::stdin();
    let mut keyboards = Vec::new();
    if !json
        && !owns_terminal(&input)
        && let Some(keyboard) = own_terminal()
        && let Some(keys) = keyboard.keys()
    {
        let line = line.clone();
        thread::spawn(move || {
            let (only_lines, heard) = mpsc::sync_channel(1);
            thread::spawn(move || read_keys(keys, &only_lines));
            // Without a keyboard, the scanner alone goes on.
            heard
                .iter()
                .filter(|heard| *heard != KeyInput::End)
                .try_for_each(|heard| line.send(heard))
                .is_ok()
        });
        keyboards.push(keyboard);
    }
    let taken = input.is_terminal().then(|| Keyboard::take(&input)).flatten();
    match taken {
        Some(keyboard) => {
            let unreadable = || CliError::new("input", word(message!("scan-keyboard_unreadable")));
            let keys = keyboard.keys().ok_or_else(unreadable)?;
            thread::spawn(move || read_keys(keys, &line));
            keyboards.push(keyboard);
        }
        None => {
            thread::spawn(move || read_pipe(std::io::stdin(), &line));
        }
    }
    Ok(keyboards)
}

/// Whether a device is the terminal that this process was started from.
fn owns_terminal(device: impl std::os::fd::AsFd) -> bool {
    rustix::termios::tcgetpgrp(device).is_ok()
}

/// That terminal, if somebody sits at it and looks at what is shown.
fn own_terminal() -> Option<Keyboard> {
    let terminal = std::fs::File::options().read(true).write(true).open("/dev/tty").ok()?;
    let in_front = rustix::termios::tcgetpgrp(&terminal).ok()? == rustix::process::getpgrp();
    (in_front && std::io::stdout().is_terminal()).then(|| Keyboard::take(&terminal)).flatten()
}

struct Desk<'a> {
    station: &'a GuardStation,
    json: bool,
    quiet: bool,
    fix: Option<Fix>,
    /// Whether a guard can type anywhere.
    keyboard: bool,
    question: Question<OnScreen>,
    began: Instant,
    /// Whether it was said that lines are passed over.
    warned: bool,
    /// The last scan, whoever may decide it.
    last: Option<OnScreen>,
}

impl Desk<'_> {
    fn serve(
        &mut self,
        lines: &mpsc::Receiver<KeyInput>,
        something: &mpsc::Sender<()>,
    ) -> Result<(), CliError> {
        self.nothing_on_screen()?;
        self.prompt();
        for heard in lines {
            let outcome = match heard {
                KeyInput::Line { text, by_keyboard } => self.line(&text, by_keyboard),
                KeyInput::InterruptedOnce => {
                    self.note(&word(message!("scan-once_more")));
                    Ok(Next::Line)
                }
                KeyInput::Interrupted | KeyInput::End => return Ok(()),
            };
            match outcome {
                Ok(Next::End) => return Ok(()),
                // The receiver lives as long as the scanning.
                Ok(Next::Line) => {
                    let _ = something.send(());
                }
                Err(error) if error.code() == "output_closed" => return Err(error),
                Err(error) => self.note(&error.to_string()),
            }
        }
        Ok(())
    }

    fn line(&mut self, text: &str, by_keyboard: bool) -> Result<Next, CliError> {
        let line = if by_keyboard { Line::read(text) } else { Line::scanned(text) };
        if by_keyboard && !self.question.hears(self.now_ms()) {
            if !self.warned && line != Line::Nothing {
                self.warned = true;
                self.note(&word(message!("scan-too_soon")));
            }
            return Ok(Next::Line);
        }
        self.warned = false;
        match line {
            Line::Nothing => return Ok(Next::Line),
            Line::Code(code) => self.scan(code)?,
            Line::Unknown(text) => {
                self.note(&said(&phrase!("scan-no_code", typed = legible(text))));
            }
            Line::Command(Command::Help) if by_keyboard => self.note(&help()),
            Line::Command(command) if !by_keyboard && pipe_decides() => return self.obey(command),
            Line::Command(_) if !by_keyboard => self.note(&word(message!("scan-decide_later"))),
            Line::Command(command) => return self.command(command),
        }
        self.prompt();
        Ok(Next::Line)
    }

    fn scan(&mut self, code: &str) -> Result<(), CliError> {
        // If this scan fails, a decision must not fall on the one before it.
        self.nothing_on_screen()?;
        self.last = None;
        let result = self.station.scan(code.to_owned(), self.fix).map_err(refused)?;
        print::print_scan(self.json, &result, Misread::of(code))?;
        if !self.json && !self.quiet {
            Tone::of(result.verdict).ring();
        }
        self.ask(&result)
    }

    /// Says how to go on with a scan.
    fn ask(&mut self, result: &ScanResult) -> Result<(), CliError> {
        let event = result.event;
        let on_screen = OnScreen { seen: Some(result.into()), leaves: result.departure_of };
        self.last = Some(on_screen);
        if !self.keyboard {
            if !self.json {
                print::indented(&said(&match result.departure_of {
                    Some(_) => {
                        let command = format!("gatehouse station depart {event}");
                        phrase!("scan-command_departure", command = command)
                    }
                    None => {
                        let command = format!("gatehouse station decide {event}");
                        phrase!("scan-command_decision", command = command)
                    }
                }))?;
            }
            return Ok(());
        }
        let word = self.question.ask(on_screen, new_word()?);
        self.note(&print::how_to_decide(result, word));
        Ok(())
    }

    fn nothing_on_screen(&mut self) -> Result<(), CliError> {
        self.question.ask(OnScreen { seen: None, leaves: None }, new_word()?);
        Ok(())
    }

    fn command(&mut self, command: Command<'_>) -> Result<Next, CliError> {
        let (word, needs) = match command {
            Command::Help => return Ok(Next::Line),
            Command::Quit { word } => (word, "q"),
            Command::Grant { word, .. } => (word, "g"),
            Command::Deny { word, .. } => (word, "d"),
            Command::Depart { word } => (word, "o"),
        };
        let on_screen = match self.question.answer(word, self.now_ms(), new_word()?) {
            Answer::Counts(on_screen) => on_screen,
            Answer::WordMissing(word) => {
                let answer = format!("{needs} {word}");
                self.note(&said(&phrase!("scan-word_missing", answer = answer)));
                self.prompt();
                return Ok(Next::Line);
            }
            Answer::WordWrong(word) => {
                let answer = format!("{needs} {word}");
                self.note(&said(&phrase!("scan-word_wrong", answer = answer)));
                return Ok(Next::Line);
            }
            Answer::NothingAsked => return Err(nothing_to_decide()),
        };
        match (command, on_screen.leaves) {
            (Command::Quit { .. }, _) => return Ok(Next::End),
            (Command::Help, _) => {}
            (Command::Deny { .. } | Command::Depart { .. }, Some(stay)) => self.depart(stay)?,
            (Command::Depart { .. }, None) => {
                return Err(nobody_inside());
            }
            (Command::Grant { reason, .. }, _) => self.decide(on_screen, true, reason)?,
            (Command::Deny { reason, .. }, None) => self.decide(on_screen, false, reason)?,
        }
        self.prompt();
        Ok(Next::Line)
    }

    /// A decision without a word: of a test only.
    fn obey(&mut self, command: Command<'_>) -> Result<Next, CliError> {
        let (granted, word, reason) = match command {
            Command::Grant { word, reason } => (true, word, reason),
            Command::Deny { word, reason } => (false, word, reason),
            _ => return Ok(Next::Line),
        };
        let on_screen = self.last.ok_or_else(nothing_to_decide)?;
        let reason = format!("{} {reason}", word.unwrap_or_default());
        self.decide(on_screen, granted, reason.trim())?;
        Ok(Next::Line)
    }

    fn decide(&mut self, on_screen: OnScreen, granted: bool, reason: &str) -> Result<(), CliError> {
        let seen = on_screen.seen.ok_or_else(nothing_to_decide)?;
        let event = seen.event;
        let reason = (!reason.is_empty()).then(|| reason.to_owned());
        let decided = match self.station.decide(seen, granted, reason, None, self.fix) {
            Err(StationError::VerdictChanged { .. }) => {
                // Another verdict is another question.
                let result = self.station.look(event).map_err(refused)?;
                self.note(&word(message!("scan-verdict_changed")));
                print::print_scan(self.json, &result, None)?;
                return self.ask(&result);
            }
            Err(error) if error.code() == "photo_required" => {
                let command = format!("gatehouse station decide {event} --grant --photo FILE");
                let sentence = phrase!("scan-take_photo", problem = error.phrase(), command = command);
                return Err(CliError::new("photo_required", said(&sentence)));
            }
            other => other.map_err(refused)?,
        };
        print::print_decided(self.json, &decided)?;
        self.nothing_on_screen()
    }

    fn depart(&mut self, stay: EntryId) -> Result<(), CliError> {
        self.station.depart(stay, self.fix, super::DEPART_MS).map_err(refused)?;
        print::print_departed(self.json, stay)?;
        self.nothing_on_screen()
    }

    /// Something for the guard, which is no answer for a program.
    fn note(&self, text: &str) {
        tell(&format!("{text}\n"));
    }

    fn prompt(&self) {
        if self.keyboard && !self.json {
            tell(&format!("{} ", word(message!("scan-prompt"))));
        }
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Whether a test needs scans and decisions in one breath, to cut them off between.
#[cfg(feature = "faults")]
fn pipe_decides() -> bool {
    std::env::var_os("GATEHOUSE_FAULT_PIPE_DECIDES").is_some()
}

/// Nothing decides that comes over a pipe.
#[cfg(not(feature = "faults"))]
const fn pipe_decides() -> bool {
    false
}

/// What a guard can type.
fn help() -> String {
    let denied = words::verdict(Verdict::Denied);
    said(&phrase!("scan-help", denied = denied, departure = message!("scan-departure")))
}

fn nothing_to_decide() -> CliError {
    CliError::new("unknown_event", word(message!("scan-nothing_to_decide")))
}

fn nobody_inside() -> CliError {
    CliError::new("unknown_event", word(message!("scan-nobody_inside")))
}

fn new_word() -> Result<Word, CliError> {
    Ok(Word::new(random().map_err(|error| CliError::new("no_randomness", error))?))
}
