/*
 * test_golden.c - the pages of the office as pictures: what stands where at the three sizes, and
 * on a terminal without colour and without UTF-8. GPL-3.0-or-later.
 *
 * UPDATE_GOLDEN=1 takes the pictures anew; look at each before you keep it. They show demo
 * logins only, because the login of whoever made the file is that of whoever runs the test:
 * rabernathy is a second login of the director.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "office.h"

#define DIRECTOR "rabernathy"

struct picture {
	const char *name; /* tests/tui/golden/NAME.txt */
	const char *login;
	const char *list; /* a command that leads there from Home, or NULL */
	const char *key;  /* the record to open from that list, or NULL */
	const char *keys; /* typed there, or NULL */
	int rows, columns;
	bool plain; /* no colour, no UTF-8 */
};

static const struct picture pictures[] = {
	{.name = "home_director", .login = DIRECTOR},
	{.name = "home_clerk", .login = "aruiz"},
	{.name = "home_chair", .login = "dalvarez"},
	{.name = "home_132x43", .login = DIRECTOR, .rows = 43, .columns = 132},
	{.name = "home_40x12", .login = DIRECTOR, .rows = 12, .columns = 40},
	{.name = "home_plain", .login = DIRECTOR, .plain = true},
	{.name = "clients", .login = "aruiz", .list = "clients: all"},
	{.name = "clients_132x43",
		.login = "aruiz",
		.list = "clients: all",
		.rows = 43,
		.columns = 132},
	{.name = "clients_40x12",
		.login = "aruiz",
		.list = "clients: all",
		.rows = 12,
		.columns = 40},
	{.name = "client", .login = "aruiz", .list = "clients: all", .key = "C-0007"},
	{.name = "client_edited",
		.login = "aruiz",
		.list = "clients: all",
		.key = "C-0007",
		.keys = "<Enter> and more<Tab><Tab>"},
	{.name = "client_132x43",
		.login = "aruiz",
		.list = "clients: all",
		.key = "C-0007",
		.rows = 43,
		.columns = 132},
	{.name = "client_40x12",
		.login = "aruiz",
		.list = "clients: all",
		.key = "C-0007",
		.rows = 12,
		.columns = 40},
	{.name = "client_plain",
		.login = "aruiz",
		.list = "clients: all",
		.key = "C-0012",
		.plain = true},
	{.name = "request_draft",
		.login = "lwisniewska",
		.list = "requests: all",
		.key = "PR-2026-0124"},
	{.name = "request_over_limit",
		.login = DIRECTOR,
		.list = "requests: all",
		.key = "PR-2026-0122"},
	{.name = "request_approving",
		.login = DIRECTOR,
		.list = "requests: all",
		.key = "PR-2026-0128",
		.keys = "a"},
	{.name = "budget_months",
		.login = DIRECTOR,
		.list = "budgets: all",
		.key = "B-2027-0001",
		.keys = "<Down><Down>"},
	{.name = "budget_year",
		.login = DIRECTOR,
		.list = "budgets: all",
		.key = "B-2026-0001",
		.keys = "y<Down><Down>"},
	{.name = "meeting_agenda", .login = "aruiz", .list = "meetings: all", .key = "BD-2026-11"},
	{.name = "meeting_attendance",
		.login = "aruiz",
		.list = "meetings: all",
		.key = "BD-2026-11",
		.keys = "2"},
	{.name = "meeting_motions",
		.login = "aruiz",
		.list = "meetings: all",
		.key = "BD-2026-11",
		.keys = "3<Down>"},
	{.name = "commands",
		.login = "aruiz",
		.list = "clients: all",
		.key = "C-0007",
		.keys = "<C-p>"},
	{.name = "help", .login = "aruiz", .list = "clients: all", .key = "C-0007", .keys = "?"},
};
enum { PICTURES = sizeof pictures / sizeof *pictures };

static struct pty *open_picture(const struct picture *picture)
{
	static const char *const plain[] = {"LC_ALL=C", "NO_COLOR=1", NULL};

	return office_open(&(struct office_options){.login = picture->login,
		.rows = picture->rows,
		.columns = picture->columns,
		.term = picture->plain ? "vt100" : NULL,
		.env = picture->plain ? plain : NULL});
}

