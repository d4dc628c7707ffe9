//! Takes requests, starts jobs, stops jobs, and sees to it that each ends exactly once. What a job does stands in
//! the file of its subject.

use super::context::{JobContext, Stop};
use super::shared::Shared;
use super::{blocking, thumbnails, upload};
use super::{
    desktop, download, edit, links, list, preview, problem, revisions, session, settings_file, sign_in,
};
use coffer_model::message::{OpenWith, Outcome};
use coffer_model::{Job, Receipt, Request, RequestId, Settings};
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// How long an edit or upload that is cancelled may take to finish the step it is in, so that its receipt is not lost.
const EDIT_GRACE: Duration = Duration::from_secs(5);

/// Serves requests until the window drops its end. Runs on a thread of its own, because the channel blocks.
pub(crate) fn serve(
    shared: &Arc<Shared>,
    runtime: &tokio::runtime::Handle,
    requests: &mpsc::Receiver<Request>,
) {
    let mut settings = settings_file::load_settings(&shared.config.dirs);
    settings.upload_limit = shared.config.upload_limit.or(settings.upload_limit);
    settings.download_limit = shared.config.download_limit.or(settings.download_limit);
    shared.transfers.keep_to(&settings);
    while let Ok(request) = requests.recv() {
        match request {
            Request::Run { id, job } => start(shared, runtime, id, job),
            Request::Cancel(id) => {
                shared.transfers.forget(id);
                let jobs = shared.jobs.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(token) = jobs.get(&id) {
                    token.cancel();
                }
            }
            Request::Control { id, command } => {
                // What is to be written is written by a task.
                let _inside = runtime.enter();
                shared.transfers.control(id, command);
            }
        }
    }
}

fn start(shared: &Arc<Shared>, runtime: &tokio::runtime::Handle, id: RequestId, job: Job) {
    let context = JobContext::new(id, shared.events.clone(), shared.closing.child_token());
    if context.cancel.is_cancelled() {
        return context.finish(Outcome::Cancelled);
    }
    shared.jobs.lock().unwrap_or_else(PoisonError::into_inner).insert(id, context.cancel.clone());
    if let Job::Session(_) = job {
        // Set here, in the order of the requests: jobs that follow wait for this account.
        shared.begin_session(id);
    }
    shared.transfers.expect(id, &job);
    let shared = Arc::clone(shared);
    let tracker = shared.tracker.clone();
    tracker.spawn_on(
        async move {
            let outcome = supervise(&shared, &context, job).await;
            shared.transfers.conclude(id, &outcome).await;
            shared.jobs.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
            context.finish(outcome);
        },
        runtime,
    );
}

/// Runs a job to one of its ends: its own, a cancel, or a panic.
async fn supervise(shared: &Arc<Shared>, context: &JobContext, job: Job) -> Outcome {
    let grace = if matches!(job, Job::Edit(_) | Job::Upload { .. }) { EDIT_GRACE } else { Duration::ZERO };
    let session = matches!(job, Job::Session(_));
    let cancelled = async {
        context.cancel.cancelled().await;
        tokio::time::sleep(grace).await;
    };
    let result = {
        let work = AssertUnwindSafe(run(shared, context, job)).catch_unwind();
        tokio::select! {
            biased;
            result = work => result,
            () = cancelled => Ok(Err(Stop::Cancelled)),
        }
    };
    let outcome = match result {
        Ok(Ok(receipt)) => Outcome::Done(receipt),
        Ok(Err(Stop::Cancelled)) => Outcome::Cancelled,
        Ok(Err(Stop::Failed(problem))) => Outcome::Failed(problem),
        Err(_) => {
            tracing::error!(id = context.id.0, "a job panicked");
            Outcome::Failed(problem::internal())
        }
    };
    if session {
        shared.end_session(context.id, &outcome);
    }
    outcome
}

async fn run(shared: &Arc<Shared>, context: &JobContext, job: Job) -> Result<Receipt, Stop> {
    match job {
        Job::Session(choice) => session::run(shared, context, choice).await,
        Job::SignInPage { app_key, api_url } => sign_in::page(shared, context, app_key, api_url).await,
        Job::SignIn { code } => sign_in::finish(shared, &code).await,
        Job::SignOut => sign_in::sign_out(shared).await,
        Job::List { path, sort } => list::folder(shared, context, &path, sort).await,
        Job::ListTree { path, sort } => list::tree(shared, context, &path, sort).await,
        Job::ListDeleted { path, sort } => list::deleted(shared, context, &path, sort).await,
        Job::ListLinks { sort } => list::links(shared, context, sort).await,
        Job::Search { query, below } => list::search(shared, context, &query, &below).await,
        Job::Locate { path } => list::locate(shared, &path).await,
        Job::Thumbnails(wanted) => thumbnails::run(shared, context, wanted).await,
        Job::Preview { entry, max_side } => preview::run(shared, context, entry, max_side).await,
        Job::Revisions { path } => revisions::run(shared, context, &path).await,
        Job::Edit(edit) => edit::run(shared, context, edit).await,
        Job::PlanUpload { local_paths, target } => upload::plan(shared, context, local_paths, target).await,
        Job::PlanUploadAs { local_path, remote_path } => {
            upload::plan_as(shared, context, local_path, remote_path).await
        }
        Job::PlanDownload { entries, folder, name, existing } => {
            download::plan_download(shared, context, entries, folder, name, existing).await
        }
        Job::Upload { .. } | Job::Download { .. } | Job::SaveAs { .. } => {
            // The store keeps what was asked for as it is.
            let request = Arc::new(job);
            match &*request {
                Job::Upload { plan } => upload::run(shared, context, &request, plan).await,
                _ => download::run(shared, context, &request).await,
            }
        }
        Job::Open { entry, with } => {
            let local_path = download::local_copy(shared, context, entry).await?;
            match with {
                OpenWith::SystemProgram => desktop::open_file(shared, local_path).await,
                OpenWith::FileManager => desktop::show_file(shared, local_path).await,
            }
        }
        Job::CreateLink { path } => links::create(shared, &path).await,
        Job::Browse { url } => desktop::browse(shared, url).await,
        Job::ShowFile { local_path } => desktop::show_file(shared, local_path).await,
        Job::Pick(pick) => desktop::pick(context, pick).await,
        Job::PasteFiles => desktop::paste_files(context).await,
        Job::Notify { title, body } => desktop::notify(shared, title, body).await,
        Job::SaveSettings(settings) => save_settings(shared, context, settings).await,
    }
}

/// Of two savings on their way the newer one stays.
async fn save_settings(shared: &Shared, context: &JobContext, settings: Settings) -> Result<Receipt, Stop> {
    let mut saved = shared.settings_saved.lock().await;
    if saved.is_none_or(|saved| saved < context.id) {
        shared.transfers.keep_to(&settings);
        let dirs = shared.config.dirs.clone();
        blocking(move || settings_file::save_settings(&dirs, &settings))
            .await?
            .map_err(|error| problem::local_file("Your settings could not be saved", &error, None))?;
        *saved = Some(context.id);
    }
    Ok(Receipt::Nothing)
}
