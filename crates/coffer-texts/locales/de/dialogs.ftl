# Wörter der Dialoge.

share-title = { $name } teilen
share-looking = Link wird gesucht…
share-no-link = Es gibt noch keinen Link dazu.
share-create = Link erstellen
share-creating = Link wird erstellt…
share-open = Im Browser öffnen
share-removing = Wird entfernt…
share-remove = Link entfernen
share-link = Link
share-copied = Kopiert
share-anyone-folder = Jeder mit dem Link kann alles in diesem Ordner ansehen und herunterladen, auch später hinzugefügte Dateien. Niemand kann etwas ändern.
share-anyone-file = Jeder mit dem Link kann diese Datei ansehen und herunterladen, auch mit späteren Änderungen. Niemand kann etwas ändern.
share-team-folder = Mitglieder des Teams mit dem Link können alles in diesem Ordner ansehen und herunterladen, auch später hinzugefügte Dateien. Niemand kann etwas ändern.
share-team-file = Mitglieder des Teams mit dem Link können diese Datei ansehen und herunterladen, auch mit späteren Änderungen. Niemand kann etwas ändern.
share-password-folder = Jeder mit dem Link und seinem Passwort kann alles in diesem Ordner ansehen und herunterladen, auch später hinzugefügte Dateien. Niemand kann etwas ändern.
share-password-file = Jeder mit dem Link und seinem Passwort kann diese Datei ansehen und herunterladen, auch mit späteren Änderungen. Niemand kann etwas ändern.
share-invited-folder = Nur eingeladene Personen können alles in diesem Ordner ansehen und herunterladen, auch später hinzugefügte Dateien. Niemand kann etwas ändern.
share-invited-file = Nur eingeladene Personen können diese Datei ansehen und herunterladen, auch mit späteren Änderungen. Niemand kann etwas ändern.
share-expires = Läuft ab am { $date }.
share-local = Der Link eines lokalen Kontos funktioniert nur auf diesem Computer, solange Coffer läuft.
share-who = Wer ihn öffnen kann
share-audience-anyone = Alle
share-audience-password = Mit Passwort
share-audience-team = Team
share-audience-invited = Nur Eingeladene
share-password = Passwort
share-password-kept = Unverändert
share-ends = Läuft ab
share-end-date = Letzter Tag
share-save = Änderungen sichern
share-saving = Wird gesichert…
share-saved = Der Link wurde geändert
share-removed-long = Der Link wurde entfernt. Er funktioniert nicht mehr.
share-create-new = Neuen Link erstellen
share-removed = Der Link wurde entfernt
versions-compare-hint = C. Leertaste oder Strg+Klick markiert eine andere Version zum Vergleichen.
versions-title = Versionen von { $name }
versions-deleted = Diese Datei wurde gelöscht. Stellen Sie eine Version wieder her, um sie zurückzubekommen.
versions-loading = Versionen werden geladen…
versions-none = Keine Versionen.
versions-count = { $count ->
    [one] 1 Version. Jede Änderung fügt eine hinzu.
   *[other] { $count } Versionen. Wird eine wiederhergestellt, bleiben alle anderen erhalten.
}
versions-and-more = { $count ->
    [one] 1 Version. Jede Änderung fügt eine hinzu.
   *[other] { $count } und mehr Versionen. Wird eine wiederhergestellt, bleiben alle anderen erhalten.
}
versions = Versionen
versions-by = Von { $name }
versions-by-you = Von Ihnen
versions-by-somebody-else = Von jemand anders
versions-restored-from = Wiederhergestellt aus { $date }
versions-save = Kopie sichern…
versions-compare-marked = Mit markierter vergleichen
versions-compare-current = Mit aktueller vergleichen
versions-restoring = Wird wiederhergestellt…
versions-restore-file = Datei wiederherstellen
versions-restore = Wiederherstellen
versions-is-current = Das ist die aktuelle Version
app-key-create = „Create app“ drücken. „Scoped access“ und „Full Dropbox“ wählen.
app-key-permissions = Unter „Permissions“ account_info.read, alles von files und sharing ankreuzen. „Submit“.
app-key-copy = Unter „Settings“ den „App key“ kopieren. Das Secret wird nicht gebraucht.
bring-back-note = Was inzwischen geändert wurde, bleibt unberührt. Mit einmal „Rückgängig“ ist alles wieder wie vorher.
bring-back-download-note = Jede Datei wird geprüft. Die Liste der Übertragungen zeigt den Fortschritt.
bring-back-title = { $what } auf den Stand von { $moment } zurückholen
bring-back-in-place = Mit allem darunter. Was jetzt dort ist, bleibt unter den Versionen jeder Datei.
bring-back-beside = Alles von damals kommt in „{ $name }“. Was jetzt dort ist, bleibt, wie es ist.
bring-back-download = Alles von damals wird als „{ $name }“ heruntergeladen. Ihre Dropbox bleibt, wie sie ist.
bring-back-download-items = Wird heruntergeladen, wie es war, in einen Ordner Ihrer Wahl. Ihre Dropbox bleibt, wie sie ist.
bring-back-planning = Es wird ermittelt, was zu tun ist…
bring-back-move-files = { $count ->
    [one] { $count } Datei verschieben
   *[other] { $count } Dateien verschieben
}
bring-back-download-files = { $count ->
    [one] { $count } Datei herunterladen…
   *[other] { $count } Dateien herunterladen…
}
bring-back-files = { $count ->
    [one] { $count } Datei zurückholen
   *[other] { $count } Dateien zurückholen
}
bring-back-download-button = Herunterladen…
bring-back-button = Zurückholen
bring-back-place-here = Am Ort
bring-back-place-here-detail = Wo es war
bring-back-place-beside = Daneben
bring-back-place-beside-detail = In einem neuen Ordner
bring-back-place-computer = Auf diesen Computer
bring-back-place-computer-detail = In einen Ordner Ihrer Wahl
bring-back-all-items = { $count ->
    [one] { $count } Objekt einzeln
   *[other] Alle { $count } Objekte einzeln
}
bring-back-leave-out = Einige weglassen
bring-back-is-gone = Weg
bring-back-is-changed = Geändert
bring-back-is-moved = Verschoben
bring-back-is-new = Neu
bring-back-is-same = Jetzt gleich
bring-back-move-aside = Nach „{ $folder }“ verschieben
plan-deleted = { $count ->
    [one] Datei kommt zurück
   *[other] Dateien kommen zurück
}
plan-changed = { $count ->
    [one] Datei bekommt ihre Version von damals
   *[other] Dateien bekommen ihre Versionen von damals
}
plan-copied = { $count ->
    [one] Datei wird kopiert
   *[other] Dateien werden kopiert
}
plan-downloaded = { $count ->
    [one] Datei wird heruntergeladen
   *[other] Dateien werden heruntergeladen
}
plan-moved = { $count ->
    [one] Datei bekommt ihren alten Namen und Ort wieder
   *[other] Dateien bekommen ihre alten Namen und Orte wieder
}
plan-added = { $count ->
    [one] neue Datei bleibt
   *[other] neue Dateien bleiben
}
plan-aside = { $count ->
    [one] seitdem erstellte Datei wird verschoben
   *[other] seitdem erstellte Dateien werden verschoben
}
plan-left-out = { $count ->
    [one] Objekt wird weggelassen
   *[other] Objekte werden weggelassen
}
plan-not-downloaded = { $count ->
    [one] Datei kann nicht heruntergeladen werden
   *[other] Dateien können nicht heruntergeladen werden
}
plan-not-brought-back = { $count ->
    [one] Datei kann nicht zurückgeholt werden
   *[other] Dateien können nicht zurückgeholt werden
}
plan-deleted-detail = Seitdem gelöscht
plan-changed-detail = Die jetzige Version lässt sich später wiederherstellen
plan-copied-detail = Wie damals
plan-downloaded-detail = In der Version von damals, auch was es heute nicht mehr gibt
plan-moved-detail = Seitdem umbenannt oder verschoben
plan-added-detail = Seitdem erstellt
plan-aside-detail = Nach „{ $folder }“
plan-unknown-detail = Niemand weiß, was damals dort war: { $names }
plan-not-kept-detail = Von Dropbox nicht mehr aufbewahrt: { $names }
palette-title = Befehl ausführen
palette-list = Als Liste ansehen
palette-grid = Als Raster ansehen
palette-theme-system = Farbschema: wie das System
palette-theme-light = Farbschema: hell
palette-theme-dark = Farbschema: dunkel
palette-menu = Menü der Auswahl öffnen
palette-side-bar = Seitenleiste zeigen oder verbergen
palette-details = Details zeigen oder verbergen
palette-transfers = Übertragungen zeigen oder verbergen
palette-hint = Befehl eingeben
palette-none = Kein Befehl, der hier möglich ist, hat diese Buchstaben im Namen.
conflict-newer = neuer
conflict-folder = Ein Ordner
conflict-same-folder = Ein Ordner mit diesem Namen
conflict-replace = Ersetzen
conflict-merge = Zusammenführen
conflict-keep-both = Beide behalten
conflict-skip = Überspringen
conflict-inside = in { $inside }
conflicts-in = In { $folder }. Vorhandene Dateien behalten ihre früheren Versionen.
conflicts-others = Alle anderen Dateien können nach { $folder } hochgeladen werden.
conflicts-for-all = Für alle { $count }
conflicts-all-files = alle Dateien
conflicts-unsent = { $count ->
    [one] 1 Datei kann nicht hochgeladen werden
   *[other] { $count } Dateien können nicht hochgeladen werden
}
conflicts-exist = { $count ->
    [one] 1 Datei ist schon vorhanden
   *[other] { $count } Dateien sind schon vorhanden
}
conflicts-in-account = Im Konto
conflicts-in-dropbox = In Dropbox
conflicts-on-computer = Auf diesem Computer
conflicts-others-unsent = { $count ->
    [one] { $count } andere Datei kann nicht hochgeladen werden
   *[other] { $count } andere Dateien können nicht hochgeladen werden
}
conflicts-create-folders = { $count ->
    [one] { $count } Ordner erstellen
   *[other] { $count } Ordner erstellen
}
conflicts-skip-all = Alle überspringen
conflicts-replace-files = { $count ->
    [one] { $count } Datei ersetzen
   *[other] { $count } Dateien ersetzen
}
conflicts-upload-files = { $count ->
    [one] { $count } Datei hochladen
   *[other] { $count } Dateien hochladen
}
delete-duplicates-title = { $count ->
    [one] { $count } Datei löschen, { $size }?
   *[other] { $count } Dateien löschen, { $size }?
}
delete-duplicates-note = { $count ->
    [one] Mindestens eine Kopie der { $count } Gruppe bleibt. Was gelöscht wird, kommt zu den gelöschten Dateien und kann dort wiederhergestellt werden. Wo die Kopie, die bleibt, inzwischen geändert wurde, wird nichts gelöscht.
   *[other] Mindestens eine Kopie jeder der { $count } Gruppen bleibt. Was gelöscht wird, kommt zu den gelöschten Dateien und kann dort wiederhergestellt werden. Wo die Kopie, die bleibt, inzwischen geändert wurde, wird nichts gelöscht.
}
delete-duplicates-button = { $count ->
    [one] { $count } Datei löschen
   *[other] { $count } Dateien löschen
}
delete-duplicates-keep = Alle behalten
settings-double-click = Doppelklick
settings-single-click = Einfachklick
settings-title = Einstellungen
settings-appearance = Darstellung
settings-theme = Farbschema
settings-accent = Akzentfarbe
settings-language = Sprache
settings-rows = Zeilenhöhe
settings-size = Größe
settings-motion-detail = Bereiche und Bilder erscheinen ohne Einblenden
settings-files = Dateien
settings-open-with = Dateien öffnen mit
settings-notices-detail = Eine Nachricht auf dem Schreibtisch sagt, was andere geändert haben
settings-computer = Auf diesem Computer
settings-cache = Bilder und Vorschauen
settings-limits = Geschwindigkeitsgrenzen
settings-teal = Türkis
settings-blue = Blau
settings-purple = Violett
settings-pink = Rosa
settings-orange = Orange
settings-olive = Oliv
settings-slate = Schiefer
settings-counting = Wird gezählt…
settings-used = Belegt
settings-clear = Leeren
settings-accent-named = { $color }: Akzentfarbe
settings-cache-use = { $used } von { $most }. Lange Unbenutztes geht zuerst.
sign-in-choose = Konto wählen.
sign-in-account = Konto
sign-in-local = Lokales Konto
sign-in-local-detail = Dateien auf diesem Computer, mit allen Versionen.
sign-in-server = Server
sign-in-add = Weiteres Dropbox-Konto hinzufügen
sign-in-dropbox-detail = Ihre Dateien in Dropbox. Dauert etwa zwei Minuten.
sign-in-subtitle = Coffer verbindet sich direkt mit Dropbox. Ihre Anmeldung liegt im Schlüsselbund dieses Computers.
sign-in-title = Mit Dropbox verbinden
sign-in-app-key = App-Schlüssel
sign-in-allow = Zugriff im Browser erlauben
sign-in-own-key = Eigenen App-Schlüssel verwenden…
sign-in-paste = Code einfügen
sign-in-key-example = Beispiel: x7f2k9q0m4tz31a
sign-in-key-why = Coffer braucht einen eigenen App-Schlüssel. Er kostet nichts. Auf den Seiten, die sich öffnen:
sign-in-key-get = App-Schlüssel holen
sign-in-other-server = Anderer Server…
sign-in-server-address = Adresse des Servers
sign-in-server-hint = Adresse des Servers (für Dropbox leer lassen)
sign-in-opening = Wird geöffnet…
sign-in-open-page = Seite öffnen
sign-in-open-dropbox = Dropbox öffnen
sign-in-copy-page = Adresse der Seite kopieren
sign-in-code = Code
sign-in-connecting = Wird verbunden…
sign-in-connect = Verbinden
sign-in-command-line = { $api_url } (Befehlszeile)
room-used = Danach belegen Sie { $used } von { $all }.
room-too-much = Das sind { $lacking } mehr als die { $free }, die frei sind. Was keinen Platz findet, schlägt fehl: Schaffen Sie zuerst Platz oder wählen Sie weniger.
decided-first = { $count ->
    [one] { $items } wird { $done }
   *[other] { $items } werden { $done }
}
decided-next = { $items } { $done }
decided-added = hinzugefügt
decided-merged = zusammengeführt
decided-replaced = ersetzt
decided-kept = { $count ->
    [one] neben der anderen behalten
   *[other] neben den anderen behalten
}
decided-skipped = übersprungen
decided-unchanged = nicht geändert
relocation-same = gleicher Inhalt
relocation-in = In { $folder }. „Rückgängig“ holt zurück, was ersetzt wird.
relocation-in-several = In mehreren Ordnern. „Rückgängig“ holt zurück, was ersetzt wird.
relocation-for-all-folders = Für alle { $count } Ordner
relocation-for-all = Für alle { $items }
relocation-all-folders = alle Ordner
relocation-exist = { $count ->
    [one] { $items } ist schon vorhanden
   *[other] { $items } sind schon vorhanden
}
relocation-to-move = Wird verschoben
relocation-to-copy = Wird kopiert
relocation-there = Schon vorhanden
relocation-merge = { $count ->
    [one] { $count } Ordner zusammenführen
   *[other] { $count } Ordner zusammenführen
}
large-delete-files = { $count ->
    [one] { $count } Datei löschen
   *[other] { $count } Dateien löschen
}
large-move-files = { $count ->
    [one] { $count } Datei verschieben
   *[other] { $count } Dateien verschieben
}
large-move-anyway = Trotzdem verschieben
large-copy-files = { $count ->
    [one] { $count } Datei kopieren
   *[other] { $count } Dateien kopieren
}
large-copy-anyway = Trotzdem kopieren
large-download-files = { $count ->
    [one] { $count } Datei herunterladen
   *[other] { $count } Dateien herunterladen
}
large-download-anyway = Trotzdem herunterladen
large-upload-files = { $count ->
    [one] { $count } Datei hochladen
   *[other] { $count } Dateien hochladen
}
large-upload-anyway = Trotzdem hochladen
large-duplicate-title = { $items } duplizieren?
large-move-title = { $items } nach { $folder } verschieben?
large-copy-title = { $items } nach { $folder } kopieren?
large-delete-title = { $items } löschen?
large-download-title = { $items } herunterladen?
large-copy-any-title = Kopieren?
large-upload-title = { $items } nach { $folder } hochladen?
large-amount = { $files }, { $size }
large-at-least = Mindestens { $files }, { $size }
large-undo-delete = Sie können das rückgängig machen oder später aus „Gelöschte Dateien“ wiederherstellen.
large-undo = Sie können das rückgängig machen.
large-download-to = Sie kommen nach { $folder }.
large-keep = Behalten
quit-left = { $count ->
    [one] Von { $count } Übertragung fehlen noch { $size }. Sie wird fortgesetzt, wenn Sie Coffer wieder öffnen.
   *[other] Von { $count } Übertragungen fehlen noch { $size }. Sie werden fortgesetzt, wenn Sie Coffer wieder öffnen.
}
quit-unfinished = { $count ->
    [one] { $count } Übertragung ist nicht fertig. Sie wird fortgesetzt, wenn Sie Coffer wieder öffnen.
   *[other] { $count } Übertragungen sind nicht fertig. Sie werden fortgesetzt, wenn Sie Coffer wieder öffnen.
}
quit-title = Es laufen noch Übertragungen
quit-preparing = Uploads, die noch vorbereitet werden, müssen neu gestartet werden.
quit-cancelling = Wird abgebrochen…
quit-cancel-all = Übertragungen abbrechen und beenden
quit-later = Beenden und später fortsetzen
quit-edit-title = Eine Änderung ist noch nicht fertig
quit-edit-note = Wenn Sie hier anhalten, sind manche Objekte geändert und die übrigen bleiben, wie sie sind. „Rückgängig“ nimmt das Geschehene zurück, auch beim nächsten Start.
quit-stop = Anhalten und beenden
quit-stopping = Wird angehalten…
quit-finish = Abschließen, dann beenden
quit-finishing = Beendet nach Abschluss…
quit-stay = Coffer offen lassen
remove-shared-note = Die anderen Mitglieder behalten ihn, und nichts darin wird gelöscht. Sie können ihn wieder hinzufügen: Er steht dann in der Seitenleiste unter „Nicht in Ihrer Dropbox“.
remove-shared-title = „{ $name }“ aus Ihrer Dropbox entfernen?
remove-shared = Aus meiner Dropbox entfernen
remove-shared-keep = Ordner behalten
rename-many-as-they-are = Wie sie sind
rename-many-lower = klein
rename-many-upper = GROSS
rename-many-title-case = Titel
rename-many-no-number = Keine
rename-many-number-before = Davor
rename-many-number-after = Danach
rename-many-find = Suchen
rename-many-replace = Ersetzen durch
rename-many-before = Text davor
rename-many-as-it-is = Name, wie er ist
rename-many-after = Text danach
rename-many-letters = Buchstaben
rename-many-extensions = Auch Endungen
rename-many-number = Nummer
rename-many-first-number = Erste Nummer
rename-many-date = Datum zuerst
rename-many-new-names = Neue Namen
rename-many-taken = Ist schon hier
rename-many-twice = Doppelt
rename-many-show-next = Nächsten zeigen
rename-many-name = Name
rename-many-title = { $count ->
    [one] { $count } Objekt umbenennen
   *[other] { $count } Objekte umbenennen
}
rename-many-issue = { $old } in { $new }: { $issue }
rename-many-to = { $old } in { $new }
rename-many-stays = { $old } bleibt
rename-many-inside = „{ $folder }“ wird auch umbenannt
rename-many-refused = { $count ->
    [one] { $count } Name kann nicht vergeben werden
   *[other] { $count } Namen können nicht vergeben werden
}
rename-many-kept = { $count ->
    [one] 1 Objekt behält seinen Namen
   *[other] { $count } Objekte behalten ihre Namen
}
select-pattern-note = Ein Muster wie *.jpg oder IMG_?* oder ein Teil des Namens.
select-pattern-title = Nach Muster auswählen
select-pattern-field = Muster
select-items = { $count ->
    [one] { $count } Objekt auswählen
   *[other] { $count } Objekte auswählen
}
open-one = „{ $name }“ öffnen?
open-one-note = Eine Datei dieser Art kann auf Ihrem Computer ein Programm ausführen. Öffnen Sie sie nur, wenn Sie wissen, woher sie kommt.
open-many = { $count ->
    [one] { $count } Datei öffnen?
   *[other] { $count } Dateien öffnen?
}
open-many-note = Dateien dieser Arten können auf Ihrem Computer Programme ausführen. Öffnen Sie sie nur, wenn Sie wissen, woher sie kommen.
open-anyway = Trotzdem öffnen
open-not = Nicht öffnen
problem-title = Details
problem-request-id = Kennung der Anfrage, für den Support:
problem-copy-id = Kennung kopieren
go-to-title = Gehe zu
go-to-hint = Teil eines Namens eingeben
go-to-empty = Ordner, die Sie öffnen, werden hier angeboten.
go-to-nothing = Nichts hat diese Buchstaben im Pfad.
go-to-note = Enter öffnet einen Ordner oder zeigt die Vorschau einer Datei. Strg+Enter zeigt sie in ihrem Ordner.
chooser-move = „{ $name }“ verschieben
chooser-copy = „{ $name }“ kopieren
chooser-move-here = Hierher verschieben
chooser-copy-here = Hierher kopieren
chooser-find = Ordner suchen
chooser-hint = Teil eines Ordnernamens eingeben oder unten wählen
chooser-recent = Letzte Ordner
chooser-all = Alle Ordner
chooser-folders = Ordner
chooser-none = Kein Ordner hat diese Buchstaben im Pfad.
chooser-create = Ordner erstellen
chooser-new-name = Name des neuen Ordners
chooser-new-in = Neuer Ordner in { $folder }
compare-versions-of = Versionen von { $name } vergleichen
compare-named = { $name } vergleichen
compare-side-by-side = Nebeneinander
compare-texts-side-by-side = Beide Texte nebeneinander  1
compare-unified = Untereinander
compare-texts-unified = Entfernte und hinzugefügte Zeilen untereinander  2
compare-pictures-side-by-side = Beide Bilder nebeneinander  1
compare-swipe = Wischen
compare-pictures-swipe = Eines über dem anderen, bis zu einer Linie, die Sie ziehen  2
compare-onion-skin = Überblenden
compare-pictures-onion-skin = Eines scheint durch das andere  3
compare-difference = Differenz
compare-pictures-difference = Nur was sich unterscheidet  4
compare-earlier = Frühere Version
compare-later = Spätere Version
compare-same-content = Beide haben denselben Inhalt
compare-same-but-space = Beide Texte unterscheiden sich nur in Leerraum
compare-same-lines = Beide Texte haben dieselben Zeilen
compare-back-to-list = Zurück zur Liste der Versionen
compare-cells = Zellen
compare-cells-tip = Die Zellen der Tabelle
compare-blocks = Absätze
compare-blocks-tip = Der Text, wie er gelesen wird
compare-lines-tip = Die Zeilen der Datei
compare-ignore-space = Leerraum ignorieren
compare-previous = Vorige Änderung
compare-next = Nächste Änderung
compare-change-of = Änderung { $now } von { $count }
compare-contents-differ = Die Inhalte unterscheiden sich
compare-text-too-large = Der Text ist zu groß, um ihn Zeile für Zeile zu vergleichen.
compare-bytes-from-first = Sie unterscheiden sich vom ersten Byte an.
compare-bytes-same = Gleich am Anfang: { $bytes }.
compare-bytes-too-large = Sie sind zu groß, um das erste abweichende Byte zu finden.
compare-not-known = nicht bekannt
compare-fact = { $name }: { $one } und { $other }
compare-mine-hint = Die andere bleibt als frühere Version
compare-theirs-hint = Ihre Version wird gelöscht, was sich rückgängig machen lässt
compare-both-hint = Beide bleiben als eigene Dateien
compare-back-to-versions = Zurück zu den Versionen
compare-back-to-question = Zurück zur Frage
compare-restore-earlier = Frühere Version wiederherstellen
compare-restore-hint = Die aktuelle bleibt als frühere Version
compare-show-all-lines = Alle Zeilen zeigen
compare-fold-lines = Gleiche Zeilen einklappen
compare-copy-lines = { $count ->
    [one] { $count } Zeile kopieren
   *[other] { $count } Zeilen kopieren
}
compare-folded = { $count ->
    [one] { $count } gleiche Zeile eingeklappt
   *[other] { $count } gleiche Zeilen eingeklappt
}
compare-space-ignored = Leerraum ignoriert
compare-least-percent = weniger als 0,1 %
compare-look-same = Beide sehen gleich aus.
compare-pixels-differ = { $visible } der Pixel unterscheiden sich, { $strong } um mehr als ein Viertel
compare-formats-same = { $format } auf beiden Seiten
compare-formats = links { $first }, rechts { $second }
compare-mixed-breaks = { $encoding }, LF und CRLF
compare-unterminated = { $format }, aber am Ende keines
compare-lines-removed = { $count ->
    [one] { $count } Zeile entfernt
   *[other] { $count } Zeilen entfernt
}
compare-lines-added = { $count ->
    [one] { $count } Zeile hinzugefügt
   *[other] { $count } Zeilen hinzugefügt
}
compare-equal-lines = { $count ->
    [one] { $count } gleiche Zeile
   *[other] { $count } gleiche Zeilen
}
compare-show-equal-lines = { $count ->
    [one] { $count } gleiche Zeile zeigen
   *[other] { $count } gleiche Zeilen zeigen
}
compare-images = Bilder { $name }
compare-line = Linie zwischen beiden
compare-opacity = Deckkraft
keys-navigation = Navigation
keys-tabs = Tabs und Bereiche
keys-selection = Auswahl
keys-preview = Vorschau und Teilen
keys-view = Ansicht
keys-unfold = Ordner auf- oder zuklappen
keys-phrase = Eine ganze Wendung
keys-phrase-example = „Jahresbericht 2025“
keys-without = Ohne ein Wort
keys-without-example = -Entwurf
keys-pattern = Ein Muster für den Namen
keys-pictures = Nur Bilder
keys-extension = Nach Endung
keys-size = Nach Größe
keys-date = Nach Datum
keys-before = Vor einem Datum
keys-in-folder = In einem Ordner
keys-extend = Auswahl erweitern
keys-type = Durch Tippen auswählen
keys-next-file = Nächste oder vorige Datei der Vorschau
keys-next-difference = Nächster oder voriger Unterschied
keys-pause = Anhalten oder fortsetzen
keys-show-files = Dateien zeigen
guide-title = Die Anleitung
guide-first-steps = Erste Schritte
guide-transfers = Übertragungen
guide-versions-and-time = Versionen und Zeit
guide-sharing = Teilen
guide-overview = Das ganze Konto
guide-command-line = Befehlszeile
guide-local-account = Lokales Konto
guide-keys = Tasten
guide-privacy = Privatsphäre