static void assert_golden(struct pty *pty, const char *name)
{
	char path[128];

	snprintf(path, sizeof path, "tests/tui/golden/%s.txt", name);
	assert_true(pty_golden(pty, path));
}

static void looks_as_before(void **state)
{
	const struct picture *picture = *state;
	struct pty *pty = open_picture(picture);

	if (picture->key != NULL)
		open_record(pty, picture->list, picture->key);
	else if (picture->list != NULL)
		open_list(pty, picture->list);
	if (picture->keys != NULL)
		pty_type(pty, picture->keys);
	assert_golden(pty, picture->name);
	pty_free(pty);
}

/* One row of every kind: unchanged, changed, new, wrong. */
static void import_plan(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	run("\"$mso\" --db \"$db\" export vendor -o \"$dir/vendors.csv\" >/dev/null");
	run("sed -i -e 's/(555) 010-3031/555 010 7777/' -e 's/\"prepaid\"/\"on the nail\"/' "
	    "\"$dir/vendors.csv\"");
	run("echo ',Midway Paper,active,net 30,,,,,,,,,,,' >>\"$dir/vendors.csv\"");
	open_list(pty, "vendors: all");
	pty_type(pty, "i");
	pty_type(pty, office_file("vendors.csv"));
	pty_type(pty, "<C-s>");
	assert_golden(pty, "import_plan");
	pty_free(pty);
}

/* Both wrote in one client: one field each alone, and one both. */
static void conflict(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	open_record(pty, "clients: all", "C-0007");
	pty_type(pty, "e");
	fill(pty, "Phone", "5550109000<Tab>");
	fill(pty, "E-mail", "front@lakeside.example<Tab>");
	run("\"$mso\" --db \"$db\" --as mchen set client C-0007 phone=5550104410 fax=5550104411 "
	    ">/dev/null");
	pty_type(pty, "<C-s>");
	assert_golden(pty, "conflict");
	pty_type(pty, "y");
	assert_golden(pty, "conflict_decided");
	pty_free(pty);
}

/* The line dropped in the middle of a new client. */
static void home_with_a_draft(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	open_list(pty, "clients: all");
	pty_type(pty, "nMarlow Family Practice<Tab>");
	pty_hang_up(pty);
	assert_int_not_equal(pty_exit_status(pty), PTY_GONE);
	pty_free(pty);
	pty = open_office("aruiz");
	assert_golden(pty, "home_draft");
	pty_free(pty);
}

/* One records, the other reads along. */
static void meeting_recorded(void **state)
{
	struct pty *a = open_office("aruiz"), *b;

	(void)state;
	open_record(a, "meetings: all", "BD-2026-12");
	pty_type(a, "nParking<C-s>");
	assert_golden(a, "meeting_recording");
	b = open_office("mchen");
	open_record(b, "meetings: all", "BD-2026-12");
	pty_type(b, "n");
	assert_golden(b, "meeting_recorded");
	pty_free(b);
	pty_free(a);
}

static void the_readme_shows_home_as_it_is(void **state)
{
	(void)state;
	run("test \"$(sed '$d' tests/tui/golden/home_director.txt)\" = \"$(awk '/^HOW IT LOOKS/ "
	    "{on = 1; next} /^THE FIRST/ {on = 0} on' README | sed '/./,$!d')\"");
}

static int make_office_with_second_login(void **state)
{
	office_make(state);
	run("\"$mso\" --db \"$dir/office.db\" new user login=" DIRECTOR
	    " role=director staff=S-0001 >/dev/null");
	return 0;
}

int main(void)
{
	struct CMUnitTest tests[PICTURES + 5] = {
		[PICTURES] = cmocka_unit_test_setup(import_plan, office_copy),
		cmocka_unit_test_setup(conflict, office_copy),
		cmocka_unit_test_setup(home_with_a_draft, office_copy),
		cmocka_unit_test_setup(meeting_recorded, office_copy),
		cmocka_unit_test(the_readme_shows_home_as_it_is)};

	for (int i = 0; i < PICTURES; i++)
		tests[i] = (struct CMUnitTest){.name = pictures[i].name,
			.test_func = looks_as_before,
			.setup_func = office_copy,
			.initial_state = (void *)&pictures[i]};
	return cmocka_run_group_tests(tests, make_office_with_second_login, office_remove);
}
