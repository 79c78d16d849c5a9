//! A server in this process, reached over real HTTP, and a device made of the core's parts.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]
#![allow(dead_code, reason = "each test file uses its share")]

use ed25519_dalek::SigningKey;
use gatehouse_core::{
    decision::{Check, Code, Outcome, Verdict},
    id::{DeviceId, Digest32, EntryId, OrgCode, PersonId, ShiftId, SiteNumber, SubjectId, TokenId},
    journal::{Actor, Body, EnrolRequest, Entry, EntryKey, Head, Personal, ScanBody, SignedEntry},
    pass::PassKind,
    place::Fix,
    role::Role,
    time::{UnixMillis, UnixSeconds},
    wire::{EnrolAnswer, EntriesAnswer, EntriesRequest, EntryUpload, SignInAnswer, path},
};
use gatehouse_server::{
    clock::Clock,
    secrets::random,
    serve::{Config, NewOrganisation, Running, start_by},
    service::{Principal, Scope, Service, people::NewUser},
    store::site::NewSite,
};
use serde_json::Value;

pub struct Server {
    pub running: Running,
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: Value,
}

impl Answer {
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    pub fn read<T: serde::de::DeserializeOwned>(self) -> T {
        assert!(self.status < 300, "{}: {}", self.status, self.body);
        serde_json::from_value(self.body).expect("the type")
    }
}

impl Server {
    pub fn start() -> Self {
        Self::start_by(Clock::System)
    }

    /// A server that goes by another clock.
    pub fn start_by(clock: Clock) -> Self {
        Self::start_at(None, clock)
    }

    /// The same with a public address of its own.
    pub fn start_at(url: Option<&str>, clock: Clock) -> Self {
        Self::start_with(url, clock, None)
    }

    /// A server that has the program of the app in this folder.
    pub fn start_with_app(folder: &std::path::Path) -> Self {
        Self::start_with(None, Clock::System, Some(folder.to_owned()))
    }

    fn start_with(url: Option<&str>, clock: Clock, web: Option<std::path::PathBuf>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let running = runtime
            .block_on(start_by(
                Config {
                    data: folder.path().join("data"),
                    listen: "127.0.0.1:0".to_owned(),
                    url: url.map(str::to_owned),
                    organisation: Some(NewOrganisation {
                        code: None,
                        name: Some("Oak".to_owned()),
                        time_zone: "Europe/Amsterdam".to_owned(),
                    }),
                    trusted_proxies: gatehouse_server::listen::TrustedProxies::default(),
                    web,
                },
                clock,
            ))
            .expect("a server");
        let server = Self { running, runtime, _folder: folder };
        server.add_site("oak");
        server
    }

    pub fn service(&self) -> &Service {
        self.running.service()
    }

    pub fn scope(&self, org: &str) -> Scope {
        let all = self.service().organisations().expect("organisations");
        Scope::local(all.iter().find(|found| found.code.as_str() == org).expect("the organisation").id)
    }

    pub fn add_organisation(&self, code: &str) {
        let code: OrgCode = code.parse().expect("a code");
        self.service().create_organisation(&code, code.as_str(), "UTC").expect("made");
        self.add_site(code.as_str());
    }

    pub fn add_site(&self, org: &str) {
        let site = NewSite {
            name: "Gate".to_owned(),
            time_zone: "UTC".to_owned(),
            geofence: None,
            arrival_photo: Default::default(),
            walk_up_photo: Default::default(),
            show_face: false,
        };
        self.service().add_site(&self.scope(org), &site).expect("a site");
    }

    /// A person of an organisation with a token for what they do: guards are signed in on a station of their own,
    /// the others have an API token.
    pub fn user(&self, org: &str, email: &str, role: Role) -> (PersonId, String) {
        let (person, token) = self.user_with_api_token(org, email, role);
        if role != Role::Guard {
            return (person, token);
        }
        let device = Device::enrol(self, org, person);
        (person, device.sign_in(self, org, email).token)
    }

