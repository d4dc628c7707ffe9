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
cancel = Cancel
done = Done
retry = Retry
you = You
somebody-else = Somebody else
names-and-more = { $names } and { $count } more
compare = Compare
close = Close
rows-compact = Compact
rows-standard = Standard
rows-roomy = Roomy
new-files = { $count ->
    [one] { $count } new file
   *[other] { $count } new files
}
move-items = { $count ->
    [one] Move { $count } item
   *[other] Move { $count } items
}
copy-items = { $count ->
    [one] Copy { $count } item
   *[other] Copy { $count } items
}
sign-in-again = Sign in again…
searching = Searching…
unfold = Open { $name }
fold = Close { $name }
back = Back
number = { $count }
decimal-sign = .
all = All
