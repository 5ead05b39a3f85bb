/*
 * keys.h - the one table of keys that mean the same everywhere; hints, help and the key reader
 * come from it. GPL-3.0-or-later.
 */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stddef.h>

#include "tui/event.h"
#include "tui/page.h"

enum { KEY_NAME_KEYS = 6 };

struct key_name {
	enum command command;
	const char *name;        /* as the hint bar says it: "^S" */
	const char *also;        /* the other keys: "F2"; "" for none */
	const char *does;        /* one or two words: "Save" */
	const char *help;        /* a sentence for the help page */
	int keys[KEY_NAME_KEYS]; /* ends at 0 */
};

/* All rows, in the order of the help page. */
const struct key_name *key_names(size_t *count);

/* The row of a command; NULL for COMMAND_NONE. */
const struct key_name *key_named(enum command command);

/* What a key asks for. */
enum command key_command(int key);

/* The hint of a command, with another word for what it does here where does is not NULL. */
struct hint key_hint(enum command command, const char *does);

#endif
