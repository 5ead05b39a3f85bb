/*
 * report_motions.c - why a motion fails, what it may be about, and what attested motions and
 * approved minutes keep while people, bodies and action items go on. GPL-3.0-or-later.
 */
#include "office_sample.h"

#include "office/meetings.h"
#include "report/minutes.h"

static struct store *store;

static int begin(void **state)
{
	(void)state;
	store = sample_open("clerk");
	return 0;
}

static int end(void **state)
{
	(void)state;
	office_close(store);
	return 0;
}

static void act(const char *who, const char *today)
{
	sample_act(&store, who, today);
}

static void run(const char *sql)
{
	sample_run(store, sql);
}

static void assert_refused(const char *sql, const char *code, const char *says)
{
	sample_refused(store, sql, code, says);
}

static void assert_standing(const char *motion, const char *expected)
{
	struct record *record = record_load(store, record_type_find("motion"), motion, NULL);

	assert_non_null(record);
	assert_string_equal(record_text(record, "standing"), expected);
	record_free(record);
}

/* Two of three sit in BD-2026-01, whose quorum is 2; votes and people as given. */
static void vote(const char *set)
{
	struct buffer sql = {0};

	buffer_format(&sql,
		"UPDATE motion SET %s, version = version + 1 WHERE key = 'BD-2026-01/M1'", set);
	run(buffer_text(&sql));
	buffer_free(&sql);
}

static void two_of_three_sit(void)
{
	run("INSERT INTO attendance (key, meeting, member, presence) VALUES "
	    "('BD-2026-01/P1', 'BD-2026-01', 'BD/1', 'present'), "
	    "('BD-2026-01/P2', 'BD-2026-01', 'BD/2', 'present'), "
	    "('BD-2026-01/P3', 'BD-2026-01', 'BD/3', 'absent')");
	run("INSERT INTO motion (key, meeting, text) VALUES "
	    "('BD-2026-01/M1', 'BD-2026-01', 'To paint the hall.')");
}

static void a_motion_says_what_it_lacks(void **state)
{
	(void)state;
	two_of_three_sit();
	assert_standing("BD-2026-01/M1", "not voted; 2 present, quorum 2");
	vote("votes_for = 2");
	assert_standing(
		"BD-2026-01/M1", "fails as it stands: no mover, no seconder; 2 present, quorum 2");
	vote("mover = 'BD/3'");
	assert_standing("BD-2026-01/M1",
		"fails as it stands: the mover was not there to vote, no seconder; 2 present, quorum 2");
	vote("mover = 'BD/1'");
	assert_standing("BD-2026-01/M1", "fails as it stands: no seconder; 2 present, quorum 2");
	vote("seconder = 'BD/3'");
	assert_standing("BD-2026-01/M1",
		"fails as it stands: the seconder was not there to vote; 2 present, quorum 2");
	vote("seconder = 'BD/2'");
	assert_standing("BD-2026-01/M1", "carries as it stands; 2 present, quorum 2");
	vote("votes_for = 1, votes_recused = 1");
	assert_standing("BD-2026-01/M1",
		"fails as it stands: no quorum without the recused; 2 present, quorum 2");
	vote("votes_for = 1, votes_against = 1, votes_recused = 0");
	assert_standing("BD-2026-01/M1",
		"fails as it stands: 1 of 2 votes in favour, not more than half; 2 present, quorum 2");
	vote("votes_for = 0, votes_against = 2");
	assert_standing(
		"BD-2026-01/M1", "fails as it stands: no vote in favour; 2 present, quorum 2");
	run("UPDATE attendance SET left_at = '18:30', version = version + 1 "
	    "WHERE key = 'BD-2026-01/P2'");
	vote("votes_for = 1, votes_against = 0, voted_at = '18:31'");
	assert_standing("BD-2026-01/M1", "fails as it stands: no quorum; 1 present, quorum 2");
}

static void settings_of_the_body_decide_what_is_lacking(void **state)
{
	(void)state;
	act("director", "2026-11-21");
	run("UPDATE body SET seconds = 0, vote_basis = 'all seats', majority = 'two thirds', "
	    "version = version + 1 WHERE code = 'BD'");
	act("clerk", "2026-11-21");
	two_of_three_sit();
	vote("mover = 'BD/1', votes_for = 2");
	assert_standing("BD-2026-01/M1", "carries as it stands; 2 present, quorum 2");
	vote("votes_for = 1");
	assert_standing("BD-2026-01/M1",
		"fails as it stands: 1 of 3 seats in favour, not two thirds; 2 present, quorum 2");
	vote("votes_for = 0");
	run("DELETE FROM motion WHERE key = 'BD-2026-01/M1'");
	act("director", "2026-11-21");
	run("UPDATE body SET vote_basis = 'present', majority = 'unanimous', "
	    "version = version + 1 WHERE code = 'BD'");
	act("clerk", "2026-11-21");
	run("INSERT INTO motion (key, meeting, text, mover) VALUES "
	    "('BD-2026-01/M1', 'BD-2026-01', 'To paint the hall.', 'BD/1')");
	vote("votes_for = 1, votes_abstained = 1");
	assert_standing("BD-2026-01/M1",
		"fails as it stands: 1 of 2 present in favour, not all; 2 present, quorum 2");
}

