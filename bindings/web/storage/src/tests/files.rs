use std::collections::BTreeMap;

use super::disk::Disk;
use crate::{
    Handle, Pool, Trouble,
    header::{HEADER, Label},
    pieces::PIECE,
};

type Model = BTreeMap<String, Vec<u8>>;

fn there<H: Handle>(pool: &Pool<H>) -> Model {
    let names = pool.names("");
    names.into_iter().map(|name| (name.clone(), pool.read(&name).expect("it is there"))).collect()
}

#[test]
fn names_and_bytes_survive() {
    let disk = Disk::new(1);
    let pool = disk.pool(4);
    pool.write("/a/one", b"first").expect("written");
    pool.write("/a/one", b"second").expect("written");
    pool.create("/a/two").expect("made");
    pool.write_at("/a/two", b"22", 3).expect("written");
    pool.flush("/a/two").expect("flushed");
    pool.rename("/a/two", "/b/three").expect("renamed");
    pool.write("/a/gone", b"secret").expect("written");
    pool.remove("/a/gone").expect("removed");
    pool.write("no-folder", b"SQLite's own").expect("written");
    assert_eq!(pool.names("/a/"), ["one"]);
    let kept = there(&pool);
    disk.power();
    let pool = disk.pool(4);
    let expected = Model::from([
        ("/a/one".to_owned(), b"second".to_vec()),
        ("/b/three".to_owned(), b"\0\0\x0022".to_vec()),
    ]);
    assert_eq!(there(&pool), expected);
    assert_eq!(kept.len(), 3);
    assert_eq!(pool.spare(), 2);
    // Nothing of what was removed comes up under another name.
    for name in ["/c/1", "/c/2"] {
        pool.create(name).expect("made");
        assert_eq!(pool.length(name), Ok(0));
    }
    assert_eq!(pool.create("/c/3"), Err(Trouble::NoneToSpare));
    assert_eq!(pool.read("/c/4"), Err(Trouble::NotThere));
    assert_eq!(pool.rename("/c/4", "/c/5"), Err(Trouble::NotThere));
    assert_eq!(pool.create(&format!("/{}", "n".repeat(600))), Err(Trouble::NoneToSpare));
}

#[test]
fn a_torn_name_is_none_and_leaves_the_one_before() {
    let disk = Disk::new(2);
    let (_, whole) = disk.open("whole");
    let first = Label::follow(None, &whole, 1, "/a/name").expect("written");
    let mut page = [0; 4096];
    let length = whole.read_at(&mut page, 0).expect("read");
    for kept in 0..length {
        let (_, torn) = disk.open(&format!("torn-{kept}"));
        torn.write_at(&page[..kept], 0).expect("written");
        assert_eq!(Label::read(&torn), Ok(None), "{kept}");
        // What is there of the second does not count, and does not hide the first.
        let (_, second) = disk.open(&format!("second-{kept}"));
        second.write_at(&page[..length], 0).expect("written");
        second.write_at(&page[..kept], 4096).expect("written");
        assert_eq!(Label::read(&second), Ok(Some(first.clone())), "{kept}");
    }
    for byte in 0..length {
        let mut spoilt = page[..length].to_vec();
        spoilt[byte] ^= 0x10;
        let (_, file) = disk.open(&format!("spoilt-{byte}"));
        file.write_at(&spoilt, 0).expect("written");
        assert_eq!(Label::read(&file), Ok(None), "{byte}");
    }
}

/// Everything that changes names, as a model takes it too.
fn step(number: u64, pool: &Pool<impl Handle>, model: &mut Model) -> Result<(), Trouble> {
    let (name, other) = (format!("/f/{}", number % 3), format!("/f/{}", number / 3 % 3));
    match number / 9 % 4 {
        0 | 1 => {
            let bytes = vec![u8::try_from(number % 251).unwrap_or(0); 700 + number as usize % 5000];
            pool.write(&name, &bytes)?;
            model.insert(name, bytes);
        }
        2 => {
            pool.remove(&name)?;
            model.remove(&name);
        }
        _ => {
            let Some(bytes) = model.get(&name).cloned() else { return Ok(()) };
            pool.rename(&name, &other)?;
            model.remove(&name);
            model.insert(other, bytes);
        }
    }
    Ok(())
}

#[test]
fn a_power_cut_leaves_the_files_before_a_change_or_after_it() {
    for seed in 0..400 {
        let disk = Disk::new(seed);
        let mut model = Model::new();
        for round in 0..4 {
            let pool = disk.pool(6);
            assert_eq!(there(&pool), model, "seed {seed}, round {round}");
            disk.cut_after(disk.random() % 60);
            let (mut before, mut number);
            loop {
                (before, number) = (model.clone(), disk.random());
                if step(number, &pool, &mut model).is_err() {
                    break;
                }
            }
            assert!(disk.is_cut());
            disk.power();
            let after = there(&disk.pool(6));
            // What the step that was cut would have come to.
            let mut done = before.clone();
            let dry = Disk::new(0);
            let whole = dry.pool(6);
            for (name, bytes) in &before {
                whole.write(name, bytes).expect("written");
            }
            step(number, &whole, &mut done).expect("done");
            assert!(after == before || after == done, "seed {seed}, round {round}, step {number}");
            model = after;
        }
    }
}

#[test]
fn a_full_disk_is_told_as_one_and_changes_nothing() {
    let disk = Disk::new(3);
    let pool = disk.pool(6);
    pool.write("/a/kept", &[7; 5000]).expect("written");
    disk.limit(Some(disk.taken() + 2 * HEADER));
    assert_eq!(pool.write("/a/kept", &[8; 50_000]), Err(Trouble::Full));
    assert_eq!(pool.read("/a/kept"), Ok(vec![7; 5000]));
    assert_eq!(std::io::Error::from(Trouble::Full).kind(), std::io::ErrorKind::QuotaExceeded);
    disk.limit(None);
    pool.write("/a/kept", &[8; 50_000]).expect("written");
    assert_eq!(pool.spare(), 5);
}

