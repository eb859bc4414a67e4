# make check is what CI runs; make help lists the rest.

GO     ?= go
TOOL    = $(GO) tool -modfile=.ci/tools/go.mod
BIN     = bin/prospectcoach
CACHE   = .cache
FUZZ   ?= 60s
SOAK   ?= 1h

.PHONY: check fmt vet staticcheck govulncheck libc-guard tidy-guard test lives build demo coach-report bench torture fuzz screenshots golden licences reproducible help

check: fmt vet libc-guard tidy-guard staticcheck govulncheck test lives build ## everything CI asks: format, vet, linters, arch test, all tests with the race detector on both engines, build, the demo in a browser
	@echo "check: all passed"

fmt: ## fails when a file is not formatted
	@bad=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$bad" ] || { echo "not formatted (gofmt -w):"; echo "$$bad"; exit 1; }

vet:
	$(GO) vet ./...

staticcheck:
	$(TOOL) staticcheck ./...

govulncheck: ## known vulnerabilities; says so and passes where its database cannot be reached
	@out=$$($(TOOL) govulncheck ./... 2>&1); code=$$?; \
	if [ $$code -eq 0 ]; then echo "govulncheck: nothing known"; \
	elif echo "$$out" | grep -qE 'fetching vulnerabilities|no such host|dial tcp|Forbidden|unexpected status|connection refused'; then echo "govulncheck: skipped, its database cannot be reached"; \
	else echo "$$out"; exit $$code; fi

libc-guard: ## modernc.org/libc must be the version that modernc.org/sqlite was made for
	@want=$$(awk '$$1=="modernc.org/libc"{print $$2}' "$$($(GO) list -m -f '{{.GoMod}}' modernc.org/sqlite)"); \
	have=$$($(GO) list -m -f '{{.Version}}' modernc.org/libc); \
	[ "$$want" = "$$have" ] || { echo "modernc.org/libc is $$have, but modernc.org/sqlite wants $$want"; exit 1; }

tidy-guard: ## go.mod and go.sum say exactly what is used
	$(GO) mod tidy -diff

test: ## all tests with the race detector; under CI=true a skipped test is a failure
	bash .ci/test

lives: ## ten thousand generated lives of prospects, each walked to the end of its plan
	$(GO) test ./coach -run Lives -lives 10000 -count=1

build: ## the static binary, in bin/
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-s -w' -o $(BIN) ./cmd/prospectcoach

demo: ## the whole thing in your browser, without a Slack account
	$(GO) run ./cmd/prospectcoach demo

screenshots: ## the two pictures of the README, from the demo in a real browser
	DEMO_SCREENSHOTS=$(CURDIR)/.cache/demo $(GO) test ./cmd/prospectcoach -run TestTheDemoInARealBrowser -count=1 && cp .cache/demo/nudge.png .cache/demo/week.png docs/

golden: ## rewrites the golden files of all views; read the diff before you commit it
	$(GO) test ./bot/view -update

licences: ## rewrites docs/licences.md from go.mod
	$(GO) test ./cmd/prospectcoach -run Licences -count=1 -update-licences

reproducible: ## builds this commit twice, in two folders and from empty caches, and compares the programs
	bash .ci/reproducible

coach-report: ## precision and recall of the draft check, per finding
	$(GO) test ./coach -run Report -v -count=1

torture: ## the long experiments: 500 kills, and two replicas on PostgreSQL killed in turn for five minutes, 1,000 sockets refreshed and dropped beside slack-go's client, two years in every time zone, the whole injection corpus, an hour of a busy team (SOAK=1h), a minute of fuzzing each (FUZZ=10000000x: ten million) (SMALL_DISK=a tmpfs of 4 MB: a full disk too)
	$(GO) test ./cmd/prospectcoach -run 'TestTorture|TestInjection|TestAccess' -v -count=1 -timeout 60m -kills 500 -every-field
	$(GO) test -tags torture ./cmd/prospectcoach -run 'ReplicasKilledInTurn|KilledAsDelivered' -v -count=1 -timeout 90m -kills 500 -replicas-for 5m
	[ -z "$(SMALL_DISK)" ] || $(GO) test -tags torture ./cmd/prospectcoach -run FullDisk -v -count=1 -small-disk $(SMALL_DISK)
	$(GO) test -race ./cmd/prospectcoach -run TestTorture_Soak -v -count=1 -timeout 24h -soak $(SOAK)
	$(GO) test ./bot -run TestTorture -v -count=1 -timeout 2h -refreshes 1000 -half-opens 5
	$(GO) test ./bot -run EveryZone -v -count=1 -zone-reps 10000 -zone-days 731
	bash .ci/fuzz $(FUZZ)

fuzz: ## fuzzes every target (FUZZ=60s each, or a number of executions: FUZZ=10000000x)
	bash .ci/fuzz $(FUZZ)

bench: ## everything against its baseline, in ten minutes, written into docs/benchmarks.md (BENCH=-short: two minutes, only printed)
	$(GO) test -tags bench ./cmd/prospectcoach -run 'TestBench$$' -v -count=1 -timeout 60m $(if $(BENCH),$(BENCH),-bench-doc=$(CURDIR)/docs/benchmarks.md)

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'
