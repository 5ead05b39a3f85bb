/*
 * office_votes.c - what a body voted on stays what it was, and is counted by who was there: ways
 * around that, each refused by its rule. GPL-3.0-or-later.
 */
#include "office_sample.h"

#include "office/authority.h"

#define TODAY "2026-11-21"
#define BUMP ", version = version + 1 WHERE key = "
#define BY_BOARD                                                                             \
	"UPDATE request SET status = 'approved', authority = 'Board', motion = "             \
	"'BD-2026-01/M1', decided_by = actor(), decided_at = now(), decision_note = ''" BUMP \
	"'PR-2026-0002'"

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

/* Three of three sit in BD-2026-01 and vote for its first motion. */
static void vote(void)
{
	sample_run(store,
		"INSERT INTO attendance (key, meeting, member) VALUES "
		"('BD-2026-01/P1', 'BD-2026-01', 'BD/1'), ('BD-2026-01/P2', 'BD-2026-01', 'BD/2'), "
		"('BD-2026-01/P3', 'BD-2026-01', 'BD/3')");
	sample_run(store,
		"INSERT INTO motion (key, meeting, text, mover, seconder, votes_for) VALUES "
		"('BD-2026-01/M1', 'BD-2026-01', 'To approve.', 'BD/1', 'BD/2', 3)");
}

static void about(const char *type, const char *subject, const char *amount)
{
	struct buffer sql = {0};

	buffer_format(&sql,
		"INSERT INTO motion_subject (key, motion, type, subject, amount) VALUES "
		"('BD-2026-01/M1/1', 'BD-2026-01/M1', '%s', '%s', %s)",
		type, subject, amount);
	sample_run(store, buffer_text(&sql));
	buffer_free(&sql);
}

static void attest(void)
{
	sample_act(&store, "boss", TODAY);
	sample_run(store, SAMPLE_ATTEST("BD-2026-01/M1"));
	sample_act(&store, "clerk", TODAY);
}

static void take_back(void)
{
	sample_run(store,
		"UPDATE request SET status = 'returned', decision_note = 'To change it.'" BUMP
		"'PR-2026-0002'");
}

/* ---- what the vote was about ---- */

static void assert_said(const char *expected, bool said)
{
	struct authority_request request;
	struct buffer out = {0};

	assert_true(authority_read(store, "PR-2026-0002", &request));
	authority_explain(store, &request, &out);
	if ((strstr(buffer_text(&out), expected) != NULL) != said)
		fail_msg("%s: %s", expected, buffer_text(&out));
	buffer_free(&out);
}

static void assert_overtaken_by(const char *change, bool overtaken)
{
	vote();
	about("request", "PR-2026-0002", "134000");
	attest();
	assert_said("another vendor", false);
	take_back();
	assert_said("With another vendor, purpose, account or item it needs a new one.", true);
	sample_run(store, change);
	assert_said("BD-2026-01/M1 was about it before it was changed.", overtaken);
	sample_run(store, SAMPLE_SUBMIT("PR-2026-0002"));
	sample_act(&store, "other", TODAY);
	if (overtaken)
		sample_refused(store, BY_BOARD, "no-motion", "binding Board motion");
	else
		sample_run(store, BY_BOARD);
}

static void another_vendor_needs_the_board_again(void **state)
{
	(void)state;
	assert_overtaken_by("UPDATE request SET vendor = 'V-0001'" BUMP "'PR-2026-0002'", true);
}

static void another_purpose_needs_the_board_again(void **state)
{
	(void)state;
	assert_overtaken_by("UPDATE request SET purpose = 'A feast'" BUMP "'PR-2026-0002'", true);
}

static void another_item_needs_the_board_again(void **state)
{
	(void)state;
	assert_overtaken_by(
		"UPDATE request_line SET item = 'Champagne'" BUMP "'PR-2026-0002/1'", true);
}

static void another_account_needs_the_board_again(void **state)
{
	(void)state;
	assert_overtaken_by(
		"UPDATE request_line SET account = '6120'" BUMP "'PR-2026-0002/1'", true);
}

