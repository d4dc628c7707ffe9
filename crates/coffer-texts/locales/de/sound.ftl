# Wörter zum Abspielen von Aufnahmen.

play = Abspielen
pause = Pause
sound-place = Stelle in der Aufnahme
sound-waiting = Wird geladen…
sound-not-played = „{ $name }“ konnte nicht abgespielt werden
sound-unknown-kind = Die Aufnahme ist beschädigt oder von einer Art, die hier nicht abgespielt werden kann. Öffnen Sie sie in einem anderen Programm.
sound-no-server = Es wurde kein Sound-Server gefunden (PulseAudio oder PipeWire). Öffnen Sie die Datei in einem anderen Programm.
sound-server-failed = Der Sound-Server hat abgebrochen. Spielen Sie sie noch einmal ab oder öffnen Sie sie in einem anderen Programm.
