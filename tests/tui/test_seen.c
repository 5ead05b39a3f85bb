/*
 * test_seen.c - what is decided is what the question showed: where others changed it meanwhile, the
 * question comes again as it stands by then. GPL-3.0-or-later.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "office.h"

#define CHEN "\"$mso\" --db \"$db\" --as mchen "
#define SUBJECT "motion-subject BD-2026-11/M3/1 amount=999999.99 >/dev/null"
#define CHANGED "BD-2026-11/M3/1 was changed by M. Chen at 12:00 (Amount)"
#define NEW_SUBJECT                                                 \
	CHEN "new motion-subject motion=BD-2026-11/M3 type=policy " \
	     "subject=approval-limit amount=99999 >/dev/null"

/* M3 of that meeting says so of itself. */
static void assert_outcome(const char *outcome)
{
	setenv("wanted", outcome, 1);
	run("\"$mso\" --db \"$db\" show motion BD-2026-11/M3 | grep -q \"^Outcome: *$wanted\"");
}

/* On its own page, on that of its meeting, and in a list. */
static void go_to_motion(struct pty *pty, int way)
{
	if (way == 0) {
		open_record(pty, "motions: all", "BD-2026-11/M3");
	} else if (way == 1) {
		open_record(pty, "meetings: all", "BD-2026-11");
		pty_type(pty, "3<End>");
	} else {
		open_list(pty, "motions: all");
		pty_type(pty, "/Haas<Enter>");
	}
	assert_shows(pty, "To engage Haas & Pike");
}

static void a_chair_attests_the_subject_that_was_shown(void **state)
{
	for (int way = 0; way < 3; way++) {
		struct pty *chair;

		office_copy(state);
		run(NEW_SUBJECT);
		chair = open_office("dalvarez");
		go_to_motion(chair, way);
		pty_type(chair, "a");
		assert_shows(chair, "About: policy approval-limit becomes 99,999.00");
		run(CHEN "set " SUBJECT);
		pty_type(chair, "a");
		assert_shows(chair, CHANGED);
		assert_shows(chair, "after this was asked.");
		assert_shows(chair, "About: policy approval-limit becomes 999,999.99");
		assert_outcome("pending");
		/* The harmless answer is the default again. */
		pty_type(chair, "<Enter>");
		assert_outcome("pending");
		pty_type(chair, "a");
		assert_not_shows(chair, "after this was asked");
		pty_type(chair, "a");
		assert_shows(chair, "BD-2026-11/M3 is attested: carried.");
		assert_outcome("carried");
		leave(chair);
	}
}

static void a_subject_that_came_or_went_meanwhile_is_shown_first(void **state)
{
	struct pty *chair = open_office("dalvarez");

	(void)state;
	go_to_motion(chair, 1);
	pty_type(chair, "a");
	assert_shows(chair, "Stands: carries as it stands");
	assert_not_shows(chair, "About:");
	run(NEW_SUBJECT);
	pty_type(chair, "a");
	assert_shows(chair, "BD-2026-11/M3/1 was made by M. Chen");
	assert_shows(chair, "About: policy approval-limit becomes 99,999.00");
	run(CHEN
		"do motion BD-2026-11/M3 attest-sheet signed_by=BD/1 signed_on=2026-11-18 sheet=Drawer "
		">/dev/null");
	/* Now it is attested: nobody is asked that again. */
	pty_type(chair, "a");
	assert_shows(chair, "BD-2026-11/M3 was changed by M. Chen at 12:00 (Outcome");
	assert_not_shows(chair, "after this was asked");
	assert_outcome("carried");
	leave(chair);
}

/* The quorum rests on who was there. */
static void a_vote_is_attested_with_the_attendance_that_was_shown(void **state)
{
	struct pty *chair = open_office("dalvarez");

	(void)state;
	open_record(chair, "motions: all", "BD-2026-12/M1");
	pty_type(chair, "a");
	assert_shows(chair, "not voted; 0 present, quorum 5");
	run(CHEN "new attendance meeting=BD-2026-12 member=BD/2 >/dev/null");
	pty_type(chair, "a");
	assert_shows(chair, "What this rests on was changed, after this was asked.");
	assert_shows(chair, "not voted; 1 present, quorum 5");
	pty_type(chair, "n");
	leave(chair);
}

static void what_was_not_shown_stands_in_nobodys_way(void **state)
{
	struct pty *chair = open_office("dalvarez");

	(void)state;
	run(NEW_SUBJECT);
	go_to_motion(chair, 1);
	pty_type(chair, "a");
	assert_shows(chair, "Attest: BD-2026-11/M3");
	run(CHEN "set meeting BD-2026-11 guests=Nobody >/dev/null");
	run(CHEN "set agenda-item BD-2026-11/1 minutes=Quiet. >/dev/null");
	run(CHEN "new motion meeting=BD-2026-11 text='To rise.' >/dev/null");
	run(CHEN
		"new motion-subject motion=BD-2026-11/M4 type=meeting subject=BD-2026-10 >/dev/null");
	pty_type(chair, "a");
	assert_shows(chair, "BD-2026-11/M3 is attested: carried.");
	leave(chair);
}

