//! JSON that can travel in an HTTP header: pure ASCII, everything else escaped (reference §2.3).

use std::fmt::Write;

use serde::Serialize;

/// Writes `value` as JSON whose characters are all in `0x20..0x7f`. Others become `\uXXXX`, as UTF-16 code units:
/// two of them for a character above U+FFFF.
pub fn to_header_json<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    let json = serde_json::to_string(value)?;
    if json.bytes().all(is_safe) {
        return Ok(json);
    }
    let mut safe = String::with_capacity(json.len() * 2);
    for character in json.chars() {
        if u8::try_from(character).is_ok_and(is_safe) {
            safe.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        }
    }
    Ok(safe)
}

/// Control characters are not here to be refused: serde has escaped them already.
fn is_safe(byte: u8) -> bool {
    byte < 0x7f
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn characters_from_delete_upwards_are_escaped() {
        assert_eq!(to_header_json(&json!({"field": "ü\u{7f}"})).unwrap(), r#"{"field":"\u00fc\u007f"}"#);
    }

    #[test]
    fn characters_above_the_basic_plane_become_surrogate_pairs() {
        assert_eq!(to_header_json("😀").unwrap(), r#""\ud83d\ude00""#);
    }

    #[test]
    fn a_newline_cannot_end_the_header() {
        assert_eq!(to_header_json("a\r\nb\t\0").unwrap(), r#""a\r\nb\t\u0000""#);
    }

    #[test]
    fn what_is_written_reads_back_as_the_same_text() {
        let text = "plain \" \\ é 漢字 🧭 \u{10ffff} \u{7f} \u{80}";
        let written = to_header_json(text).unwrap();
        assert!(written.is_ascii());
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
