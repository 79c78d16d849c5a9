//! `gatehouse qr`: reading and drawing codes, whatever they say.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use gatehouse_core::{
    picture,
    qr::{self, Correction, Effort, Point, Reading},
    words,
};
use serde::Serialize;

use crate::folder::write_private;

use super::{
    CliError, Status,
    language::{said, word},
    local::undrawn,
    output::{print_json, print_line},
    verify::read_file,
};

#[derive(Subcommand)]
pub enum Command {
    /// Read the QR codes in pictures: a line for each file
    ///
    /// Of several codes in a picture the first that is Gatehouse's is told, else the first. Exit status: 0 if every
    /// picture shows a code, 1 if one shows none or cannot be read.
    Read(ReadArgs),
    /// Draw a text as a QR code, with a quiet zone and such correction that a seventh of it may be lost
    Draw(DrawArgs),
}

#[derive(ClapArgs)]
pub struct ReadArgs {
    /// How long to look: as at each frame of a camera, or as at a picture
    #[arg(long, value_enum, default_value = "thorough")]
    effort: EffortName,
    /// Print a JSON object for each file
    #[arg(long)]
    json: bool,
    /// Pictures: JPEG, PNG, WebP or GIF
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

#[derive(ClapArgs)]
pub struct DrawArgs {
    /// What the code is to say
    text: String,
    /// Write a PNG picture
    #[arg(long, value_name = "FILE", required_unless_present = "svg")]
    png: Option<PathBuf>,
    /// Write an SVG picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum EffortName {
    Fast,
    Thorough,
}

/// What is told of a file.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// What reading took, once the picture was decoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    milliseconds: Option<f64>,
    /// Right and down in pixels: the code's upper left, upper right, lower right, lower left corner as it is drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    corners: Option<[[f32; 2]; 4]>,
    /// A stable word for why there is no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
}

pub fn run(command: Command) -> Result<Status, CliError> {
    match command {
        Command::Read(args) => read(&args),
        Command::Draw(args) => draw(&args),
    }
}

fn read(args: &ReadArgs) -> Result<Status, CliError> {
    let effort = match args.effort {
        EffortName::Fast => Effort::Fast,
        EffortName::Thorough => Effort::Thorough,
    };
    let mut status = Status::Done;
    for path in &args.files {
        if !read_one(path, effort, args.json)? {
            status = Status::Wrong;
        }
    }
    Ok(status)
}

/// Whether the file shows a code.
fn read_one(path: &Path, effort: Effort, json: bool) -> Result<bool, CliError> {
    let file = path.to_string_lossy();
    let refused = |code: &'static str, words: String| {
        let line = Line { file: &file, text: None, milliseconds: None, corners: None, why: Some(code) };
        if json { print_json(&line) } else { print_line(format_args!("{file}: {words}")) }
    };
    let decoded = match read_file(path).map(|bytes| picture::shown(&bytes)) {
        Ok(Ok(decoded)) => decoded,
        Ok(Err(error)) => return refused(error.code(), said(&words::picture(&error))).map(|()| false),
        Err(error) => return refused("file_unreadable", error.to_string()).map(|()| false),
    };
    let start = Instant::now();
    let reading = qr::read_shown(&decoded, effort);
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    let Reading { codes, why } = reading;
    let code = codes.iter().find(|code| code.is_pass()).or(codes.first());
    let place = |Point { x, y }: Point| [x, y];
    if json {
        print_json(&Line {
            file: &file,
            text: code.map(|code| code.text.as_str()),
            milliseconds: Some((milliseconds * 100.0).round() / 100.0),
            corners: code.map(|code| code.corners.map(place)),
            why: why.map(qr::Why::code),
        })?;
    } else {
        match code {
            Some(code) => print_line(format_args!("{file}: {}", code.text))?,
            None => print_line(format_args!(
                "{file}: {}",
                why.map(|why| word(words::sight(why))).unwrap_or_default()
            ))?,
        }
    }
    Ok(code.is_some())
}

fn draw(args: &DrawArgs) -> Result<Status, CliError> {
    let failed = |error: qr::EncodeError| undrawn(&error);
    if let Some(path) = &args.png {
        write(path, &qr::png(&args.text, Correction::Medium, 8).map_err(failed)?)?;
    }
    if let Some(path) = &args.svg {
        write(path, qr::svg(&args.text, Correction::Medium).map_err(failed)?.as_bytes())?;
    }
    Ok(Status::Done)
}

/// A code may be a pass: the file is its owner's only.
fn write(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    write_private(path, bytes).map_err(|error| CliError::unwritable(path, &error))
}
