//! Codes that a command takes as text or as a picture of it.

use std::path::Path;

use gatehouse_core::{qr, typed};

use super::{output::CliError, verify::read_file};

/// The text of a code that begins with `prefix`, given as it is or as a PNG or JPEG picture.
///
/// # Errors
/// A picture that cannot be read, or that shows none or several of them.
pub fn text_or_picture(given: &str, prefix: &str, what: &str) -> Result<String, CliError> {
    let text = typed::unframed(given);
    if text.starts_with(prefix) {
        return Ok(text.to_owned());
    }
    let picture = read_file(Path::new(given))?;
    let codes = qr::codes_in_picture(&picture).map_err(|error| CliError::new(error.code(), &error))?;
    let mut codes: Vec<_> = codes.into_iter().filter(|code| code.starts_with(prefix)).collect();
    codes.sort_unstable();
    codes.dedup();
    match (codes.pop(), codes.len()) {
        (Some(code), 0) => Ok(code),
        (None, _) => Err(CliError::new("no_code", format!("That picture shows no {what}."))),
        (Some(_), others) => {
            let message = format!("That picture shows {} {what}s. Use a picture of one.", others + 1);
            Err(CliError::new("several_codes", message))
        }
    }
}
