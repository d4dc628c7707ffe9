# Was im Hintergrund benannt und gezeigt wird: Vorschauen, Dialoge des Systems, angelegte Dateien.

dialog-upload-files = Dateien hochladen
dialog-file-to-compare = Datei zum Vergleichen wählen
dialog-choose-folder = Ordner wählen
dialog-save-as = Speichern unter
pasted-text = Eingefügter Text
pasted-picture = Eingefügtes Bild
team-without-name = Team
archive-too-many = Dieses Archiv hat zu viele Dateien, um sie aufzulisten.
archive-damaged = Dieses Archiv ist beschädigt oder unvollständig.
archive-no-text = Dieses Archiv hat eine einzige Datei, die kein Text ist.
archive-packed = Gepackt
archive-protection = Schutz
archive-password = Passwort
archive-first-of = { $count ->
    [one] Der erste { $first } von { $count } Eintrag
   *[other] Die ersten { $first } von { $count } Einträgen
}
archive-first = { $count ->
    [one] Der erste Eintrag
   *[other] Die ersten { $count } Einträge
}
archive-files = { $count ->
    [one] { $count } Datei, { $size } entpackt
   *[other] { $count } Dateien, { $size } entpackt
}
no-preview-for-kind = Keine Vorschau für Dateien dieser Art.
no-preview-of-folders = Ordner haben keine Vorschau.
file-is-empty = Diese Datei ist leer.
file-has-no-text = Die Datei enthält keinen Text.
document-locked = Dieses Dokument ist mit einem Passwort geschützt. Öffnen Sie es in einem anderen Programm, um das Passwort einzugeben.
document-too-large = Dieses Dokument ist zu groß für eine Vorschau. Laden Sie es herunter oder öffnen Sie es, um es anzusehen.
database-tables = Tabellen
database-table = Tabelle
database-columns = Spalten
database-rows-cut = Die ersten { $count } Zeilen
database-blob = { $count ->
    [one] { $count } Byte
   *[other] { $count } Bytes
}
database-too-large = Diese Datenbank ist zu groß, um hier angezeigt zu werden.
database-is-empty = Diese Datenbank hat keine Tabellen.
database-damaged = Diese Datenbank ist beschädigt, durch ein Passwort gesperrt oder von einem anderen Programm.
document-damaged = Dieses Dokument ist beschädigt oder unvollständig.
document-has-no-text = Dieses Dokument enthält keinen Text.
sheet-first-rows = { $count ->
    [one] Die erste Zeile
   *[other] Die ersten { $count } Zeilen
}
slide-number = Folie { $number }
page-locked = { $what ->
    [pdf] Dieses PDF ist mit einem Passwort geschützt. Öffnen Sie es in einem anderen Programm, um das Passwort einzugeben.
    [image] Dieses Bild ist mit einem Passwort geschützt. Öffnen Sie es in einem anderen Programm, um das Passwort einzugeben.
   *[font] Diese Schrift ist mit einem Passwort geschützt. Öffnen Sie sie in einem anderen Programm, um das Passwort einzugeben.
}
page-damaged = { $what ->
    [pdf] Dieses PDF ist beschädigt oder unvollständig.
    [image] Dieses Bild ist beschädigt oder unvollständig.
   *[font] Diese Schrift ist beschädigt oder unvollständig.
}
page-too-large = { $what ->
    [pdf] Dieses PDF ist zu groß für eine Vorschau. Laden Sie es herunter oder öffnen Sie es, um es anzusehen.
    [image] Dieses Bild ist zu groß für eine Vorschau. Laden Sie es herunter oder öffnen Sie es, um es anzusehen.
   *[font] Diese Schrift ist zu groß für eine Vorschau. Laden Sie sie herunter oder öffnen Sie sie, um sie anzusehen.
}
page-too-slow = { $what ->
    [pdf] Die Vorschau dieses PDFs dauert zu lange. Öffnen Sie es in einem anderen Programm.
    [image] Die Vorschau dieses Bildes dauert zu lange. Öffnen Sie es in einem anderen Programm.
   *[font] Die Vorschau dieser Schrift dauert zu lange. Öffnen Sie sie in einem anderen Programm.
}
specimen-words = Vogel Quax zwickt Johnys Pferd Bim
specimen-facts = { $count ->
    [one] { $style } · { $count } Zeichen
   *[other] { $style } · { $count } Zeichen
}
font-thin = { $slope ->
    [italic] Dünn kursiv
   *[upright] Dünn
}
font-extra-light = { $slope ->
    [italic] Extraleicht kursiv
   *[upright] Extraleicht
}
font-light = { $slope ->
    [italic] Leicht kursiv
   *[upright] Leicht
}
font-regular = { $slope ->
    [italic] Kursiv
   *[upright] Normal
}
font-medium = { $slope ->
    [italic] Mittel kursiv
   *[upright] Mittel
}
font-semibold = { $slope ->
    [italic] Halbfett kursiv
   *[upright] Halbfett
}
font-bold = { $slope ->
    [italic] Fett kursiv
   *[upright] Fett
}
font-extra-bold = { $slope ->
    [italic] Extrafett kursiv
   *[upright] Extrafett
}
font-black = { $slope ->
    [italic] Schwarz kursiv
   *[upright] Schwarz
}
font-other-weight = Strichstärke { $weight }
image-damaged = Das Bild ist beschädigt.
image-not-shown = Bilder dieser Art können hier nicht gezeigt werden. Öffnen Sie das Bild in einem anderen Programm, um es anzusehen.
recording-header-too-long = Die Kopfdaten dieser Aufnahme sind zu lang für eine Vorschau. Öffnen Sie sie in einem anderen Programm.
recording-no-preview = Diese Aufnahme ist beschädigt oder von einer Art, die keine Vorschau hat.
conflicted-copy = { $name } (in Konflikt stehende Kopie { $day })
