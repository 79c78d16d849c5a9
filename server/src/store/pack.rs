//! Gate packs that devices were sent: what is needed to tell them later what changed since.

use gatehouse_core::{
    id::{DeviceId, Digest32},
    time::UnixMillis,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx};

/// How long a content is kept for a device that does not come back. Milliseconds.
const KEPT_MS: u64 = 7 * 86_400_000;
/// Packs that are kept of a device besides the one that it says it has: the answer to its last call may have been
/// lost, or may have come after that of a later one.
const KEPT_OF_DEVICE: u64 = 2;
/// Most that the contents of an organisation may take. Bytes. Devices whose content has gone get a full pack.
const MOST_BYTES: u64 = 64 << 20;
/// A counter that stands so far behind a device's cannot come from a restored backup.
const LARGEST_JUMP: u64 = 1 << 32;

/// The next number of a gate pack. Of a device that has a higher one already the server learns how far it was before
/// its data was restored from a backup: phones refuse lower numbers.
pub fn next_seq(tx: &Tx<'_>, org: OrgId, since: u64) -> Result<u64, StoreError> {
    let mut statement = tx.prepare_cached(
        "UPDATE organisation SET pack_seq = iif(?2 > pack_seq AND ?2 - pack_seq < ?3, ?2, pack_seq) + 1
         WHERE id = ?1 RETURNING pack_seq",
    )?;
    // What a database cannot count was no number of ours.
    let since = i64::try_from(since).unwrap_or_default();
    Ok(statement.query_row(params![org.0, since, LARGEST_JUMP], |row| row.get(0))?)
}

/// The content of the pack that a device was sent under a number, if it is still known.
pub fn sent(db: &Connection, org: OrgId, device: DeviceId, seq: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT c.content FROM pack_sent s JOIN pack_content c ON c.org = s.org AND c.hash = s.hash
         WHERE s.org = ?1 AND s.device = ?2 AND s.seq = ?3",
    )?;
    let Ok(seq) = i64::try_from(seq) else { return Ok(None) };
    Ok(statement.query_row(params![org.0, device.0, seq], |row| row.get(0)).optional()?)
}

/// A pack about to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Sending<'a> {
    /// To which device.
    pub device: DeviceId,
    /// The number of the pack that the device has; 0 for none.
    pub since: u64,
    /// The pack's number.
    pub seq: u64,
    /// The content.
    pub content: &'a [u8],
}

