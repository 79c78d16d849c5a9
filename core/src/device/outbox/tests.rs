//! What each answer means, and how long to wait.

use proptest::prelude::*;

use super::*;
use crate::{
    id::Digest32,
    network::ClientError,
    time::{ClockReading, UnixMillis},
};

fn refused(status: u16, ours: bool) -> ClientError {
    let (code, title) = (format!("http_{status}"), String::new());
    ClientError::Refused { status, code, title, retry_after: Some(7), ours }
}

fn head(number: u64) -> Head {
    Head { number, hash: Digest32([u8::try_from(number % 251).unwrap_or(0); 32]) }
}

#[test]
fn a_failed_batch_is_split_set_aside_paused_or_tried_again() {
    let stuck = |status| Next::Stuck(format!("http_{status}"));
    let later = Next::Retry(Some(7));
    for (status, ours, many, one) in [
        (400, true, Next::Fewer, stuck(400)),
        (413, true, Next::Fewer, stuck(413)),
        (422, true, Next::Fewer, stuck(422)),
        // A proxy's limit splits the batch, but sets no entry aside.
        (413, false, Next::Fewer, later.clone()),
        (400, false, later.clone(), later.clone()),
        (401, true, Next::Pause, Next::Pause),
        (403, true, Next::Pause, Next::Pause),
        (401, false, later.clone(), later.clone()),
        (404, true, later.clone(), later.clone()),
        (408, true, later.clone(), later.clone()),
        (425, false, later.clone(), later.clone()),
        (429, true, later.clone(), later.clone()),
        (500, true, later.clone(), later.clone()),
        (503, false, later.clone(), later.clone()),
        // Its disk is full.
        (507, true, later.clone(), later.clone()),
    ] {
        assert_eq!(classify_batch(&refused(status, ours), 2), many, "{status} {ours}, two entries");
        assert_eq!(classify_batch(&refused(status, ours), 1), one, "{status} {ours}, one entry");
    }
    for error in [
        ClientError::NotGatehouse,
        ClientError::Unreachable { address: String::new(), reason: String::new() },
        ClientError::Address { reason: String::new() },
    ] {
        assert_eq!(classify_batch(&error, 1), Next::Retry(None), "{error}");
    }
}

#[test]
fn a_failed_photo_goes_on_begins_again_or_is_set_aside() {
    let stuck = |status| Next::Stuck(format!("http_{status}"));
    for (status, ours, named, next) in [
        (400, true, true, stuck(400)),
        (400, false, true, Next::Retry(Some(7))),
        (404, false, true, stuck(404)),
        (404, true, false, Next::Retry(Some(7))),
        (409, false, true, Next::AskAgain),
        (413, false, true, Next::Fewer),
        (422, true, true, Next::Anew),
        (401, true, true, Next::Pause),
        (503, true, true, Next::Retry(Some(7))),
    ] {
        assert_eq!(classify_photo(&refused(status, ours), named), next, "{status} {ours} {named}");
    }
}

#[test]
fn an_answer_marks_only_what_its_receipt_reaches() {
    use EntryResult::{Accepted, Duplicate, Forked, Missing, Rejected};
    let offered = [head(4), head(5)];
    let missing = |expected| Missing { expected };
    let rejected = Rejected { code: "broken_chain".to_owned() };
    let odd = Rejected { code: "<b>\0".to_owned() };
    let stuck = |code: &str| Next::Stuck(code.to_owned());
    let other = Head { number: 5, hash: Digest32([255; 32]) };
    for (results, reach, expected) in [
        (vec![Accepted, Duplicate], head(5), Some(vec![Next::Sent, Next::Sent])),
        // Too few, too many, or about other entries: a receipt that does not reach them.
        (vec![Accepted], head(5), None),
        (vec![Accepted, Accepted, Accepted], head(5), None),
        (vec![Accepted, Accepted], head(4), None),
        (vec![Duplicate, Duplicate], Head::START, None),
        // The receipt's entry is not ours.
        (vec![Accepted, Accepted], other, Some(vec![Next::Sent, Next::Forked])),
        (vec![Duplicate, Duplicate], head(9), Some(vec![Next::Sent, Next::Sent])),
        (vec![missing(3), missing(3)], head(2), Some(vec![Next::ResumeAt(3), Next::ResumeAt(3)])),
        (vec![missing(3), missing(3)], head(3), None),
        (vec![missing(9), missing(9)], head(8), None),
        (vec![rejected, missing(4)], head(3), Some(vec![stuck("broken_chain"), Next::ResumeAt(4)])),
        (vec![odd, missing(4)], head(3), Some(vec![stuck("refused"), Next::ResumeAt(4)])),
        // A number that the server has is a fork; one that it lacks, under an id that it has, was taken elsewhere.
        (vec![Forked, Forked], head(5), Some(vec![Next::Forked, Next::Forked])),
        (vec![Forked, missing(4)], head(3), Some(vec![Next::Taken, Next::ResumeAt(4)])),
    ] {
        assert_eq!(classify_answer(&offered, &results, reach), expected, "{results:?} {reach:?}");
    }
}

