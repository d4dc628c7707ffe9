# Arten von Dateien, und was von Namen verlangt wird.

name-empty = Geben Sie einen Namen ein
name-with-control = Namen dürfen keine Steuerzeichen enthalten
name-with-character = Namen dürfen „{ $character }“ nicht enthalten
name-dots = „.“ und „..“ sind reservierte Namen
name-trailing-blank = Namen dürfen nicht mit einem Leerzeichen enden
name-too-long = Dieser Name ist zu lang (höchstens 255 Zeichen)
name-reserved = Diesen Namen behält sich Dropbox vor
folder-new-since = { $folder } (neu seit { $date })
type-database = Datenbank
type-font = Schrift
type-shell-script = Shell-Skript
type-text = Text
type-video = Video
