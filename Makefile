# mso - the office program of a small management services organization.
# GPL-3.0-or-later.  `make run` and `make check` are all a newcomer needs; see README.

PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
CC      ?= cc
AR      ?= ar

# ---- what the program is made of --------------------------------------------------------
# Rooms from the ground up: a room may use only those before it (tests/arrows checks).
ROOMS      := core store office csv report tui screens
MIGRATIONS := $(sort $(wildcard data/migrations/*.sql)) $(EXTRA_MIGRATIONS)
REFERENCE  := $(sort $(wildcard data/*.csv))
DEMO       := $(sort $(wildcard data/demo/*.csv))
RECORDS    := $(sort $(wildcard src/office/records/*.c)) $(EXTRA_RECORDS)

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
	$(call pkg,--libs,sqlite3,-lsqlite3) -lcsv

COMPILE = $(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP
quiet = @printf '  %-8s %s\n' $(1) $(2);

# ---- the program ------------------------------------------------------------------------
.PHONY: all run check install uninstall asan fuzz lint bench clean

all: $(BUILD)/mso

room_objects = $(patsubst %.c,$(BUILD)/%.o,$(wildcard src/$(1)/*.c))
record_objects = $(patsubst %.c,$(BUILD)/%.o,$(RECORDS))

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

$(BUILD)/mso: $(BUILD)/src/main.o $(ARCHIVES)
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

clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
