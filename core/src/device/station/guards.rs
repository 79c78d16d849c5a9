//! Guards who share a station: their PINs, locking, and who takes over.

use serde::{Deserialize, Serialize};

use super::{GuardStation, Knowledge, Moment, SignedIn, knowledge, knowledge::Guard};
use crate::{
    device::{
        StationError,
        pin::{MayTry, Pin, PinHash, Tries},
        store::Write,
        vault::random,
    },
    id::{DeviceId, PersonId},
};

/// A guard who signed in on this station before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KnownGuard {
    #[serde(flatten)]
    guard: Guard,
    #[serde(default)]
    pin: Option<PinHash>,
    #[serde(default)]
    tries: Tries,
}

/// A guard who can unlock this station, or could.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GuardHere {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Whether a PIN is set and not void.
    pub has_pin: bool,
    /// Milliseconds before the next try.
    pub wait_ms: u64,
}

impl GuardStation {
    /// Guards who signed in on this station before, by name.
    ///
    /// # Errors
    /// A store that fails.
    pub fn guards(&self) -> Result<Vec<GuardHere>, StationError> {
        let now = self.moment(&self.knowledge()?)?.now.millis();
        let mut access = self.store.access();
        let mut guards: Vec<_> = known_guards(&access.write()?)?
            .into_iter()
            .map(|known| {
                let state = known.tries.may_try(now);
                GuardHere {
                    person: known.guard.person,
                    name: known.guard.name,
                    has_pin: known.pin.is_some() && state != MayTry::Void,
                    wait_ms: if let MayTry::After(ms) = state { ms } else { 0 },
                }
            })
            .collect();
        guards.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(guards)
    }

    /// Sets the PIN with which the guard who is signed in unlocks this station from now on.
    ///
    /// # Errors
    /// Nobody is signed in; a PIN that anyone would guess.
    pub fn set_pin(&self, pin: String) -> Result<(), StationError> {
        let guard = self.knowledge()?.guard()?;
        let pin = PinHash::of(&Pin::new(&pin).ok_or(StationError::PinUnsuitable)?, random()?)
            .ok_or(StationError::PinUnsuitable)?;
        let mut access = self.store.access();
        let write = access.write()?;
        let mut guards = known_guards(&write)?;
        let known = guards.iter_mut().find(|known| known.guard.person == guard.person);
        let known = known.ok_or(StationError::NotSignedIn)?;
        (known.pin, known.tries) = (Some(pin), Tries::default());
        write.put_setting(knowledge::GUARDS, &guards)?;
        Ok(write.commit()?)
    }

    /// Locks the station: nothing is scanned until a guard unlocks it or signs in. A running shift goes on. The guard at
    /// work must have a PIN: a one-time code needs the server, which may be away when the station is to be unlocked.
    ///
    /// # Errors
    /// A guard without a PIN; a store that fails.
    pub fn lock(&self) -> Result<(), StationError> {
        {
            let mut access = self.store.access();
            let write = access.write()?;
            if let Some(guard) = write.setting::<Guard>(knowledge::GUARD)? {
                let has_pin = |known: &KnownGuard| known.guard.person == guard.person && known.pin.is_some();
                if !known_guards(&write)?.iter().any(has_pin) {
                    return Err(StationError::PinBeforeLock);
                }
            }
            write.delete_setting(knowledge::GUARD)?;
            write.commit()?;
        }
        self.forget_known();
        Ok(())
    }

    /// Unlocks the station for a guard who signed in here before, by PIN and without a network. The gate pack must
    /// still name the guard. Another guard's running shift ends.
    ///
    /// # Errors
    /// No such guard or PIN; a wrong PIN, too many of them, or a try before its time; a guard whom the gate pack does
    /// not name.
    pub fn unlock(&self, person: PersonId, pin: String) -> Result<SignedIn, StationError> {
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        let listed = known.pack.as_ref().and_then(|pack| pack.content.guard(person)).is_some();
        if !listed {
            return Err(StationError::GuardNotListed);
        }
        let typed = Pin::typed(&pin);
        let (kept, left) = self.count_try(person, &moment, typed.is_some())?;
        let right = |typed| kept.pin.as_ref().is_some_and(|kept| kept.matches(typed));
        if !typed.as_ref().is_some_and(right) {
            return Err(StationError::WrongPin { left });
        }
        let guard = kept.guard;
        {
            let mut access = self.store.access();
            let write = access.write()?;
            let mut guards = known_guards(&write)?;
            for known in guards.iter_mut().filter(|known| known.guard.person == person) {
                known.tries = Tries::default();
            }
            write.put_setting(knowledge::GUARDS, &guards)?;
            self.take_over(&write, &known, &moment, &guard)?;
            write.commit()?;
        }
        self.forget_known();
        Ok(SignedIn { person, name: guard.name })
    }

