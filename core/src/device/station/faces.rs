//! Pictures of people beside a verdict, fetched ahead and kept sealed.

use super::{GuardStation, knowledge, result::EventRecord};
use crate::{
    device::{StationError, StoreError},
    id::{Digest32, EntryId},
    network::{Client, ClientError, Deadline},
    time::{Span, UnixMillis},
    wire::{FacesAnswer, MOST_FACES, path},
};

/// How long a list of faces is good before it is asked for again. Milliseconds.
const LIST_MS: u64 = 15 * 60_000;
/// Largest picture that is taken for a face. Bytes.
const LARGEST_FACE: usize = 128 << 10;

impl GuardStation {
    /// The picture that stands beside a verdict, a small JPEG, by the digest that the verdict names.
    ///
    /// # Errors
    /// A store that fails.
    pub fn face(&self, sha256: Digest32) -> Result<Option<Vec<u8>>, StationError> {
        let mut access = self.store.access();
        Ok(access.write()?.face(sha256)?)
    }

    /// The picture of whom a scan was about, where the site shows faces and one is kept here.
    ///
    /// # Errors
    /// No such scan on this station; a store that fails.
    pub fn face_of(&self, event: EntryId) -> Result<Option<Vec<u8>>, StationError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let kept = write.event(event)?.ok_or(StationError::UnknownEvent)?;
        match EventRecord::of(&kept)?.result.face {
            Some(face) => Ok(write.face(face)?),
            None => Ok(None),
        }
    }

    /// Fetches the faces of those whom this gate is likeliest to see, where a site shows them; else none is kept. On a
    /// full disk there is no room for them, which is nobody's failure.
    pub(super) async fn fetch_faces(&self, client: &Client, deadline: Deadline) -> Result<(), StationError> {
        match self.fetch_faces_within(client, deadline).await {
            Err(StationError::Store(StoreError::Full)) => Ok(()),
            outcome => outcome,
        }
    }

    async fn fetch_faces_within(&self, client: &Client, deadline: Deadline) -> Result<(), StationError> {
        let known = self.knowledge()?;
        let Some(pack) = &known.pack else { return Ok(()) };
        let now = self.moment(&known)?.now.millis();
        let wanted = pack.content.site_list().iter().any(|site| site.show_face);
        let listed: Option<UnixMillis> = self.store.access().write()?.setting(knowledge::FACES_LISTED)?;
        let due = listed.is_none_or(|listed| !Span::new(listed, LIST_MS).counts(now));
        if wanted && due {
            let mut answer: FacesAnswer = client.get(path::FACES, deadline).await?;
            answer.faces.truncate(MOST_FACES);
            let mut access = self.store.access();
            let write = access.write_spare()?;
            write.keep_faces(&answer.faces)?;
            write.put_setting(knowledge::FACES_LISTED, &now)?;
            write.commit()?;
        } else if !wanted && listed.is_some() {
            let mut access = self.store.access();
            let write = access.write()?;
            write.keep_faces(&[])?;
            write.delete_setting(knowledge::FACES_LISTED)?;
            write.commit()?;
        }
        let mut passed_over = Vec::new();
        loop {
            let Some(sha256) = self.store.access().write()?.missing_face(&passed_over)? else {
                return Ok(());
            };
            match client.get_bytes(&format!("{}/{sha256}", path::FACES), deadline).await {
                // Only what has the digest is that picture.
                Ok(jpeg) if jpeg.len() <= LARGEST_FACE && Digest32::of(&jpeg) == sha256 => {
                    let mut access = self.store.access();
                    let write = access.write_spare()?;
                    write.put_face(sha256, &jpeg)?;
                    write.commit()?;
                }
                // Changed or gone meanwhile: the next list says so.
                Ok(_) | Err(ClientError::Refused { status: 404, .. }) => passed_over.push(sha256),
                Err(error) => return Err(error.into()),
            }
        }
    }
}
