//! Who has a connection, and who gives way when there are too many.

use std::{
    collections::{BTreeSet, HashMap},
    net::{IpAddr, Ipv6Addr},
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::{body::Body, response::Response};
use http_body::{Frame, SizeHint};
use hyper::body::Bytes;
use tokio::sync::Notify;

/// Most connections, however many files the system allows.
const MOST: usize = 4096;
/// Files for everything else: the database and its readers, photos, the log.
const OTHER_FILES: u64 = 128;
/// Files that are counted on where the system allows very few.
const FEWEST_FILES: u64 = 64;

/// There is no place, and nobody who would give way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// How soon a connection gives way: strangers before acquaintances, and who is being answered never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// Nobody known has asked anything, or all of what they ask has not come yet.
    Stranger,
    /// Somebody known has asked before, and asks nothing now.
    Resting,
    /// A request is being answered.
    Busy,
}

/// In the order in which they give way: since when a connection stands as it does, by a count of changes.
type Rank = (Standing, u64, u64);

struct Connection {
    address: Option<IpAddr>,
    standing: Standing,
    since: u64,
    taken: Arc<Notify>,
}

impl Connection {
    const fn rank(&self, id: u64) -> Rank {
        (self.standing, self.since, id)
    }
}

#[derive(Default)]
struct Table {
    count: u64,
    held: HashMap<u64, Connection>,
    all: BTreeSet<Rank>,
    by_address: HashMap<IpAddr, BTreeSet<Rank>>,
}

impl Table {
    const fn next(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    fn insert(&mut self, id: u64, held: Connection) {
        self.all.insert(held.rank(id));
        if let Some(address) = held.address {
            self.by_address.entry(address).or_default().insert(held.rank(id));
        }
        self.held.insert(id, held);
    }

    fn remove(&mut self, id: u64) -> Option<Connection> {
        let held = self.held.remove(&id)?;
        self.all.remove(&held.rank(id));
        if let Some(address) = held.address
            && let Some(ranks) = self.by_address.get_mut(&address)
        {
            ranks.remove(&held.rank(id));
            if ranks.is_empty() {
                self.by_address.remove(&address);
            }
        }
        Some(held)
    }

    fn stand(&mut self, id: u64, standing: Standing) {
        let since = self.next();
        // Whoever gave way has no standing any more.
        if let Some(held) = self.remove(id) {
            self.insert(id, Connection { standing, since, ..held });
        }
    }

    fn take_from(&mut self, rank: Option<Rank>) -> Result<(), Full> {
        let (standing, _, id) = rank.ok_or(Full)?;
        if standing == Standing::Busy {
            return Err(Full);
        }
        let held = self.remove(id).ok_or(Full)?;
        held.taken.notify_one();
        Ok(())
    }
}

/// The places of one server.
pub struct Places {
    table: Mutex<Table>,
    most: usize,
    most_of_one: usize,
}

impl Places {
    /// As many as so many open files leave room for. One address has at most half of them.
    pub fn for_files(files: u64) -> Self {
        let most = Self::most_for(files);
        Self::new(most, most.div_ceil(2))
    }

    /// How many connections so many open files leave room for.
    pub fn most_for(files: u64) -> usize {
        let left = files.saturating_sub(OTHER_FILES.min(files / 2)).max(FEWEST_FILES / 2);
        usize::try_from(left).unwrap_or(MOST).min(MOST)
    }

    fn new(most: usize, most_of_one: usize) -> Self {
        Self { table: Mutex::default(), most, most_of_one }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a new connection, which somebody else may have to give up; without an address it counts only
    /// among all.
    pub fn enter(self: &Arc<Self>, address: Option<IpAddr>) -> Result<Entered, Full> {
        let address = address.map(household);
        let mut table = self.table();
        let of_one = address.and_then(|address| table.by_address.get(&address));
        if let Some(ranks) = of_one
            && ranks.len() >= self.most_of_one
        {
            let first = ranks.first().copied();
            table.take_from(first)?;
        } else if table.held.len() >= self.most {
            let first = table.all.first().copied();
            table.take_from(first)?;
        }
        let id = table.next();
        let taken = Arc::new(Notify::new());
        let held = Connection { address, standing: Standing::Stranger, since: id, taken: taken.clone() };
        table.insert(id, held);
        drop(table);
        let place = Place { id, places: self.clone(), known: AtomicBool::new(false), taken };
        Ok(Entered(Arc::new(place)))
    }

    /// Takes somebody's place, if anyone gives way.
    pub fn make_room(&self) {
        let mut table = self.table();
        let first = table.all.first().copied();
        // Then all are being answered, which ends by itself.
        let _ = table.take_from(first);
    }
}

/// Who shares an address: of IPv6 a network of 64 bits is one household, which has as many addresses as it likes.
const fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

/// A connection that has a place until this is dropped.
pub struct Entered(Arc<Place>);

impl Entered {
    pub fn place(&self) -> Arc<Place> {
        self.0.clone()
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.0.places.table().remove(self.0.id);
    }
}

/// The place of one connection. Every request carries it among its extensions.
pub struct Place {
    id: u64,
    places: Arc<Places>,
    known: AtomicBool,
    taken: Arc<Notify>,
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Place({})", self.id)
    }
}

impl Place {
    fn stand(&self, standing: Standing) {
        self.places.table().stand(self.id, standing);
    }

