# Wörter, die an vielen Stellen vorkommen.

items = { $count ->
    [one] { $count } Objekt
   *[other] { $count } Objekte
}
