# What could not be done, why, and what helps.

could-not-add-to-dropbox = “{ $name }” could not be added to your Dropbox
could-not-bring-back = { $of ->
    [root] Your files could not be brought back
   *[item] “{ $name }” could not be brought back
}
could-not-bring-back-whole = { $of ->
    [root] Your files could not be brought back as a whole
   *[item] “{ $name }” could not be brought back as a whole
}
could-not-close = “{ $name }” could not be closed
could-not-compare = “{ $name }” could not be compared
could-not-compare-with-local = { $of ->
    [root] Your files could not be compared with your files
   *[item] “{ $name }” could not be compared with your files
}
could-not-copy = “{ $name }” could not be copied
could-not-create = “{ $name }” could not be created
could-not-delete = “{ $name }” could not be deleted
could-not-discard = “{ $name }” could not be discarded
could-not-download = { $of ->
    [root] Your files could not be downloaded
   *[item] “{ $name }” could not be downloaded
}
could-not-find = “{ $name }” could not be found
could-not-find-in-index = { $of ->
    [root] Your files could not be found in the index
   *[item] “{ $name }” could not be found in the index
}
could-not-list = { $of ->
    [root] Your files could not be listed
   *[item] “{ $name }” could not be listed
}
could-not-move = “{ $name }” could not be moved
could-not-move-back = “{ $name }” could not be moved back
could-not-open = “{ $name }” could not be opened
could-not-preview = “{ $name }” could not be previewed
could-not-remove-from-dropbox = “{ $name }” could not be removed from your Dropbox
could-not-rename = “{ $name }” could not be renamed
could-not-replace = “{ $name }” could not be replaced
could-not-restore = “{ $name }” could not be restored
could-not-save = “{ $name }” could not be saved to Dropbox
could-not-change-link = The link to “{ $name }” could not be changed
could-not-share = “{ $name }” could not be shared
could-not-show-past = { $of ->
    [root] Your files could not be shown as it was
   *[item] “{ $name }” could not be shown as it was
}
could-not-upload = “{ $name }” could not be uploaded
why-system-error = System error: { $error }.
problem-inside-coffer = Something went wrong inside Coffer
problem-no-account-open = No account is open
why-bug = This is a bug in Coffer. Everything already confirmed is safe; see the log for details.
why-no-account = Choose an account first.
why-sign-in-expired = Your sign-in has expired. Sign in again to continue; nothing is lost.
why-unreachable = Dropbox can’t be reached. Check your connection.
why-network-sign-in = This network asks you to sign in first. Open its sign-in page in your browser, then try again.
why-connection-lost = The connection was lost before Dropbox answered.
why-unreadable-reply = Dropbox answered in a way that Coffer can’t read. The log says more.
why-service-failed = Dropbox is having problems. Try again in a moment.
why-rate-limited = Dropbox asked Coffer to slow down. Try again in a moment.
why-too-many-writes = Dropbox is busy with other changes to this account. Try again in a moment.
why-service-error = Dropbox could not complete this. Try again.
why-refused = Dropbox refused this for a reason that Coffer does not know.
why-bad-request = Dropbox rejected Coffer’s request. This is a bug in Coffer; see the log for details.
why-outcome-unknown = Dropbox did not answer, so this may or may not have worked. Refresh before you try again.
why-account-in-use = Another program is using the account.
why-missing-scope = Your app key lacks a permission. Allow it in the app’s settings on dropbox.com, then sign in again.
why-forbidden = This account is not allowed to do that.
why-no-access = You don’t have access to it. Ask its owner for it.
why-no-write-permission = You can view this, but not edit it.
why-path-root-gone = Your team’s folders have moved since this was begun, so nothing was changed. Refresh, and begin again.
why-team-policy = Your team’s settings don’t allow this.
why-restricted-content = Dropbox blocks this content for legal reasons.
why-locked = It is locked by someone.
why-email-not-verified = Dropbox wants you to confirm your e-mail address first.
why-link-settings = This account can’t create such links.
why-not-found = It no longer exists.
why-not-a-file = It is a folder, not a file.
why-not-a-folder = It is a file, not a folder.
why-changed = It was changed in the meantime, so it was not touched.
why-version-gone = Dropbox no longer has this version.
why-link-not-found = The link was already removed.
why-cursor-reset = The list must be reloaded. Refresh.
why-duplicate-paths = It is already in this folder.
why-name-taken = An item with this name already exists.
why-folder-exists = A folder with this name already exists.
why-file-in-the-way = A file has the name of a folder that is needed.
why-reserved-name = This name is reserved by Dropbox. Choose another name.
why-invalid-name = Dropbox doesn’t accept this name. Choose another name.
why-account-full = The account has no room for it. Delete files or get more storage.
why-traffic-limit = The account has reached its upload limit. Try again tomorrow.
why-folder-into-itself = A folder can’t be moved or copied into itself.
why-shared-folder-copy = Shared folders can’t be copied.
why-shared-folder-move = A shared folder can’t be moved there.
why-move-not-allowed = Dropbox doesn’t allow moving it there.
why-already-mounted = It is in your Dropbox already. Refresh to see it.
why-not-mountable = It belongs to a team folder or to another shared folder, and can’t be added or removed by itself.
why-nested-shared-folder = It would be inside another shared folder, which Dropbox doesn’t allow.
why-incomplete = It was stopped half-way.
why-too-many-items = More than 10,000 items at once. Try with fewer items.
why-not-downloadable = This kind of file can only be opened on dropbox.com.
why-no-preview = This file has no thumbnail.
why-upload-interrupted = The upload was interrupted. Try again.
why-upload-damaged = The upload was damaged on the way. Try again.
why-already-running = It is under way already.
why-local-not-found = It is no longer on this computer.
why-local-access-denied = You don’t have permission on this computer.
why-local-invalid-name = This computer doesn’t accept the name.
why-local-unreadable = The file on this computer could not be read.
why-disk-full = The disk is full. Free some space, then try again.
why-disk-disconnected = Connect it, then try again.
why-file-too-large = The disk can’t hold files of this size.
why-read-only-disk = The disk is write-protected.
why-local-error = This computer could not do it.
why-not-supported = This computer has no program for it.
why-invalid-input = It was not understood.
why-internal = Something went wrong inside Coffer. The log has the details.
could-not-move-items = { $count ->
    [one] { $count } item could not be moved
   *[other] { $count } items could not be moved
}
could-not-copy-items = { $count ->
    [one] { $count } item could not be copied
   *[other] { $count } items could not be copied
}
why-taken-meanwhile = Another item has got its name in the meantime, so it was left where it is.
why-shared-folder-in-parts-move = It is a shared folder with more than 10,000 items, which can only be moved in parts. Its members would not come along, so it was left as it is.
why-shared-folder-in-parts-copy = It is a shared folder with more than 10,000 items, which can only be copied in parts. Its members would not come along, so it was left as it is.
why-folder-not-empty = Something has come into the folder while its contents were moved.
could-not-move-completely = “{ $name }” could not be moved completely
could-not-copy-completely = “{ $name }” could not be copied completely
could-not-delete-completely = “{ $name }” could not be deleted completely
deleted-in-part = { $done } of { $count } items are in “Deleted files”, and the rest is still in “{ $folder }”. To go on, delete the folder again.
moved-in-part = What was moved is in “{ $now }”, and the rest is still in “{ $before }”. To go on, move the folder there again.
copied-in-part = What was copied is in “{ $now }”. To go on, copy the folder there again.
first-of-several = { $count ->
    [one] { $problem } ({ $count } item failed; this was the first.)
   *[other] { $problem } ({ $count } items failed; this was the first.)
}
why-too-large-for-case = A folder with more than 10,000 items can’t change only the case of its name. Give it another name first, then this one.
called-for-now = It is called “{ $name }” for now. Coffer gives it its name when it is started again.
why-too-large-for-exchange = A folder with more than 10,000 items can’t give its name to another item at the same time. Give it another name first.
why-deleted-or-moved = It was deleted or moved in the meantime.
why-name-taken-now = Another item has its name now.
why-left-as-it-is = It was changed in the meantime, so it was left as it is.
not-brought-back-yet = “{ $name }” is not brought back yet
goes-on-at-next-start = { $reason } Coffer goes on with it at its next start, or when you bring it back again within 90 days.
why-deleted-meanwhile = It was deleted in the meantime.
could-not-make-folders = { $count ->
    [one] { $count } folder could not be made
   *[other] { $count } folders could not be made
}
bring-back-given-up = { $count ->
    [one] It was stopped more than { $count } day ago, so Coffer does not go on with it. What was done until then stays. The rest may still be in “Deleted files” and among the versions of each file.
   *[other] It was stopped more than { $count } days ago, so Coffer does not go on with it. What was done until then stays. The rest may still be in “Deleted files” and among the versions of each file.
}
why-name-taken-just-now = Another item had its name a moment ago. Try again.
could-not-create-folder = The folder “{ $name }” could not be created
why-kept-copy-changed = The copy that was to be kept, { $path }, was changed, moved or deleted meanwhile, so this one stays.
why-kept-copies-changed = The copies that were to be kept were changed, moved or deleted meanwhile, so this one stays.
could-not-remove-link = The link to “{ $name }” could not be removed
problem-and-more = { $count ->
    [one] { $title } (and { $count } more)
   *[other] { $title } (and { $count } more)
}
why-no-longer-shared = It was moved or replaced in the meantime, or is no longer shared.
could-not-restore-version = The version of “{ $name }” could not be restored
why-check-current-version = The file was changed in the meantime. Check its current version first.
why-nothing-deleted = Nothing that was deleted has this name.
undo-stopped = It was stopped before all of it was undone
redo-stopped = It was stopped before all of it was done again
why-undo-stopped = What was done until then stays.
why-moved-or-replaced = It was moved or replaced in the meantime.
why-changed-kept = It was changed in the meantime, so it was kept.
why-folder-name-taken-now = Another folder has its name now.
why-item-inside-changed = “{ $name }” in it was added or changed in the meantime, so it was kept.
account-not-indexed = The account is not indexed yet
why-not-indexed-command = Coffer lists the account in the background. Wait until that is done, or run “coffer index”.
why-index-not-written = The index can’t be written into the cache folder of this computer. Is the disk full?
could-not-index = The account could not be indexed
could-not-add-samples = The sample files could not be added
could-not-add-sample = The sample file “{ $name }” could not be added
could-not-open-account = The account could not be opened
why-sign-in-not-found = Your sign-in was not found on this computer. Sign in again to continue.
account-unreachable = The account can’t be reached
could-not-sign-in = Could not sign in
invalid-app-key = Invalid app key
why-invalid-app-key = An app key consists of lower-case letters and digits. Dropbox shows it in the app’s settings.
invalid-server-address = Invalid server address
why-invalid-server-address = It must start with https://, unless it is on this computer.
why-no-page-opened = Open the Dropbox page first, then copy the code.
why-no-code = Paste the code that Dropbox shows after you allow access.
why-code-rejected = Dropbox rejected this code: it is mistyped, already used or expired. Open the page again and copy the new code.
why-unknown-app-key = Dropbox does not know this app key. Compare it with the one in the app’s settings.
was-not-signed-in = You are not signed in
why-needs-no-sign-in = This account needs no sign-in.
could-not-read-sign-in = The sign-in could not be read
could-not-keep-sign-in = The sign-in could not be kept
could-not-remove-sign-in = The sign-in could not be removed
sign-ins-unreadable = Your sign-ins can’t be read
why-sign-ins-damaged = The file { $file } is damaged. Sign in again; the damaged file is kept beside the new one.
why-no-keyring = Neither the system’s keyring nor the data folder could be used.
why-keyring-locked = The system’s keyring is locked, or does not answer. Unlock it, and try again.
could-not-open-page = The page could not be opened
why-no-web-address = This is not a web address.
could-not-open-browser = The browser could not be opened
why-no-browser = Copy the address and open it in a browser.
why-no-program = No program opened it. Install one for this kind of file, and try again.
why-no-file-manager = No file manager answered. Install one, such as GNOME Files or Dolphin, and try again.
could-not-open-file-dialog = The file dialog could not be opened
no-file-dialog = This system has no file dialog
why-no-file-dialog-download = The folder for downloads could not be made either. Install zenity or a desktop portal (xdg-desktop-portal-gtk) to choose where to save.
why-no-file-dialog = Install zenity or a desktop portal (xdg-desktop-portal-gtk). Until then, drop files onto the window or paste them with Ctrl+V.
could-not-show-file = “{ $name }” could not be shown in the file manager
could-not-read-clipboard = The clipboard could not be read
why-clipboard-unreadable = Drop the files onto the window instead.
could-not-keep-clipboard = What is on the clipboard could not be kept
could-not-count-cache = The pictures and previews could not be counted
could-not-clear-cache = Not all pictures and previews could be deleted
why-folders-not-compared = Only files have versions that can be compared.
why-versions-not-downloadable = Its versions can only be opened on dropbox.com.
could-not-list-deleted = Deleted files could not be listed
could-not-save-settings = Your settings could not be saved
could-not-keep-tabs = Your tabs can’t be kept for the next start
why-download-damaged = The downloaded file differs from the one in Dropbox and was discarded. Try again.
why-local-folder-exists = A folder with this name already exists, so it was not replaced.
why-local-file-exists = A different file with this name already exists, so it was not replaced.
why-connection-keeps-failing = The connection keeps failing before the file is complete.
why-local-folder-gone = Its folder no longer exists on this computer.
why-deleted = It was deleted.
why-not-known-then = Nobody can tell whether it was there then.
why-not-kept-then = Dropbox does not keep that version any more.
why-version-not-known-then = Nobody can tell which version was there then.
could-not-give-files = Nothing could be given to the other program
why-too-much-to-give = Other programs are given at most 10,000 files and 10 GB at once. Download the items into a folder instead.
why-not-there-then = It was not there then.
why-no-place-to-save = A file can’t be saved here.
could-not-write-own-folder = Coffer’s own folder “{ $folder }” could not be written to
could-not-download-to = Nothing could be downloaded to “{ $name }”
why-no-such-local-folder = The folder does not exist on this computer.
transfer-already-running = This transfer is already running
why-transfer-running = The same files are being transferred to the same place, here or in another window. Wait until that has finished.
could-not-start-transfer = This transfer could not be started
why-transfers-too-new = A newer version of Coffer has been used on this computer, and this one can’t read its list of transfers. Use the newer version.
disk-disconnected = The disk with “{ $name }” isn’t connected
target-folder-gone = The folder “{ $name }” is no longer there
why-target-folder-gone = Put it back, then try again; or download to another folder.
why-reply-not-understood = Dropbox sent a reply that Coffer does not understand.
could-not-start-upload = The upload could not be started
could-not-finish-upload = The upload could not be finished
could-not-begin-upload = The upload could not be begun
why-too-many-numbers = Too many files with this name already exist.
why-changed-after-asking = The file in Dropbox was changed after you were asked, so it was not replaced.
why-file-has-folder-name = A file named “{ $name }” has the name of its folder
why-changed-during-upload = The file changed during the upload. Try again when no program is writing to it.
why-name-not-text = The name is not valid text (UTF-8)
why-same-name = Dropbox treats “{ $other }” and “{ $name }” as the same name
could-not-read = “{ $name }” could not be read
why-broken-link = It is a broken link.
why-no-file-or-folder = It is neither a file nor a folder.
why-link-to-parent = It is a link to one of its parent folders.
why-link-leads-out = It is a link that leads out of the folder
history-damaged = The history was damaged, and has begun anew
why-history-damaged = What was done before can’t be undone from here. Deleted items are in “Deleted files”, and earlier versions among the versions of each file.
history-not-kept = What you do now can be undone only until Coffer is closed
why-history-too-new = The history was written by a newer version of Coffer.
why-history-not-written = The history can’t be written: { $error }.
history-unreadable = The history can’t be read
why-no-link = Dropbox returned no link.
could-not-list-links = Shared links could not be listed
search-failed = The search failed
why-not-indexed = The account is not indexed yet. Coffer does that in the background; try again when it is done.
why-not-indexed-yet = The account is not indexed yet. Try again when that is done.
could-not-list-versions = The versions of “{ $name }” could not be listed
could-not-list-shared-folders = Shared folders could not be listed
could-not-load-thumbnails = Thumbnails could not be loaded
why-conflict-resolved = The conflict has been resolved already.
why-not-tried = It was not tried, because there was no answer about what went before.
why-other-version-changed = The other version has been changed meanwhile. Compare the versions, or choose once more to replace it.
why-changed-just-now = It was changed just now, and the change is not saved yet.
why-older-version-open = Another program has an older version of it open, or has left its lock file. Close it there, or discard it under “Open files” in the transfers, and open it again.
why-open-elsewhere = Another program has it open. Close it there first.
why-saved-beside = { $count ->
    [one] “{ $name }” was saved beside it and is only on this computer, in { $folder }. Move it to another folder first.
   *[other] “{ $name }” and other files were saved beside it and are only on this computer, in { $folder }. Move them to another folder first.
}
why-other-version-deleted = The other version has been deleted. Yours is the only one now.
why-still-written = A program is still writing to the file. It is saved when the program has finished.
why-removed-at-once = It was uploaded, and removed from the account at once.
edited-file-not-found = The edited file could not be found
why-edited-file-not-found = It was discarded, or another window of Coffer works on it.
waiting-busy = Dropbox asked Coffer to slow down
waiting-failing = Dropbox is having problems
waiting-broken = Connection lost
waiting-contention = Dropbox is busy with other changes to this account
why-thumbnail-too-large = What the service made of it is too large.
why-connection-lost-within = The connection was lost before the file was complete.
why-server-stopped = The local server stopped unexpectedly ({ $error }). Restart Coffer.
account-in-use-by-coffer = Another program of Coffer is using this account
account-in-use-waits = It opens by itself when that ends.
could-not-open-local-account = The local account could not be opened
could-not-undo = It could not be undone
could-not-redo = It could not be done again
why-history-unreadable = The history of this computer can’t be read.
why-inverse-gone = How to do that is not kept any more.
why-undone-already = It was undone already.
why-redone-already = It was done again already.
settings-unreadable = the file cannot be read ({ $error })
settings-keys-not-understood = Some of your keys can’t be used
settings-keys-no-command = There is no command “{ $name }”.
settings-keys-no-key = “{ $key }” for “{ $name }” is no key. Use F7, Ctrl+Alt+N or the like.
settings-name-no-account = the file does not say which account was chosen
