//! Takes requests, starts jobs, stops jobs, and sees to it that each ends exactly once. What a job does stands in
//! the file of its subject.

use super::context::{JobContext, JobError};
use super::worker_context::WorkerContext;
use super::{account_index, blocking, cache_use, thumbnails, upload};
use super::{
    compare, deleted, desktop, download, edit, guide, history_jobs as history, links, list, past, paste,
    places_file, preview, problem, rename_plan, revisions, session, settings_file, shared_folders, sign_in,
    working_copy,
};
use coffer_model::message::{OpenWith, Outcome};
use coffer_model::{AccountPlaces, Job, Receipt, Request, RequestId, Settings};
use coffer_texts::tr;
use futures_util::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

/// How long an edit that is cancelled may take to finish the step it is in: the service works on a thousand items at once.
const BATCH_GRACE: Duration = Duration::from_secs(30);

/// How long an upload that is cancelled may take to finish the step it is in, so that its receipt is not lost; and how
/// long saving may take when the program ends.
const EDIT_GRACE: Duration = Duration::from_secs(5);

/// Serves requests until the window drops its end. Runs on a thread of its own, because the channel blocks.
pub(crate) fn serve(
    worker: &Arc<WorkerContext>,
    runtime: &tokio::runtime::Handle,
    requests: &mpsc::Receiver<Request>,
) {
    let mut settings = settings_file::load_settings(&worker.config.dirs).settings;
    settings.upload_limit = worker.config.upload_limit.or(settings.upload_limit);
    settings.download_limit = worker.config.download_limit.or(settings.download_limit);
    worker.transfers.apply_speed_limits(&settings);
    while let Ok(request) = requests.recv() {
        match request {
            Request::Run { id, job } => start(worker, runtime, id, job),
            Request::Cancel(id) => {
                worker.transfers.mark_cancelled(id);
                let jobs = worker.jobs.lock();
                if let Some(token) = jobs.get(&id) {
                    token.cancel();
                }
            }
            Request::Control { id, command } => {
                // What is to be written is written by a task.
                let _inside = runtime.enter();
                worker.transfers.control(id, command);
            }
            Request::Close => worker.closing.cancel(),
        }
    }
}

fn start(worker: &Arc<WorkerContext>, runtime: &tokio::runtime::Handle, id: RequestId, job: Job) {
    if worker.closing.is_cancelled() {
        let context = JobContext::new(id, None, worker.events.clone(), worker.closing.child_token());
        return context.finish(Outcome::Cancelled);
    }
    if let Job::Session(_) = job {
        // Set here, in the order of the requests: jobs that follow wait for this account.
        worker.begin_session(id);
    }
    // Jobs that were asked for before never work on it.
    let session = worker.session();
    let context = JobContext::new(id, session, worker.events.clone(), worker.closing.child_token());
    worker.jobs.lock().insert(id, context.cancel.clone());
    worker.transfers.enqueue(id, &job);
    let worker = Arc::clone(worker);
    let tracker = worker.tracker.clone();
    tracker.spawn_on(
        async move {
            let outcome = supervise(&worker, &context, job).await;
            worker.transfers.finish(id, &outcome).await;
            worker.jobs.lock().remove(&id);
            context.finish(outcome);
        },
        runtime,
    );
}

/// Runs a job to one of its ends: its own, a cancel, or a panic.
async fn supervise(worker: &Arc<WorkerContext>, context: &JobContext, job: Job) -> Outcome {
    let changes_or_saves = matches!(
        job,
        Job::Edit(_)
            | Job::Upload { .. }
            | Job::SaveWorkingCopy { .. }
            | Job::ResolveEditConflict { .. }
            | Job::SaveSettings(_)
            | Job::SavePlaces(_)
    );
    let grace = match job {
        Job::Edit(_) => BATCH_GRACE,
        _ if changes_or_saves => EDIT_GRACE,
        _ => Duration::ZERO,
    };
    let session = matches!(job, Job::Session(_));
    let cancelled = async {
        context.cancel.cancelled().await;
        tokio::time::sleep(grace / 2).await;
        context.wind_up.cancel();
        tokio::time::sleep(grace / 2).await;
    };
    let result = {
        let work = AssertUnwindSafe(run(worker, context, job)).catch_unwind();
        tokio::select! {
            biased;
            result = work => result,
            () = cancelled => Ok(Err(JobError::Cancelled)),
        }
    };
    let outcome = match result {
        Ok(Ok(receipt)) => Outcome::Done(receipt),
        Ok(Err(JobError::Cancelled)) => Outcome::Cancelled,
        Ok(Err(JobError::Failed(problem))) => Outcome::Failed(problem),
        Err(_) => {
            tracing::error!(id = context.id.0, "a job panicked");
            Outcome::Failed(problem::internal())
        }
    };
    if session {
        worker.end_session(context.id, &outcome);
    }
    outcome
}