static void another_line_needs_the_board_again(void **state)
{
	(void)state;
	vote();
	about("request", "PR-2026-0002", "200000");
	attest();
	take_back();
	sample_run(store,
		"INSERT INTO request_line (key, request, item, account, unit_price) VALUES "
		"('PR-2026-0002/2', 'PR-2026-0002', 'Champagne', '6120', 100)");
	sample_run(store, SAMPLE_SUBMIT("PR-2026-0002"));
	sample_act(&store, "other", TODAY);
	sample_refused(store, BY_BOARD, "no-motion", "binding Board motion");
}

/* The amount of a motion is a ceiling. */
static void a_lower_price_is_still_what_the_board_approved(void **state)
{
	(void)state;
	assert_overtaken_by(
		"UPDATE request_line SET unit_price = 133999" BUMP "'PR-2026-0002/1'", false);
}

/* The vote counts from when it was taken, not from when it was attested. */
static void a_change_before_the_attestation_counts_too(void **state)
{
	(void)state;
	vote();
	about("request", "PR-2026-0002", "134000");
	take_back();
	sample_run(store, "UPDATE request SET vendor = 'V-0001'" BUMP "'PR-2026-0002'");
	sample_run(store, SAMPLE_SUBMIT("PR-2026-0002"));
	attest();
	sample_act(&store, "other", TODAY);
	store_about(store, "PR-2026-0002");
	sample_refused(store, BY_BOARD, "no-motion", "the request was changed since the vote");
	store_about(store, NULL);
}

static void revenue_that_becomes_expense_needs_the_council_again(void **state)
{
	(void)state;
	sample_run(
		store, "INSERT INTO budget (key, fiscal_year, title) VALUES ('B-9', 2027, 'Next')");
	sample_run(store, "INSERT INTO budget_line (key, budget, account, jan) VALUES "
			  "('B-9/1', 'B-9', '7100', 5000)");
	vote();
	about("budget", "B-9", "NULL");
	assert_int_equal(store_integer(store, "SELECT count(*) FROM overtaken", NULL, -1), 0);
	sample_act(&store, "director", TODAY);
	sample_refused(store,
		"UPDATE account SET kind = 'expense', version = version + 1 "
		"WHERE code = '7100'",
		"account-budgeted", "");
	sample_run(store,
		"INSERT INTO account (code, name, kind) VALUES ('4990', 'Grants', 'revenue')");
	sample_act(&store, "clerk", TODAY);
	sample_run(store,
		"INSERT INTO budget (key, fiscal_year, title) VALUES ('B-8', 2027, 'Other')");
	sample_run(store, "INSERT INTO budget_line (key, budget, account, jan) VALUES "
			  "('B-8/1', 'B-8', '4990', 5000)");
	sample_run(store, "INSERT INTO motion_subject (key, motion, type, subject) VALUES "
			  "('BD-2026-01/M1/2', 'BD-2026-01/M1', 'budget', 'B-8')");
	sample_act(&store, "director", TODAY);
	sample_run(store, "UPDATE account SET kind = 'expense', version = version + 1 "
			  "WHERE code = '4990'");
	assert_int_equal(store_integer(store, "SELECT count(*) FROM overtaken WHERE subject = :key",
				 "B-8", -1),
		1);
}

/* Nobody has opened its minutes yet, and still it took place. */
static void the_day_of_a_meeting_counts_and_not_its_minutes(void **state)
{
	static const char change[] =
		"UPDATE budget_line SET jan = 5001, version = version + 1 WHERE key = 'B-9/1'";
	static const char overtaken[] = "SELECT count(*) FROM overtaken WHERE subject = 'B-9'";

	(void)state;
	sample_run(
		store, "INSERT INTO budget (key, fiscal_year, title) VALUES ('B-9', 2027, 'Next')");
	sample_run(store, "INSERT INTO budget_line (key, budget, account, jan) VALUES "
			  "('B-9/1', 'B-9', '6120', 5000)");
	sample_run(store, "INSERT INTO motion (key, meeting, text) VALUES "
			  "('BD-2026-02/M1', 'BD-2026-02', 'To adopt it.')");
	sample_run(store, "INSERT INTO motion_subject (key, motion, type, subject) VALUES "
			  "('BD-2026-02/M1/1', 'BD-2026-02/M1', 'budget', 'B-9')");
	sample_act(&store, "clerk", "2026-12-08");
	sample_run(store, change);
	assert_int_equal(store_integer(store, overtaken, NULL, -1), 0);
	sample_act(&store, "clerk", "2026-12-09");
	sample_run(store, change);
	assert_int_equal(store_integer(store, overtaken, NULL, -1), 1);
}

