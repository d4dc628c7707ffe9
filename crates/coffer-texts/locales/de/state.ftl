# Was gesagt wird, wenn etwas getan, abgelehnt oder beendet ist.

new-folder-name = Neuer Ordner
nothing-to-paste = Nichts zum Einfügen
nothing-to-upload = Nichts zum Hochladen: Es wurden keine Dateien oder Ordner gefunden
dropped-on-no-folder = Nichts wurde hochgeladen: Öffnen Sie einen Ordner und legen Sie die Dateien dort ab
dropped-on-sign-in = Nichts wurde hochgeladen: Schließen Sie den Dialog und legen Sie die Dateien noch einmal ab
team-space-changed = Die Ordner Ihres Teams sind umgezogen. Sie werden dort gezeigt, wo sie jetzt sind
address-taken = Weitergegebene Links dieses Kontos funktionieren gerade nicht: Ein anderes Programm benutzt ihre Adresse. Beenden Sie es und starten Sie Coffer neu.
signed-out = Von Dropbox abgemeldet
not-signed-in = Sie sind abgemeldet
account-in-use = Ein anderes Programm hat das Konto geöffnet
temporary-copy = Temporäre Kopie
other-program = Anderes Programm
several-folders = Mehrere Ordner
search-removed = Suche „{ $name }“ entfernt
bookmark-added = Lesezeichen „{ $name }“ hinzugefügt
bookmarks-added = { $count ->
    [one] { $count } Lesezeichen hinzugefügt
   *[other] { $count } Lesezeichen hinzugefügt
}
bookmark-removed = Lesezeichen „{ $name }“ entfernt
bookmark-leads-nowhere = „{ $name }“ ist nicht mehr dort, wohin das Lesezeichen führt
edit-new-folder = Neuer Ordner „{ $name }“
edit-rename-one = „{ $from }“ in „{ $to }“ umbenennen
edit-rename = { $items } umbenennen
edit-move = { $items } verschieben
edit-copy = { $items } kopieren
edit-delete = { $items } löschen
edit-restore-version = Version von „{ $name }“ wiederherstellen
edit-restore = { $items } wiederherstellen
edit-bring-back = { $folder } zurückholen
edit-remove-link = Link zu „{ $name }“ entfernen
edit-add-shared-folder = „{ $name }“ zu Ihrer Dropbox hinzufügen
edit-remove-shared-folder = „{ $name }“ aus Ihrer Dropbox entfernen
edit-undo = Rückgängig machen
done-renamed = { $items } umbenannt
done-moved = { $items } nach { $folder } verschoben
done-duplicated = { $items } dupliziert
done-copied = { $items } nach { $folder } kopiert
done-deleted = { $items } zu den gelöschten Dateien verschoben
done-restored-version = Frühere Version von „{ $name }“ wiederhergestellt
done-restored = { $items } wiederhergestellt
done-removed-link = Link zu „{ $name }“ entfernt. Das lässt sich nicht rückgängig machen, aber Sie können einen neuen Link erstellen
done-added-shared-folder = „{ $name }“ zu Ihrer Dropbox hinzugefügt
done-removed-shared-folder = „{ $name }“ aus Ihrer Dropbox entfernt
done-redone = Wiederholt: { $edit }
done-undone = Rückgängig gemacht: { $edit }
refusal-view-only = Sie können „{ $folder }“ ansehen, aber nicht ändern
refusal-some-folders = Sie haben nur auf einige Ordner in „{ $folder }“ Zugriff
refusal-move-into-itself = „{ $name }“ kann nicht in sich selbst verschoben werden
refusal-copy-into-itself = „{ $name }“ kann nicht in sich selbst kopiert werden
refusal-already-here = { $count ->
    [one] { $items } ist schon in diesem Ordner
   *[other] { $items } sind schon in diesem Ordner
}
refusal-team-root = Nur Administratoren können den Inhalt von „{ $team }“ ändern. Was in den Ordnern darin ist, können Sie ändern
refusal-delete-shared-folder = Nichts wurde gelöscht: „{ $name }“ ist ein geteilter Ordner. Entfernen Sie ihn einzeln aus Ihrer Dropbox
refusal-no-access = Sie haben keinen Zugriff auf „{ $folder }“. Bitten Sie die Person darum, der er gehört
restored-elsewhere = „{ $left }“ gibt es nicht mehr, darum wird „{ $shown }“ gezeigt
progress-of-items = { $count ->
    [one] { $done } von { $count } Objekt
   *[other] { $done } von { $count } Objekten
}
progress-edit = { $edit }… { $items }
progress-listing = { $edit }… { $items } gefunden
progress-undo = Rückgängig: { $edit }… { $items }
progress-redo = Wiederholen: { $edit }… { $items }
done-brought-back = { $folder } zurückgeholt
partly-done = { $count ->
    [one] { $edit }: { $count } Objekt fehlgeschlagen
   *[other] { $edit }: { $count } Objekte fehlgeschlagen
}
problems-of-items = { $count ->
    [one] { $count } Objekt konnte nicht geändert werden
   *[other] { $count } Objekte konnten nicht geändert werden
}
saved-to-dropbox = „{ $name }“ in Dropbox gesichert
saved = „{ $name }“ gesichert
saved-as-new-file = „{ $name }“ war gelöscht, darum wurde eine neue Datei gesichert
saved-beside = Die Datei wurde auch anderswo geändert. Ihre Version wurde als „{ $name }“ gesichert
conflict-kept-both = Beide Versionen wurden behalten. Ihre ist „{ $name }“
conflict-kept-mine = „{ $name }“ enthält jetzt Ihre Änderungen
conflict-kept-theirs = „{ $name }“ bleibt so, wie es anderswo geändert wurde
unsent = { $count ->
    [one] { $count } bearbeitete Datei ist noch nicht gesendet
   *[other] { $count } bearbeitete Dateien sind noch nicht gesendet
}
dropped-behind-dialog = { $count ->
    [one] { $count } Objekt wird nach { $folder } hochgeladen
   *[other] { $count } Objekte werden nach { $folder } hochgeladen
}
files-and-folders = { $files } und { $folders }
uploaded = { $items } hochgeladen
downloaded = { $items } heruntergeladen
uploaded-some = { $count ->
    [one] { $items } hochgeladen, { $count } Datei übersprungen
   *[other] { $items } hochgeladen, { $count } Dateien übersprungen
}
downloaded-some = { $count ->
    [one] { $items } heruntergeladen, { $count } Datei übersprungen
   *[other] { $items } heruntergeladen, { $count } Dateien übersprungen
}
done-with-other-names = { $count ->
    [one] { $done }. { $count } Objekt hat hier einen anderen Namen
   *[other] { $done }. { $count } Objekte haben hier andere Namen
}
not-uploaded = { $count ->
    [one] { $failed } von { $count } Datei konnte nicht hochgeladen werden
   *[other] { $failed } von { $count } Dateien konnten nicht hochgeladen werden
}
not-downloaded = { $count ->
    [one] { $failed } von { $count } Datei konnte nicht heruntergeladen werden
   *[other] { $failed } von { $count } Dateien konnten nicht heruntergeladen werden
}
resumed = { $count ->
    [one] { $count } Übertragung fortgesetzt
   *[other] { $count } Übertragungen fortgesetzt
}
transfer-finished = Übertragung abgeschlossen
all-transfers-finished = Alle Übertragungen abgeschlossen
transfer-failed = Übertragung fehlgeschlagen oder unvollständig
some-transfers-failed = { $count ->
    [one] { $failed } von { $count } Übertragung fehlgeschlagen
   *[other] { $failed } von { $count } Übertragungen fehlgeschlagen
}
files-transferred = { $count ->
    [one] { $count } Datei übertragen.
   *[other] { $count } Dateien übertragen.
}
paths-copied = { $count ->
    [one] Pfad kopiert
   *[other] { $count } Pfade kopiert
}
names-copied = { $count ->
    [one] Name kopiert
   *[other] { $count } Namen kopiert
}
link-copied = Link zu „{ $name }“ kopiert
signed-in-as = Angemeldet als { $email }
signed-in = Angemeldet
files-exist-already = { $count ->
    [one] Die Datei ist schon vorhanden
   *[other] Alle { $count } Dateien sind schon vorhanden
}
name-taken = „{ $name }“ ist schon vorhanden
local-account-unreachable = Das lokale Konto ist nicht erreichbar
dropbox-unreachable = Dropbox ist nicht erreichbar
operation-new-folder = Neuer Ordner { $items }
operation-upload = { $items } hochladen
operation-bring-back = Zurückholen von { $items }
operation-create-link = Link zu „{ $name }“ erstellen
operation-change-link = Link zu „{ $name }“ ändern
refusal-in-work = „{ $name }“ wird noch geändert. Warten Sie, bis das fertig ist, oder brechen Sie es ab
undo-dropped = Nicht rückgängig gemacht, weil zuerst etwas anderes geschehen ist
undo-elsewhere = { $kind ->
    [create-folder] Das Anlegen von { $items } rückgängig machen? In { $folder }, { $ago }
    [delete] Das Löschen von { $items } rückgängig machen? In { $folder }, { $ago }
    [move] Das Verschieben von { $items } rückgängig machen? In { $folder }, { $ago }
    [rename-one] Das Umbenennen von „{ $from }“ in { $items } rückgängig machen? In { $folder }, { $ago }
    [rename] Das Umbenennen von { $items } rückgängig machen? In { $folder }, { $ago }
    [copy] Das Kopieren von { $items } rückgängig machen? In { $folder }, { $ago }
    [restore-version] Das Wiederherstellen einer Version von { $items } rückgängig machen? In { $folder }, { $ago }
    [restore] Das Wiederherstellen von { $items } rückgängig machen? In { $folder }, { $ago }
    [bring-back] Das Zurückholen von { $items } rückgängig machen? In { $folder }, { $ago }
    [create-link] Den Link zu { $items } entfernen? In { $folder }, { $ago }
    [change-link] Die Änderung des Links zu { $items } rückgängig machen? In { $folder }, { $ago }
    [remove-link] Das Entfernen des Links zu { $items } rückgängig machen? In { $folder }, { $ago }
    [add-shared-folder] Das Hinzufügen von { $items } zu Ihrer Dropbox rückgängig machen? In { $folder }, { $ago }
    [remove-shared-folder] Das Entfernen von { $items } aus Ihrer Dropbox rückgängig machen? In { $folder }, { $ago }
   *[other] Das Hochladen von { $items } rückgängig machen? In { $folder }, { $ago }
}
redo-elsewhere = { $kind ->
    [create-folder] Das Anlegen von { $items } wiederholen? In { $folder }, { $ago }
    [delete] Das Löschen von { $items } wiederholen? In { $folder }, { $ago }
    [move] Das Verschieben von { $items } wiederholen? In { $folder }, { $ago }
    [rename-one] Das Umbenennen von „{ $from }“ in { $items } wiederholen? In { $folder }, { $ago }
    [rename] Das Umbenennen von { $items } wiederholen? In { $folder }, { $ago }
    [copy] Das Kopieren von { $items } wiederholen? In { $folder }, { $ago }
    [restore-version] Das Wiederherstellen einer Version von { $items } wiederholen? In { $folder }, { $ago }
    [restore] Das Wiederherstellen von { $items } wiederholen? In { $folder }, { $ago }
    [bring-back] Das Zurückholen von { $items } wiederholen? In { $folder }, { $ago }
    [create-link] Den Link zu { $items } erneut erstellen? In { $folder }, { $ago }
    [change-link] Die Änderung des Links zu { $items } wiederholen? In { $folder }, { $ago }
    [remove-link] Das Entfernen des Links zu { $items } wiederholen? In { $folder }, { $ago }
    [add-shared-folder] Das Hinzufügen von { $items } zu Ihrer Dropbox wiederholen? In { $folder }, { $ago }
    [remove-shared-folder] Das Entfernen von { $items } aus Ihrer Dropbox wiederholen? In { $folder }, { $ago }
   *[other] Das Hochladen von { $items } wiederholen? In { $folder }, { $ago }
}
ago-now = gerade eben
ago-minutes = { $count ->
    [one] vor { $count } Minute
   *[other] vor { $count } Minuten
}
ago-hours = { $count ->
    [one] vor { $count } Stunde
   *[other] vor { $count } Stunden
}
ago-days = { $count ->
    [one] vor { $count } Tag
   *[other] vor { $count } Tagen
}
toast-show = Zeigen
toast-details = Details…
toast-review = Ansehen
notice-title = Von anderen geändert
folder-and-others = { $count ->
    [one] { $folder } und { $count } anderem Ordner
   *[other] { $folder } und { $count } anderen Ordnern
}
notice-added = { $what } in { $place } hinzugefügt
notice-edited = { $what } in { $place } bearbeitet
notice-moved = { $what } in { $place } verschoben
notice-deleted = { $what } in { $place } gelöscht
notice-changed = { $what } in { $place } geändert
notice-added-by = { $name } hat { $what } in { $place } hinzugefügt
notice-edited-by = { $name } hat { $what } in { $place } bearbeitet
notice-moved-by = { $name } hat { $what } in { $place } verschoben
notice-deleted-by = { $name } hat { $what } in { $place } gelöscht
notice-changed-by = { $name } hat { $what } in { $place } geändert
name-with-files = { $count ->
    [one] { $name } ({ $count } Datei)
   *[other] { $name } ({ $count } Dateien)
}
first-and-second = { $first } und { $second }
notices-are-on = Änderungen anderer werden gemeldet
notices-are-off = Änderungen anderer werden nicht mehr gemeldet
motion-is-reduced = Weniger Bewegung
motion-is-full = Bewegung wie üblich
