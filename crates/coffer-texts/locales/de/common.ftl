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
