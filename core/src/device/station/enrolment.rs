//! How a phone becomes an organisation's station, and how guards sign in on it.

use ed25519_dalek::SigningKey;
use serde::Serialize;

use super::{
    GuardStation, JOURNAL_KEY, Knowledge, NEXT_JOURNAL_KEY, erasure::LOG_TO_EMPTY, expected::NOTHING_UNHEARD,
    knowledge, knowledge::Enrolment, knowledge::Guard,
};
use crate::{
    device::{
        StationError,
        store::{NOT_KNOWN_THERE, Write},
        vault::random,
    },
    envelope::PublicKey,
    fold,
    id::{DeviceId, Digest32, PersonId},
    journal::{Body, DeviceCertificate, EnrolRequest, Entry, Head, Personal, SignedEntry},
    keys::KeySet,
    network::{Client, Line},
    role::Role,
    time::{ClockReading, TimeKeeper, Word},
    wire::{self, CodeRequest, EnrolAnswer, EnrolmentCode, SignInAnswer, SignInRequest, path},
};

/// Settings that another organisation must not find here.
const OF_AN_ORGANISATION: [&str; 12] = [
    knowledge::GUARD,
    knowledge::GUARDS,
    knowledge::GUARD_REFUSED,
    knowledge::SHIFT,
    knowledge::PACK,
    knowledge::PACK_CONTENT,
    knowledge::PACK_HEARD,
    knowledge::FACES_LISTED,
    knowledge::LAST_SYNC,
    knowledge::MUST_ENROL_ANEW,
    knowledge::REVOKED,
    NOT_KNOWN_THERE,
];

/// The station belongs to an organisation now.
#[derive(Debug, Clone, Serialize)]
pub struct Enrolled {
    /// The organisation's name.
    pub organisation: String,
    /// The station's id.
    pub device: DeviceId,
    /// Where the server was before, if nothing changed but that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_from: Option<String>,
}

/// A guard is signed in.
#[derive(Debug, Clone, Serialize)]
pub struct SignedIn {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
}

impl GuardStation {
    /// Enrols the station by the text of an admin's enrolment code. `name` is what admins will call it.
    ///
    /// The journal key is made and kept before the server hears of it, so an answer that is lost can be asked for
    /// again with the same code. A station whose journal was forked, or that was revoked, goes on as a new device: its
    /// first entry names the old one, and what the server does not have yet comes along. In another organisation it
    /// begins as if it were new: nothing of the former one's goes there, and what it knew of people is forgotten.
    ///
    /// On a station that is enrolled, a code of the same organisation at another address only moves it there.
    ///
    /// # Errors
    /// A text that is no enrolment code; another organisation's, while not everything was sent to the former one; a
    /// server that cannot be reached, refuses, or is not the one in the code.
    pub fn enrol(
        &self,
        code: String,
        name: Option<String>,
        deadline_ms: u32,
    ) -> Result<Enrolled, StationError> {
        self.wait(|line| self.enrol_through(line, code, name, deadline_ms))
    }

    /// As [`Self::enrol`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::enrol`].
    pub async fn enrol_through(
        &self,
        line: Line,
        code: String,
        name: Option<String>,
        deadline_ms: u32,
    ) -> Result<Enrolled, StationError> {
        let known = self.knowledge()?;
        let must = self.store.access().write()?.setting::<bool>(knowledge::MUST_ENROL_ANEW)? == Some(true);
        let code = EnrolmentCode::parse(&code).ok_or(StationError::EnrolmentCode)?;
        if let Some(former) = known.enrolment.as_deref().filter(|_| !must) {
            return self.follow(&line, &known, former, &code, deadline_ms).await;
        }
        // Before the code is used up.
        if let Some(former) = known.enrolment.as_deref().filter(|_| Self::goes_elsewhere(&known, &code)) {
            Self::nothing_waits(&self.store.access().write()?, former)?;
        }
        let key = self.make_journal_key(known.enrolment.as_deref())?;
        let request = EnrolRequest {
            org: code.org.clone(),
            code_hash: Digest32::of(code.code.as_bytes()),
            key: key.verifying_key().to_bytes(),
            time: self.moment(&known)?.now.seconds(),
        };
        let asked = self.time.read()?;
        let request = wire::EnrolRequest { request: request.sign(&key), name };
        let answer: EnrolAnswer =
            Client::new(&line, &code.url).post(path::ENROL, &request, line.in_ms(deadline_ms)).await?;
        self.accept_enrolment(&known, &code, &key, answer, &asked)
    }

