//! The files that an upload has committed, packed: they are in its report and in its undo, and there may be a million.
//! Paths are those of the plan; only where a file got another one is it stored.

use super::packed_texts::PackedTexts;
use super::upload_plan::UploadPlan;
use super::{RemotePath, Rev};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// One file that was uploaded, written out.
#[derive(Clone, Debug, PartialEq)]
pub struct Uploaded {
    pub remote_path: RemotePath,
    pub rev: Rev,
    /// The revision that it replaced.
    pub replaced: Option<Rev>,
}

#[derive(Clone, Default, PartialEq)]
pub struct UploadedFiles {
    plan: Arc<UploadPlan>,
    /// The index of each file in the plan.
    files: Vec<usize>,
    revs: PackedTexts,
    /// By the index of the file in `files`, as are the next.
    remote_paths: BTreeMap<usize, RemotePath>,
    replaced: BTreeMap<usize, Rev>,
}

impl UploadedFiles {
    /// No files yet, of this plan.
    pub fn new(plan: Arc<UploadPlan>) -> Self {
        Self { plan, ..Self::default() }
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Adds the file of the plan at `index`, as it is in the account now.
    pub fn push(&mut self, index: usize, uploaded: Uploaded) {
        let position = self.files.len();
        let planned = self.plan.files.get(index).map(|file| file.remote_path);
        if planned.is_none_or(|planned| planned.as_str() != uploaded.remote_path.as_str()) {
            self.remote_paths.insert(position, uploaded.remote_path);
        }
        self.revs.push(&uploaded.rev.0);
        self.files.push(index);
        self.replaced.extend(uploaded.replaced.map(|rev| (position, rev)));
    }

    /// All files in the order in which they were uploaded, each written out.
    pub fn iter(&self) -> impl Iterator<Item = Uploaded> {
        (0..self.len()).filter_map(|position| self.get(position))
    }

    /// The files that did not get their planned names, because these were taken.
    pub fn renamed(&self) -> impl Iterator<Item = Uploaded> {
        let is_renamed =
            |(position, path): &(&usize, &RemotePath)| self.planned_path(**position).as_ref() != Some(path);
        self.remote_paths.iter().filter(is_renamed).filter_map(|(position, _)| self.get(*position))
    }

    fn get(&self, position: usize) -> Option<Uploaded> {
        let remote_path = match self.remote_paths.get(&position) {
            Some(remote_path) => remote_path.clone(),
            None => self.planned_path(position)?,
        };
        Some(Uploaded {
            remote_path,
            rev: Rev(self.revs.get(position)?.into()),
            replaced: self.replaced.get(&position).cloned(),
        })
    }

    fn planned_path(&self, position: usize) -> Option<RemotePath> {
        self.plan.files.get(*self.files.get(position)?).map(|file| file.remote_path)
    }
}

impl fmt::Debug for UploadedFiles {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Uploaded, UploadedFiles};
    use crate::transfer::{PlannedFile, UploadPlan};
    use crate::{RemotePath, Rev};
    use std::sync::Arc;

    #[test]
    fn every_file_comes_out_as_it_went_in_and_those_with_other_names_are_known() {
        let planned = ["/Docs/a", "/Docs/b", "/Docs/c"].map(|path| PlannedFile {
            local_path: path.into(),
            remote_path: RemotePath::new(path),
            size_bytes: 1,
            modified: None,
            conflict: None,
            decision: None,
        });
        let files = planned.into_iter().collect();
        let mut uploaded = UploadedFiles::new(Arc::new(UploadPlan { files, ..UploadPlan::default() }));
        let rev = |text: &str| Rev(text.into());
        let rows = [
            (2, Uploaded { remote_path: RemotePath::new("/Docs/c (1)"), rev: rev("12"), replaced: None }),
            (0, Uploaded { remote_path: RemotePath::new("/Docs/a"), rev: rev("3456"), replaced: None }),
            (
                1,
                Uploaded {
                    remote_path: RemotePath::new("/docs/b"),
                    rev: rev("7"),
                    replaced: Some(rev("89")),
                },
            ),
        ];
        for (index, file) in rows.clone() {
            uploaded.push(index, file);
        }
        assert_eq!(uploaded.iter().collect::<Vec<_>>(), rows.clone().map(|(_, file)| file));
        let spellings = uploaded.iter().map(|file| file.remote_path.to_string()).collect::<Vec<_>>();
        assert_eq!(spellings, ["/Docs/c (1)", "/Docs/a", "/docs/b"]);
        // Another spelling of the same path is no other name.
        assert_eq!(uploaded.renamed().collect::<Vec<_>>(), [rows[0].1.clone()]);
    }
}
