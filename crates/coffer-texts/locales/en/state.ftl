# What is said when something is done, refused or finished.

new-folder-name = New folder
nothing-to-paste = Nothing to paste
nothing-to-upload = Nothing to upload: no files or folders were found
dropped-on-no-folder = Nothing was uploaded: open a folder, then drop the files there
dropped-on-sign-in = Nothing was uploaded: close the dialog, then drop the files again
team-space-changed = Your team’s folders have moved. They are shown where they are now
address-taken = Links of this account that you gave away don’t work now: another program uses their address. Close it, then restart Coffer.
signed-out = Signed out of Dropbox
not-signed-in = You are signed out
account-in-use = Another program has the account open
temporary-copy = Temporary copy
other-program = Other program
several-folders = Several folders
search-removed = Removed the search “{ $name }”
bookmark-added = Added the bookmark “{ $name }”
bookmarks-added = { $count ->
    [one] Added { $count } bookmark
   *[other] Added { $count } bookmarks
}
bookmark-removed = Removed the bookmark “{ $name }”
bookmark-leads-nowhere = “{ $name }” is no longer where its bookmark leads
edit-new-folder = New folder “{ $name }”
edit-rename-one = Rename “{ $from }” to “{ $to }”
edit-rename = Rename { $items }
edit-move = Move { $items }
edit-copy = Copy { $items }
edit-delete = Delete { $items }
edit-restore-version = Restore a version of “{ $name }”
edit-restore = Restore { $items }
edit-bring-back = Bring back { $folder }
edit-remove-link = Remove the link to “{ $name }”
edit-add-shared-folder = Add “{ $name }” to your Dropbox
edit-remove-shared-folder = Remove “{ $name }” from your Dropbox
edit-undo = Undo
done-renamed = Renamed { $items }
done-moved = Moved { $items } to { $folder }
done-duplicated = Duplicated { $items }
done-copied = Copied { $items } to { $folder }
done-deleted = Moved { $items } to Deleted files
done-restored-version = Restored an earlier version of “{ $name }”
done-restored = Restored { $items }
done-removed-link = Removed the link to “{ $name }”. This can’t be undone, but you can create a new link
done-added-shared-folder = Added “{ $name }” to your Dropbox
done-removed-shared-folder = Removed “{ $name }” from your Dropbox
done-redone = Redone: { $edit }
done-undone = Undone: { $edit }
refusal-view-only = You can view “{ $folder }”, but not change it
refusal-some-folders = You have access to some folders in “{ $folder }” only
refusal-move-into-itself = “{ $name }” can’t be moved into itself
refusal-copy-into-itself = “{ $name }” can’t be copied into itself
refusal-already-here = { $count ->
    [one] { $items } is in this folder already
   *[other] { $items } are in this folder already
}
refusal-team-root = Only admins can change what is in “{ $team }”. You can change what is in its folders
refusal-delete-shared-folder = Nothing was deleted: “{ $name }” is a shared folder. Remove it from your Dropbox by itself
refusal-no-access = You don’t have access to “{ $folder }”. Ask its owner for it
restored-elsewhere = “{ $left }” is no longer there, so “{ $shown }” is shown
progress-of-items = { $count ->
    [one] { $done } of { $count } item
   *[other] { $done } of { $count } items
}
progress-edit = { $edit }… { $items }
progress-listing = { $edit }… { $items } found
progress-undo = Undo: { $edit }… { $items }
progress-redo = Redo: { $edit }… { $items }
done-brought-back = Brought back { $folder }
partly-done = { $count ->
    [one] { $edit }: { $count } item failed
   *[other] { $edit }: { $count } items failed
}
problems-of-items = { $count ->
    [one] { $count } item could not be changed
   *[other] { $count } items could not be changed
}
saved-to-dropbox = Saved “{ $name }” to Dropbox
saved = Saved “{ $name }”
saved-as-new-file = “{ $name }” had been deleted, so it was saved as a new file
saved-beside = The file was also changed elsewhere. Your version was saved as “{ $name }”
conflict-kept-both = Both versions were kept. Yours is “{ $name }”
conflict-kept-mine = “{ $name }” has your changes now
conflict-kept-theirs = “{ $name }” was kept as it was changed elsewhere
unsent = { $count ->
    [one] { $count } edited file was not sent yet
   *[other] { $count } edited files were not sent yet
}
dropped-behind-dialog = { $count ->
    [one] Uploading { $count } item to { $folder }
   *[other] Uploading { $count } items to { $folder }
}
files-and-folders = { $files } and { $folders }
uploaded = Uploaded { $items }
downloaded = Downloaded { $items }
uploaded-some = { $count ->
    [one] Uploaded { $items }, skipped { $count } file
   *[other] Uploaded { $items }, skipped { $count } files
}
downloaded-some = { $count ->
    [one] Downloaded { $items }, skipped { $count } file
   *[other] Downloaded { $items }, skipped { $count } files
}
done-with-other-names = { $count ->
    [one] { $done }. { $count } item has another name here
   *[other] { $done }. { $count } items have other names here
}
not-uploaded = { $count ->
    [one] { $failed } of { $count } file could not be uploaded
   *[other] { $failed } of { $count } files could not be uploaded
}
not-downloaded = { $count ->
    [one] { $failed } of { $count } file could not be downloaded
   *[other] { $failed } of { $count } files could not be downloaded
}
resumed = { $count ->
    [one] Resumed { $count } transfer
   *[other] Resumed { $count } transfers
}
transfer-finished = Transfer finished
all-transfers-finished = All transfers finished
transfer-failed = Transfer failed or incomplete
some-transfers-failed = { $count ->
    [one] { $failed } of { $count } transfer failed
   *[other] { $failed } of { $count } transfers failed
}
files-transferred = { $count ->
    [one] { $count } file transferred.
   *[other] { $count } files transferred.
}
paths-copied = { $count ->
    [one] Path copied
   *[other] { $count } paths copied
}
names-copied = { $count ->
    [one] Name copied
   *[other] { $count } names copied
}
link-copied = Link to “{ $name }” copied
signed-in-as = Signed in as { $email }
signed-in = Signed in
files-exist-already = { $count ->
    [one] The file already exists
   *[other] All { $count } files already exist
}
name-taken = “{ $name }” already exists
local-account-unreachable = The local account can’t be reached
dropbox-unreachable = Dropbox can’t be reached
operation-new-folder = New folder { $items }
operation-upload = Upload { $items }
operation-bring-back = Bring back of { $items }
operation-create-link = Create the link to “{ $name }”
operation-change-link = Change the link to “{ $name }”
refusal-in-work = “{ $name }” is still being changed. Wait until that is done, or cancel it
undo-dropped = Undo was left out, because something else was done first
undo-elsewhere = { $kind ->
    [create-folder] Undo the creation of { $items }? In { $folder }, { $ago }
    [delete] Undo the deletion of { $items }? In { $folder }, { $ago }
    [move] Undo the move of { $items }? In { $folder }, { $ago }
    [rename-one] Undo the renaming of “{ $from }” to { $items }? In { $folder }, { $ago }
    [rename] Undo the renaming of { $items }? In { $folder }, { $ago }
    [copy] Undo the copy of { $items }? In { $folder }, { $ago }
    [restore-version] Undo the restored version of { $items }? In { $folder }, { $ago }
    [restore] Undo the restore of { $items }? In { $folder }, { $ago }
    [bring-back] Undo the bring back of { $items }? In { $folder }, { $ago }
    [create-link] Remove the link to { $items }? In { $folder }, { $ago }
    [change-link] Undo the change of the link to { $items }? In { $folder }, { $ago }
    [remove-link] Undo the removal of the link to { $items }? In { $folder }, { $ago }
    [add-shared-folder] Undo the addition of { $items } to your Dropbox? In { $folder }, { $ago }
    [remove-shared-folder] Undo the removal of { $items } from your Dropbox? In { $folder }, { $ago }
   *[other] Undo the upload of { $items }? In { $folder }, { $ago }
}
redo-elsewhere = { $kind ->
    [create-folder] Redo the creation of { $items }? In { $folder }, { $ago }
    [delete] Redo the deletion of { $items }? In { $folder }, { $ago }
    [move] Redo the move of { $items }? In { $folder }, { $ago }
    [rename-one] Redo the renaming of “{ $from }” to { $items }? In { $folder }, { $ago }
    [rename] Redo the renaming of { $items }? In { $folder }, { $ago }
    [copy] Redo the copy of { $items }? In { $folder }, { $ago }
    [restore-version] Redo the restored version of { $items }? In { $folder }, { $ago }
    [restore] Redo the restore of { $items }? In { $folder }, { $ago }
    [bring-back] Redo the bring back of { $items }? In { $folder }, { $ago }
    [create-link] Create the link to { $items } again? In { $folder }, { $ago }
    [change-link] Redo the change of the link to { $items }? In { $folder }, { $ago }
    [remove-link] Redo the removal of the link to { $items }? In { $folder }, { $ago }
    [add-shared-folder] Redo the addition of { $items } to your Dropbox? In { $folder }, { $ago }
    [remove-shared-folder] Redo the removal of { $items } from your Dropbox? In { $folder }, { $ago }
   *[other] Redo the upload of { $items }? In { $folder }, { $ago }
}
ago-now = just now
ago-minutes = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
ago-hours = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
ago-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
toast-show = Show
toast-details = Details…
toast-review = Review
notice-title = Changed by others
folder-and-others = { $count ->
    [one] { $folder } and { $count } other folder
   *[other] { $folder } and { $count } other folders
}
notice-added = { $what } added in { $place }
notice-edited = { $what } edited in { $place }
notice-moved = { $what } moved in { $place }
notice-deleted = { $what } deleted in { $place }
notice-changed = { $what } changed in { $place }
notice-added-by = { $name } added { $what } in { $place }
notice-edited-by = { $name } edited { $what } in { $place }
notice-moved-by = { $name } moved { $what } in { $place }
notice-deleted-by = { $name } deleted { $what } in { $place }
notice-changed-by = { $name } changed { $what } in { $place }
name-with-files = { $count ->
    [one] { $name } ({ $count } file)
   *[other] { $name } ({ $count } files)
}
first-and-second = { $first } and { $second }
notices-are-on = Changes of others are told
notices-are-off = Changes of others are no longer told
motion-is-reduced = Less motion
motion-is-full = Motion as usual
