/*
 * office.h - the demo office for tests that drive the real program: made once per test program,
 * copied anew for every test, opened as a login at a size. GPL-3.0-or-later.
 *
 *	cmocka_unit_test_setup(test, office_copy) ...
 *	cmocka_run_group_tests(tests, office_make, office_remove);
 */
#ifndef TESTS_OFFICE_H
#define TESTS_OFFICE_H

#include <stddef.h>

#include "pty.h"

#define OFFICE_TODAY "2026-11-21" /* the demo's last day */

int office_make(void **state);   /* group setup: the demo, in a directory of its own */
int office_remove(void **state); /* group teardown */
int office_copy(void **state);   /* setup of a test: a fresh copy, as made */

/*
 * Runs a shell command; asserts that it ends with 0. In it $mso is the program, $db the copy,
 * $dir the directory for files of the test, MSO_TODAY is OFFICE_TODAY.
 */
void run(const char *command);

/* The path of a file in the directory of the test; valid until the next call. */
const char *office_file(const char *name);

struct office_options {
	const char *login;      /* NULL: the director, who made the file */
	const char *today;      /* NULL: OFFICE_TODAY */
	const char *tick;       /* milliseconds between looks at what others save; NULL: never */
	int rows, columns;      /* 0: 24, 80 */
	const char *term;       /* NULL: xterm-256color */
	const char *const *env; /* more "NAME=value", ends at NULL; may be NULL */
};

struct pty *office_open(const struct office_options *options);
struct pty *open_office(const char *login);
struct pty *open_sized(const char *login, int rows, int columns);

/* Leaves page by page, nothing being typed; asserts exit 0. Frees. */
void leave(struct pty *pty);

/* Any blanks and line ends count as one blank: a sentence is found however it is wrapped. */
void assert_shows(struct pty *pty, const char *text);
void assert_not_shows(struct pty *pty, const char *text);

/* Chooses in the palette, so that no test depends on where a menu has what. */
void open_list(struct pty *pty, const char *command);

/* The record of this key, by its list: open_record(pty, "meetings: all", "BD-2026-11"). */
void open_record(struct pty *pty, const char *list, const char *key);

/* Presses a key until the text is in one row, as one does who looks for it. */
void press_until(struct pty *pty, const char *key, const char *text);

/* Goes on to the field of this label and types into it, instead of what was there. */
void fill(struct pty *pty, const char *label, const char *text);

#endif
