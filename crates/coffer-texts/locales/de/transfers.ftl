# Wörter der Übertragungen.

transfers = { $count ->
    [one] { $count } Übertragung
   *[other] { $count } Übertragungen
}
title-failed = { $count ->
    [one] { $count } Übertragung fehlgeschlagen
   *[other] { $count } Übertragungen fehlgeschlagen
}
title-all-paused = { $count ->
    [one] { $count } Übertragung, angehalten
   *[other] { $count } Übertragungen, alle angehalten
}
title-some-paused = { $count ->
    [one] { $count } Übertragung, { $paused } angehalten
   *[other] { $count } Übertragungen, { $paused } angehalten
}
time-left = noch { $time }
transfers-waiting = wartet
transfer-running = Laufend
transfer-state-failed = Fehlgeschlagen
transfer-is-finished = Fertig
transfer-open-files = Offene Dateien
transfer-cancelling = Wird abgebrochen…
transfer-paused = Angehalten
transfer-queued = In der Schlange
transfer-pausing = Wird angehalten…
transfer-preparing = Wird vorbereitet…
transfer-verifying = Wird geprüft…
transfer-waiting = Wartet
transfer-finishing = Wird abgeschlossen…
transfer-starting = Beginnt…
transfer-cancelled = Abgebrochen
transfer-exists = Schon vorhanden
transfer-verified = Geprüft
transfer-copied-dropbox = Innerhalb von Dropbox kopiert
transfer-copied-account = Innerhalb des Kontos kopiert
transfer-uploading = Wird hochgeladen…
transfer-downloading = Wird heruntergeladen…
from-command-line = Von der Befehlszeile
files-of = { $done } von { $count } Dateien
part-of = { $done } von { $all }
failed-of = { $failed } von { $count } fehlgeschlagen
new-size = { $count } neu · { $size }
resume-all = Alle fortsetzen
pause-all = Alle anhalten
hide-transfers = Übertragungen verbergen
limits-button = Geschwindigkeitsgrenzen…
limits-uploads = Uploads
limits-downloads = Downloads
limits-note = Grenzen gelten sofort. Alle Uploads teilen sich eine, alle Downloads eine andere.
limits-custom-named = { $name }: eigene Grenze in KB/s
limits-custom = Eigene
limits-none = Keine Grenze
files-loading = Dateien werden geladen…
files-which = Dateien
files-moving = In Arbeit
graph-peak = Spitze { $speed }
graph-speed = Geschwindigkeit: { $up } hoch, { $down } herunter. { $peak_in_words }
retry-all-failed = Alle fehlgeschlagenen erneut versuchen
clear-failed = Fehlgeschlagene entfernen
clear-cancelled = Abgebrochene entfernen
clear-finished = Fertige entfernen
none-running = Keine Übertragungen in Arbeit.
none-failed = Keine fehlgeschlagenen Übertragungen.
none-cancelled = Keine abgebrochenen Übertragungen.
none-finished = Keine fertigen Übertragungen.
none-open = Keine Dateien sind in anderen Programmen offen.
preparing-items = { $items } werden vorbereitet
to-folder = Nach { $folder }
key-space = Leertaste
key-ctrl-up = Strg+↑
key-delete = Entf
transfer-resume = Fortsetzen
transfer-pause = Anhalten
transfer-prioritize = Vorziehen
transfer-show = Zeigen
transfer-details = Details
open-file-close-question = Trotzdem verwerfen?
open-file-discard-question = Änderungen verwerfen?
open-file-saved = Alle Änderungen gesichert
open-file-saving = Wird gesichert…
open-file-unsent = Früher bearbeitet, noch nicht gesendet
open-file-unsaved = Änderungen nicht gesichert
open-file-conflict = Im Konflikt
open-file-keep = Behalten
open-file-discard = Verwerfen
open-file-save = Sichern
open-file-discard-ask = Verwerfen…
open-file-mine = Meine verwenden
open-file-theirs = Andere verwenden
