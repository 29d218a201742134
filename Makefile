# The targets people use; make help lists them.

SHELL       := bash
.SHELLFLAGS := -eo pipefail -c
.DEFAULT_GOAL := help

TAGS        := -tags nomsgpack
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
BINARY      := bin/tarjoman
SKIPPED     := bin/skipped.txt

# What the bundle is made of: a change of any of these builds it again.
UI_SOURCES := web/build.mjs web/tsconfig.json $(shell find web/editor -name '*.ts' ! -name '*.test.ts')
GO_FOLDERS := cmd locales migrations tm web/*.go

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: build ## start the program with a sample project (the first build takes minutes)
	@exec $(BINARY) serve --demo

.PHONY: ui
ui: web/dist/editor.js ## build the code for the browser

web/dist/editor.js: web/node_modules/.package-lock.json $(UI_SOURCES)
	@echo "Building the code for the browser."
	@cd web && node build.mjs
	@touch $@

# npm writes this file last. Scripts of packages are never run.
web/node_modules/.package-lock.json: web/package-lock.json
	@echo "Fetching the packages of the browser code."
	@cd web && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

.PHONY: build
build: ui ## build bin/tarjoman
	@echo "Building the program. The first time this takes some minutes."
	@mkdir -p bin
	@go build -v $(TAGS) -o $(BINARY) ./cmd/tarjoman 2>&1 | awk -f .ci/progress.awk

.PHONY: test
test: ## all tests and checks; names what was skipped
	@mkdir -p bin && rm -f $(SKIPPED)
	@status=0; $(MAKE) --no-print-directory --keep-going test-parts || status=$$?; \
	 sh .ci/skipped $(SKIPPED); \
	 if [ $$status -ne 0 ]; then echo; echo "make test FAILED; see above."; fi; exit $$status

.PHONY: test-parts
test-parts: ui check-go test-go check-ui test-ui test-browser

.PHONY: check-go
check-go: ## format, vet, staticcheck, tidy modules
	@echo "== check-go"
	@unformatted=$$(gofmt -l $(GO_FOLDERS)); \
	 if [ -n "$$unformatted" ]; then echo "gofmt is needed for:"; echo "$$unformatted"; exit 1; fi
	@go mod verify >/dev/null
	@go mod tidy -diff
	@go vet $(TAGS) ./...
	@$(STATICCHECK) $(TAGS) ./...

.PHONY: test-go
test-go: ## Go tests with the race detector
	@echo "== test-go"
	@mkdir -p bin
	@node .ci/gotest.mjs $(SKIPPED) $(TAGS) -race -timeout 20m ./...

.PHONY: check-ui
check-ui: web/node_modules/.package-lock.json ## types of the browser code
	@echo "== check-ui"
	@cd web && node_modules/.bin/tsc --noEmit -p tsconfig.json

.PHONY: test-ui
test-ui: web/node_modules/.package-lock.json ## unit tests of the browser code
	@echo "== test-ui"
	@mkdir -p bin
	@node web/test.mjs 2>&1 | tee bin/test-ui.log; grep -E '# SKIP|^SKIPPED' bin/test-ui.log >> $(SKIPPED) || true

.PHONY: test-browser
test-browser: ui ## tests in a real browser
	@echo "== test-browser"
	@mkdir -p bin
	@node web/e2e/run.mjs 2>&1 | tee bin/test-browser.log; grep -E '# SKIP|^SKIPPED' bin/test-browser.log >> $(SKIPPED) || true

.PHONY: bench
bench: ## the memory beside its peers (TARJOMAN_BENCH_UNITS=1000000 for a million units), then all other benchmarks
	@go test $(TAGS) -run '^$$' -bench Peers -timeout 3h ./tm/store/peers
	@go test $(TAGS) -p 1 -run '^$$' -bench . -benchmem $$(go list ./... | grep -v '/store/peers$$')

.PHONY: golden
golden: ## rewrite the golden files; review the difference
	@go test ./tm/store -run TestSchema -update
