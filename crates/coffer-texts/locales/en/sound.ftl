# Words about playing recordings.

play = Play
pause = Pause
sound-place = Place in the recording
sound-waiting = Loading…
sound-not-played = “{ $name }” could not be played
sound-unknown-kind = The recording is damaged, or of a kind that can’t be played here. Open it in another program.
sound-no-server = No sound server was found (PulseAudio or PipeWire). Open the file in another program.
sound-server-failed = The sound server ended it. Play it again, or open it in another program.
