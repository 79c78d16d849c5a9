//! Gate packs and deltas, unsigned and signed by the right key.

use gatehouse_core::{
    cbor::Writer,
    envelope::{self, Purpose},
    gatepack::{Content, GatePack, List, PackAge, prefix},
    id::{DeviceId, Digest32, PersonId, SiteNumber, SubjectId},
    keys::{KeySet, KeysAge},
    time::UnixSeconds,
};

use super::{
    examples::base_pack,
    keyring::{DEVICE, NOW, Signer, keys as own_keys, org},
};

/// The bytes as an envelope, and as a payload that the right key signs.
pub fn pack(data: &[u8]) {
    let keys = own_keys();
    take(data, &keys);
    take(&envelope::sign(Purpose::Pack, &Signer::Packs.secret(), data), &keys);
    let forged = envelope::sign(Purpose::Pack, &Signer::Passes.secret(), data);
    assert!(GatePack::open(&forged, &keys).is_err(), "a key for passes signed a pack");
}

/// The bytes as a pack's content, with a head that fits: first a full pack, then a delta.
pub fn content(data: &[u8]) {
    let keys = own_keys();
    let base = base_pack();
    for base_seq in [None, Some(base.seq)] {
        let mut writer = Writer::new();
        writer.map(9).uint(1).text(org().as_str()).uint(2).bytes(DEVICE.as_bytes());
        writer.uint(3).uint(base.seq + 1).uint(4).optional_uint(base_seq);
        writer.uint(5).uint(NOW).uint(6).uint(NOW + 60).uint(7).uint(NOW + 120);
        writer.uint(8).bytes(Digest32::of(data).as_bytes()).uint(9).raw(data);
        let bytes = envelope::sign(Purpose::Pack, &Signer::Packs.secret(), &writer.finish());
        let opened = take(&bytes, &keys);
        if base_seq.is_none() {
            assert_eq!(opened.is_some(), Content::parse(data).is_ok());
        }
    }
    if let Ok(content) = Content::parse(data) {
        assert_eq!(content.to_bytes(), data, "content has a second spelling");
        look_up(&content);
    }
}

fn take(bytes: &[u8], keys: &KeySet) -> Option<GatePack> {
    let base = base_pack();
    let opened = GatePack::open(bytes, keys).ok();
    if let Some(pack) = &opened {
        assert_eq!(pack.sign(&Signer::Packs.secret()), bytes, "a changed pack was taken");
        assert_eq!(pack.content_hash, Digest32::of(&pack.content.to_bytes()));
        assert!(pack.org == keys.org && pack.issued_at <= pack.next_update);
        assert!(pack.device.is_some() || pack.content.codes.is_none(), "codes for any device");
        assert!(pack.hard_expiry == UnixSeconds::MAX || pack.age(UnixSeconds::MAX) == PackAge::Expired);
        look_up(&pack.content);
    }
    for current in [None, Some(&base)] {
        let Ok(next) = GatePack::succeed(current, DEVICE, bytes, keys) else { continue };
        assert_eq!(next.content_hash, Digest32::of(&next.content.to_bytes()));
        assert_eq!(next.org, keys.org);
        assert!(next.device.is_none_or(|device| device == DEVICE), "another device's pack was taken");
        if let Some(current) = current {
            assert!(next.seq >= current.seq, "an older pack was taken");
            assert!(next.seq > current.seq || next.content_hash == current.content_hash);
        } else {
            assert_eq!(Some(&next), opened.as_ref(), "without a base only a full pack can be taken");
        }
        look_up(&next.content);
        let kept = next.content.to_bytes();
        assert_eq!(
            GatePack::reopen(bytes, Some(&kept), keys).as_ref(),
            Ok(&next),
            "not the same after a restart"
        );
        if opened.is_none() {
            let altered = Content::default().to_bytes();
            let reopened = GatePack::reopen(bytes, Some(&altered), keys);
            assert!(altered == kept || reopened.is_err(), "content that no signature vouches for");
        }
        let elsewhere = GatePack::succeed(current, DeviceId([0x55; 16]), bytes, keys);
        assert!(next.device.is_none() || elsewhere.is_err(), "a pack for one device taken by another");
    }
    opened
}

fn look_up(content: &Content) {
    let someone = prefix(&[2; 16]);
    if let Some(lists) = &content.revoked {
        for list in [List::Revoked, List::Disabled, List::Cancelled] {
            let _ = lists.contains(list, &someone);
        }
        let _ = lists.superseded_before(&someone);
    }
    for site in content.site_list() {
        assert!(content.site(site.number).is_some());
    }
    let _ = (content.guard(PersonId([1; 16])), content.invitation(SubjectId([2; 16])));
    let _ = (content.ban(SubjectId([2; 16])), content.policy());
    let _ = SiteNumber::new(1).and_then(|site| content.site(site));
}

/// The bytes as a key set's envelope, and as a payload that the root signs.
pub fn keys(data: &[u8]) {
    take_keys(data);
    take_keys(&envelope::sign(Purpose::Keys, &Signer::Root.secret(), data));
    let forged = envelope::sign(Purpose::Keys, &Signer::Packs.secret(), data);
    let current = own_keys();
    let held = current.sign(&Signer::Root.secret());
    let pin = Signer::Root.public().digest();
    let taken = KeySet::succeed(Some((&current, &held)), pin, &forged, &Signer::Packs.public());
    assert!(taken.is_err(), "a root that nobody announced was followed");
}

fn take_keys(bytes: &[u8]) {
    let root = Signer::Root.public();
    let Ok(set) = KeySet::open(bytes, &root) else { return };
    assert_eq!(set.sign(&Signer::Root.secret()), bytes, "a changed key set was taken");
    assert!(set.issued_at < set.expires && !set.keys.is_empty());
    for key in &set.keys {
        assert_eq!(set.key(key.public.id()), Some(key));
        assert!(key.not_before < key.not_after && (key.signs_passes || key.signs_packs));
        assert!(!key.signs_at(key.not_after));
    }
    assert_eq!(set.age(set.expires.minus(1)), KeysAge::Fresh);
    let current = own_keys();
    let held = current.sign(&Signer::Root.secret());
    if let Ok((next, pin)) = KeySet::succeed(Some((&current, &held)), root.digest(), bytes, &root) {
        assert!(next.version > current.version || bytes == held, "a key set went back");
        assert_eq!((next.org, pin), (current.org, root.digest()));
    }
}
