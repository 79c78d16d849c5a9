//! Calls of admins about people, and of everyone about their own sessions and tokens.

use axum::{
    Json, Router,
    extract::{
        Path, Query, State,
        rejection::{JsonRejection, QueryRejection},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
    routing::{delete, get, post, put},
};
use gatehouse_core::{
    id::{PersonId, SiteNumber},
    role::Role,
};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use super::{App, Failure, auth::ByPerson, blocking};
use crate::{
    service::{
        Scope, Service, ServiceError,
        people::{Correction, NewUser},
        tokens::{SessionView, TOKEN_DAYS},
    },
    store::{person::Person, session::SessionId},
};

/// People of an organisation.
pub(super) const PEOPLE: &str = "/api/people";
/// Sessions and API tokens.
const SESSIONS: &str = "/api/sessions";
/// API tokens.
const TOKENS: &str = "/api/tokens";
/// Most people in an answer.
const MOST: usize = 500;

/// The routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route(PEOPLE, get(list).post(add))
        .route(&format!("{PEOPLE}/{{id}}"), get(one).patch(correct))
        .route(&format!("{PEOPLE}/{{id}}/revoke"), post(revoke))
        .route(&format!("{PEOPLE}/{{id}}/restore"), post(restore))
        .route(&format!("{PEOPLE}/{{id}}/sign-out"), post(sign_out))
        .route(&format!("{PEOPLE}/{{id}}/sites/{{site}}"), put(assign).delete(unassign))
        .route(SESSIONS, get(sessions))
        .route(&format!("{SESSIONS}/{{id}}"), delete(end))
        .route(TOKENS, get(tokens).post(make_token))
        .route(&format!("{TOKENS}/{{id}}"), delete(end))
}

/// A person with a role.
#[derive(Serialize)]
struct PersonView {
    id: PersonId,
    name: String,
    email: Option<String>,
    role: Option<&'static str>,
    active: bool,
    /// Where they may go; nothing is everywhere.
    sites: Option<Vec<SiteNumber>>,
}

fn view(service: &Service, scope: &Scope, person: Person) -> Result<PersonView, ServiceError> {
    Ok(PersonView {
        sites: service.sites_of(scope, &person)?,
        id: person.id,
        active: person.is_active(),
        role: person.role.map(Role::word),
        name: person.name,
        email: person.email,
    })
}

/// The person whom a path names.
pub(super) fn id(text: &str) -> Result<PersonId, ServiceError> {
    text.parse().map_err(|_| ServiceError::NotFound("user"))
}

type Body<T> = Result<Json<T>, JsonRejection>;

fn role<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Role, D::Error> {
    let word = String::deserialize(deserializer)?;
    word.parse().map_err(|_| D::Error::custom("a role is owner, admin, guard or member"))
}

fn some_role<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Role>, D::Error> {
    role(deserializer).map(Some)
}

#[derive(Deserialize)]
struct Page {
    limit: Option<usize>,
    /// The last one that the caller has.
    after: Option<PersonId>,
}

