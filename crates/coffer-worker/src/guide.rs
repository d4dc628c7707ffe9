//! The guide: the pages of `docs/guide` and the pictures in them are parts of the program, so that it is there without a
//! network, in the version that belongs to the program.

use super::blocking;
use super::context::JobError;
use super::preview::{markdown_with_colors, picture_inside};
use coffer_model::guide::GuidePage;
use coffer_model::{MarkdownPicture, MarkdownPreview, Receipt};
use std::sync::Arc;

/// A page with its pictures decoded and its code in colours.
pub(crate) async fn read(page: GuidePage) -> Result<Receipt, JobError> {
    Ok(Receipt::GuideRead(blocking(move || Arc::new(read_page(page))).await?))
}

fn read_page(page: GuidePage) -> MarkdownPreview {
    let source = source(page);
    let mut text = markdown_with_colors(source.into());
    text.pictures = PICTURES
        .iter()
        .filter(|(destination, _)| source.contains(destination))
        .filter_map(|(destination, bytes)| picture(destination, bytes))
        .collect();
    text
}

fn picture(destination: &str, bytes: &[u8]) -> Option<MarkdownPicture> {
    picture_inside(bytes, destination.to_owned())
}

fn source(page: GuidePage) -> &'static str {
    match page {
        GuidePage::FirstSteps => include_str!("../../../docs/guide/first-steps.md"),
        GuidePage::Files => include_str!("../../../docs/guide/files.md"),
        GuidePage::Transfers => include_str!("../../../docs/guide/transfers.md"),
        GuidePage::VersionsAndTime => include_str!("../../../docs/guide/versions-and-time.md"),
        GuidePage::Sharing => include_str!("../../../docs/guide/sharing.md"),
        GuidePage::Overview => include_str!("../../../docs/guide/overview.md"),
        GuidePage::CommandLine => include_str!("../../../docs/guide/command-line.md"),
        GuidePage::LocalAccount => include_str!("../../../docs/guide/local-account.md"),
        GuidePage::Keys => include_str!("../../../docs/guide/keys.md"),
        GuidePage::Privacy => include_str!("../../../docs/guide/privacy.md"),
    }
}

/// A picture as the pages name it, and its file.
macro_rules! picture {
    ($path:literal) => {
        (concat!("../../", $path), include_bytes!(concat!("../../../", $path)))
    };
}

const PICTURES: [(&str, &[u8]); 14] = [
    picture!("assets/shots/bring-back-dark.png"),
    picture!("assets/shots/list-light.png"),
    picture!("assets/shots/past-light.png"),
    picture!("assets/shots/versions-dark.png"),
    picture!("tests/pictures/changes-light.png"),
    picture!("tests/pictures/compare-light.png"),
    picture!("tests/pictures/deleted-light.png"),
    picture!("tests/pictures/first-start-light.png"),
    picture!("tests/pictures/preview-pages.png"),
    picture!("tests/pictures/relocation-light.png"),
    picture!("tests/pictures/search-light.png"),
    picture!("tests/pictures/share-light.png"),
    picture!("tests/pictures/space-light.png"),
    picture!("tests/pictures/transfers-light.png"),
];

#[cfg(test)]
mod tests {
    use super::{PICTURES, read_page, source};
    use coffer_model::guide::GuidePage;
    use coffer_model::markdown::read_markdown;
    use pulldown_cmark::{Event, Tag};

    #[test]
    fn every_page_has_its_title_and_all_its_pictures() {
        for page in GuidePage::ALL {
            let text = read_page(page);
            assert!(text.source.starts_with("# "), "{page:?}");
            let named = read_markdown(&text.source).filter_map(|(event, _)| match event {
                Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url),
                _ => None,
            });
            for destination in named {
                assert!(text.picture(&destination).is_some(), "{page:?} shows {destination}");
            }
        }
    }

    #[test]
    fn every_picture_is_on_a_page() {
        for (destination, _) in PICTURES {
            let is_shown = |page: &GuidePage| source(*page).contains(destination);
            assert!(GuidePage::ALL.iter().any(is_shown), "{destination}");
        }
    }

    #[test]
    fn links_between_the_pages_lead_to_a_page() {
        for page in GuidePage::ALL {
            for (event, _) in read_markdown(source(page)) {
                let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
                let leads = dest_url.starts_with("https://")
                    || dest_url.starts_with("../../")
                    || GuidePage::linked(&dest_url).is_some();
                assert!(leads, "{page:?} links to {dest_url}");
            }
        }
    }
}