    fn accept_enrolment(
        &self,
        known: &Knowledge,
        code: &EnrolmentCode,
        key: &SigningKey,
        answer: EnrolAnswer,
        asked: &ClockReading,
    ) -> Result<Enrolled, StationError> {
        let root = PublicKey::new(answer.keys.root);
        if root.digest() != code.root {
            return Err(StationError::WrongServer);
        }
        let (keys, pin) = KeySet::succeed(None, code.root, &answer.keys.keys, &root)?;
        let certified = DeviceCertificate::open(&answer.certificate, &keys).is_some_and(|certificate| {
            certificate.device == answer.device && certificate.key == key.verifying_key().to_bytes()
        });
        if keys.org != code.org || !certified {
            return Err(StationError::WrongServer);
        }
        let enrolment = Enrolment {
            url: code.url.clone(),
            org: code.org.clone(),
            organisation: answer.organisation.clone(),
            device: answer.device,
            token: answer.token,
            certificate: answer.certificate,
            key: key.verifying_key().to_bytes(),
            pin,
            root: answer.keys.root,
        };
        {
            let mut access = self.store.access();
            let write = access.write()?;
            write.put_setting(knowledge::ENROLMENT, &enrolment)?;
            write.put_setting_bytes(knowledge::KEYS, &answer.keys.keys)?;
            write.put_setting(knowledge::POLICY, &answer.policy)?;
            write.delete_setting(knowledge::BACKOFF)?;
            write.delete_setting(knowledge::SALVAGED)?;
            let reading = self.time.read()?;
            let elsewhere = Self::goes_elsewhere(known, code);
            // Another organisation's server never said what the former one's did, and its clock may have been wrong.
            let mut keeper: TimeKeeper =
                if elsewhere { None } else { write.setting(knowledge::TIME)? }.unwrap_or_default();
            let is_later = known
                .keys
                .as_ref()
                .is_some_and(|held| keys.version > held.version && keys.issued_at < held.issued_at);
            keeper.heed(Word { issued_at: keys.issued_at, is_later }, asked, &reading);
            write.put_setting(knowledge::TIME, &keeper)?;
            match &known.enrolment {
                Some(former) if elsewhere => {
                    Self::nothing_waits(&write, former)?;
                    write.leave_organisation(former.device)?;
                    for name in OF_AN_ORGANISATION {
                        write.delete_setting(name)?;
                    }
                    write.put_setting(LOG_TO_EMPTY, &true)?;
                }
                Some(former) => self.continue_journal(&write, known, former, &enrolment)?,
                None => {}
            }
            write.commit()?;
        }
        self.forget_known();
        self.secrets.store(JOURNAL_KEY.to_owned(), key.to_bytes().to_vec())?;
        self.secrets.delete(NEXT_JOURNAL_KEY.to_owned())?;
        self.anchor(answer.server_time)?;
        Ok(Enrolled { organisation: answer.organisation, device: answer.device, moved_from: None })
    }

    /// Has a one-time code sent to a guard.
    ///
    /// # Errors
    /// A server that cannot be reached or refuses.
    pub fn request_code(&self, email: String, deadline_ms: u32) -> Result<(), StationError> {
        self.wait(|line| self.request_code_through(line, email, deadline_ms))
    }

    /// As [`Self::request_code`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::request_code`].
    pub async fn request_code_through(
        &self,
        line: Line,
        email: String,
        deadline_ms: u32,
    ) -> Result<(), StationError> {
        let enrolment = self.knowledge()?.enrolment()?;
        let (client, request) = (enrolment.device_client(&line), CodeRequest { email });
        let _: serde_json::Value = client.post(path::CODE, &request, line.in_ms(deadline_ms)).await?;
        Ok(())
    }

    /// Signs a guard in with the one-time code. Another guard's running shift ends.
    ///
    /// # Errors
    /// A server that cannot be reached or refuses the code; somebody who is no guard, and changes nothing here.
    pub fn sign_in(&self, email: String, code: String, deadline_ms: u32) -> Result<SignedIn, StationError> {
        self.wait(|line| self.sign_in_through(line, email, code, deadline_ms))
    }

