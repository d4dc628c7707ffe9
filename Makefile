# make run    install what is missing, build, open the window on the embedded account with its sample files
# make test   every check: format, lints, documentation, all tests, also those in a real window
# make bench  the figures in ARCHITECTURE.md, as ratios
# make shots  draw the README's pictures again

CARGO ?= cargo
# Tests drive the real window by accessibility label; the feature is off in what `make run` builds.
TEST_FLAGS := --workspace --features inspection --all-targets
PROGRAM := target/release/coffer

.PHONY: run test build bench shots fmt

run: build
	@scripts/run $(PROGRAM)

build:
	@scripts/setup run
	@echo "Building Coffer; the first time this takes some minutes."
	$(CARGO) build --release --locked

test:
	@scripts/setup test
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked $(TEST_FLAGS) -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --workspace --features inspection --no-deps --document-private-items
	$(CARGO) test --locked --workspace --features inspection

bench:
	@scripts/setup bench
	$(CARGO) bench --locked

shots: build
	@scripts/setup shots
	@scripts/shots $(PROGRAM)

fmt:
	$(CARGO) fmt --all
