//! The camera, as both flows hear of it and ask for it.

use serde::Deserialize;

use crate::{
    message,
    qr::{Point, Why},
    words::Id,
};

/// What the camera runs for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameraUse {
    /// Codes.
    Codes,
    /// A picture of somebody.
    Portrait,
}

/// What a frame shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frame {
    /// The texts of the codes that were read.
    pub codes: Vec<String>,
    /// Their corners, in pixels of the frame.
    pub outlines: Vec<[Point; 4]>,
    /// Why none was read.
    pub why: Option<Why>,
}

/// How the camera is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraSays {
    /// It runs.
    Runs {
        /// Whether it has a light.
        torch: bool,
        /// Whether there is another one.
        another: bool,
    },
    /// It does not.
    Fails(CameraTrouble),
}

/// Why there is no camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameraTrouble {
    /// Whoever uses the phone does not allow it.
    Refused,
    /// It is not there, or not any more.
    Gone,
    /// Something else has it.
    InUse,
}

/// Why there is no camera, and what helps.
pub(super) const fn camera_trouble(trouble: CameraTrouble) -> Id {
    match trouble {
        CameraTrouble::Refused => message!("say-no_camera_refused"),
        CameraTrouble::Gone => message!("say-no_camera_gone"),
        CameraTrouble::InUse => message!("say-no_camera_in_use"),
    }
}
