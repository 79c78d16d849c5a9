//! Sending photos, a piece at a time.

use super::{GuardStation, SyncReport};
use crate::{
    device::{
        StationError,
        outbox::{Next, classify_photo},
        store::{NewPhoto, OutgoingPhoto},
    },
    id::Digest32,
    network::{Client, ClientError, Deadline},
    wire::path,
};

/// Bytes of a photo sent at once at first, so that a slow link carries them; twice as many after each that went.
const FIRST_PIECE: usize = 64 << 10;
/// Most bytes of a photo sent at once; a lost connection costs no more than this.
const LARGEST_PIECE: usize = 256 << 10;
/// No piece is cut smaller: a server that refuses this much takes no photo.
const SMALLEST_PIECE: usize = 16 << 10;
/// Times that a photo's offset is asked for anew, where somebody else sends it, too.
const MOST_QUESTIONS: u32 = 3;
/// The server holds more bytes under the photo's hash than the photo has.
const LONGER_THERE: &str = "photo_longer_at_server";

/// How one photo fared.
enum Photo {
    Sent,
    Stuck(String),
    /// Not this time: its entry is not at the server yet, or the server fails at this photo. Others may fare better.
    NotYet(ClientError),
}

/// How many bytes go at once, over all photos of a synchronisation.
struct Piece {
    bytes: usize,
    most: usize,
}

impl Piece {
    const FIRST: Self = Self { bytes: FIRST_PIECE, most: LARGEST_PIECE };

    fn went(&mut self) {
        self.bytes = (self.bytes * 2).min(self.most);
    }

    /// Whether less can be tried after this much was refused.
    fn smaller(&mut self) -> bool {
        let smaller = self.bytes > SMALLEST_PIECE;
        if smaller {
            self.bytes /= 2;
            self.most = self.bytes;
        }
        smaller
    }
}

impl GuardStation {
    /// Sends the photos that wait. One that the server will not have is set aside, one at which it fails is passed
    /// over, and neither holds up another.
    pub(super) async fn send_photos(
        &self,
        client: &Client,
        deadline: Deadline,
        report: &mut SyncReport,
    ) -> Result<(), StationError> {
        let mut passed_over: Vec<Digest32> = Vec::new();
        let mut piece = Piece::FIRST;
        loop {
            let (next, counts) = {
                let mut access = self.store.access();
                let write = access.write()?;
                (write.outgoing_photo(&passed_over)?, write.outbox_counts()?)
            };
            // While an entry is under way or set aside, the server may not know yet what a photo belongs to.
            let named = counts.waiting == 0 && counts.stuck == 0;
            let (sha256, fared) = match next {
                None => return Ok(()),
                Some(OutgoingPhoto::Lost(sha256, why)) => (sha256, Photo::Stuck(why.to_owned())),
                Some(OutgoingPhoto::Whole(photo)) => {
                    (photo.sha256, Self::send_photo(client, &photo, named, &mut piece, deadline).await?)
                }
            };
            let mut access = self.store.access();
            let write = access.write()?;
            match fared {
                Photo::Sent => {
                    write.mark_photo_sent(sha256)?;
                    report.photos += 1;
                }
                Photo::Stuck(code) => {
                    write.mark_photo_stuck(sha256, &code)?;
                    report.problem = Some(code);
                }
                Photo::NotYet(error) => {
                    report.problem = Some(error.code().to_owned());
                    passed_over.push(sha256);
                }
            }
            write.commit()?;
        }
    }

    /// Sends a photo from where the server is.
    async fn send_photo(
        client: &Client,
        photo: &NewPhoto,
        named: bool,
        piece: &mut Piece,
        deadline: Deadline,
    ) -> Result<Photo, StationError> {
        let path = format!("{}/{}", path::PHOTOS, photo.sha256);
        let length = photo.jpeg.len() as u64;
        let (mut questions, mut begun_anew) = (0, false);
        let mut reached = client.upload_offset(&path, deadline).await;
        loop {
            let failed = match reached {
                Ok(offset) if offset > length => return Ok(Photo::Stuck(LONGER_THERE.to_owned())),
                Ok(offset) if offset == length => return Ok(Photo::Sent),
                Ok(offset) => {
                    let rest = usize::try_from(offset).ok().and_then(|offset| photo.jpeg.get(offset..));
                    let rest = rest.unwrap_or_default();
                    let bytes = rest.get(..piece.bytes).unwrap_or(rest).to_vec();
                    match client.upload(&path, offset, length, bytes, deadline).await {
                        // It took nothing and says that all is well: not a server that could be trusted with it.
                        Ok(next) if next <= offset => return Ok(Photo::NotYet(ClientError::NotGatehouse)),
                        Ok(next) => {
                            piece.went();
                            reached = Ok(next);
                            continue;
                        }
                        Err(error) => error,
                    }
                }
                Err(error) => error,
            };
            match classify_photo(&failed, named) {
                Next::Fewer if piece.smaller() => {}
                Next::AskAgain if questions < MOST_QUESTIONS => questions += 1,
                // Bytes got lost or mixed on the way; once is chance, twice is not.
                Next::Anew if !begun_anew => begun_anew = true,
                Next::Fewer | Next::Anew => return Ok(Photo::Stuck(failed.code().to_owned())),
                Next::Stuck(code) => return Ok(Photo::Stuck(code)),
                _ if is_about_the_photo(&failed) => return Ok(Photo::NotYet(failed)),
                _ => return Err(failed.into()),
            }
            reached = client.upload_offset(&path, deadline).await;
        }
    }
}

/// Whether a failure may be this photo's own, so that the next is worth trying: not where the server cannot be reached,
/// takes nothing from this device, or asks to be left alone for a while.
fn is_about_the_photo(error: &ClientError) -> bool {
    match error {
        ClientError::Refused { status, .. } => !matches!(status, 401 | 403 | 429 | 503),
        ClientError::Unreachable { .. }
        | ClientError::Untrusted { .. }
        | ClientError::LeadsElsewhere { .. }
        | ClientError::NotGatehouse
        | ClientError::Address { .. } => false,
    }
}
