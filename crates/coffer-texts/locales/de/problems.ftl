# Was nicht getan werden konnte, warum, und was hilft.

could-not-add-to-dropbox = „{ $name }“ konnte nicht zu Ihrer Dropbox hinzugefügt werden
could-not-bring-back = { $of ->
    [root] Ihre Dateien konnten nicht zurückgeholt werden
   *[item] „{ $name }“ konnte nicht zurückgeholt werden
}
could-not-bring-back-whole = { $of ->
    [root] Ihre Dateien konnten nicht ganz zurückgeholt werden
   *[item] „{ $name }“ konnte nicht ganz zurückgeholt werden
}
could-not-close = „{ $name }“ konnte nicht geschlossen werden
could-not-compare = „{ $name }“ konnte nicht verglichen werden
could-not-compare-with-local = { $of ->
    [root] Ihre Dateien konnten nicht mit denen auf diesem Computer verglichen werden
   *[item] „{ $name }“ konnte nicht mit Ihren Dateien verglichen werden
}
could-not-copy = „{ $name }“ konnte nicht kopiert werden
could-not-create = „{ $name }“ konnte nicht erstellt werden
could-not-delete = „{ $name }“ konnte nicht gelöscht werden
could-not-discard = „{ $name }“ konnte nicht verworfen werden
could-not-download = { $of ->
    [root] Ihre Dateien konnten nicht heruntergeladen werden
   *[item] „{ $name }“ konnte nicht heruntergeladen werden
}
could-not-find = „{ $name }“ wurde nicht gefunden
could-not-find-in-index = { $of ->
    [root] Ihre Dateien waren im Index nicht zu finden
   *[item] „{ $name }“ war im Index nicht zu finden
}
could-not-list = { $of ->
    [root] Ihre Dateien konnten nicht aufgelistet werden
   *[item] „{ $name }“ konnte nicht aufgelistet werden
}
could-not-move = „{ $name }“ konnte nicht verschoben werden
could-not-move-back = „{ $name }“ konnte nicht zurückverschoben werden
could-not-open = „{ $name }“ konnte nicht geöffnet werden
could-not-preview = Von „{ $name }“ gibt es keine Vorschau
could-not-remove-from-dropbox = „{ $name }“ konnte nicht aus Ihrer Dropbox entfernt werden
could-not-rename = „{ $name }“ konnte nicht umbenannt werden
could-not-replace = „{ $name }“ konnte nicht ersetzt werden
could-not-restore = „{ $name }“ konnte nicht wiederhergestellt werden
could-not-save = „{ $name }“ konnte nicht in Dropbox gesichert werden
could-not-change-link = Der Link zu „{ $name }“ konnte nicht geändert werden
could-not-share = „{ $name }“ konnte nicht geteilt werden
could-not-show-past = { $of ->
    [root] Ihre Dateien konnten nicht so gezeigt werden, wie sie waren
   *[item] „{ $name }“ konnte nicht so gezeigt werden, wie es war
}
could-not-upload = „{ $name }“ konnte nicht hochgeladen werden
why-system-error = Systemfehler: { $error }.
problem-inside-coffer = In Coffer ist etwas schiefgegangen
problem-no-account-open = Kein Konto ist geöffnet
why-bug = Das ist ein Fehler in Coffer. Alles, was schon bestätigt wurde, ist sicher; Einzelheiten stehen im Protokoll.
why-no-account = Wählen Sie zuerst ein Konto.
why-sign-in-expired = Ihre Anmeldung ist abgelaufen. Melden Sie sich neu an, um weiterzumachen; nichts ist verloren.
why-unreachable = Dropbox ist nicht erreichbar. Prüfen Sie Ihre Verbindung.
why-network-sign-in = Dieses Netz verlangt zuerst eine Anmeldung. Öffnen Sie seine Anmeldeseite im Browser und versuchen Sie es dann erneut.
why-connection-lost = Die Verbindung ist abgebrochen, bevor Dropbox geantwortet hat.
why-unreadable-reply = Dropbox hat auf eine Weise geantwortet, die Coffer nicht lesen kann. Das Protokoll sagt mehr.
why-service-failed = Dropbox hat gerade Probleme. Versuchen Sie es gleich noch einmal.
why-rate-limited = Dropbox hat Coffer gebeten, langsamer zu arbeiten. Versuchen Sie es gleich noch einmal.
why-too-many-writes = Dropbox ist mit anderen Änderungen an diesem Konto beschäftigt. Versuchen Sie es gleich noch einmal.
why-service-error = Dropbox konnte das nicht ausführen. Versuchen Sie es erneut.
why-refused = Dropbox hat das aus einem Grund abgelehnt, den Coffer nicht kennt.
why-bad-request = Dropbox hat die Anfrage von Coffer zurückgewiesen. Das ist ein Fehler in Coffer; Einzelheiten stehen im Protokoll.
why-outcome-unknown = Dropbox hat nicht geantwortet. Vielleicht hat es trotzdem geklappt: Laden Sie neu, bevor Sie es erneut versuchen.
why-account-in-use = Ein anderes Programm benutzt das Konto.
why-missing-scope = Ihrem App-Schlüssel fehlt eine Berechtigung. Erlauben Sie sie auf dropbox.com in den Einstellungen der App und melden Sie sich dann neu an.
why-forbidden = Dieses Konto darf das nicht.
why-no-access = Sie haben keinen Zugriff darauf. Bitten Sie den Eigentümer darum.
why-no-write-permission = Sie können das ansehen, aber nicht ändern.
why-path-root-gone = Die Ordner Ihres Teams sind umgezogen, seit das begonnen wurde; darum wurde nichts geändert. Laden Sie neu und beginnen Sie noch einmal.
why-team-policy = Die Einstellungen Ihres Teams erlauben das nicht.
why-restricted-content = Dropbox sperrt diesen Inhalt aus rechtlichen Gründen.
why-locked = Jemand hat es gesperrt.
why-email-not-verified = Dropbox verlangt, dass Sie zuerst Ihre E-Mail-Adresse bestätigen.
why-link-settings = Dieses Konto kann solche Links nicht erstellen.
why-not-found = Das gibt es nicht mehr.
why-not-a-file = Das ist ein Ordner, keine Datei.
why-not-a-folder = Das ist eine Datei, kein Ordner.
why-changed = Es wurde inzwischen geändert und blieb darum unberührt.
why-version-gone = Dropbox hat diese Version nicht mehr.
why-link-not-found = Der Link war schon entfernt.
why-cursor-reset = Die Liste ist veraltet. Laden Sie neu.
why-duplicate-paths = Es ist schon in diesem Ordner.
why-name-taken = Ein Objekt mit diesem Namen ist schon vorhanden.
why-folder-exists = Ein Ordner mit diesem Namen ist schon vorhanden.
why-file-in-the-way = Eine Datei hat den Namen eines Ordners, der gebraucht wird.
why-reserved-name = Diesen Namen behält sich Dropbox vor. Wählen Sie einen anderen Namen.
why-invalid-name = Dropbox lässt diesen Namen nicht zu. Wählen Sie einen anderen Namen.
why-account-full = Im Konto ist kein Platz dafür. Löschen Sie Dateien oder buchen Sie mehr Speicherplatz.
why-traffic-limit = Das Konto hat seine Grenze für Uploads erreicht. Versuchen Sie es morgen erneut.
why-folder-into-itself = Ein Ordner kann nicht in sich selbst verschoben oder kopiert werden.
why-shared-folder-copy = Geteilte Ordner können nicht kopiert werden.
why-shared-folder-move = Ein geteilter Ordner kann nicht dorthin verschoben werden.
why-move-not-allowed = Dropbox erlaubt nicht, es dorthin zu verschieben.
why-already-mounted = Es ist schon in Ihrer Dropbox. Laden Sie neu, um es zu sehen.
why-not-mountable = Es gehört zu einem Teamordner oder einem anderen geteilten Ordner und kann nicht für sich hinzugefügt oder entfernt werden.
why-nested-shared-folder = Es wäre in einem anderen geteilten Ordner, was Dropbox nicht erlaubt.
why-incomplete = Es wurde mittendrin angehalten.
why-too-many-items = Das sind mehr als 10.000 Objekte auf einmal. Versuchen Sie es mit weniger Objekten.
why-not-downloadable = Dateien dieser Art lassen sich nur auf dropbox.com öffnen.
why-no-preview = Diese Datei hat kein Vorschaubild.
why-upload-interrupted = Der Upload wurde unterbrochen. Versuchen Sie es erneut.
why-upload-damaged = Der Upload wurde unterwegs beschädigt. Versuchen Sie es erneut.
why-already-running = Das läuft schon.
why-local-not-found = Es ist nicht mehr auf diesem Computer.
why-local-access-denied = Auf diesem Computer fehlt Ihnen die Berechtigung dazu.
why-local-invalid-name = Dieser Computer lässt den Namen nicht zu.
why-local-unreadable = Die Datei auf diesem Computer konnte nicht gelesen werden.
why-disk-full = Der Datenträger ist voll. Schaffen Sie Platz und versuchen Sie es dann erneut.
why-disk-disconnected = Schließen Sie ihn an und versuchen Sie es dann erneut.
why-file-too-large = Der Datenträger kann keine so großen Dateien aufnehmen.
why-read-only-disk = Der Datenträger ist schreibgeschützt.
why-local-error = Dieser Computer konnte das nicht ausführen.
why-not-supported = Auf diesem Computer gibt es kein Programm dafür.
why-invalid-input = Die Eingabe wurde nicht verstanden.
why-internal = In Coffer ist etwas schiefgegangen. Einzelheiten stehen im Protokoll.
could-not-move-items = { $count ->
    [one] { $count } Objekt konnte nicht verschoben werden
   *[other] { $count } Objekte konnten nicht verschoben werden
}
could-not-copy-items = { $count ->
    [one] { $count } Objekt konnte nicht kopiert werden
   *[other] { $count } Objekte konnten nicht kopiert werden
}
why-taken-meanwhile = Ein anderes Objekt hat inzwischen seinen Namen bekommen. Es wurde darum dort gelassen, wo es ist.
why-shared-folder-in-parts-move = Es ist ein geteilter Ordner mit mehr als 10.000 Objekten, der nur in Teilen verschoben werden kann. Seine Mitglieder kämen nicht mit, darum blieb er, wie er ist.
why-shared-folder-in-parts-copy = Es ist ein geteilter Ordner mit mehr als 10.000 Objekten, der nur in Teilen kopiert werden kann. Seine Mitglieder kämen nicht mit, darum blieb er, wie er ist.
why-folder-not-empty = In den Ordner ist etwas gekommen, während sein Inhalt verschoben wurde.
could-not-move-completely = „{ $name }“ konnte nicht vollständig verschoben werden
could-not-copy-completely = „{ $name }“ konnte nicht vollständig kopiert werden
could-not-delete-completely = „{ $name }“ konnte nicht vollständig gelöscht werden
deleted-in-part = { $done } von { $count } Objekten sind in „Gelöschte Dateien“, und der Rest ist noch in „{ $folder }“. Löschen Sie den Ordner noch einmal, um fortzufahren.
moved-in-part = Was verschoben wurde, ist in „{ $now }“, und der Rest ist noch in „{ $before }“. Verschieben Sie den Ordner noch einmal dorthin, um fortzufahren.
copied-in-part = Was kopiert wurde, ist in „{ $now }“. Kopieren Sie den Ordner noch einmal dorthin, um fortzufahren.
first-of-several = { $count ->
    [one] { $problem } ({ $count } Objekt ist fehlgeschlagen; das war das erste.)
   *[other] { $problem } ({ $count } Objekte sind fehlgeschlagen; das war das erste.)
}
why-too-large-for-case = Bei einem Ordner mit mehr als 10.000 Objekten lässt sich die Groß- und Kleinschreibung des Namens nicht allein ändern. Geben Sie ihm zuerst einen anderen Namen, dann diesen.
called-for-now = Es heißt vorläufig „{ $name }“. Coffer gibt ihm seinen Namen beim nächsten Start.
why-too-large-for-exchange = Ein Ordner mit mehr als 10.000 Objekten kann seinen Namen nicht gleichzeitig an ein anderes Objekt abgeben. Geben Sie ihm zuerst einen anderen Namen.
why-deleted-or-moved = Es wurde inzwischen gelöscht oder verschoben.
why-name-taken-now = Ein anderes Objekt hat jetzt seinen Namen.
why-left-as-it-is = Es wurde inzwischen geändert und blieb darum, wie es ist.
not-brought-back-yet = „{ $name }“ ist noch nicht zurückgeholt
goes-on-at-next-start = { $reason } Coffer macht beim nächsten Start damit weiter, oder wenn Sie es innerhalb von 90 Tagen noch einmal zurückholen.
why-deleted-meanwhile = Es wurde inzwischen gelöscht.
could-not-make-folders = { $count ->
    [one] { $count } Ordner konnte nicht erstellt werden
   *[other] { $count } Ordner konnten nicht erstellt werden
}
bring-back-given-up = { $count ->
    [one] Es wurde vor mehr als { $count } Tag angehalten, darum macht Coffer damit nicht weiter. Was bis dahin getan wurde, bleibt. Der Rest ist vielleicht noch in „Gelöschte Dateien“ und unter den Versionen jeder Datei.
   *[other] Es wurde vor mehr als { $count } Tagen angehalten, darum macht Coffer damit nicht weiter. Was bis dahin getan wurde, bleibt. Der Rest ist vielleicht noch in „Gelöschte Dateien“ und unter den Versionen jeder Datei.
}
why-name-taken-just-now = Ein anderes Objekt hatte eben noch seinen Namen. Versuchen Sie es erneut.
could-not-create-folder = Der Ordner „{ $name }“ konnte nicht erstellt werden
why-kept-copy-changed = Die Kopie, die bleiben sollte ({ $path }), wurde inzwischen geändert, verschoben oder gelöscht. Darum bleibt diese.
why-kept-copies-changed = Die Kopien, die bleiben sollten, wurden inzwischen geändert, verschoben oder gelöscht. Darum bleibt diese.
could-not-remove-link = Der Link zu „{ $name }“ konnte nicht entfernt werden
problem-and-more = { $count ->
    [one] { $title } (und { $count } weiteres)
   *[other] { $title } (und { $count } weitere)
}
why-no-longer-shared = Es wurde inzwischen verschoben oder ersetzt, oder es ist nicht mehr geteilt.
could-not-restore-version = Die Version von „{ $name }“ konnte nicht wiederhergestellt werden
why-check-current-version = Die Datei wurde inzwischen geändert. Sehen Sie sich zuerst ihre aktuelle Version an.
why-nothing-deleted = Nichts, was gelöscht wurde, hat diesen Namen.
undo-stopped = Es wurde angehalten, bevor alles rückgängig gemacht war
redo-stopped = Es wurde angehalten, bevor alles wiederholt war
why-undo-stopped = Was bis dahin getan wurde, bleibt.
why-moved-or-replaced = Es wurde inzwischen verschoben oder ersetzt.
why-changed-kept = Es wurde inzwischen geändert und darum behalten.
why-folder-name-taken-now = Ein anderer Ordner hat jetzt seinen Namen.
why-item-inside-changed = „{ $name }“ darin wurde inzwischen hinzugefügt oder geändert und darum behalten.
account-not-indexed = Das Konto ist noch nicht indiziert
why-not-indexed-command = Coffer listet das Konto im Hintergrund auf. Warten Sie, bis das fertig ist, oder führen Sie „coffer index“ aus.
why-index-not-written = Der Index kann nicht in den Cache-Ordner dieses Computers geschrieben werden. Ist der Datenträger voll?
could-not-index = Das Konto konnte nicht indiziert werden
could-not-add-samples = Die Beispieldateien konnten nicht hinzugefügt werden
could-not-add-sample = Die Beispieldatei „{ $name }“ konnte nicht hinzugefügt werden
could-not-open-account = Das Konto konnte nicht geöffnet werden
why-sign-in-not-found = Ihre Anmeldung wurde auf diesem Computer nicht gefunden. Melden Sie sich neu an, um weiterzumachen.
account-unreachable = Das Konto ist nicht erreichbar
could-not-sign-in = Die Anmeldung ist fehlgeschlagen
invalid-app-key = Ungültiger App-Schlüssel
why-invalid-app-key = Ein App-Schlüssel besteht aus Kleinbuchstaben und Ziffern. Dropbox zeigt ihn in den Einstellungen der App.
invalid-server-address = Ungültige Adresse des Servers
why-invalid-server-address = Sie muss mit https:// beginnen, außer wenn der Server auf diesem Computer ist.
why-no-page-opened = Öffnen Sie zuerst die Seite von Dropbox und kopieren Sie dann den Code.
why-no-code = Fügen Sie den Code ein, den Dropbox zeigt, nachdem Sie den Zugriff erlaubt haben.
why-code-rejected = Dropbox hat diesen Code zurückgewiesen: Er ist vertippt, schon benutzt oder abgelaufen. Öffnen Sie die Seite noch einmal und kopieren Sie den neuen Code.
why-unknown-app-key = Dropbox kennt diesen App-Schlüssel nicht. Vergleichen Sie ihn mit dem in den Einstellungen der App.
was-not-signed-in = Sie sind nicht angemeldet
why-needs-no-sign-in = Dieses Konto braucht keine Anmeldung.
could-not-read-sign-in = Die Anmeldung konnte nicht gelesen werden
could-not-keep-sign-in = Die Anmeldung konnte nicht aufbewahrt werden
could-not-remove-sign-in = Die Anmeldung konnte nicht entfernt werden
sign-ins-unreadable = Ihre Anmeldungen können nicht gelesen werden
why-sign-ins-damaged = Die Datei { $file } ist beschädigt. Melden Sie sich neu an; die beschädigte Datei bleibt neben der neuen erhalten.
why-no-keyring = Weder der Schlüsselbund des Systems noch der Datenordner konnte benutzt werden.
why-keyring-locked = Der Schlüsselbund des Systems ist gesperrt oder antwortet nicht. Entsperren Sie ihn, und versuchen Sie es noch einmal.
could-not-open-page = Die Seite konnte nicht geöffnet werden
why-no-web-address = Das ist keine Webadresse.
could-not-open-browser = Der Browser konnte nicht geöffnet werden
why-no-browser = Kopieren Sie die Adresse und öffnen Sie sie in einem Browser.
why-no-program = Kein Programm hat die Datei geöffnet. Installieren Sie eines für Dateien dieser Art und versuchen Sie es erneut.
why-no-file-manager = Kein Dateimanager hat geantwortet. Installieren Sie einen, etwa GNOME Dateien oder Dolphin, und versuchen Sie es erneut.
could-not-open-file-dialog = Der Dateidialog konnte nicht geöffnet werden
no-file-dialog = Dieses System hat keinen Dateidialog
why-no-file-dialog-download = Auch der Ordner für Downloads konnte nicht angelegt werden. Installieren Sie zenity oder ein Desktop-Portal (xdg-desktop-portal-gtk), um einen Ordner zu wählen.
why-no-file-dialog = Installieren Sie zenity oder ein Desktop-Portal (xdg-desktop-portal-gtk). Legen Sie bis dahin Dateien auf dem Fenster ab oder fügen Sie sie mit Strg+V ein.
could-not-show-file = „{ $name }“ konnte nicht im Dateimanager gezeigt werden
could-not-read-clipboard = Die Zwischenablage konnte nicht gelesen werden
why-clipboard-unreadable = Legen Sie die Dateien stattdessen auf dem Fenster ab.
could-not-keep-clipboard = Der Inhalt der Zwischenablage konnte nicht aufbewahrt werden
could-not-count-cache = Die Bilder und Vorschauen konnten nicht gezählt werden
could-not-clear-cache = Nicht alle Bilder und Vorschauen konnten gelöscht werden
why-folders-not-compared = Nur Dateien haben Versionen, die sich vergleichen lassen.
why-versions-not-downloadable = Ihre Versionen lassen sich nur auf dropbox.com öffnen.
could-not-list-deleted = Die gelöschten Dateien konnten nicht aufgelistet werden
could-not-save-settings = Ihre Einstellungen konnten nicht gesichert werden
could-not-keep-tabs = Ihre Tabs können nicht für den nächsten Start aufbewahrt werden
why-download-damaged = Die heruntergeladene Datei weicht von der in Dropbox ab und wurde verworfen. Versuchen Sie es erneut.
why-local-folder-exists = Ein Ordner mit diesem Namen ist schon vorhanden und wurde nicht ersetzt.
why-local-file-exists = Eine andere Datei mit diesem Namen ist schon vorhanden und wurde nicht ersetzt.
why-connection-keeps-failing = Die Verbindung bricht immer wieder ab, bevor die Datei vollständig ist.
why-local-folder-gone = Ihren Ordner gibt es auf diesem Computer nicht mehr.
why-deleted = Es wurde gelöscht.
why-not-known-then = Niemand weiß, ob es damals dort war.
why-not-kept-then = Dropbox bewahrt diese Version nicht mehr auf.
why-version-not-known-then = Niemand weiß, welche Version damals dort war.
could-not-give-files = Dem anderen Programm konnte nichts übergeben werden
why-too-much-to-give = Anderen Programmen werden höchstens 10.000 Dateien und 10 GB auf einmal übergeben. Laden Sie die Objekte stattdessen in einen Ordner herunter.
why-not-there-then = Es war damals nicht dort.
why-no-place-to-save = Hier kann keine Datei gesichert werden.
could-not-write-own-folder = In den eigenen Ordner von Coffer, „{ $folder }“, konnte nicht geschrieben werden
could-not-download-to = Nach „{ $name }“ konnte nichts heruntergeladen werden
why-no-such-local-folder = Den Ordner gibt es auf diesem Computer nicht.
transfer-already-running = Diese Übertragung läuft schon
why-transfer-running = Dieselben Dateien werden gerade an denselben Ort übertragen, hier oder in einem anderen Fenster. Warten Sie, bis das fertig ist.
could-not-start-transfer = Diese Übertragung konnte nicht begonnen werden
why-transfers-too-new = Auf diesem Computer wurde eine neuere Version von Coffer benutzt, deren Liste der Übertragungen diese nicht lesen kann. Benutzen Sie die neuere Version.
disk-disconnected = Der Datenträger mit „{ $name }“ ist nicht angeschlossen
target-folder-gone = Den Ordner „{ $name }“ gibt es nicht mehr
why-target-folder-gone = Legen Sie ihn wieder an seinen Ort und versuchen Sie es dann erneut, oder laden Sie in einen anderen Ordner herunter.
why-reply-not-understood = Dropbox hat eine Antwort gesendet, die Coffer nicht versteht.
could-not-start-upload = Der Upload konnte nicht gestartet werden
could-not-finish-upload = Der Upload konnte nicht abgeschlossen werden
could-not-begin-upload = Der Upload konnte nicht begonnen werden
why-too-many-numbers = Es sind schon zu viele Dateien mit diesem Namen vorhanden.
why-changed-after-asking = Die Datei in Dropbox wurde nach der Rückfrage geändert und darum nicht ersetzt.
why-file-has-folder-name = Eine Datei „{ $name }“ hat den Namen ihres Ordners
why-changed-during-upload = Die Datei hat sich während des Uploads geändert. Versuchen Sie es erneut, wenn kein Programm mehr in sie schreibt.
why-name-not-text = Der Name ist kein gültiger Text (UTF-8)
why-same-name = Für Dropbox sind „{ $other }“ und „{ $name }“ derselbe Name
could-not-read = „{ $name }“ konnte nicht gelesen werden
why-broken-link = Es ist eine Verknüpfung, die ins Leere führt.
why-no-file-or-folder = Es ist weder eine Datei noch ein Ordner.
why-link-to-parent = Es ist eine Verknüpfung zu einem übergeordneten Ordner.
why-link-leads-out = Es ist eine Verknüpfung, die aus dem Ordner hinausführt
history-damaged = Der Verlauf war beschädigt und wurde neu begonnen
why-history-damaged = Was vorher getan wurde, lässt sich von hier nicht mehr rückgängig machen. Gelöschte Objekte sind in „Gelöschte Dateien“, frühere Versionen unter den Versionen jeder Datei.
history-not-kept = Was Sie jetzt tun, lässt sich nur rückgängig machen, bis Coffer geschlossen wird
why-history-too-new = Der Verlauf wurde von einer neueren Version von Coffer geschrieben.
why-history-not-written = Der Verlauf kann nicht geschrieben werden: { $error }.
history-unreadable = Der Verlauf kann nicht gelesen werden
why-no-link = Dropbox hat keinen Link zurückgegeben.
could-not-list-links = Die geteilten Links konnten nicht aufgelistet werden
search-failed = Die Suche ist fehlgeschlagen
why-not-indexed = Das Konto ist noch nicht indiziert. Coffer tut das im Hintergrund; versuchen Sie es erneut, wenn es fertig ist.
why-not-indexed-yet = Das Konto ist noch nicht indiziert. Versuchen Sie es erneut, wenn das fertig ist.
could-not-list-versions = Die Versionen von „{ $name }“ konnten nicht aufgelistet werden
could-not-list-shared-folders = Die geteilten Ordner konnten nicht aufgelistet werden
could-not-load-thumbnails = Die Vorschaubilder konnten nicht geladen werden
why-conflict-resolved = Der Konflikt ist schon gelöst.
why-not-tried = Es wurde nicht versucht, weil zu dem davor keine Antwort kam.
why-other-version-changed = Die andere Version wurde inzwischen geändert. Vergleichen Sie die Versionen, oder wählen Sie noch einmal, um sie zu ersetzen.
why-changed-just-now = Sie wurde gerade eben geändert, und die Änderung ist noch nicht gesichert.
why-older-version-open = Ein anderes Programm hat eine ältere Version davon geöffnet oder seine Sperrdatei hinterlassen. Schließen Sie sie dort, oder verwerfen Sie sie bei den Übertragungen unter „Offene Dateien“, und öffnen Sie sie noch einmal.
why-open-elsewhere = Ein anderes Programm hat sie geöffnet. Schließen Sie sie zuerst dort.
why-saved-beside = { $count ->
    [one] „{ $name }“ wurde daneben gesichert und ist nur auf diesem Computer, in { $folder }. Verschieben Sie die Datei zuerst in einen anderen Ordner.
   *[other] „{ $name }“ und weitere Dateien wurden daneben gesichert und sind nur auf diesem Computer, in { $folder }. Verschieben Sie sie zuerst in einen anderen Ordner.
}
why-other-version-deleted = Die andere Version wurde gelöscht. Ihre ist jetzt die einzige.
why-still-written = Ein Programm schreibt noch in die Datei. Sie wird gesichert, wenn das Programm fertig ist.
why-removed-at-once = Es wurde hochgeladen und gleich wieder aus dem Konto entfernt.
edited-file-not-found = Die bearbeitete Datei wurde nicht gefunden
why-edited-file-not-found = Sie wurde verworfen, oder ein anderes Fenster von Coffer arbeitet an ihr.
waiting-busy = Dropbox hat Coffer gebeten, langsamer zu arbeiten
waiting-failing = Dropbox hat gerade Probleme
waiting-broken = Verbindung verloren
waiting-contention = Dropbox ist mit anderen Änderungen an diesem Konto beschäftigt
why-thumbnail-too-large = Was der Dienst daraus gemacht hat, ist zu groß.
why-connection-lost-within = Die Verbindung ist abgebrochen, bevor die Datei vollständig war.
why-server-stopped = Der lokale Server wurde unerwartet beendet ({ $error }). Starten Sie Coffer neu.
account-in-use-by-coffer = Ein anderes Programm von Coffer benutzt dieses Konto
account-in-use-waits = Es öffnet sich von selbst, sobald das endet.
could-not-open-local-account = Das lokale Konto konnte nicht geöffnet werden
could-not-undo = Es konnte nicht rückgängig gemacht werden
could-not-redo = Es konnte nicht wiederholt werden
why-history-unreadable = Der Verlauf dieses Computers kann nicht gelesen werden.
why-inverse-gone = Wie das geht, wird nicht mehr aufbewahrt.
why-undone-already = Es wurde schon rückgängig gemacht.
why-redone-already = Es wurde schon wiederholt.
settings-unreadable = die Datei kann nicht gelesen werden ({ $error })
settings-keys-not-understood = Einige Ihrer Tasten können nicht verwendet werden
settings-keys-no-command = Es gibt keinen Befehl „{ $name }“.
settings-keys-no-key = „{ $key }“ für „{ $name }“ ist keine Taste. Möglich sind F7, Strg+Alt+N und Ähnliches.
settings-name-no-account = die Datei sagt nicht, welches Konto gewählt wurde
