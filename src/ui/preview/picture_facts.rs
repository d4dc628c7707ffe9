//! What a picture tells of itself, in words.

use crate::ui::format::with_decimal_sign;
use coffer_model::preview::PictureFacts;
use coffer_texts::tr;

/// "1/250 s · f/2.8 · ISO 400 · 35 mm"
pub(in crate::ui) fn exposure(facts: &PictureFacts) -> Option<String> {
    let parts = [&facts.exposure, &facts.aperture, &facts.sensitivity, &facts.focal_length];
    let parts: Vec<&str> = parts.into_iter().filter_map(|part| part.as_deref()).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// "57.1203° N, 8.6097° E"
pub(in crate::ui) fn place(facts: &PictureFacts) -> Option<String> {
    facts.place.map(|(north, east)| {
        let side = |degrees: f64, positive, negative| if degrees < 0.0 { negative } else { positive };
        let (latitude, longitude) = (
            side(north, tr!("compass-north"), tr!("compass-south")),
            side(east, tr!("compass-east"), tr!("compass-west")),
        );
        let degrees = |degrees: f64| with_decimal_sign(&format!("{:.4}", degrees.abs()));
        tr!(
            "picture-place",
            north = degrees(north),
            latitude = latitude,
            east = degrees(east),
            longitude = longitude
        )
    })
}

/// "Page 1 of 4"
pub(in crate::ui) fn pages(facts: &PictureFacts) -> Option<String> {
    facts.page_count.map(|count| tr!("picture-pages", count = count))
}

/// What has to be known of what is shown.
pub(super) fn note(facts: &PictureFacts) -> Option<String> {
    let is_cut = facts.is_cut.then(|| tr!("picture-is-cut").to_owned());
    let is_inner = || facts.is_inner.then(|| tr!("picture-is-inner").to_owned());
    is_cut.or_else(|| pages(facts)).or_else(is_inner)
}

/// The camera and how it was set, for a line.
pub(super) fn summary(facts: &PictureFacts) -> Option<String> {
    let parts: Vec<String> = [facts.camera.clone(), exposure(facts)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::{note, place, summary};
    use coffer_model::preview::PictureFacts;

    #[test]
    fn what_is_known_is_put_into_words() {
        let facts = PictureFacts {
            camera: Some("Canon EOS R6".to_owned()),
            aperture: Some("f/2.8".to_owned()),
            sensitivity: Some("ISO 400".to_owned()),
            place: Some((-57.1203, 8.6097)),
            page_count: Some(4),
            ..PictureFacts::default()
        };
        assert_eq!(place(&facts).as_deref(), Some("57.1203° S, 8.6097° E"));
        assert_eq!(summary(&facts).as_deref(), Some("Canon EOS R6 · f/2.8 · ISO 400"));
        assert_eq!(note(&facts).as_deref(), Some("Page 1 of 4"));
        let facts = PictureFacts { is_cut: true, ..facts };
        assert!(note(&facts).unwrap().starts_with("The file is incomplete"));
        let facts = PictureFacts { is_inner: true, ..PictureFacts::default() };
        assert_eq!(note(&facts).as_deref(), Some("The preview that is kept in the file"));
        assert_eq!((note(&PictureFacts::default()), summary(&PictureFacts::default())), (None, None));
    }
}
