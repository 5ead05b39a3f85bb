/*
 * core_fatal.c - a bug ends the program, but not before what was typed is kept and the terminal is
 * put back. GPL-3.0-or-later.
 */
#include "core/fatal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int notes[2]; /* a pipe: what was done, letter by letter */

static void note(char letter)
{
	if (write(notes[1], &letter, 1) != 1)
		_exit(1);
}

static void keep(void)
{
	note('k');
}

static void keep_with_a_bug(void)
{
	note('k');
	fatal("a bug while keeping");
}

static void restore(void)
{
	note('r');
}

/* Runs the body, which has to end in SIGABRT, and gives what it noted. */
static void must_note(void (*body)(void), const char *expected)
{
	char found[16] = "";
	ssize_t length;
	int status;
	pid_t child;

	assert_int_equal(pipe(notes), 0);
	child = fork();
	if (child == 0) {
		signal(SIGABRT, SIG_DFL);
		if (freopen("/dev/null", "w", stderr) != NULL)
			body();
		_exit(0);
	}
	close(notes[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	length = read(notes[0], found, sizeof found - 1);
	assert_true(length >= 0);
	assert_string_equal(found, expected);
	close(notes[0]);
}

static void end_with_both(void)
{
	fatal_before(restore);
	fatal_keep(keep);
	fatal("a bug");
}

static void end_with_a_bug_while_keeping(void)
{
	fatal_before(restore);
	fatal_keep(keep_with_a_bug);
	fatal("a bug");
}

static void end_after_it_was_kept(void)
{
	fatal_keep(keep);
	if (!fatal_keep_now() || fatal_keep_now())
		_exit(1);
	fatal("a bug");
}

static void what_was_typed_is_kept_before_the_terminal_is_put_back(void **state)
{
	(void)state;
	must_note(end_with_both, "kr");
}

static void a_bug_while_keeping_still_puts_the_terminal_back(void **state)
{
	(void)state;
	must_note(end_with_a_bug_while_keeping, "kr");
}

static void it_is_kept_once(void **state)
{
	(void)state;
	must_note(end_after_it_was_kept, "k");
}

static void a_text_is_replaced_by_a_part_of_itself(void **state)
{
	char *text = NULL;

	(void)state;
	memory_replace(&text, "before and after");
	memory_replace(&text, text + strlen("before and "));
	assert_string_equal(text, "after");
	memory_replace(&text, NULL);
	assert_null(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_typed_is_kept_before_the_terminal_is_put_back),
		cmocka_unit_test(a_bug_while_keeping_still_puts_the_terminal_back),
		cmocka_unit_test(it_is_kept_once),
		cmocka_unit_test(a_text_is_replaced_by_a_part_of_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
