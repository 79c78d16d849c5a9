//! The guard who plays the day: makes QR pictures, holds them to the station, decides, and notes what came out.

use gatehouse_core::{
    decision::Verdict,
    device::{GuardStation, ScanResult},
    id::EntryId,
    qr::{self, Correction},
};
use serde::Serialize;

use super::DemoError;

/// One thing that happened at the gate, and what should have come of it.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// What the guard did.
    pub step: &'static str,
    /// Whether the network was there.
    pub network: bool,
    /// The event, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EntryId>,
    /// Who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the station said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Its deciding code.
    pub code: String,
    /// What it should have said.
    pub expected: String,
    /// What the guard decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub granted: Option<bool>,
    /// Whether it came out as it should.
    pub ok: bool,
}

/// A guard at a station.
pub struct Guard<'a> {
    pub station: &'a GuardStation,
    pub steps: Vec<Step>,
    pub network: bool,
}

impl Guard<'_> {
    /// Makes a picture of a code, reads it back from the picture, and decides as told.
    ///
    /// # Errors
    /// A picture that cannot be made; a station that refuses.
    pub fn show(
        &mut self,
        step: &'static str,
        text: &str,
        expected: (Verdict, &'static str),
        grant: Option<bool>,
        photo: Option<Vec<u8>>,
    ) -> Result<ScanResult, DemoError> {
        let picture = qr::png(text, Correction::Medium, 6)?;
        let result = self.station.scan_picture(picture, None)?;
        if let Some(granted) = grant {
            self.station.decide(result.event, granted, None, photo, None)?;
        }
        self.steps.push(Step {
            step,
            network: self.network,
            event: Some(result.event),
            name: result.name.clone(),
            verdict: result.verdict,
            code: result.code.word().to_owned(),
            expected: format!("{} {}", expected.0, expected.1),
            granted: grant,
            ok: result.verdict == Some(expected.0)
                && result.code.word() == expected.1
                && result.online == (self.network && result.name.is_some()),
        });
        Ok(result)
    }

    /// Registers a visitor without a code.
    ///
    /// # Errors
    /// A station that refuses.
    pub fn walk_up(
        &mut self,
        step: &'static str,
        name: &str,
        grant: bool,
        photo: Vec<u8>,
    ) -> Result<EntryId, DemoError> {
        let result = self.station.walk_up(name.to_owned(), None, Some(photo), None)?;
        self.station.decide(result.event, grant, None, None, None)?;
        self.steps.push(Step {
            step,
            network: self.network,
            event: Some(result.event),
            name: result.name.clone(),
            verdict: None,
            code: "ok".to_owned(),
            expected: "on site".to_owned(),
            granted: Some(grant),
            ok: grant == self.station.on_site(500)?.iter().any(|visit| visit.stay == result.event),
        });
        Ok(result.event)
    }

    /// Notes something that is no scan.
    pub fn note(&mut self, step: &'static str, code: String, expected: String) {
        let ok = code == expected;
        let (event, name, verdict, granted) = (None, None, None, None);
        self.steps.push(Step {
            step,
            network: self.network,
            event,
            name,
            verdict,
            code,
            expected,
            granted,
            ok,
        });
    }
}

/// A code as a forger would alter it: another subject, the signature left as it was.
pub fn forged(text: &str) -> Option<String> {
    use gatehouse_core::{base45, pass::PREFIX};
    let mut bytes = base45::decode(text.strip_prefix(PREFIX)?)?;
    // Past the headers, within the signed claims.
    *bytes.get_mut(60)? ^= 1;
    Some(format!("{PREFIX}{}", base45::encode(&bytes)))
}
