# Words that are used in many places.

items = { $count ->
    [one] { $count } item
   *[other] { $count } items
}
