//! The page that everybody has who signs in with a browser.

use axum::{
    Form,
    extract::{Path, rejection::FormRejection, rejection::PathRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{
    admin::{Admin, Own, bare_problem},
    id,
};
use crate::{
    service::ServiceError,
    web::view::{Account, SessionRow},
    words::{self, Done},
};

/// The page at `/account`.
pub async fn page(Own(own): Own) -> Response {
    own.answer(|own| show(own, None)).await
}

/// What was typed, and why it was refused.
struct Refused {
    form: Introduction,
    code: &'static str,
}

fn show(own: &Admin, refused: Option<Refused>) -> Result<Response, ServiceError> {
    let (who, times) = (own.who(), &own.times);
    let person = own.service().person(own.scope(), who.person)?;
    let row = |session: crate::service::tokens::SessionView| SessionRow {
        id: session.id.to_string(),
        what: words::session(session.kind, session.name),
        since: times.moment(session.created_at),
        used: session.used_at.map(|at| times.moment(at)),
        until: times.moment(session.expires_at),
        here: session.id == who.session,
    };
    let sessions = own.service().sessions(own.scope(), Some(who.person))?.into_iter().map(row).collect();
    let error = refused.as_ref().map(|refused| refused.code.to_owned());
    let (name, typed) = refused.map_or_else(
        || (person.name.clone(), String::new()),
        |Refused { form: Introduction { name, email }, .. }| (name, email),
    );
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let email = person.email;
    let page = Account {
        words: own.words(),
        shell: own.shell(),
        language: who.language,
        role: who.role,
        email,
        name,
        typed,
        error,
        sessions,
    };
    let mut response = own.html(&page)?;
    *response.status_mut() = status;
    Ok(response)
}

/// The form of an account without an address.
#[derive(Deserialize)]
pub struct Introduction {
    name: String,
    email: String,
}

/// Gives an account that has none an address to come back with.
pub async fn introduce(Own(own): Own, form: Result<Form<Introduction>, FormRejection>) -> Response {
    let Ok(Form(form)) = form else {
        return bare_problem(own.words(), StatusCode::BAD_REQUEST, "bad_request");
    };
    own.answer(move |own| match own.service().introduce(own.scope(), &form.name, &form.email) {
        Ok(()) => Ok(Admin::done(Done::Introduced, "/")),
        Err(ServiceError::Invalid { code, .. } | ServiceError::Conflict { code, .. }) => {
            show(own, Some(Refused { form, code }))
        }
        Err(error) => Err(error),
    })
    .await
}

/// The form that chooses a language: its tag, or nothing for what the browser asks.
#[derive(Deserialize)]
pub struct Chosen {
    language: String,
}

/// Chooses the language of one's own pages.
pub async fn language(Own(own): Own, form: Result<Form<Chosen>, FormRejection>) -> Response {
    let Ok(Form(chosen)) = form else {
        return bare_problem(own.words(), StatusCode::BAD_REQUEST, "bad_request");
    };
    own.answer(move |own| {
        own.service().choose_language(own.scope(), chosen.language.parse().ok())?;
        Ok(Admin::done(Done::LanguageChosen, "/account"))
    })
    .await
}

/// Ends one of one's own sessions.
pub async fn end(Own(own): Own, path: Result<Path<String>, PathRejection>) -> Response {
    own.answer(move |own| {
        let id = id(path, "session")?;
        let theirs = own.service().sessions(own.scope(), Some(own.who().person))?;
        if theirs.iter().any(|session| session.id == id) {
            own.service().end_session(own.scope(), id)?;
        }
        Ok(Admin::done(Done::SessionEnded, "/account"))
    })
    .await
}

/// Ends all of one's own sessions, this one included.
pub async fn sign_out_everywhere(Own(own): Own) -> Response {
    own.answer(|own| {
        own.service().sign_out_everywhere(own.scope(), own.who().person)?;
        Ok(Redirect::to("/signed-out").into_response())
    })
    .await
}