fn clock(wall: u64, monotonic_ms: u64, boot: u8) -> ClockReading {
    ClockReading { wall: UnixMillis::new(wall), monotonic_ms, boot_id: boot.to_string() }
}

const HOUR: u64 = 3_600_000;

proptest! {
    /// Whatever the clocks do, a try is due within the cap, and never before the server's own wish.
    #[test]
    fn no_wait_is_too_long_or_too_short(
        asked in proptest::option::of(0u64..100_000),
        failures in 0u32..80,
        random: u64,
        passed in 0..3 * HOUR,
        wall in 0u64..4_000_000_000_000,
        reboot: bool,
    ) {
        let start = clock(2_000_000_000_000, 10 * HOUR, 0);
        let mut backoff = Backoff::default();
        for _ in 0..failures {
            backoff = backoff.after(&Next::Retry(None), &start, random);
        }
        backoff = backoff.after(&Next::Retry(asked), &start, random);
        let lower = asked.unwrap_or(0).saturating_mul(1000).min(LONGEST_ASKED_MS);
        let upper = lower.max(LONGEST_WAIT_MS.min(2_000 << failures.min(20)));
        let wait = backoff.due_in(&start, true).expect("not paused");
        prop_assert!((lower.max(500)..=upper).contains(&wait), "{lower} {wait} {upper}");
        // In the same boot the wall clock counts nothing.
        let later = clock(wall, 10 * HOUR + passed, 0);
        prop_assert_eq!(backoff.due_in(&later, true), Some(wait.saturating_sub(passed)));
        // After a restart it counts, but one that was set back postpones nothing.
        if reboot {
            let due = backoff.due_in(&clock(wall, passed, 1), true).expect("not paused");
            prop_assert!(due <= wait);
            prop_assert!(wall >= 2_000_000_000_000 || due == 0);
        }
    }

    /// A scheduler that calls when it is told to neither hammers nor starves: in a day of failures it calls at least
    /// every 15 minutes, and after the first tries not more often than its waits average out to.
    #[test]
    fn a_day_without_a_server_neither_hammers_nor_starves(seed: u64) {
        let (mut backoff, mut now, mut tries, mut random) = (Backoff::default(), 0, 0_u64, seed | 1);
        while now < 24 * HOUR {
            let reading = clock(0, now, 0);
            let due = backoff.due_in(&reading, true).expect("not paused");
            prop_assert!(due <= LONGEST_WAIT_MS);
            prop_assert!(due == 0 || tries > 0);
            now += due;
            tries += 1;
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            backoff = backoff.after(&Next::Retry(None), &clock(0, now, 0), random >> 16);
        }
        prop_assert!((96..=400).contains(&tries), "{tries} tries");
        let done = backoff.after(&Next::Sent, &clock(0, now, 0), seed);
        prop_assert_eq!(done.due_in(&clock(0, now, 0), true), Some(0));
        let refresh = done.due_in(&clock(0, now, 0), false).expect("not paused");
        prop_assert!((4 * 60_000..=6 * 60_000).contains(&refresh));
        prop_assert_eq!(done.after(&Next::Pause, &clock(0, now, 0), seed).due_in(&clock(0, now, 0), true), None);
    }
}
