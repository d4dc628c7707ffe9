//! All files that are made, by their path below `assets/sample`.

use crate::paint::encode::Format::{Jpeg, Png, WebP};
use crate::paint::encode::{animate, encode};
use crate::pictures::botany::{self, Plant};
use crate::pictures::fjord::{self, Hour};
use crate::pictures::{kayaks, layers, moving, night, patterns, posters, sea, sheets, space, wild};

mod papers;

/// The bytes of one file.
pub(crate) type Make = fn() -> Vec<u8>;

/// A still picture. Sizes are chosen so that all files together have at most 3 MB.
macro_rules! picture {
    ($file:literal, $width:literal x $height:literal, $format:ident, $paint:expr) => {
        ($file, || encode(&$paint(($width, $height)), $format))
    };
}

/// All files and how each is made.
pub(crate) fn files() -> Vec<(&'static str, Make)> {
    [&PICTURES[..], &papers::PAPERS[..]].concat()
}

const PICTURES: [(&str, Make); 39] = [
    picture!("photos/2026/mount-reva.webp", 360 x 270, WebP, wild::mount_reva),
    picture!("photos/2026/kayaks.jpg", 780 x 1040, Jpeg, kayaks::kayaks),
    picture!("photos/2026/map-of-the-north.png", 420 x 315, Png, sheets::topographic_map),
    picture!("photos/2026/fjord/1-night.jpg", 640 x 480, Jpeg, |size| fjord::fjord(Hour::Night, size)),
    picture!("photos/2026/fjord/2-before-dawn.jpg", 640 x 480, Jpeg, |size| fjord::fjord(Hour::BeforeDawn, size)),
    picture!("photos/2026/fjord/3-noon.jpg", 640 x 480, Jpeg, |size| fjord::fjord(Hour::Noon, size)),
    picture!("photos/2026/fjord/4-dusk.jpg", 640 x 480, Jpeg, |size| fjord::fjord(Hour::Dusk, size)),
    picture!("photos/2026/fjord/5-dawn.jpg", 1440 x 1080, Jpeg, |size| fjord::fjord(Hour::Dawn, size)),
    picture!("photos/2026/lighthouse-panorama.jpg", 2100 x 700, Jpeg, sea::lighthouse_panorama),
    picture!("photos/expedition/iceberg.jpg", 1200 x 900, Jpeg, sea::iceberg),
    picture!("photos/expedition/forest-in-fog.jpg", 900 x 1200, Jpeg, layers::forest_in_fog),
    picture!("photos/expedition/plateau.jpg", 1080 x 720, Jpeg, wild::plateau),
    picture!("photos/expedition/geese.jpg", 840 x 840, Jpeg, night::geese_and_moon),
    picture!("photos/expedition/dunes.jpg", 1200 x 800, Jpeg, wild::dunes),
    picture!("photos/expedition/milky-way.jpg", 750 x 1000, Jpeg, night::milky_way),
    ("photos/expedition/turning-light.gif", || animate(moving::turning_light((150, 100), 16), 90)),
    picture!("photos/expedition/seven-ridges.jpg", 1600 x 1200, Jpeg, layers::seven_ridges),
    picture!("photos/expedition/aurora.jpg", 1200 x 900, Jpeg, wild::aurora),
    picture!("photos/2025/balloons.jpg", 1080 x 810, Jpeg, layers::balloons),
    picture!("photos/2025/harbour-city.jpg", 960 x 640, Jpeg, night::harbour_city),
    picture!("photos/2025/lamps.jpg", 1020 x 680, Jpeg, night::lamps_out_of_focus),
    picture!("photos/2025/regatta.jpg", 960 x 640, Jpeg, sea::regatta),
    picture!("photos/herbarium/fern.png", 300 x 400, Png, |size| botany::sheet(Plant::Fern, size)),
    picture!("photos/herbarium/poppy.png", 300 x 400, Png, |size| botany::sheet(Plant::Poppy, size)),
    picture!("photos/herbarium/mountain-avens.png", 300 x 400, Png, |size| botany::sheet(Plant::MountainAvens, size)),
    picture!("photos/patterns/harmonograph.png", 360 x 360, Png, patterns::harmonograph),
    picture!("photos/patterns/seed-head.webp", 300 x 300, WebP, patterns::seed_head),
    picture!("photos/patterns/wind-field.png", 280 x 210, Png, patterns::wind_field),
    picture!("photos/planets/blue-world.webp", 300 x 300, WebP, space::blue_world),
    ("photos/planets/moon.gif", || animate(moving::moon_phases((100, 100), 20), 90)),
    picture!("photos/planets/ringed-planet.webp", 400 x 300, WebP, space::ringed_planet),
    picture!("photos/posters/balance.png", 600 x 848, Png, posters::balance),
    picture!("photos/posters/tide.png", 600 x 848, Png, posters::tide),
    picture!("photos/posters/tiles.webp", 480 x 640, WebP, posters::tiles),
    picture!("photos/test-shot.jpg", 450 x 300, Jpeg, night::lamps_out_of_focus),
    picture!("documents/reports/temperature.png", 960 x 540, Png, sheets::temperature_chart),
    picture!("projects/identity/badge.png", 448 x 448, Png, sheets::badge),
    ("projects/fox/fox.png", || encode(&moving::fox(64, false), Png)),
    // Eyes open most of the time, as with any fox.
    ("projects/fox/fox-blinks.gif", || animate((0..12).map(|frame| moving::fox(160, frame == 9)), 160)),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::{Path, PathBuf};

    fn assets() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/sample")
    }

    #[test]
    fn every_file_that_is_made_is_shipped() {
        for (name, _) in files() {
            assert!(assets().join(name).is_file(), "{name} is missing: cargo run -p make-samples");
        }
    }

    #[test]
    fn the_files_that_are_made_quickly_are_the_shipped_ones() {
        for (name, make) in files() {
            let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
            let is_quick = matches!(extension, Some("pdf" | "zip")) || name.starts_with("projects/fox/");
            if is_quick || name.ends_with("-latin1.txt") {
                let shipped = std::fs::read(assets().join(name)).unwrap();
                // How well a PNG is packed depends on what else is built with the library that packs it.
                let is_same = if extension == Some("png") {
                    image::load_from_memory(&make()).unwrap() == image::load_from_memory(&shipped).unwrap()
                } else {
                    make() == shipped
                };
                assert!(is_same, "{name}");
            }
        }
    }
}
