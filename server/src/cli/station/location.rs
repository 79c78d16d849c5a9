use gatehouse_core::place::Fix;

/// Reads degrees north, degrees east and metres of accuracy, with commas between them.
pub fn parse(text: &str) -> Result<Fix, String> {
    let usage = || format!("{text:?} is not LAT,LON,ACCURACY, for instance 52.37022,4.89517,10");
    let [latitude, longitude, accuracy] = text.split(',').collect::<Vec<_>>()[..] else {
        return Err(usage());
    };
    let degrees = |text: &str, most: f64| {
        let degrees: f64 = text.trim().parse().ok()?;
        // Within range, millionths of a degree fit 32 bits.
        (degrees.abs() <= most).then(|| (degrees * 1e6).round() as i32)
    };
    Ok(Fix {
        latitude_e6: degrees(latitude, 90.0).ok_or_else(usage)?,
        longitude_e6: degrees(longitude, 180.0).ok_or_else(usage)?,
        accuracy_m: accuracy.trim().parse().map_err(|_| usage())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_read_in_degrees_and_nothing_else_is() {
        let fix = parse("-52.370216, 4.895168 ,10").expect("a location");
        assert_eq!((fix.latitude_e6, fix.longitude_e6, fix.accuracy_m), (-52_370_216, 4_895_168, 10));
        for wrong in ["", "1,2", "91,0,5", "0,181,5", "1,2,-3", "NaN,2,3", "1,2,3,4"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
