//! The map of what is large below a folder. The largest folder is opened first, then the next one, until there are as many
//! blocks as a picture can show: that asks for few folders, however many there are.

use crate::error::IndexError;
use crate::folder_tree::FolderNumber;
use crate::index::Index;
use crate::item_row::{FILES, file_entry, folder_entry, folders_sql, read_totals};
use crate::read::find;
use crate::spelt_paths::spelt_path;
use coffer_model::{BlockContent, FolderTotals, RemotePath, SpaceBlock, SpaceMap};
use rusqlite::{Connection, params};
use std::collections::BinaryHeap;

/// A block of less than this part of an average one is not seen alone.
const LEAST_PART: u64 = 8;

/// A block whose content is known by its place in [`Mapper::blocks`].
struct OpenBlock {
    block: SpaceBlock,
    parent: usize,
}

/// A block, and the number of the folder that it is.
type FoundBlock = (SpaceBlock, Option<FolderNumber>);

/// A folder that can be opened. The largest one is taken first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct ClosedFolder {
    bytes: u64,
    place: usize,
    folder: FolderNumber,
    files: u64,
}

struct Mapper<'a> {
    connection: &'a Connection,
    /// Each behind its parent.
    blocks: Vec<OpenBlock>,
    closed: BinaryHeap<ClosedFolder>,
    most_blocks: usize,
    least_bytes: u64,
}

impl Index {
    /// What is large below a folder, in at most so many blocks; `None` if it is not known.
    pub fn space_map(&self, folder: &RemotePath, most_blocks: usize) -> Result<Option<SpaceMap>, IndexError> {
        space_map(&self.reader(), folder, most_blocks)
    }
}

fn space_map(
    connection: &Connection,
    path: &RemotePath,
    most_blocks: usize,
) -> Result<Option<SpaceMap>, IndexError> {
    let Some(folder) = find(connection, path)? else { return Ok(None) };
    let totals = connection
        .prepare_cached("SELECT files, folders, bytes, newest FROM folder WHERE folder = ?1")?
        .query_row([folder], |row| read_totals(row, 0))?;
    let path = RemotePath::new(&spelt_path(connection, folder)?);
    let average = totals.bytes / most_blocks.max(1) as u64;
    let mut mapper = Mapper {
        connection,
        blocks: Vec::new(),
        closed: BinaryHeap::new(),
        most_blocks,
        least_bytes: (average / LEAST_PART).max(1),
    };
    mapper.open(&path, folder, totals, usize::MAX)?;
    while let Some(next) = mapper.closed.pop() {
        // One that has no room for its largest item and the rest stays closed.
        if mapper.blocks.len() + 2 > most_blocks {
            break;
        }
        let block = &mapper.blocks[next.place].block;
        let Some(entry) = block.entry() else { continue };
        let path = entry.path.clone();
        let totals = FolderTotals { files: next.files, bytes: next.bytes, ..FolderTotals::default() };
        mapper.open(&path, next.folder, totals, next.place)?;
    }
    Ok(Some(SpaceMap { folder: path, totals, blocks: mapper.nested() }))
}

impl Mapper<'_> {
    /// Adds what is in a folder: at most so many blocks as there is room for, the last one for what is smaller.
    fn open(
        &mut self,
        path: &RemotePath,
        folder: FolderNumber,
        totals: FolderTotals,
        parent: usize,
    ) -> Result<(), IndexError> {
        let room = self.most_blocks.saturating_sub(self.blocks.len() + 1);
        let (mut found, bytes_of_folders) = self.folders(path, folder)?;
        if totals.bytes.saturating_sub(bytes_of_folders) >= self.least_bytes {
            found.extend(self.files(path, folder, room)?);
        }
        found.sort_by(|(left, _), (right, _)| {
            right.bytes.cmp(&left.bytes).then_with(|| path_of(left).cmp(&path_of(right)))
        });
        found.truncate(room);
        let (mut files, mut bytes) = (totals.files, totals.bytes);
        for (block, number) in found {
            let below = block.entry().and_then(|entry| entry.totals.as_deref());
            let block_files = below.map_or(1, |totals| totals.files);
            files = files.saturating_sub(block_files);
            bytes = bytes.saturating_sub(block.bytes);
            if let Some(folder) = number {
                let place = self.blocks.len();
                self.closed.push(ClosedFolder { bytes: block.bytes, place, folder, files: block_files });
            }
            self.blocks.push(OpenBlock { block, parent });
        }
        if files > 0 && bytes > 0 {
            let content = BlockContent::SmallerFiles(files);
            let block = SpaceBlock { content, bytes, newest: None, blocks: Vec::new() };
            self.blocks.push(OpenBlock { block, parent });
        }
        Ok(())
    }

    /// Those that can be seen, and the size of all.
    fn folders(&self, path: &RemotePath, folder: FolderNumber) -> Result<(Vec<FoundBlock>, u64), IndexError> {
        let mut all_bytes = 0;
        let mut found = Vec::new();
        let mut statement = self.connection.prepare_cached(&folders_sql("parent = ?1"))?;
        let mut rows = statement.query([folder])?;
        while let Some(row) = rows.next()? {
            let totals = read_totals(row, 4)?;
            all_bytes += totals.bytes;
            if totals.bytes >= self.least_bytes {
                let content = BlockContent::Item(folder_entry(path, row)?);
                let block =
                    SpaceBlock { content, bytes: totals.bytes, newest: totals.newest, blocks: Vec::new() };
                found.push((block, Some(row.get(9)?)));
            }
        }
        Ok((found, all_bytes))
    }

    /// The largest ones that can be seen.
    fn files(
        &self,
        path: &RemotePath,
        folder: FolderNumber,
        most: usize,
    ) -> Result<Vec<FoundBlock>, IndexError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{FILES} WHERE folder = ?1 AND bytes >= ?2 ORDER BY bytes DESC, key LIMIT ?3"
        ))?;
        let mut rows = statement.query(params![folder, self.least_bytes as i64, most as i64])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let entry = file_entry(path, row)?;
            let (bytes, newest) = (entry.size_bytes().unwrap_or(0), entry.modified());
            let content = BlockContent::Item(entry);
            found.push((SpaceBlock { content, bytes, newest, blocks: Vec::new() }, None));
        }
        Ok(found)
    }

    /// Puts each block into its parent, from the last to the first.
    fn nested(self) -> Vec<SpaceBlock> {
        let mut blocks = self.blocks;
        let mut within: Vec<Vec<SpaceBlock>> = blocks.iter().map(|_| Vec::new()).collect();
        let mut top = Vec::new();
        while let Some(OpenBlock { mut block, parent }) = blocks.pop() {
            block.blocks = within.pop().unwrap_or_default();
            block.blocks.sort_by_key(|block| std::cmp::Reverse(block.bytes));
            within.get_mut(parent).unwrap_or(&mut top).push(block);
        }
        top.sort_by_key(|block| std::cmp::Reverse(block.bytes));
        top
    }
}

fn path_of(block: &SpaceBlock) -> Option<&RemotePath> {
    block.entry().map(|entry| &entry.path)
}