static struct pty *type_sheet(void)
{
	struct pty *pty = open_office("aruiz");

	go_to_motion(pty, 1);
	pty_type(pty, "t");
	assert_shows(pty, "becomes 99,999.00");
	pty_type(pty, "BD/1<Tab>2026-11-18<Tab>Drawer 2");
	return pty;
}

static void a_question_that_is_answered_late_shows_what_changed(void **state)
{
	struct pty *pty;

	(void)state;
	run(NEW_SUBJECT);
	pty = type_sheet();
	run(CHEN "set " SUBJECT);
	pty_type(pty, "<C-s>");
	assert_shows(pty, CHANGED);
	assert_shows(pty, "becomes 999,999.99");
	assert_not_shows(pty, "becomes 99,999.00");
	assert_shows(pty, "Drawer 2");
	assert_outcome("pending");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "BD-2026-11/M3 is attested: carried.");
	leave(pty);
}

static void a_draft_of_an_answer_says_what_changed_since(void **state)
{
	struct pty *pty;

	(void)state;
	run(NEW_SUBJECT);
	for (int changed = 0; changed < 2; changed++) {
		pty = type_sheet();
		pty_hang_up(pty);
		assert_int_not_equal(pty_exit_status(pty), PTY_GONE);
		pty_free(pty);
		if (changed)
			run(CHEN "set " SUBJECT);
		pty = open_office("aruiz");
		assert_shows(pty, "YOU WERE WRITING");
		pty_type(pty, "<Enter>");
		assert_shows(pty, "Drawer 2");
		assert_shows(pty, changed ? "becomes 999,999.99" : "becomes 99,999.00");
		assert_shows(pty, changed ? "BD-2026-11/M3 was changed since: look at it again."
					  : "Esc, then d, discards it.");
		pty_type(pty, "<Esc>d");
		leave(pty);
	}
}

/* Its dialog shows none of them, but they are what it approves. */
static void minutes_are_approved_as_they_stood(void **state)
{
	struct pty *pty = open_office("aruiz");

	(void)state;
	open_record(pty, "meetings: all", "FC-2026-03");
	pty_type(pty, "A");
	assert_shows(pty, "Approve minutes: FC-2026-03");
	pty_type(pty, "FC-2026-02/M1");
	run(CHEN "set agenda-item FC-2026-03/1 minutes='Approved as read.' >/dev/null");
	pty_type(pty, "<C-s>");
	assert_shows(pty, "FC-2026-03/1 was changed by M. Chen at 12:00 (Minutes)");
	run("\"$mso\" --db \"$db\" show meeting FC-2026-03 | grep -q '^Minutes: *circulated'");
	pty_type(pty, "<Esc>d");
	leave(pty);
}

/* What a small screen does not show of a question is not taken for all of it. */
static void a_question_that_is_cut_says_so(void **state)
{
	struct pty *chair;

	(void)state;
	run(NEW_SUBJECT);
	chair = open_sized("dalvarez", 12, 40);
	open_record(chair, "motions: all", "BD-2026-11/M3");
	pty_type(chair, "a");
	assert_shows(chair, "more below");
	assert_shows(chair, "Up Down Read on");
	assert_not_shows(chair, "About:");
	pty_type(chair, "<PageDown><PageDown>");
	assert_shows(chair, "About: policy approval-limit");
	assert_shows(chair, "more above");
	pty_type(chair, "<PageUp><PageUp><PageUp>");
	assert_not_shows(chair, "more above");
	assert_shows(chair, "more below");
	pty_type(chair, "<Esc>");
	leave(chair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chair_attests_the_subject_that_was_shown),
		cmocka_unit_test_setup(
			a_subject_that_came_or_went_meanwhile_is_shown_first, office_copy),
		cmocka_unit_test_setup(
			a_vote_is_attested_with_the_attendance_that_was_shown, office_copy),
		cmocka_unit_test_setup(what_was_not_shown_stands_in_nobodys_way, office_copy),
		cmocka_unit_test_setup(
			a_question_that_is_answered_late_shows_what_changed, office_copy),
		cmocka_unit_test_setup(a_draft_of_an_answer_says_what_changed_since, office_copy),
		cmocka_unit_test_setup(minutes_are_approved_as_they_stood, office_copy),
		cmocka_unit_test_setup(a_question_that_is_cut_says_so, office_copy),
	};

	return cmocka_run_group_tests(tests, office_make, office_remove);
}
