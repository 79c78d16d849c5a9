//! Places as they are typed: degrees north, degrees east, and metres.

use gatehouse_core::place::Fix;

/// Where a station is, and how accurately that is known.
pub fn fix(text: &str) -> Result<Fix, String> {
    let read = parse(text).map(|(latitude_e6, longitude_e6, accuracy_m)| Fix {
        latitude_e6,
        longitude_e6,
        accuracy_m,
    });
    read.ok_or_else(|| format!("{text:?} is not LAT,LON,ACCURACY, for instance 52.37022,4.89517,10"))
}

/// Where a site lies: millionths of a degree, and its radius.
pub fn circle(text: &str) -> Result<(i32, i32, u32), String> {
    parse(text).ok_or_else(|| {
        format!("{text:?} is not degrees north, degrees east and a radius in metres, like 52.3702,4.8952,150")
    })
}

fn parse(text: &str) -> Option<(i32, i32, u32)> {
    let [latitude, longitude, metres] = text.split(',').map(str::trim).collect::<Vec<_>>()[..] else {
        return None;
    };
    let degrees = |text: &str, most: f64| {
        let degrees: f64 = text.parse().ok()?;
        // In range, a millionth of a degree fits 32 bits; NaN is in no range.
        (degrees.abs() <= most).then(|| (degrees * 1e6).round() as i32)
    };
    Some((degrees(latitude, 90.0)?, degrees(longitude, 180.0)?, metres.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_read_in_degrees_and_nothing_else_is() {
        let place = fix("-52.370216, 4.895168 ,10").expect("a location");
        assert_eq!((place.latitude_e6, place.longitude_e6, place.accuracy_m), (-52_370_216, 4_895_168, 10));
        assert_eq!(circle("52.370216, -4.895168,100"), Ok((52_370_216, -4_895_168, 100)));
        for wrong in ["", "1,2", "91,0,5", "0,181,5", "1,2,-3", "NaN,2,3", "1,2,3,4"] {
            assert!(fix(wrong).is_err() && circle(wrong).is_err(), "{wrong}");
        }
    }
}
