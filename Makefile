# mso - the office program of a small management services organization.
# GPL-3.0-or-later.  `make run` and `make check` are all a newcomer needs; see README.

PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
# The shared office of this computer (make install-office): its directory, and the group that owns
# it; DIRECTOR=login is the first director.
OFFICE_DIR   ?= /var/lib/mso
OFFICE_GROUP ?= mso
CC      ?= cc
AR      ?= ar

# ---- what the program is made of --------------------------------------------------------
# Rooms from the ground up: a room may use only those before it (tests/arrows checks).
ROOMS      := core store office csv report tui screens
MIGRATIONS := $(sort $(wildcard data/migrations/*.sql))
REFERENCE  := $(sort $(wildcard data/*.csv))
DEMO       := $(sort $(wildcard data/demo/*.csv))
RECORDS    := $(sort $(wildcard src/office/records/*.c))

# ---- how it is compiled -----------------------------------------------------------------
# A flag where this compiler knows it (clang 14 wants another flag beside one of these).
accepts = $(shell echo 'int x;' | $(CC) $(1) -Werror -x c -c -o /dev/null - 2>/dev/null && echo $(1))
pkg   = $(shell pkg-config $(1) $(2) 2>/dev/null || echo $(3))

WARN := -Wall -Wextra -Wshadow -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wwrite-strings -Wvla -Wformat=2 -Wundef -Wdouble-promotion
HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE \
	$(call accepts,-ftrivial-auto-var-init=zero)
ifeq ($(shell uname -m),x86_64)
HARDEN += -fcf-protection=full
endif
HARDEN_LINK := -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code
OPTIMIZE ?= -O2 -g
ifdef SANITIZE
HARDEN := -fPIE -fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=undefined
HARDEN_LINK := -pie -fsanitize=$(SANITIZE)
OPTIMIZE := -O1 -g
endif
ifdef WERROR
WARN += -Werror
endif

CPPFLAGS += -Isrc -I$(BUILD) -D_GNU_SOURCE -DNCURSES_WIDECHAR=1 \
	$(call pkg,--cflags,ncursesw sqlite3,)
CFLAGS   ?=
ALL_CFLAGS := -std=c11 $(OPTIMIZE) $(WARN) $(HARDEN) $(CFLAGS)
LIBS := $(call pkg,--libs,menuw panelw ncursesw,-lmenuw -lpanelw -lncursesw -ltinfo) \
	$(call pkg,--libs,sqlite3,-lsqlite3) -lcsv $(call pkg,--libs,libmd,-lmd)

COMPILE = $(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP
quiet = @printf '  %-8s %s\n' $(1) $(2);

# ---- the program ------------------------------------------------------------------------
.PHONY: all run check install install-office uninstall asan fuzz lint bench clean

all: $(BUILD)/mso

room_objects = $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/$(1)/*.c))
record_objects = $(patsubst %.c,$(BUILD)/%.o,$(RECORDS))
main_objects := $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/*.c))

define ROOM
$(BUILD)/$(1).a: $(call room_objects,$(1)) $(2)
	$$(call quiet,AR,$$@) rm -f $$@ && $(AR) rcs $$@ $$^
endef
$(foreach room,$(filter-out office store,$(ROOMS)),$(eval $(call ROOM,$(room),)))
$(eval $(call ROOM,store,$(BUILD)/embedded.o))
$(eval $(call ROOM,office,$(record_objects) $(BUILD)/registry.o))

# Archives in link order: the top room first.
reverse = $(if $(1),$(call reverse,$(wordlist 2,$(words $(1)),$(1))) $(firstword $(1)))
ARCHIVES := $(patsubst %,$(BUILD)/%.a,$(call reverse,$(ROOMS)))

$(BUILD)/mso: $(main_objects) $(ARCHIVES)
	$(call quiet,LINK,$@) $(CC) $(ALL_CFLAGS) $(HARDEN_LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

# Where the office is stands in one file of the program, so nobody can say another place. What
# install-office installs has that file anew, before the archives, in case OFFICE_DIR is another.
$(BUILD)/src/store/privilege.o $(BUILD)/office/privilege.o: CPPFLAGS += -DOFFICE_DIR='"$(OFFICE_DIR)"'
$(BUILD)/office/privilege.o: src/store/privilege.c $(BUILD)/office.list
	@mkdir -p $(@D)
	$(call quiet,CC,$<) $(COMPILE) -c -o $@ $<
$(BUILD)/office/mso: $(main_objects) $(BUILD)/office/privilege.o $(ARCHIVES)
	$(call quiet,LINK,$@) $(CC) $(ALL_CFLAGS) $(HARDEN_LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call quiet,CC,$<) $(COMPILE) -c -o $@ $<

$(BUILD)/%.o: $(BUILD)/%.c
	$(call quiet,CC,$<) $(COMPILE) -c -o $@ $<

# Lists of files become C: the record types, and the data that travels inside the binary.
# The .list files change only when a list does, so a new file is noticed and nothing else.
$(BUILD)/%.list: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $($*_LIST) | cmp -s - $@ || printf '%s\n' $($*_LIST) > $@
registry_LIST := $(RECORDS)
embedded_LIST := $(MIGRATIONS) $(REFERENCE) $(DEMO)
office_LIST   := $(OFFICE_DIR)
.PHONY: FORCE

$(BUILD)/registry.c: $(BUILD)/registry.list src/office/registry.sh
	$(call quiet,GEN,$@) sh src/office/registry.sh $(RECORDS) > $@
$(BUILD)/embedded.c: $(BUILD)/embedded.list src/store/embed.sh
	$(call quiet,GEN,$@) sh src/store/embed.sh $(MIGRATIONS) $(REFERENCE) $(DEMO) > $@
$(BUILD)/embedded.o: $(MIGRATIONS) $(REFERENCE) $(DEMO)

# ---- tests ------------------------------------------------------------------------------
# tests/unit/ROOM_*.c links its room and those below; the rooms' archives keep arrows honest.
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/*.c))
below = $(call reverse,$(wordlist 1,$(call position,$(1)),$(ROOMS)))
position = $(words $(call upto,$(1),$(ROOMS)))
upto = $(if $(2),$(firstword $(2)) $(if $(filter $(1),$(firstword $(2))),,$(call upto,$(1),$(wordlist 2,$(words $(2)),$(2)))))
TEST_LIBS = $(call pkg,--libs,cmocka,-lcmocka)

define UNIT
$(BUILD)/tests/unit/$(1): $(BUILD)/tests/unit/$(1).o $(patsubst %,$(BUILD)/%.a,$(call below,$(firstword $(subst _, ,$(1)))))
	$$(call quiet,LINK,$$@) $(CC) $(ALL_CFLAGS) $(HARDEN_LINK) $(LDFLAGS) -o $$@ $$^ $(LIBS) $$(TEST_LIBS)
endef
$(foreach test,$(notdir $(UNIT_TESTS)),$(eval $(call UNIT,$(test))))

unit: $(UNIT_TESTS)
.PHONY: unit

# What the README names: each first installs what is missing (src/needs.sh), then goes on.
DEMO_OFFICE ?= $(BUILD)/demo/office.db
JOBS := $(shell nproc 2>/dev/null || echo 2)

run:
	@sh src/needs.sh run
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@test -e $(DEMO_OFFICE) || $(BUILD)/mso --db $(abspath $(DEMO_OFFICE)) init --demo
	@$(BUILD)/mso --db $(abspath $(DEMO_OFFICE))

# tests/unit: one room at a time; tests/tui: the program on a terminal; *.sh: everything else.
SCRIPT_TESTS := tests/arrows.sh $(sort $(wildcard tests/cli/*.sh tests/office/*.sh))

check:
	@sh src/needs.sh check
	@$(MAKE) --no-print-directory -j$(JOBS) check-build
	@BUILD=$(BUILD) sh tests/run.sh $(UNIT_TESTS) $(SCREEN_TESTS) $(SCRIPT_TESTS)

check-build: all unit screens $(BUILD)/mso-more $(BUILD)/asan/mso soak-build
.PHONY: check-build

# The program with one record type more: one file and one migration, nothing else. The lists made
# anew come before the archives, so the linker leaves theirs alone.
MORE_RECORD    := tests/office/mileage.c
MORE_MIGRATION := tests/office/0099-mileage.sql
$(BUILD)/more/registry.c: $(BUILD)/registry.list $(MORE_RECORD) src/office/registry.sh
	@mkdir -p $(@D)
	$(call quiet,GEN,$@) sh src/office/registry.sh $(RECORDS) $(MORE_RECORD) > $@
$(BUILD)/more/embedded.c: $(BUILD)/embedded.list $(MORE_MIGRATION) src/store/embed.sh
	@mkdir -p $(@D)
	$(call quiet,GEN,$@) sh src/store/embed.sh $(MIGRATIONS) $(MORE_MIGRATION) $(REFERENCE) $(DEMO) \
		| sed 's,"tests/office/0099,"data/migrations/0099,;/incbin/s,data/migrations/0099,tests/office/0099,' > $@
$(BUILD)/more/embedded.o: $(MIGRATIONS) $(MORE_MIGRATION) $(REFERENCE) $(DEMO)
$(BUILD)/mso-more: $(main_objects) $(BUILD)/more/registry.o $(BUILD)/more/embedded.o \
		$(patsubst %.c,$(BUILD)/%.o,$(MORE_RECORD)) $(ARCHIVES)
	$(call quiet,LINK,$@) $(CC) $(ALL_CFLAGS) $(HARDEN_LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

# The program under the address and undefined-behaviour sanitizers: the monkey plays with it.
$(BUILD)/asan/mso: FORCE
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan SANITIZE=address,undefined all

asan:
	@sh src/needs.sh check
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=$(BUILD)/asan SANITIZE=address,undefined check-sanitized

# Leaks at exit are ncurses' own; everything else ends the test.
check-sanitized: all unit screens
	@BUILD=$(BUILD) ASAN_OPTIONS=detect_leaks=0:abort_on_error=1 sh tests/run.sh $(UNIT_TESTS) \
		$(SCREEN_TESTS)
.PHONY: check-sanitized

lint:
	@sh src/needs.sh lint
	@sh tests/lint.sh

bench:
	@sh src/needs.sh check
	@$(MAKE) --no-print-directory -j$(JOBS) all bench-build
	@BUILD=$(BUILD) sh tests/bench/bench.sh

INSTALLED := $(DESTDIR)$(PREFIX)
EXAMPLES  := $(wildcard data/office/*)

install: all install-papers
	install -d $(INSTALLED)/bin
	install -m 755 $(BUILD)/mso $(INSTALLED)/bin/mso

install-papers:
	install -d $(INSTALLED)/share/man/man1 $(INSTALLED)/share/man/man5 \
		$(INSTALLED)/share/man/man8 $(INSTALLED)/share/doc/mso
	install -m 644 man/mso.1 $(INSTALLED)/share/man/man1/mso.1
	install -m 644 man/mso.5 $(INSTALLED)/share/man/man5/mso.5
	install -m 644 man/mso.8 $(INSTALLED)/share/man/man8/mso.8
	install -m 644 README COPYING $(INSTALLED)/share/doc/mso
.PHONY: install-papers

# For several people on one office file; as root, again and again: it keeps what is there. With
# DESTDIR nothing of this computer is touched: whoever unpacks it runs set-up.sh of the examples.
install-office:
	@sh src/needs.sh run
	@$(MAKE) --no-print-directory -j$(JOBS) $(BUILD)/office/mso install-papers
	install -d $(INSTALLED)/bin $(INSTALLED)/share/doc/mso/examples
	install -m 755 $(BUILD)/office/mso $(INSTALLED)/bin/mso
	@for example in $(notdir $(EXAMPLES)); do \
		sed 's,/usr/local/bin,$(PREFIX)/bin,' "data/office/$$example" \
			> "$(INSTALLED)/share/doc/mso/examples/$$example" || exit 1; \
	done
	@test -n "$(DESTDIR)" || sh data/office/set-up.sh $(INSTALLED)/bin/mso $(OFFICE_DIR) \
		$(OFFICE_GROUP) $(DIRECTOR)

# The office itself stays where it is.
uninstall:
	rm -f $(INSTALLED)/bin/mso $(INSTALLED)/share/man/man1/mso.1 \
		$(INSTALLED)/share/man/man5/mso.5 $(INSTALLED)/share/man/man8/mso.8
	rm -rf $(INSTALLED)/share/doc/mso

clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# ---- screens under test -----------------------------------------------------------------
# tests/tui/test_*.c drive a program on a terminal of their own; widgets is such a program.
SCREEN_TESTS := $(patsubst tests/tui/%.c,$(BUILD)/tests/tui/%,$(wildcard tests/tui/test_*.c))
SCREEN_HARNESS := $(patsubst %,$(BUILD)/tests/tui/%.o,pty pty_screen office)
SCREEN_LIBS = $(TEST_LIBS) $(call pkg,--libs,vterm,-lvterm) -lutil

$(BUILD)/tests/tui/widgets: $(BUILD)/tests/tui/widgets.o $(BUILD)/tui.a $(BUILD)/core.a
	$(call quiet,LINK,$@) $(CC) $(ALL_CFLAGS) $(HARDEN_LINK) $(LDFLAGS) -o $@ $^ $(LIBS)

$(SCREEN_TESTS): %: %.o $(SCREEN_HARNESS) $(BUILD)/core.a
	$(call quiet,LINK,$@) $(CC) $(ALL_CFLAGS) $(HARDEN_LINK) $(LDFLAGS) -o $@ $^ $(SCREEN_LIBS)

$(patsubst %,$(BUILD)/tests/tui/%,test_widgets test_terminal): | $(BUILD)/tests/tui/widgets
$(BUILD)/tests/tui/test_new_type: | $(BUILD)/mso-more

screens: $(SCREEN_TESTS)
.PHONY: screens

# ---- the office's SQL functions for the sqlite3 shell (tests/bench/sqlfunctions.c) ------------
$(BUILD)/tests/sqlfunctions.so: tests/bench/sqlfunctions.c $(wildcard src/core/*.c) \
		$(wildcard src/store/functions.* src/store/identity.* src/store/hash.*)
	@mkdir -p $(@D)
	$(call quiet,LINK,$@) $(CC) $(CPPFLAGS) -std=c11 $(OPTIMIZE) $(WARN) -fPIC -shared \
		-fvisibility=hidden -o $@ $(filter tests/%.c src/core/%.c,$^) $(call pkg,--libs,libmd,-lmd)

# ---- bench ------------------------------------------------------------------------------
BENCH := $(BUILD)/tests/bench/floor $(BUILD)/tests/bench/frames
$(BUILD)/tests/bench/floor: $(BUILD)/tests/bench/floor.o
	$(call quiet,LINK,$@) $(CC) $(ALL_CFLAGS) $(HARDEN_LINK) $(LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/tests/bench/frames: $(BUILD)/tests/bench/frames.o
	$(call quiet,LINK,$@) $(CC) $(ALL_CFLAGS) $(HARDEN_LINK) $(LDFLAGS) -o $@ $^ $(SCREEN_LIBS)
bench-build: $(BENCH) $(BUILD)/tests/sqlfunctions.so
.PHONY: bench-build

# ---- soak -------------------------------------------------------------------------------
# Many at once, killed, without disk, without memory: `make check` runs a short form of it through
# tests/office, `make soak` the long one, in hours. SOAK_ROUNDS,
# SOAK_FILES, SOAK_REQUESTS and SOAK_POINTS make it shorter (tests/soak/soak.sh).
SOAK := $(patsubst %,$(BUILD)/tests/soak/%,writers kill faults memory older)
soak_objects = $(patsubst %,$(BUILD)/tests/soak/%.o,$(1))
office_archives = $(patsubst %,$(BUILD)/%.a,$(call below,csv))
$(BUILD)/tests/soak/writers: $(call soak_objects,writers work model bare)
$(BUILD)/tests/soak/kill: $(call soak_objects,kill work model)
$(BUILD)/tests/soak/faults: $(call soak_objects,faults judge)
$(BUILD)/tests/soak/memory: $(call soak_objects,memory branch snapshot judge) $(BUILD)/src/found.o
$(BUILD)/tests/soak/memory: LDFLAGS += -Wl,--wrap=calloc,--wrap=realloc,--wrap=strndup
$(BUILD)/tests/soak/older: $(call soak_objects,older)
$(SOAK): $(office_archives)
	$(call quiet,LINK,$@) $(CC) $(ALL_CFLAGS) $(HARDEN_LINK) $(LDFLAGS) -o $@ $(filter %.o,$^) \
		$(office_archives) $(LIBS)
$(BUILD)/tests/soak/failing.so: tests/soak/failing.c
	@mkdir -p $(@D)
	$(call quiet,LINK,$@) $(CC) $(CPPFLAGS) -std=c11 -O1 -g $(WARN) -fPIC -shared -o $@ $<
# Under the sanitizers, after the program there: two makes in one directory would be in each
# other's way.
$(BUILD)/asan/tests/soak/memory: FORCE | $(BUILD)/asan/mso
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan SANITIZE=address,undefined $@
soak-build: $(SOAK) $(BUILD)/tests/soak/failing.so $(BUILD)/asan/tests/soak/memory
soak:
	@sh src/needs.sh check
	@$(MAKE) --no-print-directory -j$(JOBS) all soak-build
	@BUILD=$(BUILD) sh tests/soak/soak.sh
.PHONY: soak soak-build
