//! How the station stands, as its guard reads it.

use gatehouse_core::{
    device::{Salvaged, StationStatus},
    message, phrase,
    time::UnixMillis,
    words::{self, Phrase},
};

use super::{
    CliError,
    print::{say, trouble},
    print_json,
    times::{clock, clock_and_age, said_with_age},
};
use crate::cli::{
    language::{said, word},
    output::labelled,
};

/// Prints it.
pub fn print(json: bool, status: &StationStatus) -> Result<(), CliError> {
    if json { print_json(status) } else { say(&format!("{}{}", standing(status), warnings(status))) }
}

fn standing(status: &StationStatus) -> String {
    let now = status.now;
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| word(message!("standing-none")));
    let guard = match status.locked {
        true => word(message!("standing-locked")),
        false => text(&status.guard),
    };
    let shift = status.shift.as_ref().map(|shift| {
        said(&phrase!("standing-since", site = &shift.site_name, time = clock(shift.started, now)))
    });
    let in_step = match status.outbox.last_sync {
        Some(time) => clock_and_age(time, now),
        None => word(message!("standing-never")),
    };
    let confirmed = match status.clock_trusted {
        true => message!("standing-clock_confirmed"),
        false => message!("standing-clock_own"),
    };
    labelled(&[
        (message!("standing-organisation"), text(&status.organisation)),
        (message!("standing-server"), text(&status.server)),
        (message!("standing-guard"), guard),
        (message!("standing-shift"), text(&shift)),
        (message!("standing-waiting"), said(&outbox(status))),
        (message!("standing-in_step"), in_step),
        (message!("standing-pack"), said(&pack(status))),
        (message!("standing-clock"), word(confirmed)),
    ])
}

/// What waits to be sent, and since when.
fn outbox(status: &StationStatus) -> Phrase<'static> {
    let outbox = &status.outbox;
    let entries = phrase!("counted-entries", count = outbox.waiting);
    let photos = phrase!("counted-photos", count = outbox.photos);
    let all = phrase!("counted-entries", count = outbox.entries);
    let stuck = outbox.stuck + outbox.stuck_photos;
    match outbox.oldest.filter(|_| outbox.waiting > 0) {
        Some(oldest) => phrase!(
            "standing-outbox_since",
            entries = entries,
            photos = photos,
            all = all,
            time = said_with_age(oldest, status.now),
            stuck = stuck,
        ),
        None => phrase!("standing-outbox", entries = entries, photos = photos, all = all, stuck = stuck),
    }
}

/// How old the gate pack is, and which it is.
fn pack(status: &StationStatus) -> Phrase<'static> {
    let age = words::pack_age(status.pack_age);
    match (status.pack_seq, status.pack_issued_at) {
        (Some(number), Some(issued)) => phrase!(
            "standing-pack_of",
            age = age,
            number = number.to_string(),
            time = said_with_age(issued.to_millis(), status.now),
        ),
        _ => age.into(),
    }
}

/// What somebody should do something about, each on lines of its own.
fn warnings(status: &StationStatus) -> String {
    // Once is enough: a revoked station refuses its guards as well.
    let refused = status.guard_refused.iter().map(String::as_str);
    let mut codes: Vec<&str> = refused.filter(|code| !status.revoked || *code != "device_revoked").collect();
    if status.revoked {
        codes.push("device_revoked");
    }
    if !status.unseen.is_empty() {
        codes.push("verdict_changed");
    }
    if status.storage_low {
        codes.push("storage_low");
    }
    match &status.salvaged {
        Some(salvaged) if salvaged.complete => codes.push("storage_salvaged"),
        Some(_) => codes.push("journal_damaged"),
        None if status.must_enrol_anew && !status.revoked => codes.push("must_enrol_anew"),
        None => {}
    }
    let mut text = String::new();
    for code in codes {
        text.push_str(&format!("\n{} ({code})", trouble(code)));
    }
    if let Some(salvaged) = &status.salvaged {
        text.push('\n');
        text.push_str(&said(&saved(salvaged, status.now)));
    }
    text
}

/// What was saved of a damaged database.
fn saved(salvaged: &Salvaged, now: UnixMillis) -> Phrase<'_> {
    phrase!(
        "standing-saved",
        time = said_with_age(salvaged.at, now),
        entries = phrase!("counted-entries", count = salvaged.entries + salvaged.apart),
        apart = salvaged.apart,
        events = phrase!("counted-scans", count = salvaged.events),
        photos = phrase!("counted-photos", count = salvaged.photos),
        files = &salvaged.set_aside,
    )
}
