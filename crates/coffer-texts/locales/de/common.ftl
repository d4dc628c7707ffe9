# Wörter, die an vielen Stellen vorkommen.

quoted = „{ $name }“
items = { $count ->
    [one] { $count } Objekt
   *[other] { $count } Objekte
}
files = { $count ->
    [one] { $count } Datei
   *[other] { $count } Dateien
}
folders = { $count ->
    [one] { $count } Ordner
   *[other] { $count } Ordner
}
cancel = Abbrechen
done = Fertig
retry = Erneut versuchen
you = Sie
somebody-else = Jemand anders
names-and-more = { $names } und { $count } weitere
compare = Vergleichen
close = Schließen
rows-compact = Eng
rows-standard = Normal
rows-roomy = Weit
new-files = { $count ->
    [one] { $count } neue Datei
   *[other] { $count } neue Dateien
}
move-items = { $count ->
    [one] { $count } Objekt verschieben
   *[other] { $count } Objekte verschieben
}
copy-items = { $count ->
    [one] { $count } Objekt kopieren
   *[other] { $count } Objekte kopieren
}
sign-in-again = Neu anmelden…
searching = Wird gesucht…
unfold = { $name } aufklappen
fold = { $name } zuklappen
back = Zurück
number = { $count }
decimal-sign = ,
all = Alle
