/*
 * office.c - the demo office for tests of the real program. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "office.h"

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buffer.h"

static char program[4096]; /* build/mso, two rooms above the test */
static char directory[] = "/tmp/mso-office-XXXXXX";
static char database[64]; /* the copy of the present test */

void run(const char *command)
{
	if (system(command) != 0)
		fail_msg("this failed: %s", command);
}

const char *office_file(const char *name)
{
	static char path[128];

	snprintf(path, sizeof path, "%s/%s", directory, name);
	return path;
}

/* What the commands of run see. */
static void set_environment(void)
{
	setenv("mso", program, 1);
	setenv("db", database, 1);
	setenv("dir", directory, 1);
	setenv("MSO_TODAY", OFFICE_TODAY, 1);
	setenv("TZ", "UTC", 1);
	unsetenv("MSO_TICK");
}

int office_remove(void **state)
{
	(void)state;
	return system("rm -r \"$dir\"");
}

int office_make(void **state)
{
	char path[4000];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

	(void)state;
	assert_true(length > 0);
	path[length] = '\0';
	for (int rooms = 0; rooms < 3; rooms++)
		*strrchr(path, '/') = '\0';
	snprintf(program, sizeof program, "%s/mso", path);
	assert_non_null(mkdtemp(directory));
	snprintf(database, sizeof database, "%s/test.db", directory);
	set_environment();
	run("\"$mso\" --db \"$dir/office.db\" init --demo >/dev/null");
	return 0;
}

int office_copy(void **state)
{
	(void)state;
	run("rm -f \"$db\"* \"$dir\"/drafts*; cp \"$dir/office.db\" \"$db\"");
	return 0;
}

struct pty *office_open(const struct office_options *options)
{
	const char *const argv[] = {program, "--db", database,
		options->login == NULL ? NULL : "--as", options->login, NULL};
	char today[32], tick[32];
	const char *env[16] = {today, tick};

	snprintf(today, sizeof today, "MSO_TODAY=%s",
		options->today != NULL ? options->today : OFFICE_TODAY);
	snprintf(tick, sizeof tick, "MSO_TICK=%s", options->tick != NULL ? options->tick : "0");
	for (int i = 0; options->env != NULL && options->env[i] != NULL; i++) {
		assert_true(i + 3 < (int)(sizeof env / sizeof *env));
		env[i + 2] = options->env[i];
	}
	return pty_start(&(struct pty_options){.rows = options->rows,
		.columns = options->columns,
		.term = options->term,
		.argv = argv,
		.env = env});
}

struct pty *open_sized(const char *login, int rows, int columns)
{
	return office_open(
		&(struct office_options){.login = login, .rows = rows, .columns = columns});
}

struct pty *open_office(const char *login)
{
	return open_sized(login, 0, 0);
}

void leave(struct pty *pty)
{
	pty_type(pty, "<C-x><C-x><C-x><C-x><C-x><C-x><C-x><C-x>");
	assert_int_equal(pty_exit_status(pty), 0);
	pty_free(pty);
}

/* One blank for any blanks and line ends, so that wrapping does not matter. Caller frees. */
static char *squeezed(const char *text)
{
	struct buffer out = {0};

	for (; *text != '\0'; text++) {
		bool blank = *text == ' ' || *text == '\n';

		if (!blank)
			buffer_add_char(&out, *text);
		else if (out.length > 0 && buffer_text(&out)[out.length - 1] != ' ')
			buffer_add_char(&out, ' ');
	}
	return buffer_take(&out);
}

static bool on_screen(struct pty *pty, const char *text, bool wanted)
{
	char *screen = pty_screen(pty);
	char *here = squeezed(screen);
	char *looked_for = squeezed(text);
	bool shown = strstr(here, looked_for) != NULL;

	if (shown != wanted)
		fprintf(stderr, "%s the screen: %s\n%s", wanted ? "not on" : "on", text, screen);
	free(looked_for);
	free(here);
	free(screen);
	return shown;
}

void assert_shows(struct pty *pty, const char *text)
{
	assert_true(on_screen(pty, text, true));
}

void assert_not_shows(struct pty *pty, const char *text)
{
	assert_false(on_screen(pty, text, false));
}

void open_list(struct pty *pty, const char *command)
{
	pty_type(pty, "<C-p>");
	pty_type(pty, command);
	pty_type(pty, "<Enter>");
}

void open_record(struct pty *pty, const char *list, const char *key)
{
	open_list(pty, list);
	pty_type(pty, "/");
	pty_type(pty, key);
	pty_type(pty, "<Enter>");
	assert_shows(pty, key);
}

void press_until(struct pty *pty, const char *key, const char *text)
{
	for (int pressed = 0; pressed < 40 && !pty_shows(pty, text); pressed++)
		pty_type(pty, key);
	assert_shows(pty, text);
}

void fill(struct pty *pty, const char *label, const char *text)
{
	char focused[64];

	snprintf(focused, sizeof focused, ">%s", label);
	press_until(pty, "<Tab>", focused);
	pty_type(pty, "<C-u>");
	pty_type(pty, text);
}
