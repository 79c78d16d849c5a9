//! A small wallet that answers the screens' work as the real one does: it shows no code that has lapsed or was
//! invalidated, and finds again after a kill what it had.

mod standing;

use std::sync::Arc;

use gatehouse_core::{
    device::{
        CodeSent, CodeSource, Invalidated, JoinOffer, Joined, LockAfter, MemberSignedIn, OfflineProblem,
        OwnInvitations, OwnMessages, RecentEntries, SignedOut, StoreError, WalletCode, WalletError,
        refresh_in_s,
    },
    id::MessageId,
    messages,
    network::ClientError,
    screens::member::{Answer, Work},
    visit::InvitationStatus,
    wire::{InvitationAnswer, InvitationView, MemberCode, MyEntry, MyMessage},
};

use super::super::{packs::id, *};

pub const MEMBER: PersonId = PersonId([1; 16]);
/// A Tuesday, 09:00 in the phone's zone.
pub const DAY: u64 = 1_790_060_400_000;

/// The wallet, and what is true of the world around it.
#[derive(Debug)]
pub struct Wallet {
    pub now: UnixMillis,
    pub joined: bool,
    pub signed_in: bool,
    pub online: bool,
    pub full: bool,
    /// An admin switched the member's access off.
    pub ended: bool,
    /// The server ended the session.
    pub session_ended: bool,
    pub prepared: bool,
    pub after: LockAfter,
    pub present: bool,
    pub last_use: Option<UnixMillis>,
    pub untold: bool,
    pub invalidated: Option<UnixSeconds>,
    pub kept: Option<(String, UnixSeconds, UnixSeconds)>,
    pub minted: Option<UnixSeconds>,
    pub made: u32,
    pub invitations: Vec<InvitationView>,
    pub entries: Vec<MyEntry>,
    /// What the server has for the member, and what of it this phone has heard.
    pub messages: Vec<MyMessage>,
    pub heard: Vec<MyMessage>,
    pub listed: Option<UnixMillis>,
    /// When a one-time code was sent last.
    pub sent: Option<UnixMillis>,
}

impl Default for Wallet {
    fn default() -> Self {
        Self {
            now: UnixMillis::new(DAY),
            joined: false,
            signed_in: false,
            online: true,
            full: false,
            ended: false,
            session_ended: false,
            prepared: false,
            after: LockAfter::default(),
            present: false,
            last_use: None,
            untold: false,
            invalidated: None,
            kept: None,
            minted: None,
            made: 0,
            invitations: Vec::new(),
            entries: Vec::new(),
            messages: Vec::new(),
            heard: Vec::new(),
            listed: None,
            sent: None,
        }
    }
}

type Outcome<T> = Result<T, WalletError>;

pub fn join_code(url: &str) -> String {
    MemberCode { url: url.to_owned(), org: org(), root: public(ROOT).digest() }.to_text()
}

impl Wallet {
    pub fn does(&mut self, work: &Work) -> Result<Answer, Arc<WalletError>> {
        self.work(work).map_err(Arc::new)
    }

