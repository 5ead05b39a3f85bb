/*
 * widgets.h - how the tests start the program widgets and look at it. GPL-3.0-or-later.
 *
 * Golden screens are in tests/tui/golden, so these tests run from the top of the tree.
 */
#ifndef TESTS_WIDGETS_H
#define TESTS_WIDGETS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pty.h"

#define GOLDEN(name) "tests/tui/golden/widgets-" name ".txt"

static char program[4096]; /* beside this test */

static inline void find_program(void)
{
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 16);

	assert_true(length > 0);
	program[length] = '\0';
	strcpy(strrchr(program, '/') + 1, "widgets");
}

/* widgets with so many rows on a screen of that size. */
static inline struct pty *start_sized(int rows, int columns, const char *row_count)
{
	const char *const argv[] = {program, row_count, NULL};

	return pty_start(&(struct pty_options){.rows = rows, .columns = columns, .argv = argv});
}

static inline struct pty *start(void)
{
	return start_sized(24, 80, "1000000");
}

/* With one more variable in its environment, and another terminal; both may be NULL. */
static inline struct pty *start_in(const char *term, const char *variable)
{
	const char *const argv[] = {program, NULL};
	const char *const env[] = {variable, NULL};

	return pty_start(&(struct pty_options){.term = term, .argv = argv, .env = env});
}

static inline void leave(struct pty *pty)
{
	pty_type(pty, "<Esc>");
	assert_int_equal(pty_exit_status(pty), 0);
	pty_free(pty);
}

static inline void assert_shows(struct pty *pty, const char *text)
{
	char *screen = pty_screen(pty);
	bool shown = strstr(screen, text) != NULL;

	if (!shown)
		fprintf(stderr, "not on the screen: %s\n%s", text, screen);
	free(screen);
	assert_true(shown);
}

static inline void assert_cursor(struct pty *pty, int row, int column)
{
	int at_row, at_column;

	pty_cursor(pty, &at_row, &at_column);
	assert_int_equal(at_row, row);
	assert_int_equal(at_column, column);
}

#endif
