# Zeiten, Größen und Arten von Dateien.

today = Heute
yesterday = Gestern
earlier-this-week = Früher in dieser Woche
earlier-this-month = Früher in diesem Monat
no-date = Kein Datum
bytes = { $count ->
    [one] { $count } Byte
   *[other] { $count } Bytes
}
same-size = gleiche Größe
files-in-folders = { $count ->
    [one] { $files } in { $count } Ordner
   *[other] { $files } in { $count } Ordnern
}
less-than-percent = weniger als 1 %
just-now = Gerade eben
minutes-ago = vor { $count } min
hours-ago = vor { $count } h
month-1 = Januar
month-short-1 = Jan
month-2 = Februar
month-short-2 = Feb
month-3 = März
month-short-3 = März
month-4 = April
month-short-4 = Apr
month-5 = Mai
month-short-5 = Mai
month-6 = Juni
month-short-6 = Juni
month-7 = Juli
month-short-7 = Juli
month-8 = August
month-short-8 = Aug
month-9 = September
month-short-9 = Sept
month-10 = Oktober
month-short-10 = Okt
month-11 = November
month-short-11 = Nov
month-12 = Dezember
month-short-12 = Dez
weekday-1 = Montag
weekday-short-1 = Mo
weekday-2 = Dienstag
weekday-short-2 = Di
weekday-3 = Mittwoch
weekday-short-3 = Mi
weekday-4 = Donnerstag
weekday-short-4 = Do
weekday-5 = Freitag
weekday-short-5 = Fr
weekday-6 = Samstag
weekday-short-6 = Sa
weekday-7 = Sonntag
weekday-short-7 = So
weekday-and-time = { $day } { $time }
weekday-and-date = { $day }, { $date }
day-and-time = { $day }, { $time }
date-long = { $day }. { $month }
date-long-year = { $day }. { $month } { $year }
date-short = { $day }. { $month }
date-short-year = { $day }. { $month } { $year }
kind-folder = Ordner
kind-file = Datei
kinds-folders = Ordner
kinds-pictures = Bilder
kinds-documents = Dokumente
kinds-markdown = Markdown
kinds-texts = Texte
kinds-code = Quelltext
kinds-tables = Tabellen
kinds-archives = Archive
kinds-videos = Videos
kinds-audio = Audio
kinds-other = Andere Dateien
kind-word-image = { $word }-Bild
kind-word-source = { $word }-Quelltext
kind-word-archive = { $word }-Archiv
kind-word-table = { $word }-Tabelle
kind-word-file = { $word }-Datei
