# Dates, sizes and kinds of files.

today = Today
yesterday = Yesterday
earlier-this-week = Earlier this week
earlier-this-month = Earlier this month
no-date = No date
bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
same-size = same size
files-in-folders = { $count ->
    [one] { $files } in { $count } folder
   *[other] { $files } in { $count } folders
}
less-than-percent = less than 1 %
just-now = Just now
minutes-ago = { $count } min ago
hours-ago = { $count } h ago
month-1 = January
month-short-1 = Jan
month-2 = February
month-short-2 = Feb
month-3 = March
month-short-3 = Mar
month-4 = April
month-short-4 = Apr
month-5 = May
month-short-5 = May
month-6 = June
month-short-6 = Jun
month-7 = July
month-short-7 = Jul
month-8 = August
month-short-8 = Aug
month-9 = September
month-short-9 = Sep
month-10 = October
month-short-10 = Oct
month-11 = November
month-short-11 = Nov
month-12 = December
month-short-12 = Dec
weekday-1 = Monday
weekday-short-1 = Mon
weekday-2 = Tuesday
weekday-short-2 = Tue
weekday-3 = Wednesday
weekday-short-3 = Wed
weekday-4 = Thursday
weekday-short-4 = Thu
weekday-5 = Friday
weekday-short-5 = Fri
weekday-6 = Saturday
weekday-short-6 = Sat
weekday-7 = Sunday
weekday-short-7 = Sun
weekday-and-time = { $day } { $time }
weekday-and-date = { $day } { $date }
day-and-time = { $day }, { $time }
date-long = { $day } { $month }
date-long-year = { $day } { $month } { $year }
date-short = { $day } { $month }
date-short-year = { $day } { $month } { $year }
kind-folder = Folder
kind-file = File
kinds-folders = Folders
kinds-pictures = Pictures
kinds-documents = Documents
kinds-markdown = Markdown
kinds-texts = Texts
kinds-code = Source code
kinds-tables = Tables
kinds-archives = Archives
kinds-videos = Videos
kinds-audio = Audio
kinds-other = Other files
kind-word-image = { $word } image
kind-word-source = { $word } source
kind-word-archive = { $word } archive
kind-word-table = { $word } table
kind-word-file = { $word } file
