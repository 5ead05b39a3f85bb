/*
 * test_history.c - the page that h opens on a record: who changed what, in full, and an old value
 * put back and taken back; on the demo office and a terminal of its own. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "office.h"

static void change_phone(const char *phone)
{
	char command[160];

	snprintf(command, sizeof command, "\"$mso\" --db \"$db\" set client C-0002 phone='%s'",
		phone);
	run(command);
}

static void h_tells_what_changed_newest_first(void **state)
{
	struct pty *pty;
	char *newest;

	(void)state;
	change_phone("(555) 010-7777");
	pty = open_office(NULL);
	open_record(pty, "clients: all", "C-0002");
	pty_type(pty, "h");
	assert_shows(pty, "Clients > History of C-0002");
	newest = pty_row(pty, 2);
	assert_non_null(strstr(newest, "(555) 010-7777"));
	free(newest);
	assert_shows(pty, "(new)");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "Phone of C-0002");
	assert_shows(pty, "After: (555) 010-7777");
	pty_type(pty, "<Enter><Esc>");
	assert_not_shows(pty, "History of C-0002");
	leave(pty);
}

/* The director is asked whether the phone before the last is to be put back. */
static struct pty *ask_about_phone(void)
{
	struct pty *pty;

	change_phone("(555) 010-7777");
	change_phone("(555) 010-8888");
	pty = open_office(NULL);
	open_record(pty, "clients: all", "C-0002");
	pty_type(pty, "hp");
	assert_shows(pty, "It is now: (555) 010-8888");
	return pty;
}

static void the_director_puts_an_old_value_back(void **state)
{
	struct pty *pty = ask_about_phone();

	(void)state;
	assert_shows(pty, "It becomes: (555) 010-7777");
	/* The harmless answer first. */
	pty_type(pty, "<Enter>");
	run("test \"$(\"$mso\" --db \"$db\" show client C-0002 | grep -c 010-8888)\" = 1");
	pty_type(pty, "pp");
	assert_shows(pty, "Phone of C-0002 is as before.");
	run("test \"$(\"$mso\" --db \"$db\" show client C-0002 | grep -c 010-7777)\" = 1");
	pty_type(pty, "<C-z>");
	assert_shows(pty, "Taken back: Phone as before.");
	run("test \"$(\"$mso\" --db \"$db\" show client C-0002 | grep -c 010-8888)\" = 1");
	leave(pty);
	run("\"$mso\" --db \"$db\" check --quiet");
}

/* Another value than the question speaks of is not overwritten unseen. */
static void what_came_since_the_question_is_asked_about_anew(void **state)
{
	struct pty *pty = ask_about_phone();

	(void)state;
	run("\"$mso\" --db \"$db\" --as mchen set client C-0002 fax='(555) 010-1111' >/dev/null");
	run("\"$mso\" --db \"$db\" --as mchen set client C-0002 phone='(555) 010-9999' >/dev/null");
	pty_type(pty, "p");
	assert_shows(pty, "C-0002 was changed by M. Chen at 12:00 (Phone) meanwhile");
	assert_shows(pty, "It is now: (555) 010-9999");
	assert_shows(pty, "It becomes: (555) 010-7777");
	run("\"$mso\" --db \"$db\" show client C-0002 | grep -qF '010-9999'");
	/* Another field is another matter. */
	run("\"$mso\" --db \"$db\" --as mchen set client C-0002 fax='(555) 010-2222' >/dev/null");
	pty_type(pty, "p");
	assert_shows(pty, "Phone of C-0002 is as before.");
	run("\"$mso\" --db \"$db\" show client C-0002 | grep -qF '010-7777'");
	leave(pty);
}

/* It reads by name, and what is put back is the key. */
static void a_reference_is_told_by_name_and_put_back(void **state)
{
	struct pty *pty;

	(void)state;
	run("\"$mso\" --db \"$db\" set client C-0002 manager=S-0003");
	run("\"$mso\" --db \"$db\" set client C-0002 manager=S-0006");
	pty = open_office(NULL);
	open_record(pty, "clients: all", "C-0002");
	pty_type(pty, "hp");
	assert_shows(pty, "It is now: S-0006 José Núñez");
	assert_shows(pty, "It becomes: S-0003 Tobe Okafor");
	pty_type(pty, "p");
	assert_shows(pty, "Manager of C-0002 is as before.");
	run("\"$mso\" --db \"$db\" show client C-0002 | grep -q 'Manager.*S-0003'");
	leave(pty);
}

static void others_read_and_put_nothing_back(void **state)
{
	struct pty *pty;

	(void)state;
	change_phone("(555) 010-7777");
	pty = open_office("aruiz");
	open_record(pty, "clients: all", "C-0002");
	pty_type(pty, "hp");
	assert_shows(pty, "The director puts old values back.");
	leave(pty);
}

static void pay_is_in_the_history_of_the_director_alone(void **state)
{
	struct pty *pty;

	(void)state;
	run("\"$mso\" --db \"$db\" set staff S-0003 pay_rate=61000");
	pty = open_office(NULL);
	open_record(pty, "staff: all", "S-0003");
	pty_type(pty, "h");
	assert_shows(pty, "61,000.00");
	leave(pty);
	pty = open_office("aruiz");
	open_record(pty, "staff: all", "S-0003");
	pty_type(pty, "h");
	assert_shows(pty, "History of S-0003");
	assert_not_shows(pty, "61,000.00");
	assert_not_shows(pty, "Pay");
	leave(pty);
}

static void decided_fields_stand(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "budgets: all", "B-2026-0001");
	pty_type(pty, "h");
	assert_shows(pty, "Budgets > History of B-2026-0001");
	pty_type(pty, "p");
	assert_shows(pty, "stands as it is, or only an action changes it");
	assert_not_shows(pty, "Put it back");
	leave(pty);
}

static void meetings_tell_of_their_parts(void **state)
{
	struct pty *pty = open_office(NULL);

	(void)state;
	open_record(pty, "meetings: all", "BD-2026-10");
	pty_type(pty, "h");
	assert_shows(pty, "Meetings > History of BD-2026-10");
	assert_shows(pty, "M1 ");
	leave(pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(h_tells_what_changed_newest_first, office_copy),
		cmocka_unit_test_setup(the_director_puts_an_old_value_back, office_copy),
		cmocka_unit_test_setup(
			what_came_since_the_question_is_asked_about_anew, office_copy),
		cmocka_unit_test_setup(a_reference_is_told_by_name_and_put_back, office_copy),
		cmocka_unit_test_setup(others_read_and_put_nothing_back, office_copy),
		cmocka_unit_test_setup(pay_is_in_the_history_of_the_director_alone, office_copy),
		cmocka_unit_test_setup(decided_fields_stand, office_copy),
		cmocka_unit_test_setup(meetings_tell_of_their_parts, office_copy),
	};

	return cmocka_run_group_tests(tests, office_make, office_remove);
}
