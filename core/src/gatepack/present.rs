//! Visitors who were inside when the pack was issued.

use super::Content;
use crate::{
    cbor::Value,
    id::{EntryId, SiteNumber, SubjectId},
    time::UnixMillis,
};

/// A visitor inside when the pack was issued: `[number, stay, name / null, site, since (ms), subject / null]`. Stands
/// in the section of invitations, where a number as key tells these from the visits that are expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresentVisitor {
    /// The server's own number for the stay.
    pub number: u64,
    /// The event that began it.
    pub stay: EntryId,
    /// The visitor.
    pub name: Option<String>,
    /// Where.
    pub site: SiteNumber,
    /// Since when.
    pub since: UnixMillis,
    /// The invitation, where there is one.
    pub subject: Option<SubjectId>,
}

impl PresentVisitor {
    /// The record's fields.
    #[must_use]
    pub fn to_fields(&self) -> Vec<Value> {
        vec![
            Value::Uint(self.number),
            self.stay.as_bytes().as_slice().into(),
            self.name.as_deref().into(),
            Value::Uint(self.site.get().into()),
            Value::Uint(self.since.get()),
            self.subject.map(|subject| Value::Bytes(subject.as_bytes().to_vec())).into(),
        ]
    }

    /// Reads a record; nothing where it is laid out otherwise.
    #[must_use]
    pub fn from_fields(fields: &[Value]) -> Option<Self> {
        let [number, stay, name, site, since, subject, ..] = fields else { return None };
        Some(Self {
            number: number.as_uint()?,
            stay: stay.as_bytes()?.try_into().ok()?,
            name: name.as_text().map(str::to_owned),
            site: SiteNumber::new(site.as_uint()?)?,
            since: UnixMillis::new(since.as_uint()?),
            subject: subject.as_bytes().and_then(|bytes| bytes.try_into().ok()),
        })
    }
}

impl Content {
    /// Visitors inside when the pack was issued.
    pub fn present(&self) -> impl Iterator<Item = PresentVisitor> {
        let records = self.invitations.iter().flat_map(super::Section::iter);
        records.filter_map(|fields| PresentVisitor::from_fields(&fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gatepack::{ExpectedVisit, Section};

    #[test]
    fn visitors_inside_and_expected_share_a_section_and_are_told_apart() {
        let visitor = PresentVisitor {
            number: 7,
            stay: EntryId([1; 16]),
            name: Some("Wim".to_owned()),
            site: SiteNumber::new(2).unwrap(),
            since: UnixMillis::new(1_000),
            subject: Some(SubjectId([2; 16])),
        };
        let nameless = PresentVisitor { number: 8, name: None, subject: None, ..visitor.clone() };
        let expected = ExpectedVisit {
            subject: SubjectId([2; 16]),
            name: "Wim".to_owned(),
            host: None,
            sites: None,
            from: crate::time::UnixSeconds::EPOCH,
            until: crate::time::UnixSeconds::MAX,
            max_uses: None,
            photo: None,
            uses: 0,
        };
        let records = [visitor.to_fields(), expected.to_fields(), nameless.to_fields()];
        let content = Content { invitations: Section::build(records), ..Content::default() };
        let content = Content::parse(&content.to_bytes()).unwrap();
        assert_eq!(content.present().collect::<Vec<_>>(), [visitor, nameless]);
        assert_eq!(content.invitation(SubjectId([2; 16])), Some(expected));
        let own = content.invitations.iter().flat_map(Section::iter);
        assert_eq!(own.filter_map(|fields| ExpectedVisit::from_fields(&fields)).count(), 1);
    }
}