/// Everyone with a role, by name. Where there are more, the header `link` names the next ones (RFC 8288).
async fn list(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<(HeaderMap, Json<Vec<PersonView>>), Failure> {
    let Page { limit, after } = page?.0;
    let limit = limit.unwrap_or(100).clamp(1, MOST);
    blocking(move || {
        let (service, scope) = (&app.service, &signed_in.scope);
        let people = service.users(scope, Role::Member)?;
        let total = people.len();
        let start = match after {
            Some(after) => {
                let at = people.iter().position(|person| person.id == after);
                at.ok_or(ServiceError::NotFound("user"))? + 1
            }
            None => 0,
        };
        let mut headers = HeaderMap::new();
        headers.insert("x-total-count", total.into());
        let shown: Vec<_> = people.into_iter().skip(start).take(limit).collect();
        if let Some(last) = shown.last().filter(|_| start + limit < total) {
            let next = format!("<{PEOPLE}?limit={limit}&after={}>; rel=\"next\"", last.id);
            headers.extend(HeaderValue::from_str(&next).ok().map(|next| (header::LINK, next)));
        }
        let views = shown.into_iter().map(|person| view(service, scope, person)).collect::<Result<_, _>>()?;
        Ok((headers, Json(views)))
    })
    .await
}

#[derive(Deserialize)]
struct Added {
    email: String,
    #[serde(deserialize_with = "role")]
    role: Role,
    name: Option<String>,
}

async fn add(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    body: Body<Added>,
) -> Result<(StatusCode, Json<PersonView>), Failure> {
    let Json(Added { email, role, name }) = body?;
    let added = blocking(move || {
        let person = app.service.add_user(&signed_in.scope, &NewUser { email, role, name })?;
        view(&app.service, &signed_in.scope, person)
    });
    Ok((StatusCode::CREATED, Json(added.await?)))
}

async fn one(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    Path(person): Path<String>,
) -> Result<Json<PersonView>, Failure> {
    blocking(move || {
        let person = app.service.find_user(&signed_in.scope, &id(&person)?.to_string())?;
        view(&app.service, &signed_in.scope, person)
    })
    .await
    .map(Json)
}

#[derive(Deserialize)]
struct Corrected {
    email: Option<String>,
    name: Option<String>,
    #[serde(default, deserialize_with = "some_role")]
    role: Option<Role>,
}

async fn correct(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    Path(person): Path<String>,
    body: Body<Corrected>,
) -> Result<Json<PersonView>, Failure> {
    let Json(Corrected { email, name, role }) = body?;
    blocking(move || {
        let change = Correction { email, name, role };
        let person = app.service.correct(&signed_in.scope, id(&person)?, &change)?;
        view(&app.service, &signed_in.scope, person)
    })
    .await
    .map(Json)
}

async fn revoke(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    Path(person): Path<String>,
) -> Result<Json<PersonView>, Failure> {
    blocking(move || {
        let person = id(&person)?;
        app.service.revoke(&signed_in.scope, person)?;
        view(&app.service, &signed_in.scope, app.service.person(&signed_in.scope, person)?)
    })
    .await
    .map(Json)
}

async fn restore(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    Path(person): Path<String>,
) -> Result<Json<PersonView>, Failure> {
    blocking(move || {
        let person = app.service.restore(&signed_in.scope, id(&person)?)?;
        view(&app.service, &signed_in.scope, person)
    })
    .await
    .map(Json)
}

#[derive(Serialize)]
struct Ended {
    ended: usize,
}

async fn sign_out(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    Path(person): Path<String>,
) -> Result<Json<Ended>, Failure> {
    blocking(move || app.service.sign_out_everywhere(&signed_in.scope, id(&person)?))
        .await
        .map(|ended| Json(Ended { ended }))
}

#[derive(Serialize)]
struct Assigned {
    /// Nothing is everywhere.
    sites: Option<Vec<SiteNumber>>,
}

/// The person and the site that a path names.
fn place((person, site): &(String, u64)) -> Result<(PersonId, SiteNumber), ServiceError> {
    Ok((id(person)?, SiteNumber::new(*site).ok_or(ServiceError::NotFound("site"))?))
}

async fn assign(app: State<App>, signed_in: ByPerson, path: Path<(String, u64)>) -> AssignedAnswer {
    change_sites(app, signed_in, path, Service::assign).await
}

async fn unassign(app: State<App>, signed_in: ByPerson, path: Path<(String, u64)>) -> AssignedAnswer {
    change_sites(app, signed_in, path, Service::unassign).await
}

type AssignedAnswer = Result<Json<Assigned>, Failure>;

/// What changes the sites of a person and gives those that they have then.
type ChangeSites =
    fn(&Service, &Scope, PersonId, &[SiteNumber]) -> Result<Option<Vec<SiteNumber>>, ServiceError>;

async fn change_sites(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    Path(path): Path<(String, u64)>,
    change: ChangeSites,
) -> AssignedAnswer {
    blocking(move || {
        let (person, site) = place(&path)?;
        change(&app.service, &signed_in.scope, person, &[site])
    })
    .await
    .map(|sites| Json(Assigned { sites }))
}

#[derive(Deserialize)]
struct Whose {
    person: Option<PersonId>,
}

async fn sessions(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    of: Result<Query<Whose>, QueryRejection>,
) -> Result<Json<Vec<SessionView>>, Failure> {
    let of = of?.0.person;
    blocking(move || app.service.sessions(&signed_in.scope, of)).await.map(Json)
}

async fn tokens(
    state: State<App>,
    signed_in: ByPerson,
    of: Result<Query<Whose>, QueryRejection>,
) -> Result<Json<Vec<SessionView>>, Failure> {
    let Json(mut found) = sessions(state, signed_in, of).await?;
    found.retain(|session| session.kind == "api");
    Ok(Json(found))
}

#[derive(Deserialize)]
struct TokenWanted {
    person: Option<PersonId>,
    #[serde(default)]
    name: String,
    days: Option<u32>,
}

/// A token, which is shown once.
#[derive(Serialize)]
struct Made {
    token: String,
    #[serde(flatten)]
    session: SessionView,
}

async fn make_token(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    body: Body<TokenWanted>,
) -> Result<(StatusCode, Json<Made>), Failure> {
    let Json(TokenWanted { person, name, days }) = body?;
    let person = person.unwrap_or(signed_in.person);
    let made = move || app.service.new_token(&signed_in.scope, person, &name, days.unwrap_or(TOKEN_DAYS));
    let (token, session) = blocking(made).await?;
    Ok((StatusCode::CREATED, Json(Made { token, session })))
}

async fn end(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    Path(session): Path<String>,
) -> Result<Json<SessionView>, Failure> {
    blocking(move || {
        let unknown = |_| ServiceError::NotFound("session or token");
        app.service.end_session(&signed_in.scope, session.parse::<SessionId>().map_err(unknown)?)
    })
    .await
    .map(Json)
}