    fn is_known(&self) -> bool {
        self.known.load(Ordering::Relaxed)
    }

    /// A request has come, all of it or not yet.
    pub fn asked(&self, whole: bool) {
        let answered = whole || self.is_known();
        self.stand(if answered { Standing::Busy } else { Standing::Stranger });
    }

    /// Who asks on it has shown a token that is good.
    pub fn is_of_someone_known(&self) {
        self.known.store(true, Ordering::Relaxed);
        self.stand(Standing::Busy);
    }

    /// Ends when somebody else got the place.
    pub async fn taken(&self) {
        self.taken.notified().await;
    }

    /// The answer is there, and on its way.
    pub fn answering(self: Arc<Self>, answer: Response) -> Response {
        if !self.is_known() {
            // A stranger who takes an answer slowly, or not at all, gives way as well.
            self.stand(Standing::Stranger);
            return answer;
        }
        answer.map(|body| Body::new(Leaving { body, place: self }))
    }
}

/// The body of an answer to someone known: what comes after it is rest.
struct Leaving {
    body: Body,
    place: Arc<Place>,
}

impl http_body::Body for Leaving {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.place.stand(Standing::Resting);
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn of(last: u8) -> Option<IpAddr> {
        Some(Ipv4Addr::new(192, 0, 2, last).into())
    }

    /// Whether a place was taken; asked once.
    fn is_taken(entered: &Entered) -> bool {
        !entered.0.places.table().held.contains_key(&entered.0.id)
    }

    #[test]
    fn strangers_give_way_and_who_is_answered_does_not() {
        let places = Arc::new(Places::new(3, 3));
        let enter = |last| places.enter(of(last));
        let (first, second, guard) =
            (enter(1).expect("one"), enter(2).expect("two"), enter(3).expect("three"));
        guard.place().asked(true);
        guard.place().is_of_someone_known();
        let fourth = enter(4).expect("the oldest gives way");
        assert!(is_taken(&first) && !is_taken(&second) && !is_taken(&guard));
        fourth.place().asked(true);
        let fifth = enter(5).expect("so does the next");
        assert!(is_taken(&second) && !is_taken(&fourth));
        fifth.place().asked(true);
        assert_eq!(enter(6).map(|_| ()).expect_err("all are being answered"), Full);
        drop(guard.place().answering(Response::default()));
        let sixth = enter(6).expect("rest gives way last");
        assert!(is_taken(&guard) && !is_taken(&fourth));
        drop((fifth, sixth));
        assert!(enter(7).is_ok_and(|entered| !is_taken(&entered)));
    }

    #[test]
    fn a_body_on_its_way_keeps_no_place_for_a_stranger() {
        let places = Arc::new(Places::new(2, 2));
        let (one, two) = (places.enter(of(1)).expect("one"), places.enter(of(2)).expect("two"));
        one.place().asked(false);
        two.place().asked(false);
        two.place().is_of_someone_known();
        let three = places.enter(of(3)).expect("a stranger's body waits for nobody");
        assert!(is_taken(&one) && !is_taken(&two));
        three.place().asked(true);
        assert!(places.enter(of(4)).is_err());
        drop(three.place().answering(Response::default()));
        assert!(places.enter(of(4)).is_ok(), "an answer that a stranger has not taken keeps no place");
    }

    #[test]
    fn one_address_takes_places_only_from_itself() {
        let places = Arc::new(Places::new(10, 2));
        let other = places.enter(of(9)).expect("another");
        let mine: Vec<_> = (0..5).map(|_| places.enter(of(1)).expect("mine")).collect();
        assert_eq!(mine.iter().filter(|entered| is_taken(entered)).count(), 3);
        assert!(!is_taken(&other));
        let network = |host: u16| Some(Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, host).into());
        let homes: Vec<_> = (0..3).map(|host| places.enter(network(host)).expect("home")).collect();
        assert!(is_taken(&homes[0]) && !is_taken(&homes[2]), "one household of IPv6");
        drop(mine);
        assert_eq!(places.table().by_address.len(), 2);
    }

    #[test]
    fn few_files_leave_places_and_many_have_a_bound() {
        assert_eq!(Places::for_files(1024).most, 896);
        assert_eq!(Places::for_files(128).most, 64);
        assert_eq!(Places::for_files(1 << 20).most, MOST);
    }
}
