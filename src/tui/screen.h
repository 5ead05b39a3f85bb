/*
 * screen.h - what the files behind the screen share and no page needs: colours and cursor of
 * draw.c, signals of signals.c. GPL-3.0-or-later.
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

/* Gives the roles their colours; without this call they are bold, underlined and reverse. */
void screen_colours(void);

/* No cursor was asked for yet in this frame. */
void screen_cursor_forget(void);

/* Puts the cursor where draw_cursor asked last; to be called right before doupdate. */
void screen_cursor_place(void);

/* Aliases and paste brackets for the key reader; after newterm. */
void input_start(void);

/*
 * Holds WINCH, HUP, TERM and INT back, so that they arrive in signals_wait only. Before
 * newterm, which would set handlers of its own.
 */
void signals_start(void);
void signals_stop(void);

/*
 * The bytes that put the terminal back when the program dies of a bug, where nothing of curses may
 * be called any more (copied; 0 for none). Given between signals_start, which remembers the
 * terminal's modes, and signals_stop.
 */
void signals_restore_with(const char *bytes, size_t length);

enum signal_seen {
	SIGNAL_NONE = 0,
	SIGNAL_RESIZE = 1,
	SIGNAL_HANG_UP = 2,
	SIGNAL_STOP = 4,
};

/*
 * Waits for input on standard input, a signal, or so many milliseconds (-1: for ever). Returns
 * the signals that came. *ready tells whether there is input; a terminal that is gone counts
 * as SIGNAL_HANG_UP.
 */
unsigned signals_wait(int milliseconds, bool *ready);

#endif
