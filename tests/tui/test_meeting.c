/*
 * test_meeting.c - the page of a meeting on the real program: what asks first, what says that it
 * goes on, and what is offered while somebody else records. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "office.h"

static struct pty *open_meeting(const char *login, const char *tick)
{
	struct pty *pty = office_open(&(struct office_options){.login = login, .tick = tick});

	open_record(pty, "meetings: all", "BD-2026-12");
	return pty;
}

static void what_cannot_be_taken_back_asks_first(void **state)
{
	struct pty *pty = open_meeting("aruiz", NULL);

	(void)state;
	pty_type(pty, "3");
	assert_shows(pty, "v Votes s Subject");
	/* On the first part this begins the minutes; here it does nothing. */
	pty_type(pty, "w");
	assert_not_shows(pty, "Withdrawn: BD-2026-12/M1");
	pty_type(pty, "W");
	assert_shows(pty, "Withdrawn: BD-2026-12/M1");
	pty_type(pty, "<Enter>");
	/* Where the hints have no room for it, all commands do. */
	pty_type(pty, "<C-p>withdrawn");
	assert_shows(pty, "> Withdrawn");
	pty_type(pty, "<Enter>");
	assert_shows(pty, "Withdrawn: BD-2026-12/M1");
	pty_type(pty, "<Enter>");
	run("\"$mso\" --db \"$db\" show motion BD-2026-12/M1 | grep -q '^Outcome: *pending'");
	pty_type(pty, "Ww");
	assert_shows(pty, "BD-2026-12/M1 is withdrawn.");
	/* There is nothing to vote on any more. */
	assert_not_shows(pty, "v Votes");
	assert_not_shows(pty, "s Subject");
	pty_type(pty, "v");
	assert_shows(pty, "BD-2026-12/M1 is withdrawn: there is nothing to vote on.");
	pty_type(pty, "1X");
	assert_shows(pty, "Cancel meeting: BD-2026-12");
	pty_type(pty, "<Enter>");
	run("\"$mso\" --db \"$db\" show meeting BD-2026-12 | grep -q '^Minutes: *planned'");
	leave(pty);
}

static void attendance_says_that_it_goes_on(void **state)
{
	struct pty *pty = open_meeting("aruiz", NULL);

	(void)state;
	pty_type(pty, "2");
	assert_shows(pty, "p, a and x note it and go on to the next.");
	pty_type(pty, "p");
	assert_shows(pty, "Dr. Diego Alvarez: present. On to Dr. Nadia Novak.");
	pty_type(pty, "<End>x");
	assert_shows(pty, "excused. That was the last.");
	leave(pty);
}

static void a_change_that_is_refused_begins_no_recording(void **state)
{
	struct pty *pty = office_open(&(struct office_options){.login = "aruiz"});

	(void)state;
	open_record(pty, "meetings: all", "BD-2026-11");
	pty_type(pty, "2x");
	assert_shows(pty, "A motion of that meeting is attested");
	assert_not_shows(pty, "you record");
	leave(pty);
}

static void a_new_action_item_is_in_focus_where_its_date_puts_it(void **state)
{
	struct pty *pty = open_meeting("aruiz", NULL);

	(void)state;
	pty_type(pty, "4<End>n");
	assert_shows(pty, "New action item");
	pty_type(pty, "Call the paver<Tab>Ruiz<Tab>2026-12-20<C-s>");
	assert_shows(pty, "> AI-0038 Call the paver");
	leave(pty);
}

static void nothing_to_open_is_not_offered(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	run("\"$mso\" --db \"$db\" --as aruiz new meeting body=BD held_on=2026-12-22 >/dev/null");
	open_record(pty, "meetings: all", "BD-2026-13");
	assert_shows(pty, "The agenda is empty. n adds an item.");
	assert_not_shows(pty, "Enter Open");
	pty_type(pty, "2");
	assert_shows(pty, "Enter Open");
	leave(pty);
}

static void while_another_records_only_what_is_possible_is_offered(void **state)
{
	struct pty *a = open_meeting("aruiz", NULL), *b, *chair;

	(void)state;
	pty_type(a, "nParking<C-s>");
	assert_shows(a, "you record");
	b = open_meeting("mchen", NULL);
	pty_type(b, "3");
	assert_shows(b, "k Take over M Minutes");
	assert_not_shows(b, "Withdrawn");
	pty_type(b, "W");
	assert_shows(b, "A. Ruiz has been recording this meeting");
	assert_not_shows(b, "Withdrawn: BD-2026-12/M1");
	/* In the list of motions it is the same. */
	leave(b);
	b = open_office("mchen");
	open_list(b, "motions: all");
	pty_type(b, "/BD-2026-12/M1<Enter>");
	assert_shows(b, "BD-2026-12/M1");
	assert_not_shows(b, "Withdrawn");
	/* Nobody is asked what cannot be done anyway. */
	pty_type(b, "<F8>");
	assert_shows(b, "A. Ruiz has been recording this meeting");
	assert_not_shows(b, "Delete BD-2026-12/M1?");
	leave(b);
	/* The chair attests meanwhile. */
	chair = open_meeting("dalvarez", NULL);
	pty_type(chair, "3");
	assert_shows(chair, "a Attest");
	pty_type(chair, "a");
	assert_shows(chair, "Attest: BD-2026-12/M1");
	pty_type(chair, "n");
	leave(chair);
	leave(a);
}

static void a_killed_recorder_is_noticed_and_stands_in_nobodys_way(void **state)
{
	struct pty *a = open_meeting("aruiz", NULL), *b, *c;

	(void)state;
	pty_type(a, "nParking<C-s>");
	assert_shows(a, "you record");
	b = open_meeting("mchen", "30");
	assert_shows(b, "recorded by A. Ruiz since 12:00");
	/* This one does not look by itself. */
	c = open_meeting("tokafor", NULL);
	assert_shows(c, "recorded by A. Ruiz since 12:00");
	pty_signal(a, 9);
	assert_int_not_equal(pty_exit_status(a), PTY_GONE);
	pty_free(a);
	/* The hints are drawn last. */
	assert_true(pty_wait(b, "w Write minutes"));
	assert_not_shows(b, "recorded by");
	assert_shows(b, "A. Ruiz no longer records this meeting.");
	/* The text of an item is saved on its own page, where nobody takes a recording. */
	pty_type(b, "<Home><Enter><Enter>");
	fill(b, "Minutes", "Text of Mei.");
	pty_type(b, "<C-s>");
	assert_shows(b, "Saved.");
	run("\"$mso\" --db \"$db\" show agenda-item BD-2026-12/1 | grep -q 'Text of Mei'");
	leave(c);
	leave(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_cannot_be_taken_back_asks_first, office_copy),
		cmocka_unit_test_setup(attendance_says_that_it_goes_on, office_copy),
		cmocka_unit_test_setup(a_change_that_is_refused_begins_no_recording, office_copy),
		cmocka_unit_test_setup(
			a_new_action_item_is_in_focus_where_its_date_puts_it, office_copy),
		cmocka_unit_test_setup(nothing_to_open_is_not_offered, office_copy),
		cmocka_unit_test_setup(
			while_another_records_only_what_is_possible_is_offered, office_copy),
		cmocka_unit_test_setup(
			a_killed_recorder_is_noticed_and_stands_in_nobodys_way, office_copy),
	};

	return cmocka_run_group_tests(tests, office_make, office_remove);
}
