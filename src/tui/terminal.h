/*
 * terminal.h - the terminal taken over and given back: start, locale, colours, key reader.
 * GPL-3.0-or-later.
 */
#ifndef TUI_TERMINAL_H
#define TUI_TERMINAL_H

#include <stdbool.h>

#include "core/error.h"
#include "tui/event.h"

/*
 * Chooses the character set: the user's, else C.UTF-8; an explicit LC_ALL or LC_CTYPE of C or
 * POSIX means plain ASCII. For the whole program, screen or not. Returns true for UTF-8.
 */
bool terminal_locale(void);

/*
 * Takes the terminal over: full screen, all keys to us, signals held back for the loop. False
 * with a sentence when this is no terminal or one that cannot place the cursor. From then on
 * the terminal is given back on every way out: terminal_stop, exit, fatal.
 */
bool terminal_start(struct error *err);

/* Gives the terminal back; harmless when it was not taken or twice. */
void terminal_stop(void);

/* Reads the next event that is already there; false (EVENT_NONE) when nothing is. Never waits,
 * except up to 100 ms after a lone Escape. Used by the loop and by tests. */
bool terminal_read(struct event *event);

#endif
