//! What the clocks of others say of one's own.
//!
//! A server's clock is what all trusted time comes from, so phones that follow it cannot tell that it is wrong. Their
//! wall clocks can: networks set those, and each entry of a journal carries both.

/// Offsets below this are drift. Milliseconds.
const NOTABLE_MS: u64 = 2 * 60_000;

/// How a clock stands to those of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    /// How many others there are to compare with.
    pub others: usize,
    /// Where most of them agree that it is wrong.
    pub deviation: Option<Deviation>,
}

/// Most others agree that a clock is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deviation {
    /// How far ahead of theirs it is (positive), or behind: the middle of what they say. Milliseconds.
    pub ahead_ms: i64,
    /// How many of them say so.
    pub by: usize,
}

impl Compared {
    /// Weighs how far the clocks of others are ahead of one's own, milliseconds each. It takes more than half of them,
    /// in the same direction and by more than two minutes; one whose own clock is wrong convinces nobody, unless it is
    /// the only one.
    #[must_use]
    pub fn of(others_ahead_ms: &[i64]) -> Self {
        let others = others_ahead_ms.len();
        let side = |ahead: bool| {
            let mut there: Vec<i64> = others_ahead_ms
                .iter()
                .copied()
                .filter(|offset| offset.unsigned_abs() > NOTABLE_MS && (*offset > 0) == ahead)
                .collect();
            there.sort_unstable();
            let middle = there.get(there.len() / 2).copied()?;
            (there.len() * 2 > others)
                .then_some(Deviation { ahead_ms: middle.saturating_neg(), by: there.len() })
        };
        Self { others, deviation: side(true).or_else(|| side(false)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;

    #[test]
    fn more_than_half_must_say_so_and_in_one_direction() {
        let of = |offsets: &[i64]| Compared::of(offsets).deviation.map(|found| (found.ahead_ms, found.by));
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[-3 * DAY]), Some((3 * DAY, 1)));
        assert_eq!(of(&[-3 * DAY, 0]), None);
        assert_eq!(of(&[-3 * DAY, -3 * DAY + 5, 40, -3 * DAY - 9]), Some((3 * DAY, 3)));
        assert_eq!(of(&[DAY, DAY, DAY, -DAY, 0]), Some((-DAY, 3)));
        assert_eq!(of(&[DAY, -DAY, DAY, -DAY]), None);
        assert_eq!(of(&[119_000, 120_000, -90_000]), None);
        assert_eq!(of(&[i64::MIN]), Some((i64::MAX, 1)));
    }
}
