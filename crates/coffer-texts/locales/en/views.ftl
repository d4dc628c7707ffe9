# Words of the lists that are no folders, and of the pane of details.

activity-created-folder = Created the folder { $item }
activity-deleted = Deleted { $item }
activity-moved = Moved { $item } to { $folder }
activity-renamed-in = Renamed { $item } in { $folder }
activity-renamed = Renamed { $before } to { $item }
activity-duplicated = Duplicated { $item }
activity-copied = Copied { $item } to { $folder }
activity-uploaded = Uploaded { $item }
activity-uploaded-version = Uploaded a new version of { $item }
activity-uploaded-versions-in = Uploaded new versions in { $item }
activity-uploaded-versions = Uploaded new versions of { $item }
activity-restored-version = Restored an earlier version of { $item }
activity-restored = Restored { $item }
activity-brought-back = Brought back { $item }
activity-created-link = Created a link to { $item }
activity-changed-link = Changed the link to { $item }
activity-removed-link = Removed the link to { $item }
activity-added-shared-folder = Added { $item } to your Dropbox
activity-removed-shared-folder = Removed { $item } from your Dropbox
activity-from = From { $folder }
activity-undone-at = undone at { $time }
activity-undone-today = undone today, { $time }
activity-undone-yesterday = undone yesterday, { $time }
activity-undone-on = undone { $date }
activity-not-created = { $count ->
    [one] { $count } item could not be created
   *[other] { $count } items could not be created
}
activity-not-deleted = { $count ->
    [one] { $count } item could not be deleted
   *[other] { $count } items could not be deleted
}
activity-not-moved = { $count ->
    [one] { $count } item could not be moved
   *[other] { $count } items could not be moved
}
activity-not-renamed = { $count ->
    [one] { $count } item could not be renamed
   *[other] { $count } items could not be renamed
}
activity-not-copied = { $count ->
    [one] { $count } item could not be copied
   *[other] { $count } items could not be copied
}
activity-not-uploaded = { $count ->
    [one] { $count } item could not be uploaded
   *[other] { $count } items could not be uploaded
}
activity-not-restored = { $count ->
    [one] { $count } item could not be restored
   *[other] { $count } items could not be restored
}
activity-not-brought-back = { $count ->
    [one] { $count } item could not be brought back
   *[other] { $count } items could not be brought back
}
activity-not-changed = { $count ->
    [one] { $count } item could not be changed
   *[other] { $count } items could not be changed
}
activity-not-added = { $count ->
    [one] { $count } item could not be added
   *[other] { $count } items could not be added
}
activity-not-removed = { $count ->
    [one] { $count } item could not be removed
   *[other] { $count } items could not be removed
}
undoing-changed-link = What a link was before is not kept. You can change it again with “Share…”.
undoing-removed-link = A link that was removed never works again. You can create a new one, which has another address.
undoing-not-kept = How to undo this is not kept any more.
redoing = Does it again: { $edit }.
undoing-create-folder = Deletes the folder { $items }, if it is still empty.
undoing-delete = Puts { $items } back into { $folder }, and makes the folder again if it is gone. What has got the name of one meanwhile is left alone.
undoing-move = Moves { $items } back to { $folder }.
undoing-renames = Gives { $items } their old names again.
undoing-rename = Renames { $items } back to “{ $name }”.
undoing-copy = Deletes the copy { $items }, if it was not changed since.
undoing-copies = Deletes the copies that were not changed since.
undoing-upload = Deletes { $items }, if it was not changed since. Files that were replaced get the version before.
undoing-uploads = Deletes { $items } that were not changed since. Files that were replaced get the version before.
undoing-upload-version = Brings the version before back, if the file was not changed since. The new one stays among the versions.
undoing-restore-version = Brings the version back that was the newest before, if the file was not changed since.
undoing-bring-back = Makes { $items } again what they were before, as far as they were not changed since.
undoing-restore = Deletes { $items } again, if nothing in it was changed since.
undoing-create-link = Removes the link. It never works again.
undoing-add-shared-folder = Removes { $items } from your Dropbox. Its other members keep it.
undoing-remove-shared-folder = Adds { $items } to your Dropbox where it was.
activity-group-moved = Moved and renamed
activity-group-moved-short = Moved
activity-group-deleted = Deleted
activity-group-uploaded = Uploaded
activity-group-restored = Restored
activity-group-links = Links
activity-which = which activity
activity-search = Search the activity
activity-none-with = No activity with “{ $text }”
activity-names-note = Names of items and of their folders are looked for.
activity-show-all = Show all
activity-none-such = No such activity
activity-none-such-note = Nothing of this kind was done in the last 90 days.
activity-none = No activity yet
activity-none-note = What you change here is listed, and can be undone for 90 days.
activity-about = What Coffer did in this account, in the window and by commands.
activity-heading-cannot = This can’t be undone
activity-heading-undo = What Undo will do
activity-heading-redo = What Redo will do
activity-undo-this = Undo this
activity-do-again = Do it again
and-more = and { $count } more
activity-partly-undone = Not all of it was undone: { $problem }
activity-not-undone = Not undone: { $problem }
changes-files-added = { $count ->
    [one] { $count } file added in { $folder }
   *[other] { $count } files added in { $folder }
}
changes-folders-added = { $count ->
    [one] { $count } folder added in { $folder }
   *[other] { $count } folders added in { $folder }
}
changes-files-edited = { $count ->
    [one] { $count } file edited in { $folder }
   *[other] { $count } files edited in { $folder }
}
changes-folders-edited = { $count ->
    [one] { $count } folder edited in { $folder }
   *[other] { $count } folders edited in { $folder }
}
changes-files-moved = { $count ->
    [one] { $count } file moved to { $folder }
   *[other] { $count } files moved to { $folder }
}
changes-folders-moved = { $count ->
    [one] { $count } folder moved to { $folder }
   *[other] { $count } folders moved to { $folder }
}
changes-files-deleted = { $count ->
    [one] { $count } file deleted from { $folder }
   *[other] { $count } files deleted from { $folder }
}
changes-folders-deleted = { $count ->
    [one] { $count } folder deleted from { $folder }
   *[other] { $count } folders deleted from { $folder }
}
changes-further = { $count ->
    [one] and one more
   *[other] and { $count } more
}
changes-further-deleted = { $count ->
    [one] and one more, which is in Deleted files
   *[other] and { $count } more, which are in Deleted files
}
change-added = Added
change-added-in = Added in { $folder }
change-edited = Edited
change-edited-in = Edited in { $folder }
change-deleted = Deleted
change-deleted-from = Deleted from { $folder }
change-renamed-from = Renamed from “{ $name }”
change-moved-from = Moved from { $folder }
change-moved = Moved
change-with-files = { $count ->
    [one] { $change }, with { $count } file
   *[other] { $change }, with { $count } files
}
change-by = by { $name }
change-by-you = by you
change-by-somebody-else = by somebody else
changes-none = No changes yet
changes-none-incomplete = Changes are recorded when all files have been listed once.
changes-none-note = From now on, what happens to your files is listed here.
changes-none-since-yesterday = No changes since yesterday
changes-older = Older ones are under “All”.
changes-none-since-looked = No changes since you last looked
changes-since-yesterday = Since yesterday
changes-since-looked = Since I last looked
changes-which = which changes
changes-mark-seen = Mark all as seen
change-show-before = Show version before
duplicates-one-stays = One copy always stays.
duplicates-view-only = You can only view this file.
duplicates-place = in { $folder }, { $date }
duplicates-delete-named = Delete { $name }
duplicates-offline-title = Nothing can be deleted now
duplicates-offline = You are offline. Files can be deleted when the connection is back.
duplicates-none-chosen = Nothing is chosen
duplicates-one-of-each-stays = One copy of each group always stays.
duplicates-chosen = { $count ->
    [one] { $count } file chosen
   *[other] { $count } files chosen
}
duplicates-restorable = They go to Deleted files, from where they can be restored.
duplicates-delete = Delete…
duplicates-delete-files = { $count ->
    [one] Delete { $count } file, { $size }…
   *[other] Delete { $count } files, { $size }…
}
duplicates-each = { $count } copies · { $size } each
duplicates-group = { $name }, { $copies }, { $wasted } wasted
duplicates-by-wasted = Wasted
duplicates-by-copies = Copies
duplicates-wasted = { $size } wasted
duplicates-groups = { $count ->
    [one] { $count } group
   *[other] { $count } groups
}
duplicates-could-go = { $count ->
    [one] { $count } copy could go, in { $groups }
   *[other] { $count } copies could go, in { $groups }
}
duplicates-below = { $words }, below { $folder }
duplicates-order = order of the groups
duplicates-unfold-all = Unfold all
duplicates-fold-all = Fold all
duplicates-choose-by-rule = Choose by rule
duplicates-keep-newest = Keep the newest
duplicates-keep-oldest = Keep the oldest
duplicates-keep-shortest = Keep the shortest path
duplicates-keep-in = Keep the ones in
duplicates-choose-none = Choose none
duplicates-one-of-each-stays-heading = One copy of each group always stays
duplicates-incomplete-percent = Coffer is still listing your files ({ $percent } %). There may be more.
duplicates-incomplete = Coffer is still listing your files. There may be more.
details-largest = Largest files
details-newest = Newest files
details-contains = Contains
details-other = Other
details-sharing = Sharing
details-uploaded = Uploaded
details-revision = Revision
details-less = Less
details-more = More
details-location = Location
details-dimensions = Dimensions
details-taken = Taken
details-camera = Camera
details-lens = Lens
details-exposure = Exposure
details-place = Place
details-pages = Pages
details-length = Length
details-contents = Contents
details-table = Table
details-title = Title
details-artist = Artist
details-album = Album
details-bit-rate = Bit rate
details-sound = Sound
details-encoding = Encoding
details-then = Then
details-now = Now
details-hash = Content hash
details-copy-hash = Copy content hash
pages = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}
rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
table-columns = { $count ->
    [one] { $count } column
   *[other] { $count } columns
}
hint-folder = Select a file to preview it. Press Space for a large preview.
hint-past = Select an item to see it as it was, and to save a copy of it.
hint-deleted = Select an item to restore it with all its versions.
hint-links = Select an item to see or remove its link.
hint-changes = Click a change to go to its item.
hint-activity = Select an operation to see its items.
hint-duplicates = Select a copy to preview it. Check the ones that are to be deleted.
hint-search = Select a result to preview it. Press Ctrl+Enter to show it in its folder.
hint-space = Select an item to see how much space it takes.
more-actions = More actions
searched-in = Searched in { $folder }
items-selected = { $count ->
    [one] { $count } item selected
   *[other] { $count } items selected
}
at-least = at least { $amount }
from-to = { $first } to { $last }
past-week-back = −1 week
past-day-back = −1 day
past-hour-back = −1 hour
past-hour-on = +1 hour
past-week-earlier = A week earlier
past-day-earlier = A day earlier
past-hour-earlier = An hour earlier
past-hour-later = An hour later
past-before-last-change = Before last change
past-next-change = Next change
past-time = Time
past-back-tooltip = Shows the folder as it is now  { $keys }
past-read-only = Nothing can be changed here.
past-looking-at = You are looking at
past-looking-at-moment = You are looking at { $moment }. { $detail }
past-not-observed = Coffer did not follow this account then; items may be missing.
past-reading = { $count ->
    [one] Reading versions, { $read } of { $count } file…
   *[other] Reading versions, { $read } of { $count } files…
}
past-moment = Moment
changes = { $count ->
    [one] { $count } change
   *[other] { $count } changes
}
since-new = New, not there then
since-unknown = May not have been there
since-version-unknown = Contents unknown
since-not-kept = No longer kept by Dropbox
since-pending = Finding out…
since-renamed = Now “{ $name }”
since-moved = Moved to { $folder }
below-changed = { $count } changed below
below-gone = { $count } gone below
below-moved = { $count } moved below
below-new = { $count } new below
below-unknown = { $count } not known below
below-not-kept = { $count } no longer kept below
below-differ = { $count } changed below
space-building-percent = Coffer lists your files in the background: { $percent } % so far.
space-building = Coffer lists your files in the background.
space-none-note = Files that you add are shown here by their size.
space-not-indexed = Not indexed yet
space-none = Nothing here takes space
space-map = Map
space-largest = Largest
space-oldest = Oldest
space-by-kind = By kind
space-age = Age
space-color-by-kind = Colour by kind
space-color-by-age = Colour by age
space-share-of-all = { $share } of all
space-percent-indexed = { $percent } % indexed
space-not-all-indexed = not all indexed
space-go-in = Go in to { $name }
age-month = Up to a month
age-year = Up to a year
age-three-years = Up to 3 years
age-older = Older
space-tooltip = { $size } · { $share } · in { $folder }
smaller-files = { $count ->
    [one] { $count } smaller file
   *[other] { $count } smaller files
}
