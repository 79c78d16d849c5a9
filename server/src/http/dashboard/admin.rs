//! Who looks at the dashboard, and how every page is made for them.

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use gatehouse_core::{hex, role::Role, words::role};

use super::{notice, times::Times};
use crate::{
    http::{
        App, Failure, blocking,
        browser::{Signed, session_token},
        lanes::run_blocking,
    },
    secrets::random,
    service::{Scope, Service, ServiceError, auth::SignedIn},
    store::organisation::Organisation,
    web::view::{AppKind, Notice, Section, Shell, Words, problem_page},
    words::Done,
};

const HX_REQUEST: HeaderName = HeaderName::from_static("hx-request");
const HX_REDIRECT: HeaderName = HeaderName::from_static("hx-redirect");

/// Someone who is signed in with a browser and may use the dashboard. Others get a page that says what to do.
pub struct Admin {
    app: App,
    token: String,
    signed_in: SignedIn,
    organisation: Organisation,
    notice: Option<Notice>,
    words: Words,
    /// Whether the program of the apps for browsers is here.
    has_apps: bool,
    /// Times in the organisation's zone.
    pub times: Times,
}

/// Someone who is signed in with a browser, whatever their role.
pub struct Own(pub Admin);

impl FromRequestParts<App> for Own {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        Admin::signed_in(parts, app).await.map(Self)
    }
}

impl FromRequestParts<App> for Admin {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let admin = Self::signed_in(parts, app).await?;
        match admin.may_look() {
            true => Ok(admin),
            // Whoever signs in comes here first, and has a page of their own.
            false if parts.uri.path() == "/" => Err(Redirect::to("/account").into_response()),
            false => Err(admin.problem(StatusCode::FORBIDDEN, "not_allowed")),
        }
    }
}

impl Admin {
    async fn signed_in(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let token = session_token(app, &parts.headers).unwrap_or_default();
        let Ok(words) = Words::from_request_parts(parts, app).await;
        let signed_in = match Signed::from_request_parts(parts, app).await {
            Ok(Signed(signed_in)) => signed_in,
            Err(response) if !response.status().is_redirection() => {
                return Err(bare_problem(words, response.status(), "unavailable"));
            }
            Err(_) => return Err(to_sign_in(&parts.headers)),
        };
        let (service, scope) = (app.service.clone(), signed_in.scope);
        let organisation = app.limits.count(&scope).map_err(Failure::from);
        let organisation = match organisation {
            Ok(()) => blocking(move || service.organisation(scope.org)).await,
            Err(failure) => Err(failure),
        };
        let organisation =
            organisation.map_err(|failure| bare_problem(words, failure.status(), failure.code()))?;
        let words = signed_in.language.map_or(words, Words);
        let times = Times::new(&organisation.time_zone, app.service.now(), words);
        let notice = notice::told(&parts.headers);
        let has_apps = app.web.program().await.is_some();
        Ok(Self { app: app.clone(), token, signed_in, organisation, notice, words, has_apps, times })
    }
}

/// To the page for signing in. A script that asked for a part of a page must lead the whole window there.
fn to_sign_in(headers: &HeaderMap) -> Response {
    if headers.contains_key(&HX_REQUEST) {
        return (StatusCode::UNAUTHORIZED, [(HX_REDIRECT, "/sign-in")]).into_response();
    }
    Redirect::to("/sign-in").into_response()
}

/// Whether a role may use the dashboard.
pub fn is_admin(signed_in: &SignedIn) -> bool {
    signed_in.role >= Role::Admin
}

impl Admin {
    fn may_look(&self) -> bool {
        is_admin(&self.signed_in)
    }

    /// For whom the services are asked.
    pub const fn scope(&self) -> &Scope {
        &self.signed_in.scope
    }

    /// Who is signed in.
    pub const fn who(&self) -> &SignedIn {
        &self.signed_in
    }

    /// The services.
    pub const fn service(&self) -> &Service {
        &self.app.service
    }

    /// What handlers can reach.
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// The session's token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The organisation.
    pub const fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// The language of the person's pages.
    pub const fn words(&self) -> Words {
        self.words
    }

    /// What surrounds a page.
    pub fn shell(&self) -> Shell {
        let sections = [Section::Home, Section::Activity, Section::OnSite, Section::Invitations];
        let is_theirs = |app: &AppKind| self.has_apps && app.is_for(self.signed_in.role);
        let apps = AppKind::ALL.into_iter().filter(is_theirs).collect();
        Shell {
            organisation: self.organisation.name.clone(),
            user: self.signed_in.name.clone(),
            role: role(self.signed_in.role),
            sections: if self.may_look() { sections.to_vec() } else { Vec::new() },
            apps,
            notice: self.notice,
        }
    }

    /// Does a page's work where blocking does no harm, and makes a page of what went wrong.
    pub async fn answer<F>(self, work: F) -> Response
    where
        F: FnOnce(&Self) -> Result<Response, ServiceError> + Send + 'static,
    {
        let words = self.words;
        let done = run_blocking(move || work(&self).unwrap_or_else(|error| self.failed(error)));
        done.await.unwrap_or_else(|failure| bare_problem(words, failure.status(), failure.code()))
    }

    /// A page as an answer. What was done before has been told with it.
    pub fn html(&self, page: &impl Template) -> Result<Response, ServiceError> {
        let mut response = rendered(page)?;
        if self.notice.is_some() {
            response.headers_mut().extend(notice::forget().map(|cookie| (header::SET_COOKIE, cookie)));
        }
        Ok(response)
    }

    /// Leads to the next page, which tells what was done.
    pub fn done(done: Done, address: &str) -> Response {
        let mut response = Redirect::to(address).into_response();
        response.headers_mut().extend(notice::tell(done).map(|cookie| (header::SET_COOKIE, cookie)));
        response
    }

    /// The page for a failure of the services.
    pub fn failed(&self, error: ServiceError) -> Response {
        let inside = error.to_string();
        let failure = Failure::from(error);
        let incident = (failure.status() == StatusCode::INTERNAL_SERVER_ERROR).then(|| incident(&inside));
        let code = match failure.code() {
            "forbidden" | "not_assigned" => "not_allowed",
            "photo_unknown" => "not_found",
            code => code,
        };
        problem(self.words, Some(self.shell()), failure.status(), code, incident)
    }

    /// The page for a problem by its code.
    pub fn problem(&self, status: StatusCode, code: &str) -> Response {
        problem(self.words, Some(self.shell()), status, code, None)
    }
}

/// A template as an answer.
pub fn rendered(page: &impl Template) -> Result<Response, ServiceError> {
    let html = page.render().map_err(|error| ServiceError::Core(error.to_string()))?;
    Ok(Html(html).into_response())
}

/// A short text by which support finds the cause in the log.
fn incident(inside: &str) -> String {
    let incident = hex::encode(&random::<5>().unwrap_or_default());
    tracing::error!(incident, "a page failed: {inside}");
    incident
}

/// The page for a problem of someone who is not signed in.
pub fn bare_problem(words: Words, status: StatusCode, code: &str) -> Response {
    problem(words, None, status, code, None)
}

fn problem(
    words: Words,
    shell: Option<Shell>,
    status: StatusCode,
    code: &str,
    incident: Option<String>,
) -> Response {
    let mut response = match problem_page(words, shell, code, incident) {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, code.to_owned()).into_response(),
    };
    if status == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    response
}
