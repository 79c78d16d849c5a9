//! Requests and answers of the HTTP API, as JSON. One definition for both ends.

mod enrol;
mod entries;
mod erasure;
mod event;
mod gate;
mod invitation;
mod member;
mod message;
pub mod path;
mod problem;
mod sign_in;

pub use enrol::{ENROLMENT_PREFIX, EnrolAnswer, EnrolRequest, EnrolmentCode, KeysAnswer};
pub use entries::{EntriesAnswer, EntriesRequest, EntryResult, EntryUpload, Finding};
pub use erasure::{ErasureOrder, ErasuresAnswer, ErasuresDone};
pub use event::EventView;
pub use gate::{
    Face, FacesAnswer, MOST_CLOSED, MOST_FACES, OnSiteVisit, ShiftAnswer, ShiftRequest, VerifyAnswer,
    VerifyRequest,
};
pub use invitation::{InvitationAnswer, InvitationRequest, InvitationView};
pub use member::{
    CertificateAnswer, CertificateRequest, GenerateIdAnswer, InvalidateIdAnswer, MEMBER_PREFIX, MemberCode,
    MyEntries, MyEntry, OrganisationAnswer, StandingAnswer,
};
pub use message::{MessagesRead, MyMessage, MyMessages};
pub use problem::Problem;
pub use sign_in::{CodeRequest, SignInAnswer, SignInRequest};
