//! Small pieces of markup that templates use everywhere.

use std::borrow::Borrow;

use askama::Template;
use askama::filters::Safe;

use super::Moment;
use crate::web::assets;

/// An icon of the sprite; always beside a word, so it is hidden from assistive technology.
#[derive(Debug, Template)]
#[template(
    ext = "html",
    source = r##"<svg class="icon" aria-hidden="true" focusable="false"><use href="{{ sprite }}#{{ name }}"/></svg>"##
)]
struct Icon<'a> {
    sprite: String,
    name: &'a str,
}

/// A time: short in the text, exact in the title, fit for machines in the attribute.
#[derive(Debug, Template)]
#[template(
    ext = "html",
    source = r#"<time datetime="{{ at.iso }}" title="{{ at.exact }}" dir="auto" data-relative>{{ at.relative }}</time>"#
)]
struct Stamp<'a> {
    at: &'a Moment,
}

/// Markup of an icon.
pub(super) fn icon(name: &str) -> Safe<String> {
    let icon = Icon { sprite: assets::url("icons.svg"), name };
    Safe(icon.render().unwrap_or_default())
}

/// Markup of a time.
pub(super) fn stamp(at: &Moment) -> Safe<String> {
    Safe(Stamp { at }.render().unwrap_or_default())
}

/// A number with a comma at every third digit.
pub(super) fn grouped(number: impl Borrow<u64>) -> String {
    let digits = number.borrow().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The ending of a plural.
pub(super) fn s(number: impl Borrow<u64>) -> &'static str {
    if *number.borrow() == 1 { "" } else { "s" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1000), "1,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