    /// A person of an organisation with an API token.
    pub fn user_with_api_token(&self, org: &str, email: &str, role: Role) -> (PersonId, String) {
        let scope = self.scope(org);
        let user = NewUser { email: email.to_owned(), role, name: None };
        let person = self.service().add_user(&scope, &user).expect("added").id;
        self.service().assign(&scope, person, &[site()]).expect("assigned");
        (person, self.service().api_token(&scope, person).expect("a token"))
    }

    pub fn call(
        &self,
        method: &str,
        path: &str,
        token: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.running.url))
            .header("authorization", format!("Bearer {token}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = agent.run(request.body(body.to_vec()).expect("a request")).expect("an answer");
        let bytes = response.body_mut().read_to_vec().expect("a body");
        Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        }
    }

    /// Posts white space without saying how much; nothing where the server hangs up before its end.
    pub fn chunked(&self, path: &str, token: &str, length: usize) -> Option<Answer> {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let body = vec![b' '; length];
        let sent = agent
            .post(format!("{}{path}", self.running.url))
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .send(ureq::SendBody::from_owned_reader(std::io::Cursor::new(body)));
        let mut response = sent.ok()?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response.body_mut().read_to_vec().ok()?;
        Some(Answer { status, headers, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) })
    }

    pub fn get(&self, path: &str, token: &str) -> Answer {
        self.call("GET", path, token, &[], &[])
    }

    pub fn post(&self, path: &str, token: &str, body: &impl serde::Serialize) -> Answer {
        let body = serde_json::to_vec(body).expect("JSON");
        self.call("POST", path, token, &[("content-type", "application/json")], &body)
    }
}

pub fn site() -> SiteNumber {
    SiteNumber::new(1).expect("a number")
}

/// A device that can do everything, also what no honest one does.
pub struct Device {
    pub key: SigningKey,
    pub id: DeviceId,
    pub token: String,
    pub head: Head,
    pub actor: Actor,
}

/// The enrolment request of a key under a code.
pub fn enrol_request(key: &SigningKey, org: &OrgCode, code: &str) -> Vec<u8> {
    let request = EnrolRequest {
        org: org.clone(),
        code_hash: Digest32::of(code.as_bytes()),
        key: [0; 32],
        time: UnixSeconds::EPOCH,
    };
    request.sign(key)
}

impl Device {
    pub fn enrol(server: &Server, org: &str, guard: PersonId) -> Self {
        let (code, _) =
            server.service().enrolment_code(&server.scope(org), None, "http://x").expect("a code");
        let key = SigningKey::from_bytes(&random().expect("random"));
        let request = gatehouse_core::wire::EnrolRequest {
            request: enrol_request(&key, &code.org, &code.code),
            name: None,
        };
        let answer: EnrolAnswer = server.post(path::ENROL, "", &request).read();
        let actor = Actor { guard, shift: ShiftId(random().expect("random")), site: site() };
        Self { key, id: answer.device, token: answer.token, head: Head::START, actor }
    }

    /// Signs somebody in on the device, with a code that is asked for there.
    pub fn sign_in(&self, server: &Server, org: &str, email: &str) -> SignInAnswer {
        let scope = Scope { org: server.scope(org).org, principal: Principal::Device(self.id), role: None };
        let code = server.service().request_code_on(email, Some(&scope)).expect("asked").expect("a code");
        let body = serde_json::to_vec(&serde_json::json!({ "email": email, "code": code })).expect("JSON");
        let headers = [("content-type", "application/json"), ("x-gatehouse-device", self.token.as_str())];
        server.call("POST", path::SIGN_IN, "", &headers, &body).read()
    }

    /// An entry that follows `head`.
    pub fn entry(&self, head: Head, body: &Body, personal: &Personal) -> (EntryUpload, EntryId, Head) {
        self.entry_at(head, body, personal, now(), Some(now()))
    }