static void what_nobody_voted_on_is_not_attested(void **state)
{
	(void)state;
	vote();
	sample_run(store, "UPDATE motion SET votes_for = 0" BUMP "'BD-2026-01/M1'");
	sample_act(&store, "boss", TODAY);
	sample_refused(store, SAMPLE_ATTEST("BD-2026-01/M1"), "vote-missing", "Enter the votes");
}

/* ---- who was there ---- */

static void assert_standing(const char *expected)
{
	char *standing = store_text(
		store, "SELECT standing FROM motion_standing WHERE motion = :key", "BD-2026-01/M1");

	assert_string_equal(standing, expected);
	free(standing);
}

static void comings_and_goings_ask_for_the_time_of_the_vote(void **state)
{
	(void)state;
	vote();
	sample_run(store, "UPDATE attendance SET left_at = '18:30'" BUMP "'BD-2026-01/P1'");
	sample_run(store, "UPDATE attendance SET left_at = '18:30'" BUMP "'BD-2026-01/P2'");
	sample_run(store, "UPDATE attendance SET arrived_at = '19:00'" BUMP "'BD-2026-01/P3'");
	assert_standing("the time of the vote is missing; 3 present, quorum 2");
	sample_act(&store, "boss", TODAY);
	sample_refused(store, SAMPLE_ATTEST("BD-2026-01/M1"), "vote-needs-time", "came late");
	sample_act(&store, "clerk", TODAY);
	sample_run(store,
		"UPDATE motion SET voted_at = '18:10', votes_for = 2" BUMP "'BD-2026-01/M1'");
	assert_standing("carries as it stands; 2 present, quorum 2");
	sample_run(store,
		"UPDATE motion SET voted_at = '18:45', votes_for = 1" BUMP "'BD-2026-01/M1'");
	assert_standing("more votes than present: 1; 0 present, quorum 2");
	sample_run(store,
		"UPDATE motion SET voted_at = '18:10', votes_for = 2" BUMP "'BD-2026-01/M1'");
	attest();
	assert_standing("carried");
}

static void a_meeting_may_go_on_past_midnight(void **state)
{
	(void)state;
	vote();
	sample_run(store, "UPDATE attendance SET left_at = '00:30'" BUMP "'BD-2026-01/P1'");
	sample_run(store, "UPDATE attendance SET arrived_at = '17:50'" BUMP "'BD-2026-01/P2'");
	sample_run(store, "UPDATE attendance SET left_at = '23:00'" BUMP "'BD-2026-01/P3'");
	sample_run(store,
		"UPDATE motion SET voted_at = '23:50', votes_for = 2" BUMP "'BD-2026-01/M1'");
	assert_standing("carries as it stands; 2 present, quorum 2");
	sample_run(store, "UPDATE motion SET voted_at = '00:29'" BUMP "'BD-2026-01/M1'");
	assert_standing("carries as it stands; 2 present, quorum 2");
	sample_run(store,
		"UPDATE motion SET voted_at = '00:31', votes_for = 1" BUMP "'BD-2026-01/M1'");
	assert_standing("fails as it stands: no quorum; 1 present, quorum 2");
}

