# make run       install what is missing, build, open the window on the local account with its sample files
# make test      every check: format, spelling, lints, documentation, all tests, also those in a real window
# make pictures  draw the pictures again that the tests compare the window with (tests/pictures)
# make gallery   draw every screen in both themes, three sizes, and at 200 %, to target/gallery, to look at
# make bench     the figures in docs/figures.md, as ratios
# make package       the Debian package and the tarball, to target/package
# make package-test  install, use and remove them on clean systems of Debian 12 and 13
# make desktop-test  sign-ins in a real keyring, files from a real dialog, the window in a Wayland session
# make check-systems type-check for Windows and macOS, where nobody has run it yet
# make shots     draw the README's pictures again

CARGO ?= cargo
# Tests drive the real window by accessibility label; the feature is off in what `make run` builds.
TEST_FLAGS := --workspace --features inspection --all-targets
PROGRAM := target/quick/coffer

.PHONY: run build test pictures gallery bench shots package package-test desktop-test check-systems fmt

run: build
	@scripts/run $(PROGRAM)

build:
	@scripts/setup run
	@echo "Building Coffer; the first time this takes some minutes."
	$(CARGO) build --profile quick --locked

test:
	@scripts/setup test
	$(CARGO) fmt --all --check
	codespell
	@# It takes minutes to build, so it is not installed for this; tests/it/tidy checks the same.
	if command -v cargo-deny >/dev/null; then $(CARGO) deny --offline check licenses bans sources; fi
	$(CARGO) clippy --locked $(TEST_FLAGS) -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --workspace --features inspection --no-deps --document-private-items
	$(CARGO) test --locked --workspace --features inspection
	CARGO="$(CARGO)" scripts/consumer target/debug/coffer

pictures:
	rm -f tests/pictures/*.png
	COFFER_DRAW_PICTURES=1 $(CARGO) test --locked --features inspection --test it snapshots
	git status --short tests/pictures

gallery:
	rm -rf target/gallery
	COFFER_DRAW_GALLERY=1 $(CARGO) test --locked --features inspection --test it snapshots

bench:
	@scripts/setup bench
	$(CARGO) bench --locked

shots: build
	@scripts/setup shots
	@scripts/shots $(PROGRAM)

package:
	@scripts/setup package
	@scripts/package $(CARGO)

package-test: package
	@scripts/setup package-test
	@scripts/package-test

desktop-test: build
	@scripts/setup desktop-test
	@scripts/desktop-test $(PROGRAM)

check-systems:
	@scripts/setup check-systems
	@scripts/check-systems $(CARGO)

fmt:
	$(CARGO) fmt --all
