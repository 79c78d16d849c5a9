//! Pictures of people beside a verdict: a borrowed phone must not pass.

use gatehouse_core::{
    id::{Digest32, PersonId},
    photo,
    role::Role,
    wire::FacesAnswer,
};
use serde_json::json;

use super::{Scope, Service, ServiceError, audit};
use crate::store::{OrgId, face, person};

impl Service {
    /// Sets a person's picture out of a picture file, made small and sealed; or removes it.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown person; a file that is no picture.
    pub fn set_face(
        &self,
        scope: &Scope,
        id: PersonId,
        picture: Option<&[u8]>,
    ) -> Result<Option<Digest32>, ServiceError> {
        scope.require(Role::Admin)?;
        let jpeg = match picture.map(photo::prepare_face).transpose() {
            Ok(prepared) => prepared.map(|photo| photo.jpeg),
            Err(_) => {
                return Err(ServiceError::BadRequest(
                    "that is no JPEG, PNG, WebP or GIF picture that can be read",
                ));
            }
        };
        let sha256 = jpeg.as_deref().map(Digest32::of);
        let seal =
            |jpeg: &[u8], sha256: &Digest32| self.store.master().seal(&context(scope.org, sha256), jpeg);
        let face =
            jpeg.as_deref().zip(sha256.as_ref()).map(|(jpeg, sha256)| seal(jpeg, sha256)).transpose()?;
        let (scope, now) = (*scope, self.now());
        self.store.write(move |tx| {
            person::get(tx, scope.org, id)?.ok_or(ServiceError::NotFound("person"))?;
            face::set(tx, scope.org, id, sha256.as_ref().zip(face.as_deref()))?;
            let detail = json!({ "photo": sha256.map(|sha256| sha256.to_string()) });
            audit::note(tx, &scope, "user.photo", &id.to_string(), &detail, now)?;
            Ok::<_, ServiceError>(())
        })?;
        Ok(sha256)
    }

    /// The faces that a device may show.
    ///
    /// # Errors
    /// Neither a device's scope nor an admin's.
    pub fn faces(&self, scope: &Scope) -> Result<FacesAnswer, ServiceError> {
        scope.require_device()?;
        Ok(FacesAnswer { faces: self.store.read_page(|db| face::list(db, scope.org))? })
    }

    /// One face's JPEG.
    ///
    /// # Errors
    /// Neither a device's scope nor an admin's; an unknown face.
    pub fn face(&self, scope: &Scope, sha256: Digest32) -> Result<Vec<u8>, ServiceError> {
        scope.require_device()?;
        let sealed = self.store.read(|db| face::get(db, scope.org, sha256))?;
        let sealed = sealed.ok_or(ServiceError::NotFound("face"))?;
        Ok(self.store.master().open(&context(scope.org, &sha256), &sealed)?)
    }

    /// Seals the pictures that were kept plain by earlier versions. What is interrupted goes on at the next start.
    pub fn seal_faces(&self) -> Result<(), ServiceError> {
        while let Some((org, person, sha256, jpeg)) = self.store.read(face::next_plain)? {
            let sealed = self.store.master().seal(&context(org, &sha256), &jpeg)?;
            self.store.write(move |tx| {
                Ok::<_, ServiceError>(face::set(tx, org, person, Some((&sha256, &sealed)))?)
            })?;
        }
        Ok(())
    }
}

/// What a picture is sealed for.
fn context(org: OrgId, sha256: &Digest32) -> Vec<u8> {
    [b"face".as_slice(), &org.get().to_be_bytes(), &sha256.0].concat()
}
