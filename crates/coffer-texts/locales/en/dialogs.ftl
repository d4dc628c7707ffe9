# Words of dialogs.

share-title = Share { $name }
share-looking = Looking for a link…
share-no-link = There is no link to it yet.
share-create = Create link
share-creating = Creating link…
share-open = Open in browser
share-removing = Removing…
share-remove = Remove link
share-link = Link
share-copied = Copied
share-anyone-folder = Anyone with the link can view and download everything in this folder, including files added later. Nobody can edit.
share-anyone-file = Anyone with the link can view and download this file, including later changes. Nobody can edit.
share-team-folder = Team members with the link can view and download everything in this folder, including files added later. Nobody can edit.
share-team-file = Team members with the link can view and download this file, including later changes. Nobody can edit.
share-password-folder = Anyone with the link and its password can view and download everything in this folder, including files added later. Nobody can edit.
share-password-file = Anyone with the link and its password can view and download this file, including later changes. Nobody can edit.
share-invited-folder = Only invited people can view and download everything in this folder, including files added later. Nobody can edit.
share-invited-file = Only invited people can view and download this file, including later changes. Nobody can edit.
share-expires = Expires on { $date }.
share-local = The link of a local account works only on this computer, while Coffer is running.
share-who = Who can open it
share-audience-anyone = Anyone
share-audience-password = With password
share-audience-team = Team
share-audience-invited = Only invited
share-password = Password
share-password-kept = Unchanged
share-ends = Expires
share-end-date = Last day
share-save = Save changes
share-saving = Saving…
share-saved = The link was changed
share-removed-long = The link was removed. It no longer works.
share-create-new = Create a new link
share-removed = The link was removed
versions-compare-hint = C. Space or Ctrl+click marks another version to compare with.
versions-title = Versions of { $name }
versions-deleted = This file was deleted. Restore a version to get it back.
versions-loading = Loading versions…
versions-none = No versions.
versions-count = { $count ->
    [one] 1 version. Each change adds one.
   *[other] { $count } versions. Restoring one keeps all others.
}
versions-and-more = { $count ->
    [one] 1 version. Each change adds one.
   *[other] { $count } and more versions. Restoring one keeps all others.
}
versions = Versions
versions-by = By { $name }
versions-by-you = By you
versions-by-somebody-else = By somebody else
versions-restored-from = Restored from { $date }
versions-save = Save a copy…
versions-compare-marked = Compare with marked
versions-compare-current = Compare with current
versions-restoring = Restoring…
versions-restore-file = Restore file
versions-restore = Restore this version
versions-is-current = This is the current version
app-key-create = Press Create app. Choose Scoped access and Full Dropbox.
app-key-permissions = On Permissions tick account_info.read, all of files and sharing. Submit.
app-key-copy = On Settings copy the App key. The secret is not needed.
bring-back-note = What changed meanwhile is left alone. One Undo takes all of it back.
bring-back-download-note = Each file is verified. The list of transfers shows how far it is.
bring-back-title = Bring { $what } back to { $moment }
bring-back-in-place = With all that is below. What is there now stays among the versions of each file.
bring-back-beside = Everything of then comes into “{ $name }”. What is there now stays as it is.
bring-back-download = Everything of then is downloaded as “{ $name }”. Your Dropbox stays as it is.
bring-back-download-items = Downloaded as it was, into a folder that you choose. Your Dropbox stays as it is.
bring-back-planning = Finding out what would be done…
bring-back-move-files = { $count ->
    [one] Move { $count } file
   *[other] Move { $count } files
}
bring-back-download-files = { $count ->
    [one] Download { $count } file…
   *[other] Download { $count } files…
}
bring-back-files = { $count ->
    [one] Bring back { $count } file
   *[other] Bring back { $count } files
}
bring-back-download-button = Download…
bring-back-button = Bring back
bring-back-place-here = In place
bring-back-place-here-detail = Where it was
bring-back-place-beside = Beside
bring-back-place-beside-detail = In a new folder
bring-back-place-computer = To this computer
bring-back-place-computer-detail = In a folder you choose
bring-back-all-items = { $count ->
    [one] All { $count } item, one by one
   *[other] All { $count } items, one by one
}
bring-back-leave-out = Leave some out
bring-back-is-gone = Gone
bring-back-is-changed = Changed
bring-back-is-moved = Moved
bring-back-is-new = New
bring-back-is-same = The same now
bring-back-move-aside = Move them to “{ $folder }”
plan-deleted = { $count ->
    [one] file comes back
   *[other] files come back
}
plan-changed = { $count ->
    [one] file has its version of then
   *[other] files have their versions of then
}
plan-copied = { $count ->
    [one] file is copied
   *[other] files are copied
}
plan-downloaded = { $count ->
    [one] file is downloaded
   *[other] files are downloaded
}
plan-moved = { $count ->
    [one] file gets its old name and place again
   *[other] files get their old names and places again
}
plan-added = { $count ->
    [one] new file stays
   *[other] new files stay
}
plan-aside = { $count ->
    [one] file made since then is moved
   *[other] files made since then are moved
}
plan-left-out = { $count ->
    [one] item is left out
   *[other] items are left out
}
plan-not-downloaded = { $count ->
    [one] file can’t be downloaded
   *[other] files can’t be downloaded
}
plan-not-brought-back = { $count ->
    [one] file can’t be brought back
   *[other] files can’t be brought back
}
plan-deleted-detail = Deleted since then
plan-changed-detail = The version of now can be restored later
plan-copied-detail = The same as then
plan-downloaded-detail = In the version of then, also what is gone today
plan-moved-detail = Renamed or moved since then
plan-added-detail = Made since then
plan-aside-detail = To “{ $folder }”
plan-unknown-detail = Nobody knows what was there then: { $names }
plan-not-kept-detail = No longer kept by Dropbox: { $names }
palette-title = Run a command
palette-list = View as list
palette-grid = View as grid
palette-theme-system = Theme: as the system
palette-theme-light = Theme: light
palette-theme-dark = Theme: dark
palette-menu = Open the menu of the selection
palette-side-bar = Show or hide side bar
palette-details = Show or hide details
palette-transfers = Show or hide transfers
palette-hint = Type a command
palette-none = No command that can be used here has these letters in its name.
conflict-newer = newer
conflict-folder = A folder
conflict-same-folder = A folder with this name
conflict-replace = Replace
conflict-merge = Merge
conflict-keep-both = Keep both
conflict-skip = Skip
conflict-inside = in { $inside }
conflicts-in = In { $folder }. Existing files keep their earlier versions.
conflicts-others = All other files can be uploaded to { $folder }.
conflicts-for-all = For all { $count }
conflicts-all-files = all files
conflicts-unsent = { $count ->
    [one] 1 file can’t be uploaded
   *[other] { $count } files can’t be uploaded
}
conflicts-exist = { $count ->
    [one] 1 file already exists
   *[other] { $count } files already exist
}
conflicts-in-account = In the account
conflicts-in-dropbox = In Dropbox
conflicts-on-computer = On this computer
conflicts-others-unsent = { $count ->
    [one] { $count } other file can’t be uploaded
   *[other] { $count } other files can’t be uploaded
}
conflicts-create-folders = { $count ->
    [one] Create { $count } folder
   *[other] Create { $count } folders
}
conflicts-skip-all = Skip all
conflicts-replace-files = { $count ->
    [one] Replace { $count } file
   *[other] Replace { $count } files
}
conflicts-upload-files = { $count ->
    [one] Upload { $count } file
   *[other] Upload { $count } files
}
delete-duplicates-title = { $count ->
    [one] Delete { $count } file, { $size }?
   *[other] Delete { $count } files, { $size }?
}
delete-duplicates-note = { $count ->
    [one] At least one copy of each of the { $count } group stays. What is deleted goes to Deleted files, from where it can be restored. Where the copy that stays was changed meanwhile, nothing is deleted.
   *[other] At least one copy of each of the { $count } groups stays. What is deleted goes to Deleted files, from where it can be restored. Where the copy that stays was changed meanwhile, nothing is deleted.
}
delete-duplicates-button = { $count ->
    [one] Delete { $count } file
   *[other] Delete { $count } files
}
delete-duplicates-keep = Keep all
settings-double-click = Double click
settings-single-click = Single click
settings-title = Settings
settings-appearance = Appearance
settings-theme = Theme
settings-accent = Accent color
settings-language = Language
settings-rows = Row height
settings-size = Size
settings-motion-detail = Panels and pictures appear without fading
settings-files = Files
settings-open-with = Open files with a
settings-notices-detail = A message on the desktop tells what others have changed
settings-computer = On this computer
settings-cache = Pictures and previews
settings-limits = Speed limits
settings-teal = Teal
settings-blue = Blue
settings-purple = Purple
settings-pink = Pink
settings-orange = Orange
settings-olive = Olive
settings-slate = Slate
settings-counting = Counting…
settings-used = Used
settings-clear = Clear
settings-accent-named = { $color }: Accent color
settings-cache-use = { $used } of { $most }. What was not used for longest goes first.
sign-in-choose = Choose an account.
sign-in-account = Account
sign-in-local = Local account
sign-in-local-detail = Files on this computer, with all their versions.
sign-in-server = Server
sign-in-add = Add another Dropbox account
sign-in-dropbox-detail = Your files in Dropbox. Takes about two minutes.
sign-in-subtitle = Coffer connects to Dropbox directly. Your sign-in stays in your keyring.
sign-in-title = Connect your Dropbox
sign-in-app-key = App key
sign-in-allow = Allow access in your browser
sign-in-own-key = Use an app key of your own…
sign-in-paste = Paste the code
sign-in-key-example = Example: x7f2k9q0m4tz31a
sign-in-key-why = Coffer needs an app key of your own. It costs nothing. On the pages that open:
sign-in-key-get = Get an app key
sign-in-other-server = Another server…
sign-in-server-address = Server address
sign-in-server-hint = Server address (leave empty for Dropbox)
sign-in-opening = Opening…
sign-in-open-page = Open page
sign-in-open-dropbox = Open Dropbox
sign-in-copy-page = Copy page address
sign-in-code = Code
sign-in-connecting = Connecting…
sign-in-connect = Connect
sign-in-command-line = { $api_url } (command line)
room-used = Afterwards you use { $used } of { $all }.
room-too-much = That is { $lacking } more than the { $free } that are free. What finds no room will fail: free some space first, or choose less.
decided-first = { $count ->
    [one] { $items } will be { $done }
   *[other] { $items } will be { $done }
}
decided-next = { $items } { $done }
decided-added = added
decided-merged = merged
decided-replaced = replaced
decided-kept = { $count ->
    [one] kept beside the other one
   *[other] kept beside the others
}
decided-skipped = skipped
decided-unchanged = left unchanged
relocation-same = same content
relocation-in = In { $folder }. Undo brings back what is replaced.
relocation-in-several = In several folders. Undo brings back what is replaced.
relocation-for-all-folders = For all { $count } folders
relocation-for-all = For all { $items }
relocation-all-folders = all folders
relocation-exist = { $count ->
    [one] { $items } already exists
   *[other] { $items } already exist
}
relocation-to-move = To be moved
relocation-to-copy = To be copied
relocation-there = Already there
relocation-merge = { $count ->
    [one] Merge { $count } folder
   *[other] Merge { $count } folders
}
large-delete-files = { $count ->
    [one] Delete { $count } file
   *[other] Delete { $count } files
}
large-move-files = { $count ->
    [one] Move { $count } file
   *[other] Move { $count } files
}
large-move-anyway = Move anyway
large-copy-files = { $count ->
    [one] Copy { $count } file
   *[other] Copy { $count } files
}
large-copy-anyway = Copy anyway
large-download-files = { $count ->
    [one] Download { $count } file
   *[other] Download { $count } files
}
large-download-anyway = Download anyway
large-upload-files = { $count ->
    [one] Upload { $count } file
   *[other] Upload { $count } files
}
large-upload-anyway = Upload anyway
large-duplicate-title = Duplicate { $items }?
large-move-title = Move { $items } to { $folder }?
large-copy-title = Copy { $items } to { $folder }?
large-delete-title = Delete { $items }?
large-download-title = Download { $items }?
large-copy-any-title = Copy?
large-upload-title = Upload { $items } to { $folder }?
large-amount = { $files }, { $size }
large-at-least = At least { $files }, { $size }
large-undo-delete = You can undo this, or restore them later from “Deleted files”.
large-undo = You can undo this.
large-download-to = They go to { $folder }.
large-keep = Keep
quit-left = { $count ->
    [one] { $count } transfer has { $size } left. It will resume when you open Coffer again.
   *[other] { $count } transfers have { $size } left. They will resume when you open Coffer again.
}
quit-unfinished = { $count ->
    [one] { $count } transfer is not finished. It will resume when you open Coffer again.
   *[other] { $count } transfers are not finished. They will resume when you open Coffer again.
}
quit-title = Transfers are still running
quit-preparing = Uploads that are still being prepared have to be started again.
quit-cancelling = Cancelling…
quit-cancel-all = Cancel transfers and quit
quit-later = Quit and resume later
quit-edit-title = A change is not finished yet
quit-edit-note = If you stop here, some items are changed and the others stay as they are. “Undo” takes back what was done, also at the next start.
quit-stop = Stop here and quit
quit-stopping = Stopping…
quit-finish = Finish, then quit
quit-finishing = Quits when finished…
quit-stay = Keep Coffer open
remove-shared-note = Its other members keep it, and nothing in it is deleted. You can add it again: it will be in the side bar, below “Not in your Dropbox”.
remove-shared-title = Remove “{ $name }” from your Dropbox?
remove-shared = Remove from my Dropbox
remove-shared-keep = Keep folder
rename-many-as-they-are = As they are
rename-many-lower = lower
rename-many-upper = UPPER
rename-many-title-case = Title
rename-many-no-number = None
rename-many-number-before = Before
rename-many-number-after = After
rename-many-find = Find
rename-many-replace = Replace with
rename-many-before = Text before
rename-many-as-it-is = Name as it is
rename-many-after = Text after
rename-many-letters = Letters
rename-many-extensions = Extensions too
rename-many-number = Number
rename-many-first-number = First number
rename-many-date = Date first
rename-many-new-names = New names
rename-many-taken = Is here already
rename-many-twice = Twice
rename-many-show-next = Show next
rename-many-name = Name
rename-many-title = { $count ->
    [one] Rename { $count } item
   *[other] Rename { $count } items
}
rename-many-issue = { $old } to { $new }: { $issue }
rename-many-to = { $old } to { $new }
rename-many-stays = { $old } stays
rename-many-inside = “{ $folder }” is renamed too
rename-many-refused = { $count ->
    [one] { $count } name can’t be given
   *[other] { $count } names can’t be given
}
rename-many-kept = { $count ->
    [one] 1 item keeps its name
   *[other] { $count } items keep their names
}
select-pattern-note = A pattern such as *.jpg or IMG_?*, or a part of the name.
select-pattern-title = Select by pattern
select-pattern-field = Pattern
select-items = { $count ->
    [one] Select { $count } item
   *[other] Select { $count } items
}
open-one = Open “{ $name }”?
open-one-note = A file of this kind can run a program on your computer. Open it only if you know where it comes from.
open-many = { $count ->
    [one] Open { $count } file?
   *[other] Open { $count } files?
}
open-many-note = Files of these kinds can run programs on your computer. Open them only if you know where they come from.
open-anyway = Open anyway
open-not = Don’t open
problem-title = Details
problem-request-id = Request ID, for support:
problem-copy-id = Copy request ID
go-to-title = Go to anything
go-to-hint = Type a part of a name
go-to-empty = Folders that you open are offered here.
go-to-nothing = Nothing has these letters in its path.
go-to-note = Enter opens a folder or previews a file. Ctrl+Enter shows it in its folder.
chooser-move = Move “{ $name }”
chooser-copy = Copy “{ $name }”
chooser-move-here = Move here
chooser-copy-here = Copy here
chooser-find = Find a folder
chooser-hint = Type a part of a folder’s name, or choose one below
chooser-recent = Recent folders
chooser-all = All folders
chooser-folders = Folders
chooser-none = No folder has these letters in its path.
chooser-create = Create folder
chooser-new-name = Name of the new folder
chooser-new-in = New folder in { $folder }
compare-versions-of = Compare versions of { $name }
compare-named = Compare { $name }
compare-side-by-side = Side by side
compare-texts-side-by-side = Both texts beside each other  1
compare-unified = Unified
compare-texts-unified = Removed and added lines below each other  2
compare-pictures-side-by-side = Both pictures beside each other  1
compare-swipe = Swipe
compare-pictures-swipe = One over the other, up to a line that you drag  2
compare-onion-skin = Onion skin
compare-pictures-onion-skin = One through the other  3
compare-difference = Difference
compare-pictures-difference = Only what differs  4
compare-earlier = Earlier version
compare-later = Later version
compare-same-content = Both have the same content
compare-same-but-space = Both texts differ in nothing but white space
compare-same-lines = Both texts have the same lines
compare-back-to-list = Back to the list of versions
compare-cells = Cells
compare-cells-tip = The cells of the table
compare-blocks = Blocks
compare-blocks-tip = The text as it is read
compare-lines-tip = The lines of the file
compare-ignore-space = Ignore white space
compare-previous = Previous change
compare-next = Next change
compare-change-of = Change { $now } of { $count }
compare-contents-differ = The contents differ
compare-text-too-large = The text is too large to compare line by line.
compare-bytes-from-first = They differ from the first byte on.
compare-bytes-same = The first { $bytes } are the same.
compare-bytes-too-large = They are too large to find the first byte that differs.
compare-not-known = not known
compare-fact = { $name }: { $one } and { $other }
compare-mine-hint = Theirs stays as an earlier version
compare-theirs-hint = Your version is deleted, which can be undone
compare-both-hint = Both stay as files of their own
compare-back-to-versions = Back to versions
compare-back-to-question = Back to the question
compare-restore-earlier = Restore earlier version
compare-restore-hint = The current one stays as an earlier version
compare-show-all-lines = Show all lines
compare-fold-lines = Fold equal lines
compare-copy-lines = { $count ->
    [one] Copy { $count } line
   *[other] Copy { $count } lines
}
compare-folded = { $count ->
    [one] { $count } equal line folded
   *[other] { $count } equal lines folded
}
compare-space-ignored = white space ignored
compare-least-percent = less than 0.1 %
compare-look-same = Both look the same.
compare-pixels-differ = { $visible } of the pixels differ, { $strong } by more than a quarter
compare-formats-same = { $format } on both sides
compare-formats = { $first } on the left, { $second } on the right
compare-mixed-breaks = { $encoding }, LF and CRLF
compare-unterminated = { $format } but none at the end
compare-lines-removed = { $count ->
    [one] { $count } line removed
   *[other] { $count } lines removed
}
compare-lines-added = { $count ->
    [one] { $count } line added
   *[other] { $count } lines added
}
compare-equal-lines = { $count ->
    [one] { $count } equal line
   *[other] { $count } equal lines
}
compare-show-equal-lines = { $count ->
    [one] Show { $count } equal line
   *[other] Show { $count } equal lines
}
compare-images = Images { $name }
compare-line = Line between both
compare-opacity = Opacity
keys-navigation = Navigation
keys-tabs = Tabs and panes
keys-selection = Selection
keys-preview = Preview and sharing
keys-view = View
keys-unfold = Unfold or fold a folder
keys-phrase = A whole phrase
keys-phrase-example = “annual report”
keys-without = Without a word
keys-without-example = -draft
keys-pattern = A pattern for the name
keys-pictures = Only pictures
keys-extension = By extension
keys-size = By size
keys-date = By date
keys-before = Before a date
keys-in-folder = In a folder
keys-extend = Extend the selection
keys-type = Select by typing a name
keys-next-file = Next or previous file in the preview
keys-next-difference = Next or previous difference of versions
keys-pause = Pause or resume
keys-show-files = Show files
guide-title = The guide
guide-first-steps = First steps
guide-transfers = Transfers
guide-versions-and-time = Versions and time
guide-sharing = Sharing
guide-overview = The whole account
guide-command-line = Command line
guide-local-account = Local account
guide-keys = Keys
guide-privacy = Privacy
