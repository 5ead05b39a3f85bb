/*
 * pty_parts.h - what the files of the test terminal share. GPL-3.0-or-later.
 */
#ifndef TESTS_PTY_PARTS_H
#define TESTS_PTY_PARTS_H

#include <stdbool.h>
#include <sys/types.h>
#include <vterm.h>

#include "core/buffer.h"

struct pty {
	pid_t process;
	int master;
	int slave; /* held open to see what the program has not read yet */
	int rows, columns;
	VTerm *terminal;
	VTermScreen *screen;
	bool alternate;
	bool cursor_visible;
	bool paste_asked;
	unsigned bells;
	bool ended;
	int status;
	struct buffer typing; /* keys on their way, so that they leave in one write */
	struct buffer output;
};

/* Ends the test: the machine, not the program, is at fault. */
_Noreturn void pty_give_up(const char *what);

#endif
