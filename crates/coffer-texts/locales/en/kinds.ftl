# Kinds of files, and what is asked of names.

name-empty = Enter a name
name-with-control = Names can’t contain control characters
name-with-character = Names can’t contain “{ $character }”
name-dots = “.” and “..” are reserved names
name-trailing-blank = Names can’t end with a space
name-too-long = This name is too long (at most 255 characters)
name-reserved = This name is reserved by Dropbox
folder-new-since = { $folder } (new since { $date })
type-database = Database
type-font = Font
type-shell-script = Shell script
type-text = Text
type-video = Video
