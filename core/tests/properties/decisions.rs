//! Decisions: less knowledge never makes a code better, and each check counts.

use super::*;

/// All that a decision rests on, owned.
#[derive(Debug, Clone)]
pub struct Scene {
    pub text: String,
    pub claims: Claims,
    pub now: Now,
    pub keys: KeySet,
    pub pack: Option<GatePack>,
    pub policy: Policy,
    pub answer: Option<BTreeMap<Check, Code>>,
    pub site: Option<SiteNumber>,
    pub whereabouts: Whereabouts,
    pub uses: Option<PastUses>,
}

impl Scene {
    pub fn decide(&self) -> Decision {
        let event = EntryId([9; 16]);
        let online = self.answer.clone().map(|checks| {
            let answer: VerifyAnswer = serde_json::from_value(json!({
                "event": event,
                "code_sha256": code_digest(&self.text),
                "server_time": self.now.millis(),
                "checks": checks,
            }))
            .expect("an answer");
            OnlineAnswer::accept(&answer, event, &self.text).expect("a whole answer")
        });
        let evidence = Evidence {
            now: self.now,
            keys: &self.keys,
            pack: self.pack.as_ref(),
            policy: self.policy,
            online: online.as_ref(),
            site: self.site,
            whereabouts: self.whereabouts,
            uses: self.uses,
        };
        decide(&self.text, &evidence)
    }

    pub fn but(&self, change: impl FnOnce(&mut Self)) -> Decision {
        let mut scene = self.clone();
        change(&mut scene);
        scene.decide()
    }

    pub fn but_pack(&self, change: impl FnOnce(&mut GatePack)) -> Decision {
        self.but(|scene| {
            if let Some(pack) = &mut scene.pack {
                change(pack);
            }
        })
    }
}

/// What a pack says of a pass. The flag tells whether the subject is listed, or else the pass itself.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    pub lists: Vec<(List, bool)>,
    pub superseded: Option<(i64, bool)>,
    pub banned: bool,
}

pub const LISTS: [List; 3] = [List::Revoked, List::Disabled, List::Cancelled];

impl Listed {
    pub fn content(&self, claims: &Claims) -> Content {
        let id = |subject: bool| if subject { claims.subject.as_bytes() } else { claims.token.as_bytes() };
        let mut revoked = RevokedBuilder::default();
        // Others are listed, too.
        for other in 100..120u8 {
            revoked.add(LISTS[usize::from(other % 3)], &[other; 16]);
            revoked.supersede(&[other; 16], at(NOW));
        }
        for (list, subject) in &self.lists {
            revoked.add(*list, id(*subject));
        }
        if let Some((time, subject)) = self.superseded {
            revoked.supersede(id(subject), around_now(time));
        }
        let ban = || vec![prefix(claims.subject.as_bytes()).as_slice().into(), "reason".into()];
        Content {
            revoked: revoked.build(),
            bans: if self.banned { Section::build([ban()]) } else { None },
            ..Content::default()
        }
    }
}

pub fn listed() -> impl Strategy<Value = Listed> {
    let lists = vec((prop::sample::select(LISTS.to_vec()), any::<bool>()), 0..3);
    let some = (lists, option::of((-800..800i64, any::<bool>())), any::<bool>());
    prop_oneof![
        Just(Listed::default()),
        some.prop_map(|(lists, superseded, banned)| Listed { lists, superseded, banned }),
    ]
}

/// A full pack as it comes out of [`GatePack::open`].
pub fn pack(content: Content, issued_at: UnixSeconds, (update, expiry): (u64, u64)) -> GatePack {
    GatePack {
        org: org(),
        device: None,
        seq: 5,
        issued_at,
        next_update: issued_at.plus(update),
        hard_expiry: issued_at.plus(update + expiry),
        content_hash: Digest32::of(&content.to_bytes()),
        content,
    }
}

pub fn policy() -> impl Strategy<Value = Policy> {
    any::<[bool; 3]>().prop_map(|[deny_expired_pack, deny_absent_pack, deny_expired_keys]| Policy {
        deny_expired_pack,
        deny_absent_pack,
        deny_expired_keys,
        ..Policy::default()
    })
}

pub fn answer() -> impl Strategy<Value = BTreeMap<Check, Code>> {
    let any = prop_oneof![prop::sample::select(Code::ALL), Just(Code::Other("new".to_owned()))];
    let code = prop_oneof![9 => Just(Code::Ok), 1 => any].boxed();
    let checks = [Check::Revocation, Check::Access, Check::Site, Check::Uses];
    vec(code, 4).prop_map(move |codes| checks.into_iter().zip(codes).collect())
}

