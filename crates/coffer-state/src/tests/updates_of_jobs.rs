//! Which updates come of which jobs.

use coffer_model::{Job, Update};

/// Whether the worker may send this update while it runs this job.
pub(super) fn fits(job: &Job, update: &Update) -> bool {
    match update {
        Update::Team(_)
        | Update::PathRootChanged
        | Update::Account(_)
        | Update::Changed { .. }
        | Update::Waiting(_)
        | Update::Outage(_)
        | Update::InUse(_)
        | Update::AddressTaken
        | Update::News(_)
        | Update::Samples { .. }
        | Update::Unfinished(_)
        | Update::History(_)
        | Update::BroughtBack { .. }
        | Update::LeftInPart(_)
        | Update::WorkingCopies(_) => matches!(job, Job::Session(_)),
        Update::Index(_) => matches!(job, Job::Session(_) | Job::UpdateIndex { .. }),
        Update::AuthorizePage { .. } => matches!(job, Job::SignInPage { .. }),
        Update::Listing(_) => matches!(
            job,
            Job::List { .. }
                | Job::ListPast(_)
                | Job::ListDeleted { .. }
                | Job::ListLinks { .. }
                | Job::Search { .. }
                | Job::ListSpace { .. }
        ),
        Update::SpaceMap(_) => matches!(job, Job::ListSpace { .. }),
        Update::FolderSummary(_) => matches!(job, Job::ListSpace { .. } | Job::SummarizeFolder { .. }),
        Update::Thumbnail { .. } => matches!(job, Job::Thumbnails(_)),
        Update::Preview(_) => matches!(job, Job::Preview { .. } | Job::TextPart { .. }),
        Update::FoundInText(_) => matches!(job, Job::FindInText { .. }),
        Update::PagePart { .. } => matches!(job, Job::PagePart { .. }),
        Update::PageTexts { .. } => matches!(job, Job::PageTexts { .. }),
        Update::Sound(_) => matches!(job, Job::PlaySound { .. }),
        Update::Revisions { .. } => matches!(job, Job::Revisions { .. }),
        Update::Comparison(_) => matches!(job, Job::Compare { .. }),
        Update::Transfer(_) if matches!(job, Job::Edit(_)) => true,
        Update::Transfer(_) | Update::Files(_) => {
            matches!(
                job,
                Job::Upload { .. }
                    | Job::Download { .. }
                    | Job::DownloadPast(_)
                    | Job::SaveAs { .. }
                    | Job::Open { .. }
                    | Job::CheckOut { .. }
                    | Job::FetchPromised { .. }
                    | Job::SaveWorkingCopy { .. }
                    | Job::ResolveEditConflict { .. }
            )
        }
        Update::Picked(_) => matches!(job, Job::Pick(_) | Job::PasteFiles(_)),
        Update::Pasted(_) => matches!(job, Job::PasteFiles(_)),
    }
}
