# Was der Arbeiter im Hintergrund benennt und zeigt: Vorschauen, Dialoge des Systems, Dateien, die er anlegt.

dialog-upload-files = Dateien hochladen
dialog-file-to-compare = Datei zum Vergleichen wählen
dialog-choose-folder = Ordner wählen
dialog-save-as = Speichern unter
pasted-text = Eingefügter Text
pasted-picture = Eingefügtes Bild
team-without-name = Team
