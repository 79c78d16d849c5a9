//! Today at the north gate: every verdict that a guard meets, online and with the network cut.

use gatehouse_core::{decision::Verdict, device::GuardStation};

use super::{
    DemoError, PATIENCE_MS,
    guard::{Guard, Step, forged},
    network::Network,
    office::Office,
    portrait::portrait,
};

/// Plays the day and gives its steps.
///
/// # Errors
/// Anything that goes wrong on the way; a verdict that is not the expected one is a step that says so.
pub fn play(
    office: &Office,
    station: &GuardStation,
    network: &Network,
    expired: &str,
) -> Result<Vec<Step>, DemoError> {
    use Verdict::{Caution, Denied, Verified};
    let north = office.sites.first().copied();
    let mut guard = Guard { station, steps: Vec::new(), network: true };

    guard.show("Member", &office.member_code(0)?, (Verified, "ok"), Some(true), None)?;

    network.cut();
    guard.network = false;
    guard.show("Member, network cut", &office.member_code(6)?, (Caution, "offline"), Some(true), None)?;
    network.mend();
    guard.network = true;

    guard.show(
        "Member of the other site",
        &office.member_code(3)?,
        (Caution, "not_assigned"),
        Some(false),
        None,
    )?;
    let altered = forged(&office.member_code(4)?).ok_or(DemoError::Script("a code to forge"))?;
    guard.show("Forged code", &altered, (Denied, "bad_signature"), Some(false), None)?;
    guard.show("Yesterday's code", expired, (Denied, "expired"), Some(false), None)?;

    let old = office.member_code(9)?;
    office.invalidate(9)?;
    guard.show("Invalidated member", &old, (Denied, "superseded"), Some(false), None)?;

    let revoked = office.member_code(7)?;
    office.revoke(7)?;
    guard.show("Revoked member", &revoked, (Denied, "revoked"), Some(false), None)?;
    station.sync_once(PATIENCE_MS)?;
    network.cut();
    guard.network = false;
    guard.show("Revoked member, network cut", &revoked, (Denied, "revoked"), Some(false), None)?;
    network.mend();
    guard.network = true;

    let (cancelled, code) = office.invite("Gustav Lindholm", 5, north, 1)?;
    office.cancel(cancelled)?;
    guard.show("Cancelled invitation", &code, (Denied, "cancelled"), Some(false), None)?;

    let (_, code) = office.invite("Nadia Ferrari", 0, north, 1)?;
    let arrival =
        guard.show("Invited visitor arrives", &code, (Verified, "ok"), Some(true), Some(portrait(77)))?;
    let inside = station.on_site(PATIENCE_MS)?.iter().any(|visit| visit.stay == arrival.event);
    guard.note("Visitor is on site", word(inside, "on_site"), "on_site".to_owned());
    let leaving = guard.show("Same code on the way out", &code, (Verified, "ok"), None, None)?;
    if leaving.departure_of == Some(arrival.event) {
        station.depart(arrival.event, None, PATIENCE_MS)?;
    }
    let gone = !station.on_site(PATIENCE_MS)?.iter().any(|visit| visit.stay == arrival.event);
    guard.note("Visitor has left", word(gone, "departed"), "departed".to_owned());

    network.cut();
    guard.network = false;
    guard.walk_up("Walk-up, network cut", "Courier, DHL", true, portrait(91))?;
    let waiting = station.status()?.outbox.waiting > 0;
    guard.note("Entries wait on the station", word(waiting, "waiting"), "waiting".to_owned());
    network.mend();
    guard.network = true;
    let report = station.sync_once(PATIENCE_MS)?;
    let drained = report.waiting == 0 && report.stuck == 0 && report.problem.is_none();
    guard.note("Network is back, outbox drains", word(drained, "drained"), "drained".to_owned());
    Ok(guard.steps)
}

fn word(holds: bool, word: &str) -> String {
    if holds { word.to_owned() } else { format!("not {word}") }
}
