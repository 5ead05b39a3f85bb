/*
 * report_minutes.c - the minutes as text, word for word, and the order of an agenda.
 * GPL-3.0-or-later.
 */
#include "office_sample.h"

#include "office/check.h"
#include "report/minutes.h"

static void run(struct store *store, const char *sql)
{
	struct error err;

	if (!store_run(store, sql, &err))
		fail_msg("%s: %s", sql, err.text);
}

static void write_meeting(struct store *store)
{
	run(store,
		"UPDATE meeting SET called_at = '18:02', adjourned_at = '19:40', guests = 'A. Ruiz', "
		"secretary = 'Dr. Jan Novak', version = version + 1 WHERE key = 'BD-2026-01'");
	run(store, "INSERT INTO attendance (key, meeting, member, presence, left_at) VALUES "
		   "('BD-2026-01/P1', 'BD-2026-01', 'BD/1', 'present', ''), "
		   "('BD-2026-01/P2', 'BD-2026-01', 'BD/2', 'present', '19:05'), "
		   "('BD-2026-01/P3', 'BD-2026-01', 'BD/3', 'excused', '')");
	run(store, "INSERT INTO agenda_item (key, meeting, place, title, minutes) VALUES "
		   "('BD-2026-01/1', 'BD-2026-01', 1, 'Reports', 'Fees were reported.'), "
		   "('BD-2026-01/2', 'BD-2026-01', 2, 'Requests for the Board', '')");
	run(store,
		"INSERT INTO motion (key, meeting, agenda_item, text, mover, seconder, voted_at, "
		"votes_for) VALUES ('BD-2026-01/M1', 'BD-2026-01', 'BD-2026-01/2', "
		"'To approve PR-2026-0002, Dell, server memory, not to exceed 1,340.00.', "
		"'BD/1', 'BD/2', '18:31', 2)");
	run(store, "INSERT INTO motion_subject (key, motion, type, subject, amount) VALUES "
		   "('BD-2026-01/M1/1', 'BD-2026-01/M1', 'request', 'PR-2026-0002', 134000)");
}

static void read_or_fail(struct store *store, const char *key, struct meeting *meeting)
{
	struct error err;

	if (!meeting_read(store, key, meeting, &err))
		fail_msg("%s", err.text);
}

/* The last line says how far the history has come, which differs from one login to another. */
static void cut_record(struct store *store, struct buffer *text)
{
	struct buffer record = {0};
	char *line = strstr(text->data, "Record ");

	check_print_head(store, 0, &record);
	buffer_add_char(&record, '\n');
	assert_non_null(line);
	assert_string_equal(line, buffer_text(&record));
	*line = '\0';
	buffer_free(&record);
}

static void test_minutes_say_what_was_done(void **state)
{
	struct store *store = sample_open("clerk");
	struct meeting meeting = {0};
	struct buffer text = {0};

	(void)state;
	write_meeting(store);
	read_or_fail(store, "BD-2026-01", &meeting);
	minutes_print(&meeting, 76, &text);
	cut_record(store, &text);
	assert_string_equal(buffer_text(&text),
		"                                   Board\n"
		"             Minutes of the regular meeting of Tue 17 Nov 2026\n"
		"                                 BD-2026-01\n"
		"\n"
		"Held:       Tue 17 Nov 2026, called to order at 18:02, adjourned at 19:40\n"
		"Place:      Conference room\n"
		"Present:    Dr. Ada Osei (chair), Dr. Jan Novak (secretary, until 19:05)\n"
		"Excused:    Dr. Lin Park\n"
		"Guests:     A. Ruiz\n"
		"Quorum:     2 of 3 voting members came, 2 needed: a quorum\n"
		"Minutes by: Dr. Jan Novak\n"
		"\n"
		"1. Reports\n"
		"   Fees were reported.\n"
		"\n"
		"2. Requests for the Board\n"
		"\n"
		"   Motion BD-2026-01/M1, moved by Dr. Ada Osei, seconded by Dr. Jan Novak:\n"
		"      To approve PR-2026-0002, Dell, server memory, not to exceed 1,340.00.\n"
		"   For 2, against 0, abstained 0, recused 0, at 18:31; 2 present, quorum 2.\n"
		"   Carries as it stands, not attested yet.\n"
		"   About: request PR-2026-0002 up to 1,340.00.\n"
		"\n"
		"Action items as of Tue 17 Nov 2026\n"
		"   AI-0001  Get a second quote; Ada Ruiz, due 2026-11-15 (from BD-2025-01)\n"
		"   AI-0002  Renew the lease; Mei Chen, due 2026-12-20 (from BD-2025-01)\n"
		"\n"
		"Draft, not circulated yet.\n");
	buffer_free(&text);
	meeting_free(&meeting);
	office_close(store);
}

