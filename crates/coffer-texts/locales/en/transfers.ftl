# Words of transfers.

transfers = { $count ->
    [one] { $count } transfer
   *[other] { $count } transfers
}
title-failed = { $count ->
    [one] { $count } transfer failed
   *[other] { $count } transfers failed
}
title-all-paused = { $count ->
    [one] { $count } transfer, paused
   *[other] { $count } transfers, all paused
}
title-some-paused = { $count ->
    [one] { $count } transfer, { $paused } paused
   *[other] { $count } transfers, { $paused } paused
}
time-left = { $time } left
transfers-waiting = waiting
transfer-running = Running
transfer-state-failed = Failed
transfer-is-finished = Finished
transfer-open-files = Open files
transfer-cancelling = Cancelling…
transfer-paused = Paused
transfer-queued = Queued
transfer-pausing = Pausing…
transfer-preparing = Preparing…
transfer-verifying = Verifying…
transfer-waiting = Waiting
transfer-finishing = Finishing…
transfer-starting = Starting…
transfer-cancelled = Cancelled
transfer-exists = Already exists
transfer-verified = Verified
transfer-copied-dropbox = Copied within Dropbox
transfer-copied-account = Copied within the account
transfer-uploading = Uploading…
transfer-downloading = Downloading…
from-command-line = From the command line
files-of = { $done } of { $count } files
part-of = { $done } of { $all }
failed-of = { $failed } of { $count } failed
new-size = { $count } new · { $size }
resume-all = Resume all
pause-all = Pause all
hide-transfers = Hide transfers
limits-button = Speed limits…
limits-uploads = Uploads
limits-downloads = Downloads
limits-note = Speed limits apply immediately. All uploads share one limit, all downloads another.
limits-custom-named = { $name }: custom limit in KB/s
limits-custom = Custom
limits-none = No limit
files-loading = Loading files…
files-which = files
files-moving = In progress
graph-peak = Peak { $speed }
graph-speed = Speed: { $up } up, { $down } down. { $peak_in_words }
retry-all-failed = Retry all failed
clear-failed = Clear failed
clear-cancelled = Clear cancelled
clear-finished = Clear finished
none-running = No transfers in progress.
none-failed = No failed transfers.
none-cancelled = No cancelled transfers.
none-finished = No finished transfers.
none-open = No files are open in other programs.
preparing-items = Preparing { $items }
to-folder = To { $folder }
key-space = Space
key-ctrl-up = Ctrl+↑
key-delete = Del
transfer-resume = Resume
transfer-pause = Pause
transfer-prioritize = Prioritize
transfer-show = Show
transfer-details = Details
open-file-close-question = Discard it all the same?
open-file-discard-question = Discard the changes?
open-file-saved = All changes saved
open-file-saving = Saving…
open-file-unsent = Edited earlier, not sent yet
open-file-unsaved = Changes not saved
open-file-conflict = In conflict
open-file-keep = Keep
open-file-discard = Discard
open-file-save = Save
open-file-discard-ask = Discard…
open-file-mine = Use mine
open-file-theirs = Use theirs