    /// Counts a try durably, before it is made, and gives how many are left then. What cannot be a PIN is no try.
    fn count_try(
        &self,
        person: PersonId,
        moment: &Moment,
        is_try: bool,
    ) -> Result<(KnownGuard, u32), StationError> {
        let now = moment.now.millis();
        let mut access = self.store.access();
        let write = access.write()?;
        let mut guards = known_guards(&write)?;
        let known = guards.iter_mut().find(|known| known.guard.person == person && known.pin.is_some());
        let known = known.ok_or(StationError::NoPin)?;
        let left = match known.tries.may_try(now) {
            MayTry::Yes { left } => left,
            MayTry::After(wait_ms) => return Err(StationError::PinWait { seconds: wait_ms.div_ceil(1000) }),
            MayTry::Void => return Err(StationError::PinVoid),
        };
        if !is_try {
            return Ok((known.clone(), left));
        }
        known.tries = known.tries.counted(now);
        let known = known.clone();
        write.put_setting(knowledge::GUARDS, &guards)?;
        write.commit()?;
        Ok((known, left - 1))
    }

    /// Makes `guard` the one who works on this station; another's running shift ends with that. Within a transaction
    /// that the caller commits.
    pub(super) fn take_over(
        &self,
        write: &Write<'_>,
        known: &Knowledge,
        moment: &Moment,
        guard: &Guard,
    ) -> Result<(), StationError> {
        if let Some(shift) = write.setting::<knowledge::Shift>(knowledge::SHIFT)?
            && shift.guard != guard.person
        {
            self.close_shift(write, known, moment, &shift, true, None)?;
        }
        Ok(write.put_setting(knowledge::GUARD, guard)?)
    }

    /// After the station became another device: who signed in before did so on `former`, and if that one was revoked,
    /// every session on it has ended.
    pub(super) fn sessions_are_of(
        write: &Write<'_>,
        former: DeviceId,
        revoked: bool,
    ) -> Result<(), StationError> {
        let mut guards = known_guards(write)?;
        for known in &mut guards {
            known.guard.device.get_or_insert(former);
        }
        if !guards.is_empty() {
            write.put_setting(knowledge::GUARDS, &guards)?;
        }
        if let Some(mut guard) = write.setting::<Guard>(knowledge::GUARD)? {
            guard.device.get_or_insert(former);
            if revoked {
                Self::note_session_ended(write, &guard)?;
            }
            write.put_setting(knowledge::GUARD, &guard)?;
        }
        Ok(())
    }

    /// Remembers a guard who signed in. A new sign-in makes a PIN good again, since the one-time code proved more.
    pub(super) fn remember_guard(write: &Write<'_>, guard: &Guard) -> Result<(), StationError> {
        let mut guards = known_guards(write)?;
        match guards.iter_mut().find(|known| known.guard.person == guard.person) {
            Some(known) => (known.guard, known.tries) = (guard.clone(), Tries::default()),
            None => {
                guards.push(KnownGuard { guard: guard.clone(), pin: None, tries: Tries::default() });
            }
        }
        Ok(write.put_setting(knowledge::GUARDS, &guards)?)
    }
}

/// What a guard is called: by the gate pack, or by having signed in here.
pub(super) fn name_of(
    write: &Write<'_>,
    known: &Knowledge,
    person: PersonId,
) -> Result<Option<String>, StationError> {
    if let Some(guard) = known.pack.as_ref().and_then(|pack| pack.content.guard(person)) {
        return Ok(Some(guard.name));
    }
    let here = known_guards(write)?.into_iter().find(|known| known.guard.person == person);
    Ok(here.map(|known| known.guard.name))
}

fn known_guards(write: &Write<'_>) -> Result<Vec<KnownGuard>, StationError> {
    Ok(write.setting(knowledge::GUARDS)?.unwrap_or_default())
}
