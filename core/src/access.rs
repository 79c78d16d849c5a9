//! Who may go where, and who sees which invitations. A list of sites means the same whoever keeps it and whoever asks.
//!
//! A list that is not there is every site; one that is there is those sites and no other, and an empty one is none.

use crate::{id::SiteNumber, role::Role};

/// Whether somebody with these sites may go to `site`.
#[must_use]
pub fn reaches(sites: Option<&[SiteNumber]>, site: SiteNumber) -> bool {
    sites.is_none_or(|sites| sites.contains(&site))
}

/// The sites to which somebody with `own` may send another who is to get `asked`: what they ask for, if that is some
/// site and none that they may not go to themselves. Who asks for every site passes on their own. Nothing where they
/// may not.
#[must_use]
pub fn pass_on(
    own: Option<&[SiteNumber]>,
    asked: Option<Vec<SiteNumber>>,
) -> Option<Option<Vec<SiteNumber>>> {
    let sites = match (own, asked) {
        (None, asked) => return Some(asked),
        (Some(own), None) => own.to_vec(),
        (Some(_), Some(asked)) => asked,
    };
    (!sites.is_empty() && sites.iter().all(|site| reaches(own, *site))).then_some(Some(sites))
}

/// Whether somebody sees every invitation, as guards do who let visitors in. Others see those that they host, and are
/// not told that there are more.
#[must_use]
pub fn sees_all_invitations(role: Option<Role>) -> bool {
    role >= Some(Role::Guard)
}

/// Whether somebody may send an invitation's code again, or cancel it: its host, or an admin.
#[must_use]
pub fn manages_invitation(role: Option<Role>, hosts_it: bool) -> bool {
    hosts_it || role >= Some(Role::Admin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_list_is_every_site_and_an_empty_one_is_none() {
        let [north, south] = [1, 2].map(|number| SiteNumber::new(number).expect("a number"));
        assert!(reaches(None, north));
        assert!(reaches(Some(&[north]), north) && !reaches(Some(&[north]), south));
        assert!(!reaches(Some(&[]), north));

        assert_eq!(pass_on(None, None), Some(None));
        assert_eq!(pass_on(None, Some(vec![south])), Some(Some(vec![south])));
        assert_eq!(pass_on(Some(&[north]), None), Some(Some(vec![north])), "no more than one's own");
        assert_eq!(pass_on(Some(&[north]), Some(vec![north])), Some(Some(vec![north])));
        assert_eq!(pass_on(Some(&[north]), Some(vec![north, south])), None);
        assert_eq!(pass_on(Some(&[north]), Some(vec![])), None);
        assert_eq!(pass_on(Some(&[]), None), None, "who may go nowhere sends nobody anywhere");
    }
}
