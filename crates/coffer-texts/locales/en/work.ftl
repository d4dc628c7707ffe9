# What the worker names and shows: previews, dialogs of the system, files that it makes.

dialog-upload-files = Upload files
dialog-file-to-compare = Choose a file to compare
dialog-choose-folder = Choose a folder
dialog-save-as = Save as
pasted-text = Pasted text
pasted-picture = Pasted picture
team-without-name = Team
archive-too-many = This archive has too many files to list.
archive-damaged = This archive is damaged or incomplete.
archive-no-text = This archive has one file, which is no text.
archive-packed = Packed
archive-protection = Protection
archive-password = Password
archive-first-of = { $count ->
    [one] The first { $first } of { $count } entry
   *[other] The first { $first } of { $count } entries
}
archive-first = { $count ->
    [one] The first { $count } entry
   *[other] The first { $count } entries
}
archive-files = { $count ->
    [one] { $count } file, { $size } unpacked
   *[other] { $count } files, { $size } unpacked
}
no-preview-for-kind = No preview for this kind of file.
no-preview-of-folders = Folders have no preview.
file-is-empty = This file is empty.
file-has-no-text = The file does not contain text.
document-locked = This document is protected by a password. Open it in another program to enter the password.
document-too-large = This document is too large to preview. Download or open it to see it.
database-tables = Tables
database-table = Table
database-columns = Columns
database-rows-cut = The first { $count } rows
database-blob = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
database-too-large = This database is too large to be shown here.
database-is-empty = This database has no tables.
database-damaged = This database is damaged, locked by a password, or of another program.
document-damaged = This document is damaged or incomplete.
document-has-no-text = This document has no text.
sheet-first-rows = { $count ->
    [one] The first { $count } row
   *[other] The first { $count } rows
}
slide-number = Slide { $number }
page-locked = { $what ->
    [pdf] This PDF is protected by a password. Open it in another program to enter the password.
    [image] This image is protected by a password. Open it in another program to enter the password.
   *[font] This font is protected by a password. Open it in another program to enter the password.
}
page-damaged = { $what ->
    [pdf] This PDF is damaged or incomplete.
    [image] This image is damaged or incomplete.
   *[font] This font is damaged or incomplete.
}
page-too-large = { $what ->
    [pdf] This PDF is too large to preview. Download or open it to see it.
    [image] This image is too large to preview. Download or open it to see it.
   *[font] This font is too large to preview. Download or open it to see it.
}
page-too-slow = { $what ->
    [pdf] This PDF takes too long to preview. Open it in another program.
    [image] This image takes too long to preview. Open it in another program.
   *[font] This font takes too long to preview. Open it in another program.
}
specimen-words = The quick brown fox jumps over the lazy dog
specimen-facts = { $count ->
    [one] { $style } · { $count } character
   *[other] { $style } · { $count } characters
}
font-thin = { $slope ->
    [italic] Thin italic
   *[upright] Thin
}
font-extra-light = { $slope ->
    [italic] Extra light italic
   *[upright] Extra light
}
font-light = { $slope ->
    [italic] Light italic
   *[upright] Light
}
font-regular = { $slope ->
    [italic] Regular italic
   *[upright] Regular
}
font-medium = { $slope ->
    [italic] Medium italic
   *[upright] Medium
}
font-semibold = { $slope ->
    [italic] Semibold italic
   *[upright] Semibold
}
font-bold = { $slope ->
    [italic] Bold italic
   *[upright] Bold
}
font-extra-bold = { $slope ->
    [italic] Extra bold italic
   *[upright] Extra bold
}
font-black = { $slope ->
    [italic] Black italic
   *[upright] Black
}
font-other-weight = Weight { $weight }
image-damaged = The image is damaged.
image-not-shown = This kind of image can’t be shown here. Open it in another program to see it.
recording-header-too-long = This recording has too long a header to preview. Open it in another program.
recording-no-preview = This recording is damaged, or of a kind that has no preview.
conflicted-copy = { $name } (conflicted copy { $day })
