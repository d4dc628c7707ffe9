//! Previews of fonts: a page with their letters.

use super::previewed::preview_up_to;
use coffer_model::Entry;
use coffer_model::message::{Job, Update};
use coffer_model::preview::{PagePart, PreviewBody};
use coffer_stdx::fonts;
use coffer_testing::house::House;

/// The longest side that is asked for, in pixels.
const SIDE: u32 = 840;

/// How much of a page is not white, in thousandths.
fn ink(house: &mut House, entry: &Entry) -> usize {
    let part = PagePart { page: 0, page_width: 840, column: 0, row: 0 };
    let ended = house.run(Job::PagePart { entry: entry.clone(), part });
    match ended.updates.as_slice() {
        [Update::PagePart { pixels: Some(pixels), .. }] => {
            pixels.rgba.iter().filter(|pixel| pixel[0] < 128).count() * 1000 / pixels.rgba.len()
        }
        other => panic!("a part is told: {other:?}"),
    }
}

#[test]
fn a_font_shows_its_letters_on_a_page() {
    let mut house = House::new();
    let regular = house.put("/Regular.otf", fonts::INTER_REGULAR.to_vec());
    match preview_up_to(&mut house, &regular, SIDE) {
        PreviewBody::Pages(pages) => {
            assert!(pages.has_paper && pages.pages.len() == 1 && pages.first_page.is_some());
        }
        other => panic!("it has a page: {other:?}"),
    }
    let bold = house.put("/Semibold.otf", fonts::INTER_SEMIBOLD.to_vec());
    let (regular, bold) = (ink(&mut house, &regular), ink(&mut house, &bold));
    assert!(regular > 20 && bold > regular, "each is drawn with its own letters: {regular} {bold}");
}

#[test]
fn a_damaged_font_says_so_and_does_no_harm() {
    let mut house = House::new();
    let damaged = PreviewBody::None { reason: "This font is damaged or incomplete.".to_owned() };
    let whole = fonts::INTER_TABULAR;
    for (name, bytes) in [("/noise.ttf", &[7; 4000][..]), ("/cut.otf", &whole[..200])] {
        let entry = house.put(name, bytes.to_vec());
        assert_eq!(preview_up_to(&mut house, &entry, SIDE), damaged, "{name}");
    }
    for place in (0..whole.len() - 16).step_by(whole.len() / 12) {
        let mut changed = whole.to_vec();
        changed[place..place + 16].fill(0xff);
        let entry = house.put(&format!("/{place}.otf"), changed);
        preview_up_to(&mut house, &entry, SIDE);
    }
}