static void without_a_time_on_the_notice_the_call_to_order_counts(void **state)
{
	(void)state;
	vote();
	sample_run(store,
		"UPDATE meeting SET starts_at = '', called_at = '19:00'" BUMP "'BD-2026-01'");
	sample_run(store, "UPDATE attendance SET arrived_at = '19:30'" BUMP "'BD-2026-01/P3'");
	sample_run(store, "UPDATE motion SET voted_at = '00:20'" BUMP "'BD-2026-01/M1'");
	assert_standing("carries as it stands; 3 present, quorum 2");
}

static void who_came_after_the_vote_did_not_second_it(void **state)
{
	(void)state;
	vote();
	sample_run(store, "UPDATE attendance SET arrived_at = '19:30'" BUMP "'BD-2026-01/P2'");
	sample_run(store, "UPDATE attendance SET left_at = '18:50'" BUMP "'BD-2026-01/P1'");
	sample_run(store,
		"UPDATE motion SET voted_at = '19:00', votes_for = 1" BUMP "'BD-2026-01/M1'");
	assert_standing(
		"fails as it stands: the seconder was not there to vote, no quorum; 1 present, "
		"quorum 2");
}

static void a_meeting_with_votes_took_place(void **state)
{
	static const char cancel[] = "UPDATE meeting SET status = 'cancelled'" BUMP "'BD-2026-02'";

	(void)state;
	sample_run(store, "INSERT INTO motion (key, meeting, text, votes_against) VALUES "
			  "('BD-2026-02/M1', 'BD-2026-02', 'To plan.', 3)");
	sample_act(&store, "clerk", "2026-12-08");
	sample_refused(store, cancel, "meeting-voted", "took place");
	sample_run(store, "UPDATE motion SET votes_against = 0" BUMP "'BD-2026-02/M1'");
	sample_run(store, cancel);
}

static void one_person_has_one_seat(void **state)
{
	(void)state;
	sample_act(&store, "director", TODAY);
	sample_refused(store,
		"INSERT INTO member (key, body, person, term_from) VALUES "
		"('BD/9', 'BD', ' dr. ada osei ', '2027-01-01')",
		"seat-taken", "one seat and one vote");
	sample_run(store, "INSERT INTO member (key, body, person, term_from) VALUES "
			  "('BD/9', 'BD', 'Dr. Fay Lund', '2027-01-01')");
	sample_refused(store, "UPDATE member SET person = 'Dr. Ada Osei'" BUMP "'BD/9'",
		"seat-taken", "one seat and one vote");
	sample_run(store, "INSERT INTO member (key, body, person) VALUES "
			  "('CC/9', 'CC', 'Dr. Ada Osei')");
	sample_run(store, "UPDATE member SET term_until = '2026-12-31'" BUMP "'BD/1'");
	sample_run(store, "UPDATE member SET person = 'Dr. Ada Osei'" BUMP "'BD/9'");
	sample_refused(store, "UPDATE member SET term_until = NULL" BUMP "'BD/1'", "seat-taken",
		"one seat and one vote");
}

static void quorum_stands_from_the_day_of_the_meeting(void **state)
{
	static const char quorum[] =
		"UPDATE body SET quorum = 1, version = version + 1 WHERE code = 'BD'";

	(void)state;
	vote();
	sample_run(store, "UPDATE motion SET votes_for = 0" BUMP "'BD-2026-01/M1'");
	sample_run(store, "INSERT INTO motion (key, meeting, text) VALUES "
			  "('BD-2026-02/M1', 'BD-2026-02', 'To plan.')");
	sample_act(&store, "director", TODAY);
	sample_refused(store, quorum, "votes-wait", "not attested yet");
	sample_act(&store, "clerk", TODAY);
	sample_run(store, "DELETE FROM motion WHERE key = 'BD-2026-01/M1'");
	sample_act(&store, "director", "2026-12-08");
	sample_refused(store, quorum, "votes-wait", "not attested yet");
	sample_act(&store, "director", "2026-12-07");
	sample_run(store, quorum);
}

/* ---- minutes ---- */