    fn work(&mut self, work: &Work) -> Outcome<Answer> {
        match work {
            Work::Status => Ok(Answer::Status(Box::new(self.status()))),
            Work::LookAtCode { code } => {
                let code = MemberCode::parse(code).ok_or(WalletError::MemberCode)?;
                self.server()?;
                let open_to_others = code.url.starts_with("http:");
                let organisation = "Oakwood".to_owned();
                Ok(Answer::Offer(JoinOffer { organisation, org: org(), server: code.url, open_to_others }))
            }
            Work::Join { code } => {
                let code = MemberCode::parse(code).ok_or(WalletError::MemberCode)?;
                self.server()?;
                self.joined = true;
                Ok(Answer::Joined(Joined {
                    organisation: "Oakwood".to_owned(),
                    org: org(),
                    server: code.url,
                }))
            }
            Work::RequestCode { .. } => {
                let since_ms = self.sent.map_or(u64::MAX, |sent| self.now.since(sent));
                if let Some(wait_ms) = 32_000_u64.checked_sub(since_ms).filter(|wait_ms| *wait_ms > 0) {
                    return Err(WalletError::ResendTooSoon { wait_s: wait_ms.div_ceil(1_000) });
                }
                self.server()?;
                self.sent = Some(self.now);
                Ok(Answer::CodeSent(CodeSent { resend_in_s: 32, good_for_s: 600 }))
            }
            Work::SignIn { code, .. } => {
                self.server()?;
                if code != "274951" {
                    return Err(WalletError::CodeRefused);
                }
                (self.signed_in, self.session_ended) = (true, false);
                Ok(Answer::SignedIn(MemberSignedIn {
                    person: MEMBER,
                    name: "Mia Member".to_owned(),
                    role: "member".to_owned(),
                }))
            }
            Work::SignOut => {
                self.erase();
                Ok(Answer::SignedOut(SignedOut { server_told: self.online }))
            }
            Work::Unlocked => {
                (self.present, self.last_use) = (true, Some(self.now));
                Ok(Answer::Done)
            }
            Work::Left => {
                if std::mem::take(&mut self.present) {
                    self.last_use = Some(self.now);
                }
                Ok(Answer::Done)
            }
            Work::SetLock { after } => {
                if self.lock().locked {
                    return Err(WalletError::AppLocked);
                }
                self.room()?;
                self.after = *after;
                Ok(Answer::Done)
            }
            Work::Code => self.code(false).map(|code| Answer::Code(Box::new(code))),
            Work::FreshCode => self.code(true).map(|code| Answer::Code(Box::new(code))),
            Work::OfflineCode => self.own_code().map(|code| Answer::Code(Box::new(code))),
            Work::RenewCertificate => {
                self.asks()?;
                self.prepared = true;
                Ok(Answer::Certified(self.now.to_seconds().plus(7 * 86_400)))
            }
            Work::Invalidate => {
                self.account()?;
                (self.untold, self.prepared, self.kept, self.minted) = (true, false, None, None);
                let done = self.asks().is_ok();
                if done {
                    (self.untold, self.invalidated) = (false, Some(self.now.to_seconds()));
                }
                Ok(Answer::Invalidated(Invalidated { done, before: self.invalidated.filter(|_| done) }))
            }
            Work::Recent => {
                let live = self.lists()?;
                let (entries, as_of) = (self.entries.clone(), self.listed);
                Ok(Answer::Recent(RecentEntries { entries, as_of, age_ms: None, live }))
            }
            Work::Messages => {
                let live = self.lists()?;
                if live {
                    let read = |id: MessageId| self.heard.iter().any(|heard| heard.id == id && heard.read);
                    let told = |message: &MyMessage| message.read || read(message.id);
                    let heard =
                        self.messages.iter().map(|sent| MyMessage { read: told(sent), ..sent.clone() });
                    self.heard = heard.collect();
                }
                let listed = messages::listed(&self.heard, self.now.to_seconds());
                let messages = listed.into_iter().cloned().collect();
                Ok(Answer::Messages(OwnMessages { messages, as_of: self.listed, age_ms: None, live }))
            }
            Work::ReadMessage { id } => {
                self.account()?;
                self.heard.iter_mut().filter(|heard| heard.id == *id).for_each(|heard| heard.read = true);
                Ok(Answer::Done)
            }
            Work::Invite(asked) => {
                self.asks()?;
                self.room()?;
                self.made += 1;
                let id = SubjectId(id(u8::try_from(self.made % 250).expect("small")));
                let reference = format!("OAK-{}", self.made);
                self.invitations.insert(
                    0,
                    InvitationView {
                        id,
                        reference: reference.clone(),
                        name: asked.name.clone(),
                        host: Some("Mia Member".to_owned()),
                        sites: None,
                        from: asked.from,
                        until: asked.until,
                        max_uses: None,
                        uses: 0,
                        status: InvitationStatus::Pending,
                        host_stopped: None,
                        note: asked.note.clone().unwrap_or_default(),
                    },
                );
                Ok(Answer::Invited(Box::new(answer(id, reference))))
            }
            Work::Invitations => {
                let live = self.lists()?;
                let (invitations, as_of) = (self.invitations.clone(), self.listed);
                Ok(Answer::Invitations(OwnInvitations { invitations, as_of, age_ms: None, live }))
            }
            Work::InvitationCode { id } => {
                self.asks()?;
                let found = self.invitations.iter().find(|view| view.id == *id);
                let view = found.ok_or(WalletError::CodeRefused)?;
                Ok(Answer::Invited(Box::new(answer(view.id, view.reference.clone()))))
            }
            Work::Cancel { id } => {
                self.asks()?;
                let found = self.invitations.iter_mut().find(|view| view.id == *id);
                let view = found.ok_or(WalletError::CodeRefused)?;
                view.status = InvitationStatus::Cancelled;
                Ok(Answer::Cancelled(Box::new(view.clone())))
            }
        }
    }

