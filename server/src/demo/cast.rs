//! Who plays in the demo: a business park with two gates.

/// Code of the organisation.
pub const ORG: &str = "oakwood-park";
/// Its name.
pub const ORG_NAME: &str = "Oakwood Park";
/// Its time zone.
pub const TIME_ZONE: &str = "Europe/Amsterdam";
/// The two sites, in the order of their numbers.
pub const SITES: [&str; 2] = ["North gate", "Harbour gate"];

/// The admin who opens the dashboard.
pub const ADMIN: (&str, &str) = ("Ingrid Solheim", "ingrid@oakwood.example");
/// The guards, at site 1 and 2.
pub const GUARDS: [(&str, &str); 2] =
    [("Samuel Adeyemi", "samuel@oakwood.example"), ("Katarzyna Wójcik", "katarzyna@oakwood.example")];

/// The address of a member, by the place in the list.
pub fn member_email(index: usize) -> String {
    format!("member{index}@oakwood.example")
}

/// Members with the sites that they may enter, by number.
pub const MEMBERS: [(&str, &[u32]); 36] = [
    ("Maya Lindqvist", &[1, 2]),
    ("Tom Baker", &[1]),
    ("Aisha Rahman", &[1, 2]),
    ("Jeroen de Vries", &[2]),
    ("Priya Natarajan", &[1]),
    ("Liam O'Connor", &[1]),
    ("Zoë van den Berg", &[1, 2]),
    ("Mateo García Fernández", &[1]),
    ("Noor El-Sayed", &[1]),
    ("Yuki Tanaka", &[1, 2]),
    ("Chidi Okafor", &[2]),
    ("Elena Petrova", &[1]),
    ("Lucas Moreau", &[1]),
    ("Fatima Zahra Bennani", &[1, 2]),
    ("Hannah Schmidt", &[1]),
    ("Daniel Kowalski", &[2]),
    ("Ana Sofia Carvalho", &[1]),
    ("Ravi Shankar", &[1]),
    ("Emma Johansson", &[1, 2]),
    ("Omar Haddad", &[1]),
    ("Grace Mbeki", &[2]),
    ("Nguyễn Thị Minh", &[1]),
    ("Pieter Jansen", &[1]),
    ("Leila Hosseini", &[1]),
    ("Marco Bianchi", &[1, 2]),
    ("Sofie Nielsen", &[1]),
    ("Kwame Mensah", &[2]),
    ("Ingrid Haugen", &[1]),
    ("Anton Dvořák", &[1]),
    ("Mei-Ling Chen", &[1, 2]),
    ("Bram Visser", &[1]),
    ("Amira Khalil", &[2]),
    ("Oliver Smith", &[1]),
    ("Julia Novak", &[1]),
    ("Tariq Aziz", &[1]),
    ("Lotte Bakker", &[1, 2]),
];

/// Visitors of the day before: who came, whom they visited, the hour they came and how long they stayed in minutes.
pub const VISITORS: [(&str, usize, u32, u32); 6] = [
    ("Viktor Andersen", 0, 9, 75),
    ("شيماء الحربي", 2, 10, 120),
    ("Beatriz Lima", 4, 11, 45),
    ("Cornelis Maria van Oudtshoorn-Schimmelpenninck", 6, 13, 95),
    ("Sean Gallagher", 9, 14, 60),
    ("דנה לוי", 13, 15, 50),
];

/// Visitors expected today, with their hosts.
pub const EXPECTED: [(&str, usize); 5] = [
    ("Charlotte Dubois", 0),
    ("Hiroshi Nakamura", 9),
    ("Paula Weber", 14),
    ("Idris Conteh", 2),
    ("Saoirse Byrne", 5),
];

/// People who came without a code the day before: name, hour, whether they were let in.
pub const WALK_UPS: [(&str, u32, bool); 3] = [
    ("Courier, PostNL", 9, true),
    ("Window cleaner, Klaar BV", 12, true),
    ("Someone selling solar panels", 16, false),
];
