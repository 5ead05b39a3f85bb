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

#define VOTES "\"$mso\" --db \"$db\" show motion BD-2026-12/M1"
#define SEAT "BD-2026-12/P1"

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

/* ---- what others saved meanwhile ---- */

static void votes_meet_those_of_another(void **state)
{
	struct pty *a = open_meeting("mchen", NULL), *b;

	(void)state;
	pty_type(a, "3vBD/1<Tab>BD/3<Tab>5<Tab>2<Tab>");
	assert_shows(a, "For [5 ] Against [2 ]");
	b = open_meeting("aruiz", NULL);
	pty_type(b, "kShe was called away<C-s>");
	assert_shows(b, "You record this meeting now.");
	pty_type(b, "3vBD/4<Tab>BD/5<Tab>7<C-s>");
	run(VOTES " | grep -q '^For: *7'");
	/* While another records nothing is saved, and nothing typed goes. */
	pty_type(a, "<C-s>");
	assert_shows(a, "A. Ruiz has been recording this meeting since 12:00");
	assert_shows(a, "For [5 ] Against [2 ]");
	leave(b);
	pty_type(a, "<C-s>");
	assert_shows(a, "BD-2026-12/M1 was changed by A. Ruiz at 12:00");
	assert_shows(a, "3 to decide");
	run(VOTES " | grep -q '^For: *7'");
	pty_type(a, "<Esc>");
	assert_shows(a, "A. Ruiz changed BD-2026-12/M1 at 12:00, while this was open.");
	assert_shows(a, "For [5 ] Against [2 ]");
	/* Their mover and seconder, but the count of the one who sat there. */
	pty_type(a, "<C-s>tty<Enter>");
	assert_not_shows(a, "Votes on");
	assert_shows(a, "BD-2026-12/M1 more votes than present: 7");
	run(VOTES " | grep -q '^Mover: *BD/4'");
	run(VOTES " | grep -q '^For: *5'");
	run(VOTES " | grep -q '^Against: *2'");
	leave(a);
}

static void votes_that_do_not_clash_go_together(void **state)
{
	struct pty *pty = open_meeting("mchen", NULL);

	(void)state;
	pty_type(pty, "3vBD/1<Tab>BD/3<Tab><Tab>2<Tab>");
	run("\"$mso\" --db \"$db\" --as mchen set motion BD-2026-12/M1 votes_for=7 >/dev/null");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "Saved, together with what M. Chen changed at 12:00: For.");
	run(VOTES " | grep -q '^For: *7'");
	run(VOTES " | grep -q '^Against: *2'");
	leave(pty);
}

static void nothing_is_noted_on_a_motion_that_was_withdrawn_meanwhile(void **state)
{
	static const struct {
		const char *keys, *typed;
	} questions[] = {{"3vBD/1<Tab>BD/3<Tab>5", "For [5 ]"},
		{"3s<Enter>PR-2026-0128<Enter><C-u>12.30", "[12.30"}};

	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
		struct pty *pty;

		office_copy(state);
		pty = open_meeting("mchen", NULL);
		pty_type(pty, questions[i].keys);
		run("\"$mso\" --db \"$db\" --as mchen do motion BD-2026-12/M1 withdraw >/dev/null");
		pty_type(pty, "<C-s>");
		assert_shows(pty, "BD-2026-12/M1 is withdrawn: there is nothing to vote on.");
		assert_shows(pty, questions[i].typed);
		run(VOTES " | grep -q '^For: *0'");
		run("! \"$mso\" --db \"$db\" list motion-subject | grep -q PR-2026-0128");
		pty_type(pty, "<Esc>d");
		leave(pty);
	}
}

