# Words that are used in many places.

quoted = “{ $name }”
items = { $count ->
    [one] { $count } item
   *[other] { $count } items
}
files = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
folders = { $count ->
    [one] { $count } folder
   *[other] { $count } folders
}
