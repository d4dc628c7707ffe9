# What the worker names and shows: previews, dialogs of the system, files that it makes.

dialog-upload-files = Upload files
dialog-file-to-compare = Choose a file to compare
dialog-choose-folder = Choose a folder
dialog-save-as = Save as
pasted-text = Pasted text
pasted-picture = Pasted picture
team-without-name = Team