    fn server(&self) -> Outcome<()> {
        if self.online {
            return Ok(());
        }
        let (address, reason) = ("https://gate.example".to_owned(), "no network".to_owned());
        Err(WalletError::Client(ClientError::Unreachable { address, reason }))
    }

    fn account(&self) -> Outcome<()> {
        if self.signed_in { Ok(()) } else { Err(WalletError::NotSignedIn) }
    }

    fn room(&self) -> Outcome<()> {
        if self.full { Err(WalletError::Store(StoreError::Full)) } else { Ok(()) }
    }

    /// Asks the server on behalf of the member.
    fn asks(&mut self) -> Outcome<()> {
        self.account()?;
        self.server()?;
        if std::mem::take(&mut self.session_ended) {
            (self.signed_in, self.kept, self.minted, self.prepared) = (false, None, None, false);
            return Err(WalletError::SessionEnded);
        }
        Ok(())
    }

    fn erase(&mut self) {
        (self.signed_in, self.prepared, self.untold) = (false, false, false);
        self.heard.clear();
        (self.kept, self.minted, self.invalidated, self.listed) = (None, None, None, None);
    }

    /// Whether a list is the server's own word of just now.
    fn lists(&mut self) -> Outcome<bool> {
        match self.asks() {
            Ok(()) => {
                self.listed = Some(self.now);
                Ok(true)
            }
            Err(WalletError::Client(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn code(&mut self, anew: bool) -> Outcome<WalletCode> {
        self.account()?;
        if self.untold {
            self.asks().map_err(|error| match error {
                WalletError::Client(_) => WalletError::InvalidationPending,
                error => error,
            })?;
            (self.untold, self.invalidated) = (false, Some(self.now.to_seconds()));
        }
        let now = self.now.to_seconds();
        self.kept.take_if(|(_, _, until)| *until <= now);
        let asked = self.asks();
        if asked.is_ok() && self.ended {
            (self.kept, self.minted, self.prepared) = (None, None, false);
            return Err(WalletError::AccessEnded);
        }
        if let Some((text, from, until)) = self.kept.clone()
            && !anew
            && refresh_in_s(from, until, now) > 0
            && !matches!(asked, Err(WalletError::SessionEnded))
        {
            return Ok(shown(text, CodeSource::Kept, from, until, now, 0));
        }
        match asked {
            Ok(()) => {
                self.made += 1;
                let kept = (format!("GH1:ONLINE{}", self.made), now, now.plus(120));
                (self.kept, self.prepared) = (Some(kept.clone()), true);
                Ok(shown(kept.0, CodeSource::Online, kept.1, kept.2, now, 0))
            }
            Err(WalletError::Client(_)) => match self.kept.clone() {
                Some((text, from, until)) => Ok(shown(text, CodeSource::Kept, from, until, now, 5)),
                None => self.own_code(),
            },
            Err(error) => Err(error),
        }
    }

    fn own_code(&mut self) -> Outcome<WalletCode> {
        self.account()?;
        if self.untold {
            return Err(WalletError::InvalidationPending);
        }
        if !self.prepared {
            return Err(WalletError::NoOfflineCode(OfflineProblem::NoCertificate));
        }
        let now = self.now.to_seconds();
        let from = self.minted.filter(|from| *from <= now && now < from.plus(30)).unwrap_or(now);
        self.minted = Some(from);
        Ok(shown(format!("GH1:OWN{}", from.get()), CodeSource::Offline, from, from.plus(30), now, 0))
    }
}

fn answer(id: SubjectId, reference: String) -> InvitationAnswer {
    let code = format!("GH1:VISIT{reference}");
    InvitationAnswer { id, reference, code, name_banned: false, name_in_code: None }
}

fn shown(
    text: String,
    source: CodeSource,
    issued_at: UnixSeconds,
    expires_at: UnixSeconds,
    now: UnixSeconds,
    least_s: u64,
) -> WalletCode {
    let seconds_left = expires_at.since(now);
    let refresh =
        if source == CodeSource::Offline { seconds_left } else { refresh_in_s(issued_at, expires_at, now) };
    let refresh_in_s = refresh.max(least_s).min(seconds_left).max(1);
    WalletCode { text, source, issued_at, expires_at, seconds_left, refresh_in_s }
}
