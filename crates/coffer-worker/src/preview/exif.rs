//! What a camera notes in a picture: when, where and how it was taken. The orientation is left to the decoder.

use coffer_model::preview::PictureFacts;
use exif::{Exif, In, Reader, Tag, Value};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A longer name of a camera was made to do harm.
const MOST_CHARS: usize = 80;

/// From a TIFF-shaped block, with or without `Exif\0\0` before it.
pub(crate) fn facts(block: &[u8]) -> PictureFacts {
    let Some(exif) = read(block) else { return PictureFacts::default() };
    PictureFacts {
        taken: taken(&exif),
        camera: camera(&exif),
        lens: text(&exif, Tag::LensModel).and_then(cleaned),
        exposure: with_unit(&exif, Tag::ExposureTime),
        aperture: with_unit(&exif, Tag::FNumber),
        sensitivity: number(&exif, Tag::PhotographicSensitivity).map(|number| format!("ISO {number}")),
        focal_length: with_unit(&exif, Tag::FocalLength),
        place: place(&exif),
        ..PictureFacts::default()
    }
}

fn read(block: &[u8]) -> Option<Exif> {
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    // Of a damaged block the fields that can be read are used.
    Reader::new()
        .continue_on_error(true)
        .read_raw(block.to_vec())
        .or_else(|error| error.distill_partial_result(|_| {}))
        .ok()
}

/// A time without a zone is taken to be in the one of this computer.
fn taken(exif: &Exif) -> Option<Timestamp> {
    let written = text(exif, Tag::DateTimeOriginal).or_else(|| text(exif, Tag::DateTime))?;
    let when = DateTime::strptime("%Y:%m:%d %H:%M:%S", written.trim()).ok()?;
    let zone = text(exif, Tag::OffsetTimeOriginal)
        .and_then(|offset| jiff::fmt::strtime::parse("%:z", offset.trim()).ok()?.offset())
        .map_or_else(TimeZone::system, TimeZone::fixed);
    when.to_zoned(zone).ok().map(|zoned| zoned.timestamp())
}

/// The maker is left out where the name of the model begins with it.
fn camera(exif: &Exif) -> Option<String> {
    let maker = text(exif, Tag::Make).and_then(cleaned);
    let model = text(exif, Tag::Model).and_then(cleaned);
    match (maker, model) {
        (Some(maker), Some(model)) => {
            let first = maker.split(' ').next().unwrap_or_default().to_lowercase();
            Some(if model.to_lowercase().starts_with(&first) { model } else { format!("{maker} {model}") })
        }
        (maker, model) => model.or(maker),
    }
}

fn cleaned(written: &str) -> Option<String> {
    let cleaned: String =
        written.trim().chars().filter(|letter| !letter.is_control()).take(MOST_CHARS).collect();
    (!cleaned.is_empty()).then_some(cleaned)
}

/// "1/250 s", "f/2.8", "35 mm"
fn with_unit(exif: &Exif, tag: Tag) -> Option<String> {
    let field = exif.get_field(tag, In::PRIMARY)?;
    // What is divided by nothing was not known to the camera.
    let is_known = matches!(&field.value, Value::Rational(numbers)
        if numbers.first().is_some_and(|number| number.denom != 0 && number.num != 0));
    is_known.then(|| field.display_value().with_unit(exif).to_string())
}

fn number(exif: &Exif, tag: Tag) -> Option<u32> {
    exif.get_field(tag, In::PRIMARY)?.value.get_uint(0)
}

/// Degrees north and east.
fn place(exif: &Exif) -> Option<(f64, f64)> {
    let angle = |tag, reference, negative| {
        let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
        let [degrees, minutes, seconds] = parts.get(..3)? else { return None };
        let degrees = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
        let sign = if text(exif, reference)?.trim() == negative { -1.0 } else { 1.0 };
        Some(degrees * sign).filter(|degrees| degrees.is_finite() && degrees.abs() <= 180.0)
    };
    angle(Tag::GPSLatitude, Tag::GPSLatitudeRef, "S").zip(angle(Tag::GPSLongitude, Tag::GPSLongitudeRef, "W"))
}

