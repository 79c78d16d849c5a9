//! The day before: two gates at work, so that the dashboard has something to show. Real stations write real journals;
//! only their clock and the server's are set by hand.

use std::sync::Arc;

use gatehouse_core::{
    device::{DeviceTime, FileSecrets, GuardStation, TimeError},
    id::SiteNumber,
    time::{ClockReading, UnixMillis},
};

use super::{DemoError, PATIENCE_MS, cast, office::Office, portrait::portrait};
use crate::clock::Clock;

/// The clocks of a station in the past: they follow the server's.
struct PastTime {
    clock: Clock,
    base: UnixMillis,
}

impl DeviceTime for PastTime {
    fn read(&self) -> Result<ClockReading, TimeError> {
        let wall = self.clock.now();
        let monotonic_ms = wall.get().saturating_sub(self.base.get());
        Ok(ClockReading { wall, monotonic_ms, boot_id: "demo".to_owned() })
    }
}

/// Two stations with a guard each, one at each site.
struct Gate {
    station: GuardStation,
    site: SiteNumber,
}

const MINUTE: u64 = 60_000;
/// The demo's day begins at this hour of its own.
const FIRST_HOUR: u32 = 7;

/// The morning of the day before `now`, where the gates are.
#[must_use]
pub fn begin(now: UnixMillis) -> Option<UnixMillis> {
    let zone: chrono_tz::Tz = cast::TIME_ZONE.parse().ok()?;
    let now = chrono::DateTime::from_timestamp_millis(i64::try_from(now.get()).ok()?)?.with_timezone(&zone);
    let morning = now.date_naive().pred_opt()?.and_hms_opt(FIRST_HOUR, 0, 0)?;
    let morning = morning.and_local_timezone(zone).earliest()?;
    u64::try_from(morning.timestamp_millis()).ok().map(UnixMillis::new)
}

/// Plays the day before, from `start` on, and gives a code issued then: expired by now.
///
/// # Errors
/// Anything that goes wrong on the way.
pub fn play(
    office: &Office,
    clock: &Clock,
    start: UnixMillis,
    network: &str,
    folder: &std::path::Path,
) -> Result<String, DemoError> {
    let at = |hour: u32, minute: u64| {
        start.plus(u64::from(hour.saturating_sub(FIRST_HOUR)) * 60 * MINUTE + minute * MINUTE)
    };
    clock.set(at(7, 0));
    let mut gates = Vec::new();
    for (index, (site, (_, email))) in office.sites.iter().zip(cast::GUARDS).enumerate() {
        let secrets = FileSecrets::open(folder.join(format!("gate-{index}/secrets")))?;
        let time = PastTime { clock: clock.clone(), base: start };
        let data = folder.join(format!("gate-{index}")).to_string_lossy().into_owned();
        let station = GuardStation::open(data, Arc::new(secrets), Arc::new(time))?;
        let name = format!("{} phone", cast::SITES.get(index).copied().unwrap_or("Gate"));
        station.enrol(office.enrolment_code(network)?, Some(name), PATIENCE_MS)?;
        station.sync_once(PATIENCE_MS)?;
        station.sign_in(email.to_owned(), office.one_time_code(email)?, PATIENCE_MS)?;
        station.start_shift(*site, None, PATIENCE_MS)?;
        gates.push(Gate { station, site: *site });
    }
    let expired = office.member_code(0)?;
    let [north, harbour] = gates.as_slice() else { return Err(DemoError::Script("two gates")) };
    members(office, clock, at, north, harbour)?;
    visitors(office, clock, at, north)?;
    walk_ups(clock, at, harbour)?;
    clock.set(at(17, 30));
    for gate in [north, harbour] {
        gate.station.end_shift(None)?;
        let report = gate.station.sync_once(PATIENCE_MS)?;
        if report.waiting > 0 || report.stuck > 0 {
            return Err(DemoError::Script("the history reached the server"));
        }
    }
    Ok(expired)
}

/// Members on their way in, most of them online, a few while the network was away.
fn members(
    office: &Office,
    clock: &Clock,
    at: impl Fn(u32, u64) -> UnixMillis,
    north: &Gate,
    harbour: &Gate,
) -> Result<(), DemoError> {
    for (index, (_, sites)) in cast::MEMBERS.iter().enumerate().take(14) {
        clock.set(at(7, 4 + 9 * index as u64));
        let gate = if sites.contains(&north.site.get()) { north } else { harbour };
        let scan = gate.station.scan(office.member_code(index)?, None)?;
        gate.station.decide(scan.event, true, None, None, None)?;
        gate.station.sync_once(PATIENCE_MS)?;
    }
    // Someone held up a shop's loyalty code.
    clock.set(at(8, 17));
    let scan = north.station.scan("https://loyalty.example/c/88213".to_owned(), None)?;
    north.station.decide(scan.event, false, Some("Not one of our codes".to_owned()), None, None)?;
    Ok(())
}

/// Invited visitors with photo, arrival and departure; the last one is still inside.
fn visitors(
    office: &Office,
    clock: &Clock,
    at: impl Fn(u32, u64) -> UnixMillis,
    gate: &Gate,
) -> Result<(), DemoError> {
    for (index, (name, host, hour, minutes)) in cast::VISITORS.into_iter().enumerate() {
        clock.set(at(hour, 0));
        let (_, code) = office.invite(name, host, Some(gate.site), 10)?;
        clock.set(at(hour, 6));
        let scan = gate.station.scan(code.clone(), None)?;
        let photo = portrait(u32::try_from(index).unwrap_or(0) + 1);
        gate.station.decide(scan.event, true, None, Some(photo), None)?;
        if index + 1 < cast::VISITORS.len() {
            clock.set(at(hour, 6 + u64::from(minutes)));
            gate.station.depart(scan.event, None, PATIENCE_MS)?;
        }
        gate.station.sync_once(PATIENCE_MS)?;
    }
    Ok(())
}

fn walk_ups(clock: &Clock, at: impl Fn(u32, u64) -> UnixMillis, gate: &Gate) -> Result<(), DemoError> {
    for (index, (name, hour, granted)) in cast::WALK_UPS.into_iter().enumerate() {
        clock.set(at(hour, 20));
        let photo = portrait(40 + u32::try_from(index).unwrap_or(0));
        let walk_up = gate.station.walk_up(name.to_owned(), None, Some(photo), None)?;
        let reason = (!granted).then(|| "No appointment".to_owned());
        gate.station.decide(walk_up.event, granted, reason, None, None)?;
        if granted {
            clock.set(at(hour, 45));
            gate.station.depart(walk_up.event, None, PATIENCE_MS)?;
        }
        // The second gate's network is poor: only now and then does something reach the server.
        if index != 1 {
            gate.station.sync_once(PATIENCE_MS)?;
        }
    }
    Ok(())
}