static void a_lost_motion_keeps_its_reason(void **state)
{
	(void)state;
	two_of_three_sit();
	vote("mover = 'BD/1', votes_for = 2");
	act("boss", "2026-11-21");
	run(SAMPLE_ATTEST("BD-2026-01/M1"));
	assert_standing("BD-2026-01/M1", "failed: no seconder");
	/* What the body asks for from now on does not change what was counted. */
	act("director", "2026-11-21");
	run("UPDATE body SET seconds = 0, quorum = 3, version = version + 1 WHERE code = 'BD'");
	assert_standing("BD-2026-01/M1", "failed: no seconder");
}

static void a_request_says_why_its_motion_gives_nothing(void **state)
{
	(void)state;
	two_of_three_sit();
	run("INSERT INTO motion_subject (key, motion, type, subject, amount) VALUES "
	    "('BD-2026-01/M1/1', 'BD-2026-01/M1', 'request', 'PR-2026-0002', 134000)");
	vote("mover = 'BD/1', votes_for = 2");
	act("director", "2026-11-21");
	store_about(store, "PR-2026-0002");
	assert_refused("UPDATE request SET status = 'approved', authority = 'Board', "
		       "motion = 'BD-2026-01/M1', decided_by = actor(), decided_at = now(), "
		       "version = version + 1 WHERE key = 'PR-2026-0002'",
		"no-motion", "BD-2026-01/M1: fails as it stands: no seconder");
	store_about(store, NULL);
}

/* Every word of the field is in the database's list, and every one of that list in the field. */
static void a_motion_is_about_what_its_field_offers(void **state)
{
	const char *const *choices =
		record_type_field(record_type_find("motion-subject"), "type")->choices;
	char *view = store_text(store,
		"SELECT sql FROM sqlite_schema WHERE name = 'possible_subject' AND :key = ''", "");
	int arms = 1, words = 0;

	(void)state;
	assert_non_null(view);
	for (const char *at = view; (at = strstr(at, "UNION ALL")) != NULL; at++)
		arms++;
	for (; choices[words] != NULL; words++) {
		struct buffer arm = {0};

		buffer_format(&arm, "SELECT '%s'", choices[words]);
		if (strstr(view, buffer_text(&arm)) == NULL)
			fail_msg("%s is no subject in the database", choices[words]);
		buffer_free(&arm);
	}
	assert_int_equal(words, arms);
	free(view);
}

static void assert_offered(
	const char *type, const char *key, const char *action, const char *expected)
{
	const struct record_type *asked = record_type_find(type);
	struct record *record = record_load(store, asked, key, NULL);
	struct buffer motion = {0};

	assert_non_null(record);
	action_prefill(store, record_type_action(asked, action), record, &motion);
	assert_string_equal(buffer_text(&motion), expected);
	buffer_free(&motion);
	record_free(record);
}

