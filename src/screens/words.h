/*
 * words.h - small questions that many pages ask. GPL-3.0-or-later.
 */
#ifndef SCREENS_WORDS_H
#define SCREENS_WORDS_H

#include <stdbool.h>

#include "store/store.h"
#include "tui/event.h"

/* True when words, separated by blanks, hold the word; NULL and "" hold none. */
bool words_hold(const char *words, const char *word);

/* Says where a file is now: "Clients", "written to", "clients.csv". */
void say_file(const char *what, const char *does, const char *path);

/* True when another program saved something since *seen, the data version then; *seen moves on. */
bool others_saved(struct store *store, int64_t *seen);

/* True when this character was typed. */
bool event_is(const struct event *event, char character);

#endif
