//! What is printed of a code: a card and a badge, as SVG of the paper's own size, to be printed at 100 %.
//!
//! The code takes the whole height: a visitor holds it an arm's length from the guard's phone, and there nothing but the
//! width of a module counts. What is written stands beside it, in letters as large as fit.

mod fit;

use std::fmt::Write as _;

use crate::{
    qr::{self, Correction, EncodeError},
    words::is_right_to_left,
};

use fit::fit;

/// What is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// A card for a wallet: ID-1 of ISO/IEC 7810.
    Card,
    /// A badge to be worn.
    Badge,
}

impl Paper {
    /// Width and height in millimetres.
    #[must_use]
    pub const fn size_mm(self) -> (f64, f64) {
        match self {
            Self::Card => (85.6, 53.98),
            // 3.5 by 2.25 inches.
            Self::Badge => (88.9, 57.15),
        }
    }

    /// The side of the code in millimetres, its quiet zone included.
    #[must_use]
    pub fn code_mm(self) -> f64 {
        self.size_mm().1 - 2.0 * EDGE_MM
    }
}

/// Printers lose about so much at the edge.
const EDGE_MM: f64 = 1.5;
/// From the edge to what is written, and from there to the code.
const MARGIN_MM: f64 = 3.0;
const NAME: Letters = Letters { largest: 6.4, least: 2.4, lines: 7 };
const SMALL: Letters = Letters { largest: 3.0, least: 2.2, lines: 3 };

/// The largest and the smallest letters of a paragraph, in millimetres, and the most lines.
#[derive(Clone, Copy)]
struct Letters {
    largest: f64,
    least: f64,
    lines: usize,
}

/// What stands beside the code, in the words of a language already.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// Whose code it is.
    pub organisation: &'a str,
    /// Whom it lets in.
    pub name: &'a str,
    /// What else is to be read, such as the host and how long it is good.
    pub more: &'a [String],
}

/// Draws a card or a badge with the code that says `code`.
///
/// # Errors
/// A text that makes no code.
pub fn svg(paper: Paper, code: &str, written: Written<'_>) -> Result<String, EncodeError> {
    let (width, height) = paper.size_mm();
    let side = paper.code_mm();
    let column = width - side - EDGE_MM - MARGIN_MM;
    let drawn = qr::svg(code, Correction::Medium)?;
    let drawn = drawn.trim_start_matches("<svg ");
    // A long name in large letters leaves no room for what stands below: smaller ones do.
    let (mut largest, room) = (NAME.largest, height - MARGIN_MM);
    let lines = loop {
        let lines = lay_out(written, column, largest);
        if largest <= NAME.least || lines.last().is_none_or(|last| last.y <= room) {
            break lines;
        }
        largest -= 0.4;
    };
    let mut texts = String::new();
    for Line { text, y, size, bold } in lines {
        let (x, direction) = if text.contains(is_right_to_left) { (column, "rtl") } else { (0.0, "ltr") };
        let weight = if bold { 700 } else { 400 };
        // Writing to a String cannot fail.
        let _ = write!(
            texts,
            "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size:.2}\" font-weight=\"{weight}\" \
             direction=\"{direction}\">{}</text>",
            escaped(&text)
        );
    }
    // An inner element cuts off what a wider font than expected would write into the code's quiet zone.
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" \
         viewBox=\"0 0 {width} {height}\"><path fill=\"#fff\" d=\"M0 0h{width}v{height}H0z\"/>\
         <svg x=\"{MARGIN_MM}\" width=\"{column:.2}\" height=\"{height}\" fill=\"#000\" \
         font-family=\"system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif\">{texts}</svg>\
         <svg x=\"{:.2}\" y=\"{EDGE_MM}\" width=\"{side:.2}\" height=\"{side:.2}\" {drawn}</svg>",
        width - side - EDGE_MM,
    ))
}

/// A line of a paragraph, its foot `y` millimetres below the paper's edge.
struct Line {
    text: String,
    y: f64,
    size: f64,
    bold: bool,
}

fn lay_out(written: Written<'_>, column: f64, largest: f64) -> Vec<Line> {
    let mut placed = Vec::new();
    let mut y = MARGIN_MM;
    let mut paragraph = |text: &str, letters: Letters, bold: bool| {
        // Bold letters are a tenth wider.
        let width = if bold { column / 1.1 } else { column };
        let (size, lines) = fit(text, width, letters.largest, letters.least, letters.lines);
        for text in lines {
            y += size * 1.2;
            placed.push(Line { text, y, size, bold });
        }
        y += 1.2;
    };
    paragraph(written.organisation, SMALL, false);
    paragraph(written.name, Letters { largest, ..NAME }, true);
    for line in written.more {
        paragraph(line, SMALL, false);
    }
    placed
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // No XML may hold them, escaped or not.
            character if character.is_control() => escaped.push(' '),
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(paper: Paper, name: &str) -> String {
        let more = ["Visiting Mia Member".to_owned(), "until 31 December, 18:00".to_owned()];
        let written = Written { organisation: "Oakwood <Estate> & Sons", name, more: &more };
        svg(paper, &format!("GH1:{}", "A".repeat(200)), written).expect("drawn")
    }

    #[test]
    fn a_badge_has_its_size_and_a_module_is_wide_enough_for_an_arms_length() {
        let badge = drawn(Paper::Badge, "Vera Visitor");
        assert!(badge.contains("width=\"88.9mm\" height=\"57.15mm\""), "{badge}");
        // Version 17 is the largest code of ours: 85 modules and a quiet zone of 8.
        for paper in [Paper::Badge, Paper::Card] {
            assert!(paper.code_mm() / 93.0 > 0.5, "{paper:?}");
        }
        assert!(badge.contains("&lt;Estate&gt;") && badge.contains("&amp;") && !badge.contains("AAAA"));
    }

    #[test]
    fn the_last_line_stands_on_the_paper_however_long_the_name() {
        for paper in [Paper::Badge, Paper::Card] {
            for words in 1..9 {
                let card = drawn(paper, &"Wilhelmina ".repeat(words));
                let feet =
                    card.split("<text ").skip(1).filter_map(|text| text.split('"').nth(3)?.parse().ok());
                let lowest: f64 = feet.fold(0.0, f64::max);
                assert!((20.0..=paper.size_mm().1 - EDGE_MM).contains(&lowest), "{words} {lowest}");
            }
        }
    }

    #[test]
    fn what_is_written_runs_in_its_own_direction() {
        assert!(drawn(Paper::Card, "ليلى الزائرة").contains("direction=\"rtl\">ليلى"));
        assert!(drawn(Paper::Card, "Vera\u{1}").contains("direction=\"ltr\">Vera"));
    }
}