/* An action that needs a motion offers the one that binds about the record, where it is clear. */
static void a_question_offers_the_motion_that_binds(void **state)
{
	static const struct {
		const char *type, *key, *action;
	} asked[] = {{"request", "PR-2026-0002", "approve-motion"}, {"budget", "B-2027", "adopt"},
		{"policy", "approval-limit", "change"}, {"motion", "BD-2025-01/M1", "rescind"}};
	struct buffer sql = {0};

	(void)state;
	act("director", "2026-11-21");
	run("INSERT INTO position (key, title) VALUES ('J-9', 'Front desk')");
	act("clerk", "2026-11-21");
	two_of_three_sit();
	run("INSERT INTO budget (key, fiscal_year, title) VALUES ('B-2027', 2027, 'Operating 2027')");
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		buffer_clear(&sql);
		buffer_format(&sql,
			"INSERT INTO motion_subject (key, motion, type, subject, amount) VALUES "
			"('BD-2026-01/M1/%zu', 'BD-2026-01/M1', '%s', '%s', 90000)",
			i + 1, asked[i].type, asked[i].key);
		run(buffer_text(&sql));
		assert_offered(asked[i].type, asked[i].key, asked[i].action, "");
	}
	buffer_free(&sql);
	run("INSERT INTO motion_subject (key, motion, type, subject) VALUES "
	    "('BD-2026-01/M1/9', 'BD-2026-01/M1', 'position', 'J-9')");
	vote("mover = 'BD/1', seconder = 'BD/2', votes_for = 2");
	act("boss", "2026-11-21");
	run(SAMPLE_ATTEST("BD-2026-01/M1"));
	act("director", "2026-11-21");
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		assert_offered(asked[i].type, asked[i].key, asked[i].action, "BD-2026-01/M1");
	/* The Board's is not the Council's; what is in force is not changed by its motion again. */
	assert_offered("budget", "B-2027", "recommend", "");
	assert_offered("position", "J-9", "approve", "");
	run("UPDATE policy SET amount = 90000, motion = 'BD-2026-01/M1', changed_on = today(), "
	    "version = version + 1 WHERE name = 'approval-limit'");
	assert_offered("policy", "approval-limit", "change", "");
}

/* ---- minutes ---- */

/* The November meeting, attested, approved by a December one. */
static void approve_the_minutes(void)
{
	two_of_three_sit();
	run("INSERT INTO action_item (key, what, meeting, owner, due_on) VALUES "
	    "('AI-0007', 'Ask three painters', 'BD-2026-01', 'S-0001', '2026-12-01')");
	vote("mover = 'BD/1', seconder = 'BD/2', votes_for = 2");
	act("boss", "2026-11-21");
	run(SAMPLE_ATTEST("BD-2026-01/M1"));
	act("clerk", "2026-11-21");
	run("UPDATE meeting SET status = 'circulated', circulated_on = today(), "
	    "version = version + 1 WHERE key = 'BD-2026-01'");
	act("clerk", "2026-12-18");
	run("INSERT INTO meeting (key, body, held_on) VALUES ('BD-9', 'BD', '2026-12-17')");
	run(SAMPLE_OPEN("BD-9"));
	run("INSERT INTO attendance (key, meeting, member) VALUES ('BD-9/P1', 'BD-9', 'BD/1'), "
	    "('BD-9/P2', 'BD-9', 'BD/2')");
	run("INSERT INTO motion (key, meeting, text, mover, seconder, votes_for) VALUES "
	    "('BD-9/M1', 'BD-9', 'To approve the minutes.', 'BD/1', 'BD/2', 2)");
	run("INSERT INTO motion_subject (key, motion, type, subject) VALUES "
	    "('BD-9/M1/1', 'BD-9/M1', 'meeting', 'BD-2026-01')");
	act("boss", "2026-12-18");
	run(SAMPLE_ATTEST("BD-9/M1"));
	act("clerk", "2026-12-18");
	run("UPDATE meeting SET status = 'approved', approved_by = 'BD-9/M1', "
	    "version = version + 1 WHERE key = 'BD-2026-01'");
}

static char *print_minutes(const char *key)
{
	struct meeting meeting = {0};
	struct buffer text = {0};
	struct error err;

	if (!meeting_read(store, key, &meeting, &err))
		fail_msg("%s", err.text);
	minutes_print(&meeting, 76, &text);
	meeting_free(&meeting);
	return buffer_take(&text);
}

static void approved_minutes_read_the_same_for_good(void **state)
{
	char *approved, *later;

	(void)state;
	approve_the_minutes();
	approved = print_minutes("BD-2026-01");
	assert_non_null(strstr(approved, "Ask three painters; Ada Ruiz, due 2026-12-01\n"));
	assert_non_null(strstr(approved, "Attested on 2026-11-21 by Dr. Ada Osei"));

	/* People marry, leave and change seats; the body is renamed; what was asked for gets done.
	 */
	act("director", "2027-03-01");
	run("UPDATE member SET person = 'Dr. Ada Haddad', role = 'member', "
	    "version = version + 1 WHERE key = 'BD/1'");
	run("UPDATE member SET term_until = '2026-10-31', version = version + 1 "
	    "WHERE key = 'BD/3'");
	run("UPDATE body SET name = 'Governing Board', quorum = 3, version = version + 1 "
	    "WHERE code = 'BD'");
	run("UPDATE staff SET last_name = 'Novak', version = version + 1 WHERE key = 'S-0001'");
	act("clerk", "2027-03-01");
	run("UPDATE action_item SET owner = 'S-0002', due_on = '2027-02-01', status = 'done', "
	    "done_on = today(), done_note = 'Painted', version = version + 1 "
	    "WHERE key = 'AI-0007'");
	later = print_minutes("BD-2026-01");
	assert_string_equal(later, approved);
	free(approved);
	free(later);
}

