# Wörter der Listen, die keine Ordner sind, und der Details.

activity-created-folder = Ordner { $item } erstellt
activity-deleted = { $item } gelöscht
activity-moved = { $item } nach { $folder } verschoben
activity-renamed-in = In { $folder } { $item } umbenannt
activity-renamed = { $before } in { $item } umbenannt
activity-duplicated = { $item } dupliziert
activity-copied = { $item } nach { $folder } kopiert
activity-uploaded = { $item } hochgeladen
activity-uploaded-version = Neue Version von { $item } hochgeladen
activity-uploaded-versions-in = Neue Versionen in { $item } hochgeladen
activity-uploaded-versions = { $item }: neue Versionen hochgeladen
activity-restored-version = Frühere Version von { $item } wiederhergestellt
activity-restored = { $item } wiederhergestellt
activity-brought-back = { $item } zurückgeholt
activity-created-link = Link zu { $item } erstellt
activity-changed-link = Link zu { $item } geändert
activity-removed-link = Link zu { $item } entfernt
activity-added-shared-folder = { $item } zu Ihrer Dropbox hinzugefügt
activity-removed-shared-folder = { $item } aus Ihrer Dropbox entfernt
activity-from = Aus { $folder }
activity-undone-at = rückgängig gemacht um { $time }
activity-undone-today = rückgängig gemacht heute, { $time }
activity-undone-yesterday = rückgängig gemacht gestern, { $time }
activity-undone-on = rückgängig gemacht am { $date }
activity-not-created = { $count ->
    [one] { $count } Objekt konnte nicht erstellt werden
   *[other] { $count } Objekte konnten nicht erstellt werden
}
activity-not-deleted = { $count ->
    [one] { $count } Objekt konnte nicht gelöscht werden
   *[other] { $count } Objekte konnten nicht gelöscht werden
}
activity-not-moved = { $count ->
    [one] { $count } Objekt konnte nicht verschoben werden
   *[other] { $count } Objekte konnten nicht verschoben werden
}
activity-not-renamed = { $count ->
    [one] { $count } Objekt konnte nicht umbenannt werden
   *[other] { $count } Objekte konnten nicht umbenannt werden
}
activity-not-copied = { $count ->
    [one] { $count } Objekt konnte nicht kopiert werden
   *[other] { $count } Objekte konnten nicht kopiert werden
}
activity-not-uploaded = { $count ->
    [one] { $count } Objekt konnte nicht hochgeladen werden
   *[other] { $count } Objekte konnten nicht hochgeladen werden
}
activity-not-restored = { $count ->
    [one] { $count } Objekt konnte nicht wiederhergestellt werden
   *[other] { $count } Objekte konnten nicht wiederhergestellt werden
}
activity-not-brought-back = { $count ->
    [one] { $count } Objekt konnte nicht zurückgeholt werden
   *[other] { $count } Objekte konnten nicht zurückgeholt werden
}
activity-not-changed = { $count ->
    [one] { $count } Objekt konnte nicht geändert werden
   *[other] { $count } Objekte konnten nicht geändert werden
}
activity-not-added = { $count ->
    [one] { $count } Objekt konnte nicht hinzugefügt werden
   *[other] { $count } Objekte konnten nicht hinzugefügt werden
}
activity-not-removed = { $count ->
    [one] { $count } Objekt konnte nicht entfernt werden
   *[other] { $count } Objekte konnten nicht entfernt werden
}
undoing-changed-link = Wie ein Link vorher war, wird nicht aufbewahrt. Sie können ihn mit „Teilen…“ wieder ändern.
undoing-removed-link = Ein entfernter Link funktioniert nie wieder. Sie können einen neuen erstellen, der eine andere Adresse hat.
undoing-not-kept = Wie sich das rückgängig machen lässt, ist nicht mehr bekannt.
redoing = Wird erneut ausgeführt: { $edit }.
undoing-create-folder = Löscht den Ordner { $items }, wenn er noch leer ist.
undoing-delete = Legt { $items } zurück nach { $folder } und erstellt den Ordner neu, wenn es ihn nicht mehr gibt. Was inzwischen einen der Namen bekommen hat, bleibt unberührt.
undoing-move = Verschiebt { $items } zurück nach { $folder }.
undoing-renames = { $items } bekommen ihre alten Namen wieder.
undoing-rename = Benennt { $items } wieder in „{ $name }“ um.
undoing-copy = Löscht die Kopie { $items }, wenn sie seitdem nicht geändert wurde.
undoing-copies = Löscht die Kopien, die seitdem nicht geändert wurden.
undoing-upload = Löscht { $items }, wenn seitdem nichts daran geändert wurde. Ersetzte Dateien bekommen wieder die Version davor.
undoing-uploads = Löscht { $items }, soweit sie seitdem nicht geändert wurden. Ersetzte Dateien bekommen wieder die Version davor.
undoing-upload-version = Holt die Version davor zurück, wenn die Datei seitdem nicht geändert wurde. Die neue bleibt unter den Versionen.
undoing-restore-version = Holt die Version zurück, die davor die neueste war, wenn die Datei seitdem nicht geändert wurde.
undoing-bring-back = Bringt { $items } auf den Stand davor, soweit seitdem nichts daran geändert wurde.
undoing-restore = Löscht { $items } wieder, wenn seitdem nichts darin geändert wurde.
undoing-create-link = Entfernt den Link. Er funktioniert nie wieder.
undoing-add-shared-folder = Entfernt { $items } aus Ihrer Dropbox. Die anderen Mitglieder behalten den Ordner.
undoing-remove-shared-folder = Fügt { $items } wieder dort zu Ihrer Dropbox hinzu, wo der Ordner war.
activity-group-moved = Verschoben und umbenannt
activity-group-moved-short = Verschoben
activity-group-deleted = Gelöscht
activity-group-uploaded = Hochgeladen
activity-group-restored = Wiederhergestellt
activity-group-links = Links
activity-which = welche Aktivität
activity-search = Aktivität durchsuchen
activity-none-with = Keine Aktivität mit „{ $text }“
activity-names-note = Gesucht wird nach Namen von Objekten und von ihren Ordnern.
activity-show-all = Alle zeigen
activity-none-such = Keine solche Aktivität
activity-none-such-note = Nichts dergleichen wurde in den letzten 90 Tagen getan.
activity-none = Noch keine Aktivität
activity-none-note = Was Sie hier ändern, wird aufgelistet und lässt sich 90 Tage lang rückgängig machen.
activity-about = Was Coffer in diesem Konto getan hat, im Fenster und durch Befehle.
activity-heading-cannot = Das lässt sich nicht rückgängig machen
activity-heading-undo = Was „Rückgängig“ tut
activity-heading-redo = Was „Wiederholen“ tut
activity-undo-this = Rückgängig
activity-do-again = Wiederholen
and-more = und { $count } weitere
activity-partly-undone = Nicht alles wurde rückgängig gemacht: { $problem }
activity-not-undone = Nicht rückgängig gemacht: { $problem }
changes-files-added = { $count ->
    [one] { $count } Datei in { $folder } hinzugefügt
   *[other] { $count } Dateien in { $folder } hinzugefügt
}
changes-folders-added = { $count ->
    [one] { $count } Ordner in { $folder } hinzugefügt
   *[other] { $count } Ordner in { $folder } hinzugefügt
}
changes-files-edited = { $count ->
    [one] { $count } Datei in { $folder } bearbeitet
   *[other] { $count } Dateien in { $folder } bearbeitet
}
changes-folders-edited = { $count ->
    [one] { $count } Ordner in { $folder } bearbeitet
   *[other] { $count } Ordner in { $folder } bearbeitet
}
changes-files-moved = { $count ->
    [one] { $count } Datei nach { $folder } verschoben
   *[other] { $count } Dateien nach { $folder } verschoben
}
changes-folders-moved = { $count ->
    [one] { $count } Ordner nach { $folder } verschoben
   *[other] { $count } Ordner nach { $folder } verschoben
}
changes-files-deleted = { $count ->
    [one] { $count } Datei aus { $folder } gelöscht
   *[other] { $count } Dateien aus { $folder } gelöscht
}
changes-folders-deleted = { $count ->
    [one] { $count } Ordner aus { $folder } gelöscht
   *[other] { $count } Ordner aus { $folder } gelöscht
}
changes-further = { $count ->
    [one] und ein weiteres Objekt
   *[other] und { $count } weitere Objekte
}
changes-further-deleted = { $count ->
    [one] und ein weiteres Objekt; es steht unter „Gelöschte Dateien“
   *[other] und { $count } weitere Objekte; sie stehen unter „Gelöschte Dateien“
}
change-added = Hinzugefügt
change-added-in = Hinzugefügt in { $folder }
change-edited = Bearbeitet
change-edited-in = Bearbeitet in { $folder }
change-deleted = Gelöscht
change-deleted-from = Gelöscht aus { $folder }
change-renamed-from = Umbenannt, vorher „{ $name }“
change-moved-from = Verschoben aus { $folder }
change-moved = Verschoben
change-with-files = { $count ->
    [one] { $change }, mit { $count } Datei
   *[other] { $change }, mit { $count } Dateien
}
change-by = von { $name }
change-by-you = von Ihnen
change-by-somebody-else = von jemand anders
changes-none = Noch keine Änderungen
changes-none-incomplete = Änderungen werden aufgezeichnet, sobald alle Dateien einmal aufgelistet sind.
changes-none-note = Was von jetzt an mit Ihren Dateien geschieht, wird hier aufgelistet.
changes-none-since-yesterday = Keine Änderungen seit gestern
changes-older = Ältere finden Sie unter „Alle“.
changes-none-since-looked = Keine Änderungen, seit Sie zuletzt nachgesehen haben
changes-since-yesterday = Seit gestern
changes-since-looked = Seit ich zuletzt nachsah
changes-which = welche Änderungen
changes-mark-seen = Alle als gesehen markieren
change-show-before = Version davor zeigen
duplicates-one-stays = Eine Kopie bleibt immer.
duplicates-view-only = Sie können diese Datei nur ansehen.
duplicates-place = in { $folder }, { $date }
duplicates-delete-named = { $name } löschen
duplicates-offline-title = Jetzt kann nichts gelöscht werden
duplicates-offline = Sie sind offline. Dateien können gelöscht werden, wenn die Verbindung wieder da ist.
duplicates-none-chosen = Nichts ausgewählt
duplicates-one-of-each-stays = Eine Kopie jeder Gruppe bleibt immer.
duplicates-chosen = { $count ->
    [one] { $count } Datei ausgewählt
   *[other] { $count } Dateien ausgewählt
}
duplicates-restorable = Sie kommen zu den gelöschten Dateien und können dort wiederhergestellt werden.
duplicates-delete = Löschen…
duplicates-delete-files = { $count ->
    [one] { $count } Datei löschen, { $size }…
   *[other] { $count } Dateien löschen, { $size }…
}
duplicates-each = { $count } Kopien · je { $size }
duplicates-group = { $name }, { $copies }, { $wasted } verschwendet
duplicates-by-wasted = Platz
duplicates-by-copies = Kopien
duplicates-wasted = { $size } verschwendet
duplicates-groups = { $count ->
    [one] { $count } Gruppe
   *[other] { $count } Gruppen
}
duplicates-could-go = { $count ->
    [one] { $count } Kopie könnte weg, in { $groups }
   *[other] { $count } Kopien könnten weg, in { $groups }
}
duplicates-below = { $words }, unter { $folder }
duplicates-order = Reihenfolge der Gruppen
duplicates-unfold-all = Alle aufklappen
duplicates-fold-all = Alle zuklappen
duplicates-choose-by-rule = Nach Regel
duplicates-keep-newest = Neueste behalten
duplicates-keep-oldest = Älteste behalten
duplicates-keep-shortest = Kürzesten Pfad behalten
duplicates-keep-in = Behalten in
duplicates-choose-none = Keine auswählen
duplicates-one-of-each-stays-heading = Eine Kopie jeder Gruppe bleibt immer
duplicates-incomplete-percent = Coffer listet Ihre Dateien noch auf ({ $percent } %). Es kann noch mehr geben.
duplicates-incomplete = Coffer listet Ihre Dateien noch auf. Es kann noch mehr geben.
details-largest = Größte Dateien
details-newest = Neueste Dateien
details-contains = Enthält
details-other = Andere
details-sharing = Freigabe
details-uploaded = Hochgeladen
details-revision = Revision
details-less = Weniger
details-more = Mehr
details-location = Ort
details-dimensions = Abmessungen
details-taken = Aufnahme
details-camera = Kamera
details-lens = Objektiv
details-exposure = Belichtung
details-place = Aufnahmeort
details-pages = Seiten
details-length = Länge
details-contents = Inhalt
details-table = Tabelle
details-title = Titel
details-artist = Interpret
details-album = Album
details-bit-rate = Bitrate
details-sound = Ton
details-encoding = Zeichensatz
details-then = Damals
details-now = Jetzt
details-hash = Inhalts-Hash
details-copy-hash = Inhalts-Hash kopieren
pages = { $count ->
    [one] { $count } Seite
   *[other] { $count } Seiten
}
rows = { $count ->
    [one] { $count } Zeile
   *[other] { $count } Zeilen
}
table-columns = { $count ->
    [one] { $count } Spalte
   *[other] { $count } Spalten
}
hint-folder = Wählen Sie eine Datei aus, um ihre Vorschau zu sehen. Die Leertaste zeigt sie groß.
hint-past = Wählen Sie ein Objekt aus, um es zu sehen, wie es war, und eine Kopie davon zu sichern.
hint-deleted = Wählen Sie ein Objekt aus, um es mit allen Versionen wiederherzustellen.
hint-links = Wählen Sie ein Objekt aus, um seinen Link zu sehen oder zu entfernen.
hint-changes = Klicken Sie auf eine Änderung, um zu ihrem Objekt zu gehen.
hint-activity = Wählen Sie einen Vorgang aus, um seine Objekte zu sehen.
hint-duplicates = Wählen Sie eine Kopie aus, um ihre Vorschau zu sehen. Kreuzen Sie an, was gelöscht werden soll.
hint-search = Wählen Sie ein Ergebnis aus, um seine Vorschau zu sehen. Strg+Enter zeigt es in seinem Ordner.
hint-space = Wählen Sie ein Objekt aus, um zu sehen, wie viel Platz es belegt.
more-actions = Weitere Aktionen
searched-in = Gesucht in { $folder }
items-selected = { $count ->
    [one] { $count } Objekt ausgewählt
   *[other] { $count } Objekte ausgewählt
}
at-least = mindestens { $amount }
from-to = { $first } bis { $last }
past-week-back = −1 Woche
past-day-back = −1 Tag
past-hour-back = −1 Stunde
past-hour-on = +1 Stunde
past-week-earlier = Eine Woche früher
past-day-earlier = Einen Tag früher
past-hour-earlier = Eine Stunde früher
past-hour-later = Eine Stunde später
past-before-last-change = Vor letzter Änderung
past-next-change = Nächste Änderung
past-time = Uhrzeit
past-back-tooltip = Zeigt den Ordner, wie er jetzt ist  { $keys }
past-read-only = Nur zum Ansehen.
past-looking-at = Sie sehen den Stand:
past-looking-at-moment = Sie sehen den Stand: { $moment }. { $detail }
past-not-observed = Coffer hat dieses Konto damals nicht verfolgt; Objekte können fehlen.
past-reading = { $count ->
    [one] Versionen werden gelesen, { $read } von { $count } Datei…
   *[other] Versionen werden gelesen, { $read } von { $count } Dateien…
}
past-moment = Zeitpunkt
changes = { $count ->
    [one] { $count } Änderung
   *[other] { $count } Änderungen
}
since-new = Neu, damals nicht da
since-unknown = War vielleicht nicht da
since-version-unknown = Inhalt unbekannt
since-not-kept = Von Dropbox nicht mehr aufbewahrt
since-pending = Wird ermittelt…
since-renamed = Jetzt „{ $name }“
since-moved = Verschoben nach { $folder }
below-changed = { $count } darunter geändert
below-gone = { $count } darunter weg
below-moved = { $count } darunter verschoben
below-new = { $count } darunter neu
below-unknown = { $count } darunter unbekannt
below-not-kept = { $count } darunter nicht mehr aufbewahrt
below-differ = { $count } darunter geändert
space-building-percent = Coffer listet Ihre Dateien im Hintergrund auf: bisher { $percent } %.
space-building = Coffer listet Ihre Dateien im Hintergrund auf.
space-none-note = Dateien, die Sie hinzufügen, erscheinen hier nach ihrer Größe.
space-not-indexed = Noch nicht indiziert
space-none = Nichts hier belegt Platz
space-map = Karte
space-largest = Größte
space-oldest = Älteste
space-by-kind = Nach Art
space-age = Alter
space-color-by-kind = Farbe nach Art
space-color-by-age = Farbe nach Alter
space-share-of-all = { $share } von allem
space-percent-indexed = { $percent } % indiziert
space-not-all-indexed = nicht alles indiziert
space-go-in = In { $name } hineingehen
age-month = Bis ein Monat
age-year = Bis ein Jahr
age-three-years = Bis 3 Jahre
age-older = Älter
space-tooltip = { $size } · { $share } · in { $folder }
smaller-files = { $count ->
    [one] { $count } kleinere Datei
   *[other] { $count } kleinere Dateien
}
