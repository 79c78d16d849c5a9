//! The list of invitations, and the page of one.

use axum::{
    Form,
    extract::{
        Path, Query,
        rejection::{FormRejection, PathRejection, QueryRejection},
    },
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use gatehouse_core::{
    gatepack::SiteRecord,
    id::SubjectId,
    phrase,
    qr::{Correction, png, svg},
    time::UnixMillis,
    visit::InvitationStatus as Status,
    words::host_stopped,
};
use serde::Deserialize;

use super::{activity::read_query, admin::Admin, filter::searched, id, rows, times::Times};
use crate::{
    service::{ServiceError, dashboard::Host, erasure::Whom},
    store::{
        activity,
        invitation::{Cursor, Filter, Invitation},
    },
    web::view::{By, InvitationDetail, InvitationRow, InvitationStatus, Invitations},
    words::Done,
};

/// Rows of a page.
const PAGE: u32 = 50;
/// Events on the page of an invitation.
const EVENTS: u32 = 50;
/// Names of hosts that are offered while typing.
const OFFERED: usize = 500;
/// Pixels of a module in the picture: fit for print.
const MODULE_PX: u8 = 10;

/// The query of the list's addresses.
#[derive(Deserialize)]
pub struct PageQuery {
    status: Option<String>,
    q: Option<String>,
    before: Option<String>,
}

impl PageQuery {
    fn cursor(&self) -> Option<Cursor> {
        let (at, id) = self.before.as_deref()?.split_once('-')?;
        Some(Cursor { created_at: UnixMillis::new(at.parse().ok()?), id: id.parse().ok()? })
    }
}

/// The page at `/invitations`.
pub async fn page(admin: Admin, query: Result<Query<PageQuery>, QueryRejection>) -> Response {
    admin
        .answer(|admin| {
            let asked = read_query(query)?;
            let status = asked.status.as_deref().and_then(Status::from_word);
            let host_stopped = asked.status.as_deref() == Some(InvitationStatus::Stopped.key());
            let search = searched(asked.q.as_deref());
            let filter = Filter { status, host_stopped, search, ..Filter::default() };
            let chosen = if host_stopped { Some(InvitationStatus::Stopped) } else { status.map(shown) };
            let (service, scope) = (admin.service(), admin.scope());
            let (mut found, matching) = service.invitations(scope, &filter, asked.cursor(), PAGE + 1)?;
            let more = found.len() > PAGE as usize;
            found.truncate(PAGE as usize);
            let sites = service.sites(scope)?;
            let any = matching > 0 || service.invitations(scope, &Filter::default(), None, 1)?.1 > 0;
            let mut page = Invitations {
                words: admin.words(),
                shell: admin.shell(),
                status: chosen,
                search: filter.search,
                rows: found.iter().map(|one| row(one, &sites, &admin.times)).collect(),
                matching,
                older: None,
                any,
                may_create: true,
            };
            let last = found.last().filter(|_| more);
            page.older = last.map(|last| page.href_older(last.created_at.get(), &last.id.to_string()));
            admin.html(&page)
        })
        .await
}

const fn shown(status: Status) -> InvitationStatus {
    match status {
        Status::Draft => InvitationStatus::Draft,
        Status::Pending => InvitationStatus::Pending,
        Status::Accepted => InvitationStatus::Accepted,
        Status::Cancelled => InvitationStatus::Cancelled,
        Status::Expired => InvitationStatus::Expired,
    }
}

fn row(invitation: &Invitation, sites: &[SiteRecord], times: &Times) -> InvitationRow {
    let name = |number| {
        let site = sites.iter().find(|site| site.number == number);
        site.map_or_else(
            || times.words.text(phrase!("page-site_number", number = number.to_string())),
            |site| site.name.clone(),
        )
    };
    InvitationRow {
        id: invitation.id.to_string(),
        reference: invitation.reference.clone(),
        visitor: invitation.visitor.clone(),
        host: invitation.host.clone(),
        sites: invitation.sites.iter().flatten().copied().map(name).collect(),
        from: times.of_day(invitation.from.to_millis()),
        until: times.of_day(invitation.until.to_millis()),
        uses: invitation.uses,
        max_uses: invitation.max_uses.map(u64::from),
        status: match invitation.status(times.now.to_seconds()) {
            status if is_open(status) && invitation.host_stopped().is_some() => InvitationStatus::Stopped,
            Status::Expired if invitation.uses > 0 => InvitationStatus::Over,
            status => shown(status),
        },
    }
}

/// Whether the invitation is neither cancelled nor over.
const fn is_open(status: Status) -> bool {
    matches!(status, Status::Pending | Status::Accepted)
}

/// The text of the code, while it is worth showing.
fn code_text(admin: &Admin, invitation: &Invitation) -> Result<Option<String>, ServiceError> {
    if !is_open(invitation.status(admin.times.now.to_seconds())) || invitation.host_stopped().is_some() {
        return Ok(None);
    }
    match admin.service().invitation_code(admin.scope(), invitation.id) {
        Ok((text, _)) => Ok(Some(text)),
        Err(ServiceError::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The page at `/invitations/{id}`.
pub async fn detail(admin: Admin, path: Result<Path<String>, PathRejection>) -> Response {
    admin.answer(|admin| shown_page(admin, id::<SubjectId>(path, "invitation")?, None)).await
}

/// The page of an invitation, with what was typed for its host if that means nobody.
fn shown_page(admin: &Admin, id: SubjectId, host_typed: Option<String>) -> Result<Response, ServiceError> {
    let (service, scope, times) = (admin.service(), admin.scope(), &admin.times);
    let found = service.invitation(scope, id)?;
    let code = code_text(admin, &found)?.map(|text| svg(&text, Correction::Medium)).transpose();
    let name_banned = service.is_name_banned(scope, &found)?;
    let filter = activity::Filter { subject: Some(found.id), ..activity::Filter::default() };
    let status = found.status(times.now.to_seconds());
    admin.html(&InvitationDetail {
        words: admin.words(),
        shell: admin.shell(),
        row: row(&found, &service.sites(scope)?, times),
        host_stopped: found.host_stopped().filter(|_| is_open(status)).map(host_stopped),
        email: found.email,
        note: found.note,
        created_by: By(found.created_by),
        created: times.moment(found.created_at),
        cancelled: found.cancelled_at.map(|at| (times.moment(at), By(found.cancelled_by))),
        code_svg: code.map_err(|error| ServiceError::Core(error.to_string()))?,
        events: rows::rows(&service.activity(scope, &filter, None, EVENTS)?.rows, times),
        may_cancel: is_open(status),
        name_banned,
        hosts: service.hosts(scope)?.into_iter().take(OFFERED).map(|host| host.label).collect(),
        host_typed,
    })
}

/// The code as a picture to send or print.
pub async fn code(admin: Admin, path: Result<Path<String>, PathRejection>) -> Response {
    admin
        .answer(|admin| {
            let found = admin.service().invitation(admin.scope(), id::<SubjectId>(path, "invitation")?)?;
            let text = code_text(admin, &found)?.ok_or(ServiceError::NotFound("code"))?;
            let picture = png(&text, Correction::Medium, MODULE_PX);
            let picture = picture.map_err(|error| ServiceError::Core(error.to_string()))?;
            let mut response = ([(header::CONTENT_TYPE, "image/png")], picture).into_response();
            let name = format!("attachment; filename=\"invitation-{}.png\"", found.reference);
            let name = HeaderValue::from_str(&name).ok().map(|name| (header::CONTENT_DISPOSITION, name));
            response.headers_mut().extend(name);
            Ok(response)
        })
        .await
}

/// The form that names another host.
#[derive(Deserialize)]
pub struct NewHost {
    host: String,
}

/// Names another host.
pub async fn host(
    admin: Admin,
    path: Result<Path<String>, PathRejection>,
    form: Result<Form<NewHost>, FormRejection>,
) -> Response {
    admin
        .answer(|admin| {
            let id = id::<SubjectId>(path, "invitation")?;
            let Form(NewHost { host }) =
                form.map_err(|_| ServiceError::BadRequest("the form cannot be read"))?;
            let hosts = admin.service().hosts(admin.scope())?;
            let Some(chosen) = Host::find(&hosts, &host) else {
                let mut response = shown_page(admin, id, Some(host))?;
                *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
                return Ok(response);
            };
            admin.service().take_over_invitation(admin.scope(), id, chosen.id)?;
            Ok(Admin::done(Done::HostChanged, &format!("/invitations/{id}")))
        })
        .await
}

/// Erases the visitor.
pub async fn erase(admin: Admin, path: Result<Path<String>, PathRejection>) -> Response {
    admin
        .answer(|admin| {
            let id = id::<SubjectId>(path, "invitation")?;
            admin.service().erase(admin.scope(), Whom::Invitation(id))?;
            Ok(Admin::done(Done::Erased, &format!("/invitations/{id}")))
        })
        .await
}

/// Cancels an invitation.
pub async fn cancel(admin: Admin, path: Result<Path<String>, PathRejection>) -> Response {
    admin
        .answer(|admin| {
            let id = id::<SubjectId>(path, "invitation")?;
            let (_, now) = admin.service().cancel_invitation(admin.scope(), id)?;
            let done = if now { Done::Cancelled } else { Done::HadCancelled };
            Ok(Admin::done(done, &format!("/invitations/{id}")))
        })
        .await
}
