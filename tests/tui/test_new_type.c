/*
 * test_new_type.c - a record type that the program does not have (tests/office/mileage.c) on the
 * screen: in the palette, as a list, a record, a form, an action, and a tab of what it refers to.
 * GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "office.h"

static char program[4096]; /* mso-more, two rooms above this test */

/* The demo anew, with two drives in it, opened by the program that knows them. */
static struct pty *open_more(const char *login)
{
	const char *const argv[] = {program, "--db", office_file("more.db"),
		login == NULL ? NULL : "--as", login, NULL};
	const char *const env[] = {"MSO_TODAY=" OFFICE_TODAY, "MSO_TICK=0", NULL};

	return pty_start(&(struct pty_options){.argv = argv, .env = env});
}

static int make_more(void **state)
{
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 16);

	assert_true(length > 0);
	program[length] = '\0';
	for (int rooms = 0; rooms < 3; rooms++)
		*strrchr(program, '/') = '\0';
	snprintf(program + strlen(program), 16, "/mso-more");
	setenv("more", program, 1);
	if (office_make(state) != 0)
		return -1;
	run("\"$more\" --db \"$dir/base.db\" init --demo >/dev/null");
	run("\"$more\" --db \"$dir/base.db\" new mileage place=Lakeside miles=42.5 client=C-0007 "
	    ">/dev/null");
	return 0;
}

static int copy_more(void **state)
{
	(void)state;
	run("rm -f \"$dir\"/more.db*; cp \"$dir/base.db\" \"$dir/more.db\"");
	return 0;
}

static void its_list_and_its_record_open(void **state)
{
	struct pty *pty = open_more(NULL);

	(void)state;
	open_list(pty, "drives: drives to pay");
	assert_shows(pty, "Where to");
	assert_shows(pty, "MI-0001");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "MI-0001 Lakeside");
	assert_shows(pty, "42.5");
	assert_shows(pty, "p Paid");
	pty_type(pty, "?");
	assert_shows(pty, "Records that the miles were paid.");
	leave(pty);
}

static void its_form_makes_one(void **state)
{
	struct pty *pty = open_more("aruiz");

	(void)state;
	open_list(pty, "new drive");
	fill(pty, "Where to", "Marlow");
	fill(pty, "Miles", "7");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved as MI-0002.");
	leave(pty);
	run("\"$more\" --db \"$dir/more.db\" show mileage MI-0002 | grep -q Marlow");
}

static void its_action_is_done(void **state)
{
	struct pty *pty = open_more(NULL);

	(void)state;
	open_list(pty, "drives: drives to pay");
	pty_type(pty, "p");
	assert_shows(pty, "MI-0001 is paid.");
	leave(pty);
}

static void its_client_has_a_tab_of_them(void **state)
{
	struct pty *pty = open_more(NULL);

	(void)state;
	open_list(pty, "clients: all");
	pty_type(pty, "/Lakeside<Enter>");
	assert_shows(pty, "Drives 1");
	press_until(pty, "<Tab>", "[Drives 1]");
	assert_shows(pty, "MI-0001");
	pty_type(pty, "n<Tab>Clinic<Tab>9<C-s>");
	assert_shows(pty, "Saved as MI-0002.");
	assert_shows(pty, "C-0007 Lakeside");
	leave(pty);
}

static void a_viewer_is_told_that_he_only_reads(void **state)
{
	struct pty *pty = open_more("rhaas");

	(void)state;
	open_list(pty, "drives: all drives");
	pty_type(pty, "n");
	assert_shows(pty, "may write here; as viewer you read.");
	leave(pty);
}

int main(void)
{
#define MORE_TEST(name) cmocka_unit_test_setup(name, copy_more)
	const struct CMUnitTest tests[] = {
		MORE_TEST(its_list_and_its_record_open),
		MORE_TEST(its_form_makes_one),
		MORE_TEST(its_action_is_done),
		MORE_TEST(its_client_has_a_tab_of_them),
		MORE_TEST(a_viewer_is_told_that_he_only_reads),
	};

	return cmocka_run_group_tests(tests, make_more, office_remove);
}
