/*
 * pty.h - runs a full-screen program on a terminal of its own, types into it and looks at its
 * screen. GPL-3.0-or-later.
 *
 * The terminal is a pseudo terminal with libvterm as the screen. Nothing sleeps or guesses: the
 * kernel tells when the program has read all that was typed and waits for more (pty_idle).
 * Every function that types waits for that first, so a test reads as a person works:
 *
 *	const char *const argv[] = {"build/mso", NULL};
 *	struct pty *pty = pty_start(&(struct pty_options){.argv = argv});
 *	pty_type(pty, "<Down><Down><Enter>");
 *	assert_true(pty_shows(pty, "Lakeside"));
 *	assert_true(pty_golden(pty, "tests/tui/golden/client.txt"));
 *	pty_type(pty, "<C-x>");
 *	assert_int_equal(pty_exit_status(pty), 0);
 *	pty_free(pty);
 *
 * Does not work for setgid programs (the kernel hides what they wait for). libvterm 0.1.4 wraps
 * a cell too early after a repeated character (rep of xterm) that ends before the last column:
 * look at ASCII rules with a terminal that has no rep, such as linux.
 */
#ifndef TESTS_PTY_H
#define TESTS_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct pty;

enum {
	PTY_PATIENCE = 10000, /* milliseconds after which any wait gives up */
	PTY_GONE = -1,        /* pty_exit_status: still running */
};

struct pty_options {
	int rows, columns;       /* 0: 24, 80 */
	const char *term;        /* NULL: xterm-256color */
	const char *const *argv; /* ends at NULL; found in PATH */
	/*
	 * Ends at NULL; "NAME=value". Set on top of a plain environment: LANG=C.UTF-8, no LC_*,
	 * no LINES, COLUMNS, TMUX, TERMINFO, NO_COLOR, ESCDELAY. May be NULL.
	 */
	const char *const *env;
	bool detached; /* the terminal does not control the program: no SIGHUP, no SIGWINCH */
};

/* Starts the program and waits until it is idle. Aborts the test when that cannot be done. */
struct pty *pty_start(const struct pty_options *options);

/* Ends what still runs. NULL is allowed. */
void pty_free(struct pty *pty);

/* ---- typing ---- */

/*
 * Types text and keys, all at once as type-ahead, and waits until the program is idle:
 * "abc<Down><Enter>". Names: Up Down Left Right Home End PageUp PageDown Insert Delete
 * Backspace Tab S-Tab Enter Esc Space F1..F12 C-a..C-z C-_ C-Left C-Right A-x (Alt and a
 * character), lt for '<'. The cursor keys are sent as the program asked for them.
 * Returns pty_idle.
 */
bool pty_type(struct pty *pty, const char *keys);

/* The same for bytes as they are, such as half a character; length 0: up to the NUL. */
bool pty_bytes_type(struct pty *pty, const char *bytes, size_t length);

/* Pastes text in brackets, as terminals do. */
bool pty_paste(struct pty *pty, const char *text);

/* Another size, and SIGWINCH with it. Waits until idle. */
bool pty_resize(struct pty *pty, int rows, int columns);

/* The line goes down: the terminal is gone for the program. Nothing can be typed after it. */
void pty_hang_up(struct pty *pty);

void pty_signal(struct pty *pty, int signal); /* does not wait */

/* ---- waiting ---- */

/*
 * Until all that was typed is read and the program sleeps in poll or read (or is gone). A short
 * wait, as for the rest of a key sequence, is not idle. False after PTY_PATIENCE.
 */
bool pty_idle(struct pty *pty);

/* Until the text is on the screen, in one row; for what the program shows by itself. */
bool pty_wait(struct pty *pty, const char *text);
bool pty_wait_gone(struct pty *pty, const char *text);

bool pty_ended(struct pty *pty); /* has the program ended? Does not wait */

/* Waits for the end: 0 to 255, 256 + the signal that ended it, or PTY_GONE in vain. */
int pty_exit_status(struct pty *pty);

/* ---- looking ---- */

bool pty_shows(struct pty *pty, const char *text); /* in one row of the screen */

/* The screen as text, rows ended by newlines, blanks at their ends left out. Caller frees. */
char *pty_screen(struct pty *pty);
char *pty_row(struct pty *pty, int row); /* from 0; caller frees */

void pty_cursor(struct pty *pty, int *row, int *column); /* from 0 */
bool pty_cursor_visible(const struct pty *pty);
bool pty_alternate(const struct pty *pty);   /* the alternate screen is shown */
bool pty_paste_asked(const struct pty *pty); /* bracketed paste is on */
unsigned pty_bells(const struct pty *pty);   /* so far */

enum { PTY_BOLD = 1, PTY_UNDERLINE = 2, PTY_REVERSE = 4, PTY_COLOURED = 8 };
unsigned pty_attributes(struct pty *pty, int row, int column);

/*
 * Compares screen and cursor with the file; with UPDATE_GOLDEN set in the environment writes
 * it instead. Prints both when they differ.
 */
bool pty_golden(struct pty *pty, const char *path);

/* ---- measuring ---- */

void pty_mark(struct pty *pty);          /* counts bytes from here */
size_t pty_bytes(struct pty *pty);       /* that the program wrote since */
const char *pty_output(struct pty *pty); /* those bytes; borrowed until the next call */

/*
 * What each of so many presses of a key makes the program write, the least first; returns the
 * middle one.
 */
size_t pty_measure(struct pty *pty, const char *key, size_t *bytes, size_t presses);

long pty_memory(const struct pty *pty);    /* resident, KiB */
long pty_sleeps(const struct pty *pty);    /* times it went to sleep so far */
long pty_processor(const struct pty *pty); /* microseconds of processor time so far */
pid_t pty_process(const struct pty *pty);
double pty_now(void); /* seconds on a clock that only goes forward */

#endif