static void a_time_does_not_replace_another_unseen(void **state)
{
	struct pty *pty = open_meeting("aruiz", NULL);

	(void)state;
	pty_type(pty, "2p<Up>l<C-u>19:30");
	run("\"$mso\" --db \"$db\" --as aruiz set attendance " SEAT " left_at=19:05 >/dev/null");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "A. Ruiz noted 19:05 at 12:00, while this was open.");
	run("\"$mso\" --db \"$db\" show attendance " SEAT " | grep -q 19:05");
	pty_type(pty, "<C-s>");
	run("\"$mso\" --db \"$db\" show attendance " SEAT " | grep -q 19:30");
	/* Nor does a mark, where the list was read before. */
	run("\"$mso\" --db \"$db\" --as aruiz set attendance " SEAT
	    " left_at= presence=excused >/dev/null");
	pty_type(pty, "p");
	assert_shows(pty, "Dr. Diego Alvarez was just noted as excused. Press the key once more");
	run("\"$mso\" --db \"$db\" show attendance " SEAT " | grep -q excused");
	pty_type(pty, "p");
	run("\"$mso\" --db \"$db\" show attendance " SEAT " | grep -q present");
	leave(pty);
}

static void a_recording_is_taken_only_from_whom_the_question_named(void **state)
{
	struct pty *first = open_meeting(NULL, NULL), *a, *b;

	(void)state;
	pty_type(first, "nParking<C-s>");
	a = open_meeting("aruiz", NULL);
	b = open_meeting("mchen", NULL);
	pty_type(b, "kHe had to leave");
	assert_shows(b, "R. Abernathy has been recording BD-2026-12");
	pty_type(a, "kHis line is down<C-s>");
	assert_shows(a, "You record this meeting now.");
	pty_type(b, "<C-s>");
	assert_shows(b, "A. Ruiz took it over at 12:00 meanwhile: \"His line is down\".");
	run("\"$mso\" --db \"$db\" --as aruiz set agenda-item BD-2026-12/1 minutes=Ana >/dev/null");
	pty_type(b, "<C-s>");
	assert_shows(b, "You record this meeting now.");
	leave(b);
	leave(a);
	leave(first);
}

static void who_lost_the_recording_is_told_and_keeps_what_was_typed(void **state)
{
	struct pty *a = open_meeting("mchen", "30"), *b;

	(void)state;
	pty_type(a, "3vBD/1<Tab>BD/3<Tab>5");
	b = open_meeting("aruiz", NULL);
	pty_type(b, "kShe was called away<C-s>");
	assert_true(pty_wait(a, "A. Ruiz took over the recording at 12:00"));
	pty_type(a, "<C-s>");
	assert_shows(a, "then k, keeps what you typed here as a draft.");
	pty_type(a, "<Esc>");
	assert_shows(a, "k Keep as a draft");
	pty_type(a, "k");
	assert_not_shows(a, "Votes on");
	assert_shows(a, "What you typed is kept");
	pty_type(b, "3vBD/4<Tab><Tab>7<C-s>");
	leave(b);
	/* The mover is known by now; what was typed for one stands there all the same. */
	leave(a);
	a = open_office("mchen");
	assert_shows(a, "YOU WERE WRITING");
	pty_type(a, "<Enter>");
	assert_shows(a, "Votes on BD-2026-12/M1");
	assert_shows(a, "Mover* [BD/1 Dr. Diego Alvarez");
	assert_shows(a, "It was empty when you typed this, and is BD/4 Dr.");
	assert_shows(a, "For [5 ]");
	assert_shows(a, "It was 0 when you typed this, and is 7 by now.");
	pty_type(a, "<C-s>");
	run(VOTES " | grep -q '^Mover: *BD/1'");
	run(VOTES " | grep -q '^For: *5'");
	leave(a);
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
		cmocka_unit_test_setup(votes_meet_those_of_another, office_copy),
		cmocka_unit_test_setup(votes_that_do_not_clash_go_together, office_copy),
		cmocka_unit_test_setup(
			nothing_is_noted_on_a_motion_that_was_withdrawn_meanwhile, office_copy),
		cmocka_unit_test_setup(a_time_does_not_replace_another_unseen, office_copy),
		cmocka_unit_test_setup(
			a_recording_is_taken_only_from_whom_the_question_named, office_copy),
		cmocka_unit_test_setup(
			who_lost_the_recording_is_told_and_keeps_what_was_typed, office_copy),
	};

	return cmocka_run_group_tests(tests, office_make, office_remove);
}