pub fn scene() -> impl Strategy<Value = Scene> {
    let whereabouts = prop::sample::select(vec![
        Whereabouts::NotChecked,
        Whereabouts::Inside,
        Whereabouts::Missing { blocks: true },
        Whereabouts::Missing { blocks: false },
        Whereabouts::Imprecise { blocks: true },
        Whereabouts::Imprecise { blocks: false },
        Whereabouts::Outside { blocks: true },
        Whereabouts::Outside { blocks: false },
    ]);
    let now =
        prop::sample::select(vec![Now::Trusted(at(NOW).to_millis()), Now::Untrusted(at(NOW).to_millis())]);
    let times = (now, -3_000..1_000i64, prop_oneof![-900..900i64, -130..130i64]);
    let packs = option::of((listed(), -3_000..0i64, (0..3_000u64, 0..3_000u64)));
    let place = (option::of((1..6u32).prop_map(site)), whereabouts);
    let uses = option::of((0..4u32).prop_map(|grants| PastUses { grants, last: None }));
    (claims(), times, packs, policy(), option::of(answer()), place, uses).prop_map(
        |(claims, (now, keys_expire, proof), packed, policy, answer, (site, whereabouts), uses)| Scene {
            text: shown(&claims, around_now(proof)),
            now,
            keys: key_set(around_now(keys_expire)),
            pack: packed
                .map(|(listed, issued, life)| pack(listed.content(&claims), around_now(issued), life)),
            claims,
            policy,
            answer,
            site,
            whereabouts,
            uses,
        },
    )
}

/// The verdict that one check would give by itself.
pub fn verdict(outcome: &Outcome) -> Verdict {
    match outcome {
        Outcome::Skipped | Outcome::Passed => Verdict::Verified,
        Outcome::Cautions(_) => Verdict::Caution,
        Outcome::Denies(_) => Verdict::Denied,
    }
}

proptest! {
    #![proptest_config(cases(1024))]

    // covers: S4-50
    #[test]
    fn a_decision_is_the_worst_of_its_checks(scene in scene()) {
        let decision = scene.decide();
        prop_assert_eq!(&decision, &scene.decide(), "not the same twice");
        prop_assert!(decision.checks.iter().map(|(check, _)| check).eq(Check::ALL));
        let worst = decision.checks.iter().map(|(_, outcome)| verdict(outcome)).max();
        prop_assert_eq!(Some(decision.verdict), worst);
        let mut deciding = decision.checks.iter().filter(|(_, outcome)| verdict(outcome) == decision.verdict);
        if decision.verdict == Verdict::Verified {
            prop_assert_eq!(&decision.code, &Code::Ok);
            prop_assert!(scene.answer.is_some() && scene.now.trusted().is_some() && at(NOW) < scene.keys.expires);
        } else {
            prop_assert_eq!(Some(&decision.code), deciding.next().and_then(|(_, outcome)| outcome.code()));
        }
    }

    // covers: S4-50, S4-65
    /// A fact may weigh against a code, so that its loss can turn DENIED into CAUTION. But no loss makes a code
    /// VERIFIED, and what said nothing against a code is never better lost.
    #[test]
    fn less_information_never_gives_a_better_verdict(scene in scene(), older in 0..5_000u64) {
        let full = scene.decide();

        let offline = scene.but(|scene| scene.answer = None);
        prop_assert!(offline.verdict >= Verdict::Caution);
        if scene.answer.iter().flat_map(BTreeMap::values).all(|code| *code == Code::Ok) {
            prop_assert!(offline.verdict >= full.verdict, "{offline:?}\n{full:?}");
        }

        let packless = scene.but(|scene| scene.pack = None);
        prop_assert!(packless.verdict >= full.verdict.min(Verdict::Caution));
        let quiet = [Check::Revocation, Check::Access].map(|check| verdict(full.outcome(check)));
        // An organisation that denies on an expired pack, but not without one, has asked for the one exception.
        if quiet == [Verdict::Verified; 2] && (scene.policy.deny_absent_pack || !scene.policy.deny_expired_pack) {
            prop_assert!(packless.verdict >= full.verdict, "{packless:?}\n{full:?}");
        }

        let untrusted = scene.but(|scene| scene.now = Now::Untrusted(scene.now.millis()));
        prop_assert!(untrusted.verdict >= Verdict::Caution);
        // A clock that lags a little must not be held against a pass: this one thing gets better, up to CAUTION.
        if *full.outcome(Check::Time) != Outcome::Denies(Code::NotYetValid) {
            prop_assert!(untrusted.verdict >= full.verdict, "{untrusted:?}\n{full:?}");
        }

        let aged = scene.but_pack(|pack| {
            pack.issued_at = pack.issued_at.minus(older);
            pack.next_update = pack.next_update.minus(older);
            pack.hard_expiry = pack.hard_expiry.minus(older);
        });
        prop_assert!(aged.verdict >= full.verdict, "{aged:?}\n{full:?}");

        let stale = scene.but(|scene| {
            scene.keys.issued_at = scene.keys.issued_at.minus(older);
            scene.keys.expires = scene.keys.expires.minus(older);
        });
        prop_assert!(stale.verdict >= full.verdict, "{stale:?}\n{full:?}");
    }

    #[test]
    fn more_against_a_code_never_gives_a_better_verdict(scene in scene(), more in listed()) {
        let full = scene.decide();
        let cleared = scene.but_pack(|pack| pack.content = Content::default());
        prop_assert!(cleared.verdict <= full.verdict);
        let listed = scene.but_pack(|pack| pack.content = more.content(&scene.claims));
        prop_assert!(cleared.verdict <= listed.verdict);
        let used = scene.but(|scene| {
            if let Some(uses) = &mut scene.uses {
                uses.grants += 1;
            }
        });
        prop_assert!(used.verdict >= full.verdict);
        let strict = scene.but(|scene| {
            scene.policy.deny_expired_pack = true;
            scene.policy.deny_absent_pack = true;
            scene.policy.deny_expired_keys = true;
        });
        prop_assert!(strict.verdict >= full.verdict);
    }
}
