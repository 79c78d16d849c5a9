//! Sites.

use gatehouse_core::{
    gatepack::{PhotoPolicy, SiteRecord},
    id::SiteNumber,
    place::{Geofence, GeofenceRule},
    time::UnixMillis,
};
use rusqlite::{Connection, Row, params};

use super::{OrgId, StoreError, Tx, facet, sql};

/// A site about to be added.
#[derive(Debug, Clone)]
pub struct NewSite {
    /// Its name.
    pub name: String,
    /// Its IANA time zone.
    pub time_zone: String,
    /// Where it lies, if that is checked.
    pub geofence: Option<Geofence>,
    /// Photo of an invited visitor on arrival.
    pub arrival_photo: PhotoPolicy,
    /// Photo of a walk-up visitor.
    pub walk_up_photo: PhotoPolicy,
    /// Whether a photo of the person may be shown beside the verdict.
    pub show_face: bool,
}

impl NewSite {
    /// A site of which only the name is known: its place is not checked, photos are as the guard likes.
    #[must_use]
    pub fn named(name: &str, time_zone: String) -> Self {
        Self {
            name: name.to_owned(),
            time_zone,
            geofence: None,
            arrival_photo: PhotoPolicy::Optional,
            walk_up_photo: PhotoPolicy::Optional,
            show_face: false,
        }
    }
}

const fn photo_number(policy: PhotoPolicy) -> u8 {
    match policy {
        PhotoPolicy::Off => 0,
        PhotoPolicy::Optional => 1,
        PhotoPolicy::Required => 2,
    }
}

const fn photo_policy(number: u8) -> PhotoPolicy {
    match number {
        0 => PhotoPolicy::Off,
        2 => PhotoPolicy::Required,
        _ => PhotoPolicy::Optional,
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<SiteRecord> {
    let place = (row.get(3)?, row.get(4)?, row.get(5)?);
    let rule = GeofenceRule::from_number(row.get(6)?);
    let buffer_m = row.get(10)?;
    let geofence = match place {
        (Some(latitude_e6), Some(longitude_e6), Some(radius_m)) => {
            Some(Geofence { latitude_e6, longitude_e6, radius_m, rule, buffer_m })
        }
        _ => None,
    };
    Ok(SiteRecord {
        number: sql::site(row, 0)?,
        name: row.get(1)?,
        time_zone: row.get(2)?,
        geofence,
        arrival_photo: photo_policy(row.get(7)?),
        walk_up_photo: photo_policy(row.get(8)?),
        show_face: row.get(9)?,
    })
}

/// Adds a site under the next free number.
pub fn add(tx: &Tx<'_>, org: OrgId, site: &NewSite, now: UnixMillis) -> Result<SiteNumber, StoreError> {
    let fence = site.geofence.as_ref();
    let number: u64 = tx.query_row(
        "INSERT INTO site (org, number, name, time_zone, latitude_e6, longitude_e6, radius_m, geofence,
             arrival_photo, walk_up_photo, show_face, buffer_m, created_at)
         SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12 FROM site WHERE org = ?1
         RETURNING number",
        params![
            org.0,
            site.name,
            site.time_zone,
            fence.map(|fence| fence.latitude_e6),
            fence.map(|fence| fence.longitude_e6),
            fence.map(|fence| fence.radius_m),
            fence.map_or(GeofenceRule::Flag, |fence| fence.rule).number(),
            photo_number(site.arrival_photo),
            photo_number(site.walk_up_photo),
            site.show_face,
            fence.map_or(Geofence::DEFAULT_BUFFER_M, |fence| fence.buffer_m),
            now.get()
        ],
        |row| row.get(0),
    )?;
    let number = SiteNumber::new(number).ok_or(StoreError::Corrupt("site number"))?;
    facet::adopt(tx, org, number)?;
    Ok(number)
}

/// Whether the organisation has this site.
pub fn is_known(db: &Connection, org: OrgId, number: SiteNumber) -> Result<bool, StoreError> {
    let mut statement = db.prepare_cached("SELECT 1 FROM site WHERE org = ?1 AND number = ?2")?;
    Ok(statement.exists(params![org.0, number.get()])?)
}

/// Every site of the organisation, by number.
pub fn list(db: &Connection, org: OrgId) -> Result<Vec<SiteRecord>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT number, name, time_zone, latitude_e6, longitude_e6, radius_m, geofence, arrival_photo, walk_up_photo,
             show_face, buffer_m
         FROM site WHERE org = ?1 ORDER BY number",
    )?;
    Ok(statement.query_map([org.0], read)?.collect::<Result<_, _>>()?)
}

/// A site by its number.
pub fn get(db: &Connection, org: OrgId, number: SiteNumber) -> Result<Option<SiteRecord>, StoreError> {
    let mut sites = list(db, org)?;
    let index = sites.iter().position(|site| site.number == number);
    Ok(index.map(|index| sites.swap_remove(index)))
}
