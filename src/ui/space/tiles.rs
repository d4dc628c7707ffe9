//! The tiles of a map: where each block is drawn, folders with what is in them below their name.

use super::treemap::squarified;
use coffer_model::{SpaceBlock, SpaceMap};
use egui::{Rect, vec2};

/// A folder's name above what is in it.
pub(super) const HEAD: f32 = 22.0;
/// Between tiles, and around what is in a folder.
const GAP: f32 = 2.0;
const PADDING: f32 = 3.0;
/// A folder of at least this size shows what is in it; with this one its name as well.
const LEAST_OPEN: egui::Vec2 = vec2(14.0, 14.0);
const LEAST_HEAD: egui::Vec2 = vec2(56.0, 52.0);
/// What is narrower is not drawn: it can be neither seen nor hit.
const LEAST_SIDE: f32 = 2.0;

pub(super) struct Tile<'a> {
    pub block: &'a SpaceBlock,
    pub rect: Rect,
    /// A folder that is drawn around what is in it.
    pub is_open: bool,
    /// An open folder has room for its name.
    pub has_head: bool,
}

/// All tiles, each folder before what is in it.
pub(super) fn tiles(map: &SpaceMap, frame: Rect) -> Vec<Tile<'_>> {
    let mut tiles = Vec::new();
    place(&map.blocks, frame, &mut tiles);
    tiles
}

fn place<'a>(blocks: &'a [SpaceBlock], frame: Rect, tiles: &mut Vec<Tile<'a>>) {
    let sizes: Vec<u64> = blocks.iter().map(|block| block.bytes).collect();
    for (block, whole) in blocks.iter().zip(squarified(&sizes, frame.expand(GAP / 2.0))) {
        let rect = whole.shrink((GAP / 2.0).min(whole.size().min_elem() / 4.0));
        if rect.width() < LEAST_SIDE || rect.height() < LEAST_SIDE {
            continue;
        }
        let fits = |least: egui::Vec2| rect.width() >= least.x && rect.height() >= least.y;
        let is_open = !block.blocks.is_empty() && fits(LEAST_OPEN);
        let has_head = is_open && fits(LEAST_HEAD);
        tiles.push(Tile { block, rect, is_open, has_head });
        if is_open {
            let mut inner = rect.shrink(PADDING);
            if has_head {
                inner.min.y = rect.min.y + HEAD;
            }
            place(&block.blocks, inner, tiles);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tiles;
    use coffer_model::{BlockContent, FolderTotals, RemotePath, SpaceBlock, SpaceMap};
    use egui::{Rect, pos2, vec2};

    fn block(bytes: u64, blocks: Vec<SpaceBlock>) -> SpaceBlock {
        SpaceBlock { content: BlockContent::SmallerFiles(1), bytes, newest: None, blocks }
    }

    fn random(rng: &mut fastrand::Rng, depth: usize) -> SpaceBlock {
        if depth == 0 || rng.usize(0..3) == 0 {
            return block(rng.u64(1..1000), Vec::new());
        }
        let mut blocks: Vec<SpaceBlock> = (0..rng.usize(1..9)).map(|_| random(rng, depth - 1)).collect();
        blocks.sort_by_key(|block| std::cmp::Reverse(block.bytes));
        block(blocks.iter().map(|block| block.bytes).sum(), blocks)
    }

    #[test]
    fn tiles_lie_inside_their_folder_and_beside_each_other() {
        for seed in 0..60 {
            let mut rng = fastrand::Rng::with_seed(seed);
            let root = random(&mut rng, 4);
            let map =
                SpaceMap { folder: RemotePath::root(), totals: FolderTotals::default(), blocks: root.blocks };
            let frame = Rect::from_min_size(pos2(10.0, 20.0), vec2(700.0, 480.0));
            let tiles = tiles(&map, frame);
            for (index, tile) in tiles.iter().enumerate() {
                assert!(frame.expand(0.1).contains_rect(tile.rect), "{seed}: {:?}", tile.rect);
                for later in &tiles[index + 1..] {
                    let common = tile.rect.intersect(later.rect);
                    let overlaps = common.width() > 0.01 && common.height() > 0.01;
                    assert!(
                        !overlaps || tile.is_open && tile.rect.expand(0.1).contains_rect(later.rect),
                        "{seed}: {:?} {:?}",
                        tile.rect,
                        later.rect
                    );
                }
            }
        }
    }
}