/// Notes what a device is sent, and forgets what no device can build on any more.
pub fn note(tx: &Tx<'_>, org: OrgId, sending: &Sending<'_>, now: UnixMillis) -> Result<(), StoreError> {
    let Sending { device, since, seq, content } = *sending;
    let hash = Digest32::of(content);
    tx.prepare_cached(
        "INSERT INTO pack_content (org, hash, content) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?
    .execute(params![org.0, hash.0, content])?;
    tx.prepare_cached("INSERT INTO pack_sent (org, device, seq, hash, sent_at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![org.0, device.0, seq, hash.0, now.get()])?;
    tx.prepare_cached(
        "DELETE FROM pack_sent WHERE org = ?1 AND device = ?2 AND seq != ?3 AND seq NOT IN
             (SELECT seq FROM pack_sent WHERE org = ?1 AND device = ?2 ORDER BY seq DESC LIMIT ?4)",
    )?
    .execute(params![org.0, device.0, i64::try_from(since).unwrap_or_default(), KEPT_OF_DEVICE])?;
    forget(tx, org, UnixMillis::new(now.get().saturating_sub(KEPT_MS)), MOST_BYTES)
}

/// Forgets what was sent before `before`, and of the rest what was used longest ago, until it takes `most` bytes.
fn forget(tx: &Tx<'_>, org: OrgId, before: UnixMillis, most: u64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM pack_sent WHERE org = ?1 AND sent_at < ?2")?
        .execute(params![org.0, before.get()])?;
    tx.prepare_cached(
        "DELETE FROM pack_sent WHERE org = ?1 AND hash IN (
             SELECT hash FROM (
                 SELECT hash, sum(size) OVER (ORDER BY used DESC, hash) AS total FROM (
                     SELECT s.hash, length(c.content) AS size, max(s.sent_at) AS used
                     FROM pack_sent s JOIN pack_content c ON c.org = s.org AND c.hash = s.hash
                     WHERE s.org = ?1 GROUP BY s.hash))
             WHERE total > ?2)",
    )?
    .execute(params![org.0, most])?;
    tx.prepare_cached(
        "DELETE FROM pack_content WHERE org = ?1 AND NOT EXISTS
             (SELECT 1 FROM pack_sent s WHERE s.org = pack_content.org AND s.hash = pack_content.hash)",
    )?
    .execute([org.0])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use gatehouse_core::time::UnixMillis;

    use super::*;
    use crate::store::{
        Store,
        device::{self, NewDevice},
        organisation,
    };

    #[test]
    fn only_what_a_device_may_build_on_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::create_or_open(folder.path()).expect("a store");
        let at = |time: u64| UnixMillis::new(1_790_000_000_000 + time);
        let outcome: Result<(), StoreError> = store.write(move |tx| {
            let code = "oak".parse().expect("a code");
            let org = organisation::add(tx, &code, "Oak", "UTC", at(0))?.expect("a free code");
            for number in [1, 2] {
                let new = NewDevice {
                    id: DeviceId([number; 16]),
                    name: "Phone",
                    public_key: [number; 32],
                    certificate: &[],
                    token_hash: [number; 32],
                    replaces: None,
                };
                assert!(device::add(tx, org, &new, at(0))?);
            }
            let send = |number: u8, since: u64, content: &[u8], time: u64| {
                let seq = next_seq(tx, org, since)?;
                let device = DeviceId([number; 16]);
                note(tx, org, &Sending { device, since, seq, content }, at(time))?;
                Ok::<_, StoreError>(seq)
            };
            let known =
                |number: u8, seq| sent(tx, org, DeviceId([number; 16]), seq).map(|found| found.is_some());
            let contents = || -> Result<u64, StoreError> {
                Ok(tx.query_row("SELECT count(*) FROM pack_content", [], |row| row.get(0))?)
            };

            // The same content of two devices is kept once.
            assert_eq!((send(1, 0, b"a", 0)?, send(2, 0, b"a", 1)?), (1, 2));
            assert_eq!(contents()?, 1);
            // What the device has stays, and so do the last two that it was sent.
            for expected in 3..=6 {
                assert_eq!(send(1, 1, &[expected], 2)?, u64::from(expected));
            }
            let of_first = [known(1, 1)?, known(1, 3)?, known(1, 4)?, known(1, 5)?, known(1, 6)?];
            assert_eq!(of_first, [true, false, false, true, true]);
            assert_eq!((known(2, 1)?, known(2, 6)?, contents()?), (false, false, 3));
            // With another's number nobody gets anything.
            assert_eq!(send(1, 6, b"b", 3)?, 7);
            assert_eq!(([known(1, 1)?, known(1, 5)?, known(1, 6)?], contents()?), ([false, false, true], 3));
            // By size the one used longest ago goes first, by age everything.
            forget(tx, org, at(0), 2)?;
            assert_eq!(([known(2, 2)?, known(1, 6)?, known(1, 7)?], contents()?), ([false, true, true], 2));
            forget(tx, org, at(3), 2)?;
            assert_eq!(([known(1, 6)?, known(1, 7)?], contents()?), ([false, true], 1));

            // A server that was restored from a backup goes on behind what its phones have, and no phone can make it
            // count to the end.
            assert_eq!((next_seq(tx, org, 500)?, next_seq(tx, org, 3)?), (501, 502));
            assert_eq!((next_seq(tx, org, u64::MAX)?, next_seq(tx, org, 1 << 60)?), (503, 504));
            Ok(())
        });
        outcome.expect("a store");
    }
}