/* The minutes of BD-2026-01 go out, are changed so, and BD-9 approves them as circulated. */
static void approve_minutes(const char *change, const char *between, bool approved)
{
	static const char as_circulated[] =
		"UPDATE meeting SET status = 'approved', approved_by = 'BD-9/M1'" BUMP
		"'BD-2026-01'";
	static const char circulate[] =
		"UPDATE meeting SET status = 'circulated', circulated_on = today()" BUMP
		"'BD-2026-01'";

	sample_run(store, "INSERT INTO agenda_item (key, meeting, place, title, minutes) VALUES "
			  "('BD-2026-01/1', 'BD-2026-01', 1, 'Roof', 'It leaks.')");
	vote();
	sample_run(store, "INSERT INTO motion (key, meeting, text, mover) VALUES "
			  "('BD-2026-01/M2', 'BD-2026-01', 'To wait.', 'BD/1')");
	sample_run(store, circulate);
	attest();
	sample_act(&store, "clerk", "2026-12-18");
	if (change != NULL)
		sample_run(store, change);
	sample_run(store, "INSERT INTO meeting (key, body, held_on) VALUES "
			  "('BD-9', 'BD', '2026-12-17')");
	sample_run(store, SAMPLE_OPEN("BD-9"));
	sample_run(store, "INSERT INTO attendance (key, meeting, member) VALUES "
			  "('BD-9/P1', 'BD-9', 'BD/1'), ('BD-9/P2', 'BD-9', 'BD/2')");
	sample_run(store,
		"INSERT INTO motion (key, meeting, text, mover, seconder, votes_for) "
		"VALUES ('BD-9/M1', 'BD-9', 'To approve the minutes.', 'BD/1', 'BD/2', 2)");
	sample_run(store, "INSERT INTO motion_subject (key, motion, type, subject) VALUES "
			  "('BD-9/M1/1', 'BD-9/M1', 'meeting', 'BD-2026-01')");
	sample_act(&store, "boss", "2026-12-18");
	sample_run(store, SAMPLE_ATTEST("BD-9/M1"));
	sample_act(&store, "clerk", "2026-12-18");
	if (between != NULL) {
		sample_run(store, "UPDATE meeting SET status = 'draft', circulated_on = NULL" BUMP
				  "'BD-2026-01'");
		sample_run(store, between);
		sample_run(store, circulate);
	}
	if (approved) {
		sample_run(store, as_circulated);
		return;
	}
	sample_refused(store, as_circulated, "minutes-changed", "As corrected");
	sample_run(store, "UPDATE meeting SET status = 'approved', approved_by = 'BD-9/M1', "
			  "corrected = 1" BUMP "'BD-2026-01'");
}

static void minutes_as_circulated_are_approved(void **state)
{
	(void)state;
	approve_minutes(NULL, NULL, true);
}

static void changed_minutes_are_approved_as_corrected(void **state)
{
	(void)state;
	approve_minutes("UPDATE agenda_item SET minutes = 'The director may spend freely.'" BUMP
			"'BD-2026-01/1'",
		NULL, false);
}

static void a_changed_head_of_minutes_is_a_correction(void **state)
{
	(void)state;
	approve_minutes("UPDATE meeting SET guests = 'The King'" BUMP "'BD-2026-01'", NULL, false);
}

static void a_motion_added_to_minutes_is_a_correction(void **state)
{
	(void)state;
	approve_minutes("INSERT INTO motion (key, meeting, text) VALUES "
			"('BD-2026-01/M3', 'BD-2026-01', 'To feast.')",
		NULL, false);
}

static void a_new_subject_is_a_correction_of_the_minutes(void **state)
{
	(void)state;
	approve_minutes("INSERT INTO motion_subject (key, motion, type, subject) VALUES "
			"('BD-2026-01/M2/1', 'BD-2026-01/M2', 'budget', 'B-2026-0001')",
		NULL, false);
}

static void a_withdrawn_motion_is_a_correction_of_the_minutes(void **state)
{
	(void)state;
	approve_minutes(
		"UPDATE motion SET outcome = 'withdrawn'" BUMP "'BD-2026-01/M2'", NULL, false);
}