async fn run(worker: &Arc<WorkerContext>, context: &JobContext, job: Job) -> Result<Receipt, JobError> {
    match job {
        Job::Session(choice) => session::run(worker, context, choice).await,
        Job::SignInPage { app_key, api_url } => sign_in::page(worker, context, app_key, api_url).await,
        Job::SignIn { code } => sign_in::finish(worker, &code).await,
        Job::SignOut => sign_in::sign_out(worker, context).await,
        Job::List { path, sort } => list::folder(worker, context, &path, sort).await,
        Job::FilterRows { rows, query, unfolded, inside } => {
            list::filter_rows(rows, query, unfolded, inside).await
        }
        Job::ListChangeTimes(folder) => past::list_change_times(worker, context, &folder).await,
        Job::ListPast(query) => past::list_past(worker, context, &query).await,
        Job::ListTree { path, sort } => list::tree(worker, context, &path, sort).await,
        Job::ListDeleted { path, details } => deleted::deleted(worker, context, &path, details).await,
        Job::See(folder) => account_index::see(worker, context, folder).await,
        Job::PlanBringBack(asked) => edit::plan_bring_back(worker, context, *asked).await,
        Job::PlanUndelete(entries) => edit::plan_undelete(worker, context, &entries).await,
        Job::ListLinks { sort } => list::links(worker, context, sort).await,
        Job::Search { query, below, sort } => list::search(worker, context, &query, &below, sort).await,
        Job::SearchIndex { query, below, sort, most } => {
            account_index::search_index(worker, context, &query, &below, sort, most).await
        }
        Job::FindPaths { typed, folders_only, most } => {
            account_index::find_paths(worker, context, typed, folders_only, most).await
        }
        Job::ListKnown { path, sort } => account_index::list_known(worker, context, &path, sort).await,
        Job::ListLargest { below, most } => account_index::largest(worker, context, below, most).await,
        Job::ListSpace { folder, part } => account_index::list_space(worker, context, folder, part).await,
        Job::SummarizeFolder { folder } => account_index::summarize(worker, context, folder).await,
        Job::FindDuplicates { below } => account_index::duplicates(worker, context, below).await,
        Job::ListChanges { below, since, most, most_of_a_kind } => {
            account_index::changes(worker, context, below, since, (most, most_of_a_kind)).await
        }
        Job::UpdateIndex { rebuild, verify } => account_index::update(worker, context, rebuild, verify).await,
        Job::ReadIndexStatus => account_index::status(worker, context).await,
        Job::Locate { path } => list::locate(worker, context, &path).await,
        Job::FindFirstParts { kind, folder } => edit::find_first_parts(worker, context, kind, &folder).await,
        Job::Thumbnails(wanted) => thumbnails::run(worker, context, wanted).await,
        Job::Preview { entry, max_side } => preview::run(worker, context, entry, max_side).await,
        Job::TextPart { entry, part, encoding } => {
            preview::text_part(worker, context, entry, part, encoding).await
        }
        Job::FindInText { entry, words, encoding } => {
            preview::find_in_text(worker, context, entry, words, encoding).await
        }
        Job::PagePart { entry, part } => preview::page_part(worker, context, entry, part).await,
        Job::PageTexts { entry, pages } => preview::page_texts(worker, context, entry, pages).await,
        Job::PlaySound { entry, from } => preview::play(worker, context, entry, from).await,
        Job::MeasureLoudness(entry) => preview::measure_loudness(worker, context, entry).await,
        Job::Revisions { path } => revisions::run(worker, context, &path).await,
        Job::Edit(edit) => edit::run(worker, context, edit).await,
        Job::PlanRename(question) => rename_plan::run(context, *question).await,
        Job::ListHistory(query) => history::list(worker, context, query).await,
        Job::ListOperationItems(id) => history::list_items(worker, context, id).await,
        Job::PlanUpload { local_paths, target, follows_links } => {
            upload::plan(worker, context, local_paths, target, follows_links).await
        }
        Job::PlanUploadAs { local_path, remote_path, follows_links } => {
            upload::plan_as(worker, context, local_path, remote_path, follows_links).await
        }
        Job::PlanDownload { entries, folder, name, existing } => {
            download::plan_download(worker, context, entries, folder, name, existing).await
        }
        Job::PlanPastDownload(download) => download::plan_past_download(worker, context, &download).await,
        Job::Upload { .. } | Job::Download { .. } | Job::DownloadPast(_) | Job::SaveAs { .. } => {
            // The store keeps what was asked for as it is.
            let request = Arc::new(job);
            match &*request {
                Job::Upload { plan } => upload::run(worker, context, &request, plan).await,
                _ => download::run(worker, context, &request).await,
            }
        }
        Job::FetchPromised { entries, folder } => {
            download::fetch_promised(worker, context, entries, folder).await
        }
        Job::CheckOut { entry, open } => working_copy::check_out(worker, context, entry, open).await,
        Job::SaveWorkingCopy { id } => working_copy::save(worker, context, &id).await,
        Job::ResolveEditConflict { id, keep } => working_copy::resolve(worker, context, &id, keep).await,
        Job::Compare { files, ignores_space } => compare::run(worker, context, files, ignores_space).await,
        Job::CloseWorkingCopy { id } => working_copy::close(worker, &id).await,
        Job::DiscardWorkingCopy { id } => working_copy::discard(worker, &id).await,
        Job::Open { entry, with } => {
            let local_path = download::local_copy(worker, context, entry).await?;
            match with {
                OpenWith::SystemProgram => desktop::open_file(worker, local_path).await,
                OpenWith::FileManager => desktop::show_file(worker, local_path).await,
            }
        }
        Job::FindAllLinks => links::find_all(worker, context).await,
        Job::FindLink { path } => links::find(worker, context, &path).await,
        Job::CreateLink { path, settings } => links::create(worker, context, &path, &settings).await,
        Job::ChangeLink { path, link, settings } => {
            links::change(worker, context, &path, &link, &settings).await
        }
        Job::ListSharedFolders => shared_folders::list(worker, context).await,
        Job::OpenLocalFile { local_path } => desktop::open_file(worker, local_path).await,
        Job::Browse { url } => desktop::browse(worker, url).await,
        Job::ShowFile { local_path } => desktop::show_file(worker, local_path).await,
        Job::Pick(pick) => desktop::pick(context, pick).await,
        Job::PasteFiles(own_text) => paste::paste_files(worker, context, own_text).await,
        Job::ForgetTransfers(jobs) => {
            let account = worker.account(context).await?;
            worker.transfers.forget(&account.choice, jobs).await;
            Ok(Receipt::Nothing)
        }
        Job::Notify { title, body } => desktop::notify(worker, title, body).await,
        Job::MeasureCache => cache_use::measure(worker).await,
        Job::ClearCache => cache_use::clear(worker).await,
        Job::ReadGuide(page) => guide::read(page).await,
        Job::SaveSettings(settings) => save_settings(worker, context, settings).await,
        Job::SavePlaces(places) => save_places(worker, context, places).await,
    }
}

/// Of two savings on their way the newer one stays.
async fn save_settings(
    worker: &WorkerContext,
    context: &JobContext,
    settings: Settings,
) -> Result<Receipt, JobError> {
    let mut saved = worker.settings_saved.lock().await;
    if saved.is_none_or(|saved| saved < context.id) {
        worker.transfers.apply_speed_limits(&settings);
        let dirs = worker.config.dirs.clone();
        blocking(move || settings_file::save_settings(&dirs, &settings))
            .await?
            .map_err(|error| problem::local_file(tr!("could-not-save-settings"), &error, None))?;
        *saved = Some(context.id);
    }
    Ok(Receipt::Nothing)
}

/// As [`save_settings`].
async fn save_places(
    worker: &WorkerContext,
    context: &JobContext,
    places: AccountPlaces,
) -> Result<Receipt, JobError> {
    let mut saved = worker.places_saved.lock().await;
    if saved.is_none_or(|saved| saved < context.id) {
        let dirs = worker.config.dirs.clone();
        blocking(move || places_file::save_places(&dirs, &places))
            .await?
            .map_err(|error| problem::local_file(tr!("could-not-keep-tabs"), &error, None))?;
        *saved = Some(context.id);
    }
    Ok(Receipt::Nothing)
}
