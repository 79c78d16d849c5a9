//! Texts that are held up as codes.

use gatehouse_core::{
    base45,
    cbor::Value,
    decision::{Code, Evidence, Verdict, decide},
    envelope::{self, Envelope, Purpose},
    gatepack::Policy,
    keys::KeySet,
    pass::{
        self, Claims, Kind, MAX_SITES, MAX_TEXT, NewPass, PREFIX, PassError, mint_proof, sign_proof, trimmed,
    },
    place::Whereabouts,
    time::{Now, UnixSeconds},
};

use super::keyring::{NOW, Signer, at, keys};

/// Longest text that a legal pass can have.
const LONGEST_TEXT: usize = 685;

const PURPOSES: [Purpose; 7] = [
    Purpose::Pass,
    Purpose::Pack,
    Purpose::Keys,
    Purpose::Entry,
    Purpose::Enrol,
    Purpose::Device,
    Purpose::Receipt,
];

/// The bytes as an envelope: whatever verifies is what its signer made, to the byte, and for one purpose only.
pub fn envelope(data: &[u8]) {
    let Ok(parsed) = Envelope::parse(data) else { return };
    assert_eq!(Value::from_bytes(data).map(|value| value.to_bytes()).as_deref(), Ok(data));
    for signer in [Signer::Root, Signer::Passes, Signer::Packs, Signer::Phone, Signer::Journal] {
        let held = PURPOSES.map(|purpose| parsed.verify(purpose, &signer.public()));
        for (purpose, held) in PURPOSES.iter().zip(held) {
            let own = held.then(|| envelope::sign(*purpose, &signer.secret(), parsed.payload));
            assert!(own.is_none_or(|own| own == data), "{purpose:?} by {signer:?} was changed and holds");
        }
        assert!(held.into_iter().filter(|held| *held).count() <= 1, "one envelope for two purposes");
    }
}

/// The bytes as a code's text, and as claims that are signed before they are read.
pub fn pass(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = read(&text, &keys());
    let claims = Claims::parse(data);
    let envelope = envelope::sign(Purpose::Pass, &Signer::Passes.secret(), data);
    let text = format!("{PREFIX}{}", base45::encode(&envelope));
    let opened = read(&text, &keys());
    match claims {
        Err(_) => assert_eq!(opened, Err(PassError::Malformed)),
        Ok(claims) => {
            let again = NewPass { claims: &claims, key: &Signer::Passes.secret() }.envelope();
            assert_eq!(again, Ok(envelope), "claims have a second spelling");
            assert!(claims.name.is_none_or(|name| (1..=64).contains(&name.as_str().len())));
            assert!(claims.sites.is_none_or(|sites| sites.len() <= MAX_SITES && sites.is_sorted()));
            assert!(claims.not_before < claims.expires_at && claims.issued_at < claims.expires_at);
        }
    }
}

/// The bytes as a proof; the first of them also choose the time of one whose certificate is the rest.
pub fn proof(data: &[u8]) {
    let keys = keys();
    let _ = read(&format!("{PREFIX}{}", base45::encode(data)), &keys);
    let Some((time, certificate)) = data.split_first_chunk::<8>() else { return };
    let time = UnixSeconds::EPOCH.plus(u64::from_be_bytes(*time));
    let minted = mint_proof(certificate, time, &sign_proof(&Signer::Phone.secret(), certificate, time));
    let opened = read(&minted, &keys);
    if let Ok(opened) = opened {
        assert_eq!(opened.proof_time, Some(time));
        assert!(matches!(opened.claims.kind, Kind::Device(_)));
    }
    let other = mint_proof(certificate, time, &sign_proof(&Signer::Root.secret(), certificate, time));
    assert!(read(&other, &keys).is_err(), "a proof by a key that no certificate names");
}

/// Opens and decides a text, and holds both to what they promise.
fn read(text: &str, keys: &KeySet) -> Result<pass::Opened, PassError> {
    let opened = pass::open(text, keys);
    let decision = decide(
        text,
        &Evidence {
            now: Now::Trusted(at(NOW).to_millis()),
            keys,
            pack: None,
            policy: Policy::default(),
            online: None,
            site: None,
            whereabouts: Whereabouts::NotChecked,
            uses: None,
        },
    );
    assert_eq!(decision.checks.len(), 13);
    assert!(decision.verdict >= Verdict::Caution, "VERIFIED without the server");
    assert_eq!(decision.opened.is_some(), opened.is_ok());
    let Ok(opened) = opened else {
        assert_eq!(decision.verdict, Verdict::Denied);
        assert_ne!(decision.code, Code::Ok);
        return opened;
    };
    let text = trimmed(text);
    assert!(text.len() <= LONGEST_TEXT.min(MAX_TEXT), "{} characters", text.len());
    let issued = NewPass { claims: &opened.claims, key: &Signer::Passes.secret() };
    let own = match opened.proof_time {
        None => issued.issue().expect("claims that were read"),
        Some(time) => {
            let certificate = issued.envelope().expect("claims that were read");
            let signature = sign_proof(&Signer::Phone.secret(), &certificate, time);
            mint_proof(&certificate, time, &signature)
        }
    };
    assert_eq!(own, text, "a changed code was taken for a good one");
    Ok(opened)
}
