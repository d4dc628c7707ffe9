//! The pictures: where they are, how large and how old.

use super::{Content, DAYS, Format, HOURS, Item, MINUTES, Plan};
use crate::paint::encode::animate;
use crate::pictures::botany::{self, Plant};
use crate::pictures::fjord::{self, Hour};
use crate::pictures::{kayaks, layers, moving, night, patterns, posters, sea, sheets, space, wild};

/// The pictures that are seen first: quick ones before the one with many versions.
pub fn this_year() -> Vec<Plan> {
    let fjord_path = "/Photos/2026/Fjord at dawn.jpg";
    [
        picture!("/Photos/2026/Mount Reva.webp", DAYS + 3 * HOURS, 1280 x 960, WebP, wild::mount_reva),
        picture!("/Photos/2026/Kayaks.jpg", 3 * DAYS, 1200 x 1600, Jpeg, kayaks::kayaks),
        picture!("/Photos/2026/地図 北部.png", 12 * DAYS, 1600 x 1200, Png, sheets::topographic_map),
        picture!(
            fjord_path,
            12 * DAYS + 28 * MINUTES, 1440 x 1080, Jpeg, |size| fjord::fjord(Hour::Night, size)
        ),
        picture!(fjord_path, 12 * DAYS, 1440 x 1080, Jpeg, |size| fjord::fjord(Hour::BeforeDawn, size)),
        picture!(fjord_path, 11 * DAYS + 9 * HOURS, 1440 x 1080, Jpeg, |size| fjord::fjord(Hour::Noon, size)),
        picture!(fjord_path, DAYS + HOURS, 1440 x 1080, Jpeg, |size| fjord::fjord(Hour::Dusk, size)),
        picture!(fjord_path, 2 * HOURS, 2000 x 1500, Jpeg, |size| fjord::fjord(Hour::Dawn, size)),
        picture!(
            "/Photos/2026/Lighthouse panorama, stitched from seven frames on the last clear evening of the season, outer skerries.jpg",
            DAYS + 5 * HOURS, 4800 x 1600, Jpeg, sea::lighthouse_panorama
        ),
    ]
    .map(Plan::File)
    .into()
}

pub fn expedition() -> Vec<Item> {
    const FOLDER_AGE: i64 = 30 * DAYS;
    vec![
        picture!(
            "/Photos/2026/Expedition 2026/Iceberg off Cape Anna.jpg",
            FOLDER_AGE + 16 * DAYS, 1800 x 1350, Jpeg, sea::iceberg
        ),
        picture!(
            "/Photos/2026/Expedition 2026/Forest in fog.jpg",
            FOLDER_AGE + 29 * DAYS, 1500 x 2000, Jpeg, layers::forest_in_fog
        ),
        picture!(
            "/Photos/2026/Expedition 2026/Autumn on the plateau.jpg",
            FOLDER_AGE + 12 * DAYS, 2100 x 1400, Jpeg, wild::plateau
        ),
        picture!(
            "/Photos/2026/Expedition 2026/Geese before the moon 🌕.jpg",
            FOLDER_AGE + 25 * DAYS, 1600 x 1600, Jpeg, night::geese_and_moon
        ),
        picture!(
            "/Photos/2026/Expedition 2026/Dunes at the river mouth.jpg",
            FOLDER_AGE + 3 * DAYS, 2100 x 1400, Jpeg, wild::dunes
        ),
        picture!(
            "/Photos/2026/Expedition 2026/Milky Way and one lamp.jpg",
            FOLDER_AGE + 9 * DAYS, 1500 x 2000, Jpeg, night::milky_way
        ),
        Item(
            "/Photos/2026/Expedition 2026/Turning light.gif",
            FOLDER_AGE + 38 * DAYS,
            Content::Drawn(|divisor| {
                let side = |side: usize| (side / divisor as usize).max(16);
                animate(moving::turning_light((side(360), side(240)), 20), 90)
            }),
        ),
        picture!(
            "/Photos/2026/Expedition 2026/Seven ridges before sunrise.jpg",
            FOLDER_AGE, 4032 x 3024, Jpeg, layers::seven_ridges
        ),
        picture!(
            "/Photos/2026/Expedition 2026/Aurora over the camp.jpg",
            FOLDER_AGE - DAYS, 3000 x 2250, Jpeg, wild::aurora
        ),
    ]
}

pub fn albums() -> Vec<Item> {
    const LAST_YEAR: i64 = 400 * DAYS;
    vec![
        picture!(
            "/Photos/2025/Balloons over the valley.jpg",
            LAST_YEAR + 80 * DAYS, 2400 x 1800, Jpeg, layers::balloons
        ),
        picture!("/Photos/2025/Harbour city.jpg", LAST_YEAR, 2100 x 1400, Jpeg, night::harbour_city),
        picture!(
            "/Photos/2025/Lamps on the quay.jpg",
            LAST_YEAR - 2 * DAYS, 1800 x 1200, Jpeg, night::lamps_out_of_focus
        ),
        picture!(
            "/Photos/2025/Regatta, third race.jpg",
            LAST_YEAR + 61 * DAYS, 2100 x 1400, Jpeg, sea::regatta
        ),
        picture!(
            "/Photos/Albums/Herbarium/Fougère mâle.png",
            200 * DAYS, 1080 x 1440, Png, |size| botany::sheet(Plant::Fern, size)
        ),
        picture!(
            "/Photos/Albums/Herbarium/Klatschmohn (Papaver rhoeas).png",
            190 * DAYS, 1080 x 1440, Png, |size| botany::sheet(Plant::Poppy, size)
        ),
        picture!(
            "/Photos/Albums/Herbarium/Mountain avens (Dryas octopetala).png",
            54 * DAYS, 1080 x 1440, Png, |size| botany::sheet(Plant::MountainAvens, size)
        ),
        picture!(
            "/Photos/Albums/Patterns/Harmonograph.png",
            320 * DAYS, 1200 x 1200, Png, patterns::harmonograph
        ),
        picture!(
            "/Photos/Albums/Patterns/Seed head.webp",
            316 * DAYS, 1200 x 1200, WebP, patterns::seed_head
        ),
        picture!(
            "/Photos/Albums/Patterns/Wind field.png",
            311 * DAYS, 1600 x 1200, Png, patterns::wind_field
        ),
        picture!("/Photos/Albums/Planets/Blue world.webp", 260 * DAYS, 1000 x 1000, WebP, space::blue_world),
        Item(
            "/Photos/Albums/Planets/Moon.gif",
            255 * DAYS,
            Content::Drawn(|divisor| {
                let side = (200 / divisor as usize).max(16);
                animate(moving::moon_phases((side, side), 24), 90)
            }),
        ),
        picture!(
            "/Photos/Albums/Planets/Ringed planet.webp",
            250 * DAYS, 1280 x 960, WebP, space::ringed_planet
        ),
        picture!("/Photos/Albums/Posters/Balance.png", 150 * DAYS, 1050 x 1485, Png, posters::balance),
        picture!("/Photos/Albums/Posters/Tide.png", 149 * DAYS, 1050 x 1485, Png, posters::tide),
        picture!("/Photos/Albums/Posters/Tiles.webp", 148 * DAYS, 1050 x 1400, WebP, posters::tiles),
    ]
}
