//! Personal data of an entry, which stands only in its sealed part.

use super::map;
use crate::{cbor::Value, id::Digest32, place::Fix};

/// Personal data of an entry: stands only in the sealed part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Personal {
    /// Whose name was shown or typed.
    pub name: Option<String>,
    /// A reason or note.
    pub note: Option<String>,
    /// Where the phone was.
    pub fix: Option<Fix>,
    /// SHA-256 of a photo, uploaded apart.
    pub photo: Option<Digest32>,
    /// Whom a visitor without a code says they visit.
    pub host: Option<String>,
}

impl Personal {
    pub(super) fn to_value(&self) -> Value {
        let fix = self.fix.map(|fix| {
            let degrees = |e6: i32| Value::int(e6.into());
            Value::Array(vec![
                degrees(fix.latitude_e6),
                degrees(fix.longitude_e6),
                Value::Uint(fix.accuracy_m.into()),
            ])
        });
        let fields = [
            (1, self.name.as_deref().map(Value::from)),
            (2, self.note.as_deref().map(Value::from)),
            (3, fix),
            (4, self.photo.map(|photo| photo.as_bytes().as_slice().into())),
            (5, self.host.as_deref().map(Value::from)),
        ];
        map(fields)
    }

    /// Reads an opened sealed part; what is laid out otherwise is passed over.
    #[must_use]
    pub fn from_value(value: &Value) -> Self {
        let text = |key| value.get(key).and_then(Value::as_text).map(str::to_owned);
        let fix = || {
            let [latitude, longitude, accuracy, ..] = value.get(3)?.as_array()? else { return None };
            Some(Fix {
                latitude_e6: latitude.as_int()?.try_into().ok()?,
                longitude_e6: longitude.as_int()?.try_into().ok()?,
                accuracy_m: accuracy.as_uint()?.try_into().ok()?,
            })
        };
        let photo =
            value.get(4).and_then(Value::as_bytes).and_then(|bytes| bytes.try_into().ok()).map(Digest32);
        Self { name: text(1), note: text(2), fix: fix(), photo, host: text(5) }
    }
}