static void a_new_action_item_is_a_correction_of_the_minutes(void **state)
{
	(void)state;
	approve_minutes("INSERT INTO action_item (key, what, owner, due_on, meeting) VALUES "
			"('AI-9', 'Sing', 'S-0001', '2026-12-30', 'BD-2026-01')",
		NULL, false);
}

/* Attested in the meantime, and taken back for nothing, they are what the members had. */
static void minutes_that_went_out_again_unchanged_are_approved(void **state)
{
	(void)state;
	approve_minutes(NULL, "SELECT 1", true);
}

static void minutes_that_went_out_again_after_the_vote_are_corrected(void **state)
{
	(void)state;
	approve_minutes(NULL,
		"UPDATE agenda_item SET minutes = 'The director may spend freely.'" BUMP
		"'BD-2026-01/1'",
		false);
}

/* ---- one's own pay ---- */

static void own_pay_stays_own_when_the_login_is_untied(void **state)
{
	static const char pay[] = "INSERT INTO staff_pay (staff, pay_basis, pay_rate) VALUES "
				  "('S-0002', 'year', 99900000)";
	static const char tie[] =
		"UPDATE user SET staff = 'S-0002', version = version + 1 WHERE login = real_login()";
	static const char untie[] =
		"UPDATE user SET staff = NULL, version = version + 1 WHERE login = real_login()";

	(void)state;
	sample_act(&store, "director", "2026-11-21");
	sample_run(store, "UPDATE user SET staff = 'S-0001', version = version + 1 "
			  "WHERE login = real_login()");
	sample_act(&store, "director", "2026-11-23");
	sample_run(store, tie); /* the first was a mistake, put right within the week */
	sample_refused(store, pay, "own-pay", "nobody sets their own");
	sample_act(&store, "director", "2026-12-01");
	sample_run(store, untie);
	sample_refused(store, pay, "own-pay", "nobody sets their own");
	sample_run(store, "INSERT INTO staff_pay (staff, pay_basis, pay_rate) VALUES "
			  "('S-0001', 'year', 4000000)");
}

int main(void)
{
#define VOTE_TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
		VOTE_TEST(another_vendor_needs_the_board_again),
		VOTE_TEST(another_purpose_needs_the_board_again),
		VOTE_TEST(another_item_needs_the_board_again),
		VOTE_TEST(another_account_needs_the_board_again),
		VOTE_TEST(another_line_needs_the_board_again),
		VOTE_TEST(a_lower_price_is_still_what_the_board_approved),
		VOTE_TEST(a_change_before_the_attestation_counts_too),
		VOTE_TEST(revenue_that_becomes_expense_needs_the_council_again),
		VOTE_TEST(the_day_of_a_meeting_counts_and_not_its_minutes),
		VOTE_TEST(what_nobody_voted_on_is_not_attested),
		VOTE_TEST(comings_and_goings_ask_for_the_time_of_the_vote),
		VOTE_TEST(a_meeting_may_go_on_past_midnight),
		VOTE_TEST(without_a_time_on_the_notice_the_call_to_order_counts),
		VOTE_TEST(who_came_after_the_vote_did_not_second_it),
		VOTE_TEST(a_meeting_with_votes_took_place),
		VOTE_TEST(one_person_has_one_seat),
		VOTE_TEST(quorum_stands_from_the_day_of_the_meeting),
		VOTE_TEST(minutes_as_circulated_are_approved),
		VOTE_TEST(changed_minutes_are_approved_as_corrected),
		VOTE_TEST(a_changed_head_of_minutes_is_a_correction),
		VOTE_TEST(a_motion_added_to_minutes_is_a_correction),
		VOTE_TEST(a_new_subject_is_a_correction_of_the_minutes),
		VOTE_TEST(a_withdrawn_motion_is_a_correction_of_the_minutes),
		VOTE_TEST(a_new_action_item_is_a_correction_of_the_minutes),
		VOTE_TEST(minutes_that_went_out_again_unchanged_are_approved),
		VOTE_TEST(minutes_that_went_out_again_after_the_vote_are_corrected),
		VOTE_TEST(own_pay_stays_own_when_the_login_is_untied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
