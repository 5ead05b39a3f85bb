/*
 * tui_signals.c - a program that dies of a bug first does its last acts, also where there is no
 * stack left to do them on. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/fatal.h"
#include "tui/screen.h"

static int notes[2]; /* a pipe */

static void keep(void)
{
	if (write(notes[1], "kept ", 5) != 5)
		_exit(1);
}

static volatile int turns = INT_MAX; /* more than the stack has room for */

/* Every turn takes more of the stack, until there is none. */
static int deeper(int turn)
{
	volatile char room[4096];

	room[turn % (int)sizeof room] = (char)turn;
	return turn == turns ? 0 : deeper(turn + 1) + room[0];
}

static void overflow(void)
{
	struct rlimit small = {1 << 20, 1 << 20};

	setrlimit(RLIMIT_STACK, &small);
	_exit(deeper(0));
}

static void touch_nothing(void)
{
	volatile int *volatile nowhere = (volatile int *)(uintptr_t)64; /* nobody has this page */

	*nowhere = 1;
}

static void abort_by_an_assert(void)
{
	raise(SIGABRT);
}

static void bug(void)
{
	fatal("a bug");
}

/* How the body ends: what the last acts wrote, in their order. */
static void must_end_with(void (*body)(void), const char *expected)
{
	char found[256] = "";
	size_t length = 0;
	ssize_t part;
	int status, nothing;
	pid_t child;

	assert_int_equal(pipe(notes), 0);
	child = fork();
	if (child == 0) {
		nothing = open("/dev/null", O_WRONLY);
		signal(SIGSEGV, SIG_DFL);
		signal(SIGABRT, SIG_DFL);
		dup2(notes[1], STDOUT_FILENO);
		dup2(nothing, STDERR_FILENO);
		fatal_keep(keep);
		signals_start();
		signals_restore_with("restored", 8);
		body();
		_exit(0);
	}
	close(notes[1]);
	while ((part = read(notes[0], found + length, sizeof found - 1 - length)) > 0)
		length += (size_t)part;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_string_equal(found, expected);
	close(notes[0]);
}

static void a_bad_pointer_keeps_what_was_typed(void **state)
{
	(void)state;
	must_end_with(touch_nothing, "kept restored");
}

static void a_stack_that_is_used_up_does_too(void **state)
{
	(void)state;
	must_end_with(overflow, "kept restored");
}

static void so_do_an_abort_and_a_bug_that_is_found(void **state)
{
	(void)state;
	must_end_with(abort_by_an_assert, "kept restored");
	must_end_with(bug, "kept restored");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bad_pointer_keeps_what_was_typed),
		cmocka_unit_test(a_stack_that_is_used_up_does_too),
		cmocka_unit_test(so_do_an_abort_and_a_bug_that_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