    /// The same by these clocks.
    pub fn entry_at(
        &self,
        head: Head,
        body: &Body,
        personal: &Personal,
        wall: UnixMillis,
        trusted: Option<UnixMillis>,
    ) -> (EntryUpload, EntryId, Head) {
        let id = EntryId::timed(now(), random().expect("random"));
        let secret: [u8; 32] = random().expect("random");
        let key = EntryKey::new(secret);
        let entry = Entry {
            id,
            device: self.id,
            number: head.number + 1,
            previous: head.hash,
            wall,
            trusted,
            kind: body.kind(),
            body: body.to_value(id, personal, &key, random().expect("random")),
        };
        let (envelope, hash) = entry.sign(&self.key);
        (EntryUpload { envelope, key: secret }, id, Head { number: entry.number, hash })
    }

    /// Writes the next entry.
    pub fn write(&mut self, body: &Body, personal: &Personal) -> (EntryUpload, EntryId) {
        let (upload, id, head) = self.entry(self.head, body, personal);
        self.head = head;
        (upload, id)
    }

    /// Writes the next entry by a clock that is known for sure, or not.
    pub fn write_at(&mut self, body: &Body, wall: UnixMillis, trusted: bool) -> (EntryUpload, EntryId) {
        let trusted = trusted.then_some(wall);
        let (upload, id, head) = self.entry_at(self.head, body, &Personal::default(), wall, trusted);
        self.head = head;
        (upload, id)
    }

    /// Signs an entry of another device's anew, as the next of its own.
    pub fn sign_again(&mut self, of: &Self, upload: &EntryUpload) -> EntryUpload {
        let key = gatehouse_core::envelope::PublicKey::from(&of.key);
        let entry = SignedEntry::open(&upload.envelope, &key).expect("its own").entry;
        let (device, number, previous) = (self.id, self.head.number + 1, self.head.hash);
        let (envelope, hash) = Entry { device, number, previous, ..entry }.sign(&self.key);
        self.head = Head { number, hash };
        EntryUpload { envelope, key: upload.key }
    }

    /// The entry by which it goes on from another.
    pub fn continues(&mut self, of: &Self) -> EntryUpload {
        let body = Body::Continues { device: of.id, number: of.head.number, head: of.head.hash };
        self.write(&body, &Personal::default()).0
    }

    /// A scan without a network.
    pub fn offline_scan(&self, kind: u64, subject: SubjectId, token: TokenId) -> Body {
        let Body::Scan(actor, scan) = self.scan(kind, subject, Verdict::Caution) else { unreachable!() };
        let scan = ScanBody { online: false, code: Code::Offline, token: Some(token), ..*scan };
        Body::Scan(actor, Box::new(scan))
    }

    pub fn send(&self, server: &Server, entries: Vec<EntryUpload>) -> EntriesAnswer {
        server.post(path::ENTRIES, &self.token, &EntriesRequest { entries }).read()
    }

    pub fn scan(&self, kind: u64, subject: SubjectId, verdict: Verdict) -> Body {
        let scan = ScanBody {
            verdict,
            code: Code::Ok,
            checks: vec![(Check::Format, Outcome::Passed)],
            kind: PassKind::from_number(kind),
            subject: Some(subject),
            token: Some(TokenId([7; 16])),
            issued_at: None,
            proof_time: None,
            pack_seq: Some(u64::MAX),
            online: true,
            departs: None,
        };
        Body::Scan(self.actor, Box::new(scan))
    }

    pub fn decision(&self, event: EntryId, granted: bool) -> Body {
        Body::Decision { actor: self.actor, event, granted, against: None, judgement: 1 }
    }
}

pub fn now() -> UnixMillis {
    gatehouse_server::clock::Clock::System.now()
}

pub fn named(name: &str) -> Personal {
    Personal {
        name: Some(name.to_owned()),
        fix: Some(Fix { latitude_e6: 1, longitude_e6: -1, accuracy_m: 5 }),
        ..Personal::default()
    }
}