fn text(exif: &Exif, tag: Tag) -> Option<&str> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => std::str::from_utf8(texts.first()?).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::facts;
    use coffer_model::preview::PictureFacts;
    use exif::experimental::Writer;
    use exif::{Field, In, Rational, Tag, Value};
    use std::io::Cursor;

    fn field(tag: Tag, value: Value) -> Field {
        Field { tag, ifd_num: In::PRIMARY, value }
    }

    fn ascii(tag: Tag, text: &str) -> Field {
        field(tag, Value::Ascii(vec![text.as_bytes().to_vec()]))
    }

    fn rational(tag: Tag, parts: &[(u32, u32)]) -> Field {
        field(tag, Value::Rational(parts.iter().map(|&(num, denom)| Rational { num, denom }).collect()))
    }

    fn block(fields: &[Field]) -> Vec<u8> {
        let mut writer = Writer::new();
        for field in fields {
            writer.push_field(field);
        }
        let mut bytes = Cursor::new(Vec::new());
        writer.write(&mut bytes, true).unwrap();
        bytes.into_inner()
    }

    fn photograph() -> Vec<u8> {
        block(&[
            ascii(Tag::Make, "Canon"),
            ascii(Tag::Model, "Canon EOS R6"),
            ascii(Tag::LensModel, "RF35mm F1.8 MACRO"),
            ascii(Tag::DateTimeOriginal, "2024:07:14 18:30:05"),
            ascii(Tag::OffsetTimeOriginal, "+02:00"),
            rational(Tag::ExposureTime, &[(1, 250)]),
            rational(Tag::FNumber, &[(28, 10)]),
            rational(Tag::FocalLength, &[(35, 1)]),
            field(Tag::PhotographicSensitivity, Value::Short(vec![400])),
            ascii(Tag::GPSLatitudeRef, "N"),
            rational(Tag::GPSLatitude, &[(57, 1), (7, 1), (12, 1)]),
            ascii(Tag::GPSLongitudeRef, "W"),
            rational(Tag::GPSLongitude, &[(8, 1), (30, 1), (0, 1)]),
        ])
    }

    #[test]
    fn what_a_camera_notes_is_read() {
        for block in [photograph(), [b"Exif\0\0".as_slice(), &photograph()].concat()] {
            let found = facts(&block);
            assert_eq!(found.taken.unwrap().to_string(), "2024-07-14T16:30:05Z");
            let words = [&found.camera, &found.lens, &found.exposure, &found.aperture, &found.sensitivity];
            let words = words.map(|word| word.as_deref().unwrap_or_default());
            assert_eq!(words, ["Canon EOS R6", "RF35mm F1.8 MACRO", "1/250 s", "f/2.8", "ISO 400"]);
            assert_eq!(found.focal_length.as_deref(), Some("35 mm"));
            let (north, east) = found.place.unwrap();
            assert!((north - 57.12).abs() < 1e-9 && (east + 8.5).abs() < 1e-9, "{north} {east}");
        }
    }

    #[test]
    fn what_a_camera_did_not_know_is_left_out() {
        let fields = [
            ascii(Tag::Make, "  "),
            ascii(Tag::Model, "DMC-TZ10\0\0"),
            rational(Tag::ExposureTime, &[(0, 0)]),
            rational(Tag::GPSLatitude, &[(57, 1), (7, 0), (12, 0)]),
            ascii(Tag::GPSLatitudeRef, "N"),
        ];
        let expected = PictureFacts { camera: Some("DMC-TZ10".to_owned()), ..PictureFacts::default() };
        assert_eq!(facts(&block(&fields)), expected);
    }

    #[test]
    fn no_cut_or_twisted_block_does_harm() {
        let whole = photograph();
        for length in 0..whole.len() {
            let _ = facts(&whole[..length]);
        }
        for place in 0..whole.len() {
            let mut twisted = whole.clone();
            twisted[place] = 0xff;
            let _ = facts(&twisted);
        }
        assert_eq!(facts(b""), PictureFacts::default());
    }
}
