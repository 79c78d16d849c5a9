//! CBOR in diagnostic notation (RFC 8949, section 8), for the snapshots.

use super::*;

/// Longest line that is not broken.
const LINE: usize = 110;

/// An envelope: header and payload are shown as the CBOR that they hold.
pub fn envelope(bytes: &[u8]) -> String {
    let parts = Value::from_bytes(bytes).expect("own envelope");
    let [Value::Bytes(header), open, Value::Bytes(payload), signature] = parts.as_array().expect("an array")
    else {
        panic!("no envelope")
    };
    let inner = |bytes: &[u8]| diagnostic(&Value::from_bytes(bytes).expect("own payload"));
    format!(
        "[<<{}>>, {}, <<{}>>, {}]",
        inner(header),
        diagnostic(open),
        inner(payload),
        diagnostic(signature)
    )
}

/// Diagnostic notation, broken over lines where it is long.
pub fn diagnostic(value: &Value) -> String {
    let line = flat(value);
    if line.chars().count() <= LINE {
        return line;
    }
    let indented = |text: String| text.replace('\n', "\n  ");
    let lines: Vec<String> = match value {
        Value::Array(items) => items.iter().map(|item| indented(diagnostic(item))).collect(),
        Value::Map(entries) => entries
            .iter()
            .map(|(key, value)| format!("{}: {}", flat(key), indented(diagnostic(value))))
            .collect(),
        _ => return line,
    };
    let (open, close) = if matches!(value, Value::Array(_)) { ('[', ']') } else { ('{', '}') };
    format!("{open}\n  {}\n{close}", lines.join(",\n  "))
}

fn flat(value: &Value) -> String {
    match value {
        Value::Uint(number) => number.to_string(),
        Value::Negative(number) => (-1 - i128::from(*number)).to_string(),
        Value::Bytes(bytes) => format!("h'{}'", hex::encode(bytes)),
        Value::Text(text) => serde_json::to_string(text).expect("text"),
        Value::Bool(value) => value.to_string(),
        Value::Null => "null".to_owned(),
        Value::Array(items) => format!("[{}]", items.iter().map(flat).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entry = |(key, value): &(Value, Value)| format!("{}: {}", flat(key), flat(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}