    /// As [`Self::sign_in`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::sign_in`].
    pub async fn sign_in_through(
        &self,
        line: Line,
        email: String,
        code: String,
        deadline_ms: u32,
    ) -> Result<SignedIn, StationError> {
        let known = self.knowledge()?;
        let enrolment = known.enrolment()?;
        let client = Client::new(&line, &enrolment.url).for_device(&enrolment.token);
        let request = SignInRequest { email, code: fold::code(&code), org: None };
        let deadline = line.in_ms(deadline_ms);
        let asked: Result<SignInAnswer, _> = client.post(path::SIGN_IN, &request, deadline).await;
        if asked.as_ref().is_err_and(|error| error.is_device_revoked()) {
            self.note_revoked()?;
        }
        let answer = asked?;
        // Before anything changes: the shift that runs here is a guard's.
        if !answer.role.parse::<Role>().is_ok_and(|role| role >= Role::Guard) {
            // Nobody holds the token; the server ends it by itself where it does not hear this.
            let client = Client::new(&line, &enrolment.url).with_bearer(&answer.token);
            let nothing = serde_json::json!({});
            let _ = client.post::<serde_json::Value>(path::SIGN_OUT, &nothing, deadline).await;
            return Err(StationError::NotAGuard { name: answer.name, role: answer.role });
        }
        let guard = Guard {
            person: answer.person,
            name: answer.name.clone(),
            token: answer.token,
            device: Some(enrolment.device),
        };
        {
            let mut access = self.store.access();
            let write = access.write()?;
            Self::remember_guard(&write, &guard)?;
            let moment = self.moment(&known)?;
            self.take_over(&write, &known, &moment, &guard)?;
            write.delete_setting(knowledge::BACKOFF)?;
            write.commit()?;
        }
        self.forget_known();
        self.anchor(answer.server_time)?;
        Ok(SignedIn { person: answer.person, name: answer.name })
    }

    /// Whether a code is another organisation's than the station is enrolled with. Two may bear the same name: the
    /// root tells them apart, and one that the last key set announced is the same organisation's.
    pub(super) fn goes_elsewhere(known: &Knowledge, code: &EnrolmentCode) -> bool {
        let announced = known.keys.as_ref().and_then(|keys| keys.next_root);
        known.enrolment.as_ref().is_some_and(|former| {
            former.org != code.org || (former.pin != code.root && announced != Some(code.root))
        })
    }

    /// What the former organisation does not have must not be lost, and is nobody else's.
    fn nothing_waits(write: &Write<'_>, former: &Enrolment) -> Result<(), StationError> {
        let counts = write.outbox_counts()?;
        if counts.waiting + counts.photos > 0 {
            return Err(StationError::OtherOrganisation { organisation: former.organisation.clone() });
        }
        Ok(())
    }

    /// Begins the journal of a new device after the former one's was forked. Its first entry says so; entries that
    /// the server does not have are signed anew behind it, their ids and sealed parts unchanged.
    fn continue_journal(
        &self,
        write: &Write<'_>,
        known: &Knowledge,
        former: &Enrolment,
        enrolment: &Enrolment,
    ) -> Result<(), StationError> {
        let moment = self.moment(known)?;
        let head = write.head()?;
        let waiting = write.outgoing(0, u32::MAX as usize, usize::MAX)?;
        write.set_journal_aside(former.device)?;
        write.delete_setting(knowledge::MUST_ENROL_ANEW)?;
        write.delete_setting(NOT_KNOWN_THERE)?;
        Self::sessions_are_of(write, former.device, known.revoked)?;
        write.delete_setting(knowledge::REVOKED)?;
        let body = Body::Continues { device: former.device, number: head.number, head: head.hash };
        self.append(write, enrolment, &moment, Self::fresh_id(&moment)?, &body, &Personal::default())?;
        let key = self.journal_key(enrolment)?;
        let former_key = PublicKey::new(former.key);
        for kept in waiting {
            // Its own envelope, from its own store: one that does not open says nothing that could be kept.
            let Ok(signed) = SignedEntry::open(&kept.envelope, &former_key) else { continue };
            let head = write.head()?;
            let entry = Entry {
                device: enrolment.device,
                number: head.number + 1,
                previous: head.hash,
                ..signed.entry
            };
            let (envelope, hash) = entry.sign(&key);
            write.append(entry.id, Head { number: entry.number, hash }, &envelope, &kept.key, entry.wall)?;
        }
        // The numbers of the new journal say nothing of what the server had when it made the pack.
        write.put_setting(knowledge::PACK_HEARD, &NOTHING_UNHEARD)?;
        Ok(write.decisions_moved()?)
    }

    fn make_journal_key(&self, enrolment: Option<&Enrolment>) -> Result<SigningKey, StationError> {
        // The transaction only keeps other processes from making one at the same time.
        let mut access = self.store.access();
        let _alone = access.write()?;
        if let Some(key) = self.load_key(NEXT_JOURNAL_KEY)? {
            if enrolment.is_none_or(|enrolment| key.verifying_key().to_bytes() != enrolment.key) {
                return Ok(key);
            }
            // A cut behind the last enrolment left it under this name: it is that device's, and no server takes it
            // for another. Until the next enrolment it is kept where it belongs.
            self.secrets.store(JOURNAL_KEY.to_owned(), key.to_bytes().to_vec())?;
        }
        let seed = random::<32>()?;
        self.secrets.store(NEXT_JOURNAL_KEY.to_owned(), seed.to_vec())?;
        Ok(SigningKey::from_bytes(&seed))
    }
}
