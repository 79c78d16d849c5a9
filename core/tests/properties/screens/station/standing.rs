//! How the small station stands.

use gatehouse_core::device::{GuardHere, PackHeld, Pending, ShiftState, SiteHere, StationStatus};

use super::{
    super::super::{packs::id, *},
    DAY, GUARD, Station,
};

impl Station {
    pub(super) fn shift_state(&self) -> Option<ShiftState> {
        self.shift.map(|started| ShiftState {
            shift: ShiftId([self.shifts; 16]),
            site: site(1),
            site_name: "North".to_owned(),
            started,
            location: None,
        })
    }

    pub(super) fn sites(&self) -> Vec<SiteHere> {
        // So many metres to the north of where the phone of the trials is.
        let fence = |metres: f64| {
            let latitude_e6 = 1 + (metres / 0.111_195).round() as i32;
            let rule = GeofenceRule::Flag;
            Some(Geofence { latitude_e6, longitude_e6: 2, radius_m: 100, buffer_m: 25, rule })
        };
        let here = SiteHere {
            number: site(1),
            name: "North".to_owned(),
            time_zone: "Europe/Amsterdam".to_owned(),
            assigned: true,
            geofence: GeofenceRule::Flag,
            fence: fence(20.0),
            arrival_photo: self.photo,
            walk_up_photo: self.photo,
            show_face: false,
        };
        let lodge =
            SiteHere { number: site(3), name: "Lodge".to_owned(), fence: fence(2_420.0), ..here.clone() };
        let south = SiteHere {
            number: site(2),
            name: "South".to_owned(),
            assigned: false,
            fence: fence(348.0),
            ..here.clone()
        };
        if self.enrolled { vec![lodge, here, south] } else { Vec::new() }
    }

    pub(super) fn guards(&self) -> Vec<GuardHere> {
        let known = self.signed_in || self.locked;
        let guard =
            GuardHere { person: GUARD, name: "Grace Guard".to_owned(), has_pin: self.has_pin, wait_ms: 0 };
        if known { vec![guard] } else { Vec::new() }
    }

    pub(super) fn status(&self) -> StationStatus {
        let unseen = self.events.iter().filter(|(_, event)| {
            event.granted.is_none()
                && !event.closed
                && event.shift == self.shifts
                && event.shown != event.result.judgement
        });
        StationStatus {
            org: self.enrolled.then(org),
            organisation: self.enrolled.then(|| "Oakwood".to_owned()),
            server: self.enrolled.then(|| "https://gate.example".to_owned()),
            device: self.enrolled.then_some(DeviceId(id(7))),
            guard: self.signed_in.then(|| "Grace Guard".to_owned()),
            guard_id: self.signed_in.then_some(GUARD),
            guard_refused: None,
            locked: self.locked,
            shift: self.shift_state(),
            outbox: Pending {
                entries: self.entries,
                waiting: self.waiting,
                oldest: None,
                stuck: self.stuck,
                photos: 0,
                stuck_photos: 0,
                next_try_in_ms: (self.waiting > 0).then_some(60_000),
                last_sync: self.last_sync,
            },
            keys_version: Some(3),
            pack_seq: Some(7),
            pack_issued_at: UnixSeconds::new((DAY - 7_800_000) / 1000),
            pack_age: if self.online { PackHeld::Fresh } else { PackHeld::Stale },
            clock_trusted: true,
            now: self.now,
            earliest: None,
            storage_low: self.full,
            must_enrol_anew: self.revoked,
            revoked: self.revoked,
            unseen: unseen.map(|(event, _)| *event).collect(),
            salvaged: None,
            clock_ahead_ms: None,
        }
    }
}