static void minutes_tell_of_action_items_as_they_stood(void **state)
{
	char *text;

	(void)state;
	two_of_three_sit();
	run("INSERT INTO action_item (key, what, meeting) VALUES "
	    "('AI-0007', 'Ask three painters', 'BD-2026-01'), "
	    "('AI-0008', 'Open the window', 'BD-2026-01')");
	act("clerk", "2026-11-17");
	run("UPDATE action_item SET status = 'done', done_on = today(), done_note = 'Opened', "
	    "version = version + 1 WHERE key = 'AI-0008'");
	act("clerk", "2026-11-21");
	run("UPDATE action_item SET status = 'done', done_on = today(), done_note = 'Asked', "
	    "version = version + 1 WHERE key = 'AI-0007'");
	text = print_minutes("BD-2026-01");
	assert_non_null(strstr(text, "Action items as of Tue 17 Nov 2026\n"));
	assert_non_null(strstr(text, "AI-0007  Ask three painters\n"));
	assert_non_null(strstr(text, "AI-0008  Open the window; done: Opened\n"));
	free(text);
}

static void locked_minutes_say_which_and_what_to_do(void **state)
{
	static const char *const keys[] = {
		"BD-2026-01", "BD-2026-01/1", "BD-2026-01/P1", "BD-2026-01/M1/1", "AI-0007"};
	struct error err;

	(void)state;
	approve_the_minutes();
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		error_clear(&err);
		rules_explain(store, "minutes-locked", keys[i], &err);
		assert_string_equal(err.text,
			"The minutes of BD-2026-01 are approved (BD-9/M1) and locked, with agenda, "
			"attendance, motions and action items. To put something right, add an "
			"amendment by motion to a later meeting.");
	}
}

/* ---- the page's own helpers ---- */

static void marked_as_absent_the_times_go(void **state)
{
	struct meeting meeting = {0};
	struct error err;

	(void)state;
	assert_true(meeting_mark(store, "BD-2026-02", "BD/1", "left_at", "19:05", &err));
	assert_true(meeting_mark(store, "BD-2026-02", "BD/1", "presence", "absent", &err));
	assert_true(meeting_read(store, "BD-2026-02", &meeting, &err));
	assert_string_equal(meeting.attendance[0].presence, "absent");
	assert_string_equal(meeting.attendance[0].left_at, "");
	meeting_free(&meeting);
	error_clear(&err);
	assert_false(meeting_mark(store, "BD-2026-02", "BD/1", "left_at", "19:05", &err));
	assert_string_equal(err.code, "absent-times");
}

static void circulating_warns_of_items_without_minutes(void **state)
{
	const struct record_type *type = record_type_find("meeting");
	const struct action *circulate = record_type_action(type, "circulate");
	struct record *meeting = record_load(store, type, "BD-2026-01", NULL);
	struct buffer said = {0};

	(void)state;
	run("INSERT INTO agenda_item (key, meeting, place, title, minutes) VALUES "
	    "('BD-2026-01/8', 'BD-2026-01', 8, 'Rent', ' '), "
	    "('BD-2026-01/7', 'BD-2026-01', 7, 'Reports', 'Heard.')");
	action_warning(store, circulate, meeting, &said);
	assert_non_null(strstr(buffer_text(&said), "No minutes are written yet of: 8 Rent."));
	buffer_clear(&said);
	run("UPDATE agenda_item SET minutes = 'Paid.', version = version + 1 "
	    "WHERE key = 'BD-2026-01/8'");
	action_warning(store, circulate, meeting, &said);
	assert_int_equal(said.length, 0);
	record_free(meeting);
}

int main(void)
{
#define MOTION_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		MOTION_TEST(a_motion_says_what_it_lacks),
		MOTION_TEST(settings_of_the_body_decide_what_is_lacking),
		MOTION_TEST(a_lost_motion_keeps_its_reason),
		MOTION_TEST(a_request_says_why_its_motion_gives_nothing),
		MOTION_TEST(a_motion_is_about_what_its_field_offers),
		MOTION_TEST(a_question_offers_the_motion_that_binds),
		MOTION_TEST(approved_minutes_read_the_same_for_good),
		MOTION_TEST(minutes_tell_of_action_items_as_they_stood),
		MOTION_TEST(locked_minutes_say_which_and_what_to_do),
		MOTION_TEST(marked_as_absent_the_times_go),
		MOTION_TEST(circulating_warns_of_items_without_minutes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
