//! The form that invites a visitor.

use axum::{Form, extract::rejection::FormRejection, http::StatusCode, response::Response};
use gatehouse_core::{id::SiteNumber, time::UnixMillis};

use super::{admin::Admin, rows};
use crate::{
    service::{ServiceError, dashboard::Host, invitations::NewVisit},
    web::view::{FieldError, InvitationForm, InvitationValues, SiteTick},
    words::Done,
};

/// Names that are offered while typing.
const OFFERED: usize = 500;
/// A new window begins at a time like this. Milliseconds.
const ROUND_MS: u64 = 15 * 60_000;
/// How long a new window is. Milliseconds.
const WINDOW_MS: u64 = 8 * 3_600_000;

/// The form at `/invitations/new`.
pub async fn form(admin: Admin) -> Response {
    admin
        .answer(|admin| {
            let now = admin.times.now.get();
            let from = UnixMillis::new(now - now % ROUND_MS);
            let sites = rows::choices(&admin.service().sites(admin.scope())?);
            let single = sites.len() == 1;
            let hosts = admin.service().hosts(admin.scope())?;
            let own = hosts.iter().find(|host| Some(host.id) == admin.scope().person_id());
            let values = InvitationValues {
                host: own.map(|host| host.label.clone()).unwrap_or_default(),
                sites: sites
                    .into_iter()
                    .map(|site| SiteTick { id: site.id, name: site.name, ticked: single })
                    .collect(),
                from: admin.times.field(from),
                until: admin.times.field(from.plus(WINDOW_MS)),
                ..InvitationValues::default()
            };
            admin.html(&filled(admin, values, hosts, Vec::new()))
        })
        .await
}

fn filled(
    admin: &Admin,
    values: InvitationValues,
    hosts: Vec<Host>,
    errors: Vec<FieldError>,
) -> InvitationForm {
    InvitationForm {
        words: admin.words(),
        shell: admin.shell(),
        values,
        unlisted: hosts.len().saturating_sub(OFFERED) as u64,
        hosts: hosts.into_iter().take(OFFERED).map(|host| host.label).collect(),
        zone: admin.organisation().time_zone.clone(),
        errors,
    }
}

/// What was sent, field by field in the order in which they came.
type Fields = Vec<(String, String)>;

/// Makes the invitation, or shows the form again with what is to be put right.
pub async fn create(admin: Admin, form: Result<Form<Fields>, FormRejection>) -> Response {
    admin
        .answer(|admin| {
            let Form(fields) = form.map_err(|_| ServiceError::BadRequest("the form cannot be read"))?;
            let (service, scope) = (admin.service(), admin.scope());
            let sites = rows::choices(&service.sites(scope)?);
            let hosts = service.hosts(scope)?;
            let values = typed(&fields, sites);
            let (visit, mut errors) = read(admin, &values, &hosts);
            let made = if errors.is_empty() { service.invite(scope, &visit).map(Some) } else { Ok(None) };
            match made {
                Ok(Some(made)) => {
                    return Ok(Admin::done(Done::Invited, &format!("/invitations/{}", made.id)));
                }
                Ok(None) => {}
                // Something changed between the look and the deed, a host who was removed for example.
                Err(ServiceError::Invalid { field, code, .. }) => errors.push(error(field, code)),
                Err(error) => return Err(error),
            }
            let mut response = admin.html(&filled(admin, values, hosts, errors))?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        })
        .await
}

fn error(field: &str, code: &str) -> FieldError {
    FieldError { field: field.to_owned(), code: code.to_owned() }
}

/// The form's fields as they were typed; of the sites those that there are.
fn typed(fields: &Fields, sites: Vec<crate::web::view::SiteChoice>) -> InvitationValues {
    let text = |name: &str| {
        let found = fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let ticked = |id: u32| fields.iter().any(|(field, value)| field == "site" && *value == id.to_string());
    InvitationValues {
        visitor: text("visitor"),
        email: text("email"),
        host: text("host"),
        sites: sites
            .into_iter()
            .map(|site| SiteTick { ticked: ticked(site.id), id: site.id, name: site.name })
            .collect(),
        from: text("from"),
        until: text("until"),
        max_uses: text("max_uses"),
        note: text("note"),
    }
}

/// The visit that the form describes, with everything that is wrong with it, in the order of the fields.
fn read(admin: &Admin, values: &InvitationValues, hosts: &[Host]) -> (NewVisit, Vec<FieldError>) {
    let (times, now) = (&admin.times, admin.times.now.to_seconds());
    let mut errors = Vec::new();
    let host = Host::find(hosts, &values.host).map(|host| host.id);
    if host.is_none() {
        errors.push(error("host", "host_unknown"));
    }
    let (from, until) = (times.typed(&values.from, false), times.typed(&values.until, true));
    if from.is_none() {
        errors.push(error("from", "time_invalid"));
    }
    if until.is_none() {
        errors.push(error("until", "time_invalid"));
    }
    let uses = match values.max_uses.trim() {
        "" => Ok(None),
        uses => uses.parse().map(Some),
    };
    if uses.is_err() {
        errors.push(error("max_uses", "uses_invalid"));
    }
    let email = values.email.trim();
    let ticked = values.sites.iter().filter(|site| site.ticked);
    let visit = NewVisit {
        name: values.visitor.clone(),
        email: (!email.is_empty()).then(|| email.to_owned()),
        host,
        sites: Some(ticked.filter_map(|site| SiteNumber::new(site.id.into())).collect()),
        from: from.unwrap_or(now),
        until: until.unwrap_or_else(|| from.unwrap_or(now).max(now).plus(1)),
        max_uses: uses.unwrap_or_default(),
        note: values.note.trim().to_owned(),
    };
    let unreadable = from.is_none() || until.is_none();
    for fault in visit.faults(now) {
        if let ServiceError::Invalid { field, code, .. } = fault {
            // Of a window that could not be read nothing else can be said.
            if !(unreadable && matches!(field, "from" | "until")) {
                errors.push(error(field, code));
            }
        }
    }
    const ORDER: [&str; 8] = ["visitor", "email", "host", "site", "from", "until", "max_uses", "note"];
    errors.sort_by_key(|error| ORDER.iter().position(|field| *field == error.field));
    (visit, errors)
}
