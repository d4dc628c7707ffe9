//! The pictures: where they are and how old.

use super::{DAYS, HOURS, Item, MINUTES, Plan};

/// The pictures that are seen first.
pub(super) fn this_year() -> Vec<Plan> {
    let fjord_path = "/Photos/2026/Fjord at dawn.jpg";
    [
        asset!("/Photos/2026/Mount Reva.webp", DAYS + 3 * HOURS, "photos/2026/mount-reva.webp"),
        asset!("/Photos/2026/Kayaks.jpg", 3 * DAYS, "photos/2026/kayaks.jpg"),
        asset!("/Photos/2026/地図 北部.png", 12 * DAYS, "photos/2026/map-of-the-north.png"),
        asset!(fjord_path, 12 * DAYS + 28 * MINUTES, "photos/2026/fjord/1-night.jpg"),
        asset!(fjord_path, 12 * DAYS, "photos/2026/fjord/2-before-dawn.jpg"),
        asset!(fjord_path, 11 * DAYS + 9 * HOURS, "photos/2026/fjord/3-noon.jpg"),
        asset!(fjord_path, DAYS + HOURS, "photos/2026/fjord/4-dusk.jpg"),
        asset!(fjord_path, 2 * HOURS, "photos/2026/fjord/5-dawn.jpg"),
        asset!("/Photos/2026/Lighthouse panorama, stitched from seven frames on the last clear evening of the season, outer skerries.jpg", DAYS + 5 * HOURS, "photos/2026/lighthouse-panorama.jpg"),
    ]
    .map(Plan::File)
    .into()
}

pub(super) fn expedition() -> Vec<Item> {
    const FOLDER_AGE: i64 = 30 * DAYS;
    vec![
        asset!(
            "/Photos/2026/Expedition 2026/Iceberg off Cape Anna.jpg",
            FOLDER_AGE + 16 * DAYS,
            "photos/expedition/iceberg.jpg"
        ),
        asset!(
            "/Photos/2026/Expedition 2026/Forest in fog.jpg",
            FOLDER_AGE + 29 * DAYS,
            "photos/expedition/forest-in-fog.jpg"
        ),
        asset!(
            "/Photos/2026/Expedition 2026/Autumn on the plateau.jpg",
            FOLDER_AGE + 12 * DAYS,
            "photos/expedition/plateau.jpg"
        ),
        asset!(
            "/Photos/2026/Expedition 2026/Geese before the moon 🌕.jpg",
            FOLDER_AGE + 25 * DAYS,
            "photos/expedition/geese.jpg"
        ),
        asset!(
            "/Photos/2026/Expedition 2026/Dunes at the river mouth.jpg",
            FOLDER_AGE + 3 * DAYS,
            "photos/expedition/dunes.jpg"
        ),
        asset!(
            "/Photos/2026/Expedition 2026/Milky Way and one lamp.jpg",
            FOLDER_AGE + 9 * DAYS,
            "photos/expedition/milky-way.jpg"
        ),
        asset!(
            "/Photos/2026/Expedition 2026/Turning light.gif",
            FOLDER_AGE + 38 * DAYS,
            "photos/expedition/turning-light.gif"
        ),
        asset!(
            "/Photos/2026/Expedition 2026/Seven ridges before sunrise.jpg",
            FOLDER_AGE,
            "photos/expedition/seven-ridges.jpg"
        ),
        asset!(
            "/Photos/2026/Expedition 2026/Aurora over the camp.jpg",
            FOLDER_AGE - DAYS,
            "photos/expedition/aurora.jpg"
        ),
    ]
}

pub(super) fn albums() -> Vec<Item> {
    const LAST_YEAR: i64 = 400 * DAYS;
    vec![
        asset!(
            "/Photos/2025/Balloons over the valley.jpg",
            LAST_YEAR + 80 * DAYS,
            "photos/2025/balloons.jpg"
        ),
        asset!("/Photos/2025/Harbour city.jpg", LAST_YEAR, "photos/2025/harbour-city.jpg"),
        asset!("/Photos/2025/Lamps on the quay.jpg", LAST_YEAR - 2 * DAYS, "photos/2025/lamps.jpg"),
        asset!("/Photos/2025/Regatta, third race.jpg", LAST_YEAR + 61 * DAYS, "photos/2025/regatta.jpg"),
        asset!("/Photos/Albums/Herbarium/Fougère mâle.png", 200 * DAYS, "photos/herbarium/fern.png"),
        asset!(
            "/Photos/Albums/Herbarium/Klatschmohn (Papaver rhoeas).png",
            190 * DAYS,
            "photos/herbarium/poppy.png"
        ),
        asset!(
            "/Photos/Albums/Herbarium/Mountain avens (Dryas octopetala).png",
            54 * DAYS,
            "photos/herbarium/mountain-avens.png"
        ),
        asset!("/Photos/Albums/Patterns/Harmonograph.png", 320 * DAYS, "photos/patterns/harmonograph.png"),
        asset!("/Photos/Albums/Patterns/Seed head.webp", 316 * DAYS, "photos/patterns/seed-head.webp"),
        asset!("/Photos/Albums/Patterns/Wind field.png", 311 * DAYS, "photos/patterns/wind-field.png"),
        asset!("/Photos/Albums/Planets/Blue world.webp", 260 * DAYS, "photos/planets/blue-world.webp"),
        asset!("/Photos/Albums/Planets/Moon.gif", 255 * DAYS, "photos/planets/moon.gif"),
        asset!("/Photos/Albums/Planets/Ringed planet.webp", 250 * DAYS, "photos/planets/ringed-planet.webp"),
        asset!("/Photos/Albums/Posters/Balance.png", 150 * DAYS, "photos/posters/balance.png"),
        asset!("/Photos/Albums/Posters/Tide.png", 149 * DAYS, "photos/posters/tide.png"),
        asset!("/Photos/Albums/Posters/Tiles.webp", 148 * DAYS, "photos/posters/tiles.webp"),
    ]
}
