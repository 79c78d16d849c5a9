//! Holds what the station saw against what the server's API says.

use std::collections::BTreeMap;

use gatehouse_core::{
    device::{Http, drive},
    network::{Client, Steps},
    wire::{EventView, path},
};

use super::{DemoError, PATIENCE_MS, guard::Step, office::Office};

/// What the server says otherwise, in words, and how many events it shows.
///
/// # Errors
/// An API that does not answer.
pub fn with_server(office: &Office, url: &str, steps: &[Step]) -> Result<(Vec<String>, usize), DemoError> {
    let token = office.admin_token()?;
    let path = format!("{}?limit=500", path::EVENTS);
    let asked = Steps::new(|line| async move {
        Client::new(&line, url).with_bearer(&token).get(&path, line.in_ms(PATIENCE_MS)).await
    });
    let events: Vec<EventView> = drive(&Http::default(), asked)?;
    let count = events.len();
    let by_id: BTreeMap<_, _> = events.into_iter().map(|event| (event.event, event)).collect();
    let mut differences = Vec::new();
    for step in steps {
        let Some(id) = step.event else { continue };
        let Some(event) = by_id.get(&id) else {
            differences.push(format!("{}: the server does not have it", step.step));
            continue;
        };
        let mut compare = |what: &str, station: String, server: String| {
            if station != server {
                differences.push(format!(
                    "{}: {what} is {station} at the station, {server} at the server",
                    step.step
                ));
            }
        };
        let verdict = |verdict: Option<gatehouse_core::decision::Verdict>| format!("{verdict:?}");
        compare("the verdict", verdict(step.verdict), verdict(event.verdict));
        if step.verdict.is_some() {
            let code = event.code.as_ref().map(|code| code.word().to_owned());
            compare("the code", step.code.clone(), code.unwrap_or_default());
        }
        compare("the decision", format!("{:?}", step.granted), format!("{:?}", event.granted));
        compare("the name", format!("{:?}", step.name), format!("{:?}", event.name));
    }
    Ok((differences, count))
}