#[test]
fn a_file_in_pieces_gives_room_back_at_once() {
    let disk = Disk::new(4);
    let pool = disk.pool(6);
    let blocks = |bytes: u64| (0..bytes / 65_536).map(|number| vec![number as u8; 65_536]);
    pool.fill("/s/reserve", 0, blocks(4 * PIECE)).expect("filled");
    assert_eq!(pool.length_of_pieces("/s/reserve"), 4 * PIECE);
    let taken = disk.taken();
    // A file that is only cut gives nothing back.
    pool.truncate("/s/reserve/3", 0).expect("cut");
    assert_eq!(disk.taken(), taken);
    pool.cut("/s/reserve", 3 * PIECE - 256 * 1024).expect("cut");
    assert_eq!(pool.length_of_pieces("/s/reserve"), 2 * PIECE);
    pool.cut("/s/reserve", PIECE).expect("cut");
    assert_eq!(pool.length_of_pieces("/s/reserve"), PIECE);
    assert!(disk.taken() < taken - 2 * PIECE);
    // Once they are open again there can be more of it.
    let closed = pool.closed();
    assert_eq!((closed.len(), pool.spare()), (3, 2));
    for key in closed {
        let (key, file) = disk.open(&key);
        pool.add(key, file).expect("opened");
    }
    pool.fill("/s/reserve", PIECE, blocks(3 * PIECE)).expect("filled");
    assert_eq!(pool.length_of_pieces("/s/reserve"), 4 * PIECE);
    pool.remove_pieces("/s/reserve").expect("removed");
    assert_eq!((pool.length_of_pieces("/s/reserve"), pool.names("").len()), (0, 0));
}

#[test]
fn a_flush_that_fails_hides_no_file_behind_an_empty_one() {
    for flushes in 0..8 {
        let disk = Disk::new(flushes);
        let pool = disk.pool(4);
        pool.write("/a/keys", b"first").expect("written");
        disk.fail_after(flushes);
        let told = pool.write("/a/keys", b"second");
        disk.power();
        let there = disk.pool(4).read("/a/keys").expect("it is there");
        assert!(there == b"second" || told.is_err() && there == b"first", "{flushes}: {there:?}, {told:?}");

        // Whoever goes on instead is served, and keeps what was told as written.
        let disk = Disk::new(flushes);
        let pool = disk.pool(4);
        pool.write("/a/keys", b"first").expect("written");
        disk.fail_after(flushes);
        let _ = pool.write("/a/keys", b"second");
        pool.write("/a/keys", b"third").expect("written");
        disk.power();
        assert_eq!(disk.pool(4).read("/a/keys").expect("it is there"), b"third", "{flushes}");
    }
}

/// Spoils a page of a file's header, as a disk does that goes bad.
fn spoil(disk: &Disk, key: &str, page: u64, with: u8) {
    let (_, file) = disk.open(key);
    file.write_at(&[with; 700], page * 4096).expect("written");
    file.flush().expect("flushed");
}

#[test]
fn a_spoilt_header_takes_no_file_along() {
    // Either page of it: the other names the file, and is written again.
    let disk = Disk::new(6);
    disk.pool(4).write("/a/base", &[7; 9000]).expect("written");
    for round in 0..8 {
        spoil(&disk, "0000", round % 2, 0x55);
        assert_eq!(disk.pool(4).read("/a/base"), Ok(vec![7; 9000]), "{round}");
    }
    // A page that stands for a former name, or for none, does not bring that back.
    let pool = disk.pool(4);
    pool.rename("/a/base", "/a/later").expect("renamed");
    spoil(&disk, "0000", 0, 0);
    let pool_after = disk.pool(4);
    assert_eq!((pool_after.exists("/a/base"), pool_after.read("/a/later")), (false, Ok(vec![7; 9000])));

    // Both pages: its bytes are kept under another name, for good, and no new file gets them.
    for with in [0, 0x55] {
        let disk = Disk::new(7);
        disk.pool(4).write("/a/base", &[7; 9000]).expect("written");
        (0..2).for_each(|page| spoil(&disk, "0000", page, with));
        let pool = disk.pool(4);
        assert_eq!(pool.lost(), ["/lost/0"]);
        pool.write("/a/base", b"anew").expect("written");
        disk.power();
        let expected =
            Model::from([("/a/base".to_owned(), b"anew".to_vec()), ("/lost/0".to_owned(), vec![7; 9000])]);
        assert_eq!(there(&disk.pool(4)), expected);
    }
}

#[test]
fn of_files_without_a_name_the_longest_are_kept_but_for_a_reserve_s() {
    let disk = Disk::new(8);
    let pool = disk.pool(12);
    // Two of them are pieces of a reserve, which hold nothing.
    let lengths = [1 << 20, 300, 900, 100, 700, 500, 1 << 20, 800, 200];
    for (number, length) in lengths.into_iter().enumerate() {
        pool.write(&format!("/a/{number}"), &vec![1; length]).expect("written");
    }
    for number in 0..lengths.len() {
        (0..2).for_each(|page| spoil(&disk, &format!("{number:04}"), page, 0x55));
    }
    let pool = disk.pool(12);
    let mut kept: Vec<_> = pool.lost().iter().map(|name| pool.length(name).expect("it is there")).collect();
    kept.sort_unstable();
    assert_eq!(kept, [500, 700, 800, 900]);
    assert_eq!((pool.names("/a/").len(), pool.spare()), (0, 8));
}