static void test_minutes_wrap_at_any_width(void **state)
{
	struct store *store = sample_open("clerk");
	struct meeting meeting = {0};

	(void)state;
	write_meeting(store);
	read_or_fail(store, "BD-2026-01", &meeting);
	for (int columns = 30; columns < 80; columns += 7) {
		struct buffer text = {0};
		const char *line;

		minutes_print(&meeting, columns, &text);
		line = buffer_text(&text);
		for (const char *end; (end = strchr(line, '\n')) != NULL; line = end + 1)
			if (end - line > columns && strstr(line, "Minutes of the") == NULL)
				fail_msg("%d columns: %.*s", columns, (int)(end - line), line);
		buffer_free(&text);
	}
	meeting_free(&meeting);
	office_close(store);
}

static void test_a_file_that_is_there_is_left_alone(void **state)
{
	struct store *store = sample_open("clerk");
	struct meeting meeting = {0};
	struct error err;
	char path[128];

	(void)state;
	snprintf(path, sizeof path, "%s/minutes.txt", office_directory);
	read_or_fail(store, "BD-2025-01", &meeting);
	assert_true(minutes_write(NULL, &meeting, path, &err));
	assert_false(minutes_write(NULL, &meeting, path, &err));
	assert_non_null(strstr(err.text, "is there already; give another name."));
	meeting_free(&meeting);
	office_close(store);
}

static void test_quorum_counts_who_is_there_now(void **state)
{
	struct store *store = sample_open("clerk");
	struct meeting meeting = {0};
	struct error err;

	(void)state;
	read_or_fail(store, "BD-2026-02", &meeting);
	assert_int_equal(meeting.seats, 3);
	assert_int_equal(meeting.present, 0);
	assert_true(meeting_mark(store, "BD-2026-02", "BD/1", "presence", "present", &err));
	assert_true(meeting_mark(store, "BD-2026-02", "BD/2", "presence", "present", &err));
	assert_true(meeting_mark(store, "BD-2026-02", "BD/3", "presence", "absent", &err));
	read_or_fail(store, "BD-2026-02", &meeting);
	assert_int_equal(meeting.present, 2);
	assert_true(meeting_mark(store, "BD-2026-02", "BD/2", "left_at", "19:05", &err));
	read_or_fail(store, "BD-2026-02", &meeting);
	assert_int_equal(meeting.present, 1);
	assert_string_equal(meeting.attendance[1].left_at, "19:05");
	meeting_free(&meeting);
	office_close(store);
}

static void test_items_move_and_are_numbered_anew(void **state)
{
	struct store *store = sample_open("clerk");
	struct meeting meeting = {0};
	struct buffer key = {0};
	struct error err;

	(void)state;
	assert_true(meeting_add_item(store, "BD-2026-02", "First", &key, &err));
	assert_true(meeting_add_item(store, "BD-2026-02", "Second", &key, &err));
	assert_true(meeting_add_item(store, "BD-2026-02", "Third", &key, &err));
	read_or_fail(store, "BD-2026-02", &meeting);
	assert_true(meeting_move_item(store, &meeting, 2, -1, &err));
	read_or_fail(store, "BD-2026-02", &meeting);
	assert_string_equal(meeting.items[1].title, "Third");
	assert_true(meeting_move_item(store, &meeting, 0, 1, &err));
	read_or_fail(store, "BD-2026-02", &meeting);
	assert_string_equal(meeting.items[0].title, "Third");
	assert_string_equal(meeting.items[1].title, "First");
	assert_false(meeting_move_item(store, &meeting, 0, -1, &err));
	assert_int_equal(
		store_integer(store, "SELECT max(place) FROM agenda_item WHERE meeting = :key",
			"BD-2026-02", 0),
		3);
	buffer_free(&key);
	meeting_free(&meeting);
	office_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_minutes_say_what_was_done),
		cmocka_unit_test(test_minutes_wrap_at_any_width),
		cmocka_unit_test(test_a_file_that_is_there_is_left_alone),
		cmocka_unit_test(test_quorum_counts_who_is_there_now),
		cmocka_unit_test(test_items_move_and_are_numbered_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
