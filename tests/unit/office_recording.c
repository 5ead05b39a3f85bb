/*
 * office_recording.c - one recording secretary per meeting: who may do what while somebody
 * records, as plain SQL on the program's own connection, and how a recording begins, goes over to
 * another and ends. GPL-3.0-or-later.
 */
#include "office_sample.h"

#include <sys/wait.h>

#include "office/recording.h"
#include "store/holder.h"

#define BUMP "version = version + 1"

struct step {
	const char *who; /* logins of the sample; "clerk" records BD-2026-01 */
	const char *what;
	const char *code; /* NULL: allowed */
};

/* BD-2026-01 is a coming meeting of the sample's Board; each step is undone again. */
static const struct step steps[] = {
	{"clerk",
		"INSERT INTO agenda_item (key, meeting, title) VALUES ('BD-2026-01/9', 'BD-2026-01', 'X')",
		NULL},
	{"other",
		"INSERT INTO agenda_item (key, meeting, title) VALUES ('BD-2026-01/9', 'BD-2026-01', 'X')",
		"recorded-by-other"},
	{"director",
		"INSERT INTO agenda_item (key, meeting, title) VALUES ('BD-2026-01/9', 'BD-2026-01', 'X')",
		"recorded-by-other"},
	{"other", "UPDATE agenda_item SET minutes = 'Y', " BUMP " WHERE key = 'BD-2026-01/1'",
		"recorded-by-other"},
	{"other", "DELETE FROM agenda_item WHERE key = 'BD-2026-01/1'", "recorded-by-other"},
	{"other",
		"INSERT INTO attendance (key, meeting, member) VALUES ('BD-2026-01/P9', 'BD-2026-01', 'BD/3')",
		"recorded-by-other"},
	{"other", "UPDATE attendance SET presence = 'absent', " BUMP " WHERE key = 'BD-2026-01/P1'",
		"recorded-by-other"},
	{"other", "DELETE FROM attendance WHERE key = 'BD-2026-01/P1'", "recorded-by-other"},
	{"clerk", "UPDATE attendance SET presence = 'absent', " BUMP " WHERE key = 'BD-2026-01/P1'",
		NULL},
	{"other",
		"INSERT INTO motion (key, meeting, text) VALUES ('BD-2026-01/M9', 'BD-2026-01', 'X')",
		"recorded-by-other"},
	{"other", "UPDATE motion SET votes_for = 1, " BUMP " WHERE key = 'BD-2026-01/M1'",
		"recorded-by-other"},
	{"other", "DELETE FROM motion WHERE key = 'BD-2026-01/M2'", "recorded-by-other"},
	{"clerk", "UPDATE motion SET votes_for = 1, " BUMP " WHERE key = 'BD-2026-01/M1'", NULL},
	{"other",
		"INSERT INTO motion_subject (key, motion, type, subject) VALUES ('BD-2026-01/M1/9', 'BD-2026-01/M1', 'budget', 'B-2026-0001')",
		"recorded-by-other"},
	{"clerk",
		"INSERT INTO motion_subject (key, motion, type, subject) VALUES ('BD-2026-01/M1/9', 'BD-2026-01/M1', 'budget', 'B-2026-0001')",
		NULL},
	{"other", "UPDATE meeting SET place = 'Elsewhere', " BUMP " WHERE key = 'BD-2026-01'",
		"recorded-by-other"},
	{"clerk", "UPDATE meeting SET place = 'Elsewhere', " BUMP " WHERE key = 'BD-2026-01'",
		NULL},
	/* the chair attests meanwhile, and does nothing else with it */
	{"boss", SAMPLE_ATTEST("BD-2026-01/M1"), NULL},
	{"boss", "UPDATE motion SET text = 'X', " BUMP " WHERE key = 'BD-2026-01/M1'",
		"recorded-by-other"},
	/* what belongs to no meeting that is recorded waits for nobody */
	{"other", "UPDATE vendor SET city = 'Reno', " BUMP " WHERE key = 'V-0001'", NULL},
	{"other", "UPDATE meeting SET place = 'Elsewhere', " BUMP " WHERE key = 'BD-2026-02'",
		NULL},
	/* the recording itself */
	{"other", "DELETE FROM recording WHERE meeting = 'BD-2026-01'", "recorded-by-other"},
	{"clerk", "DELETE FROM recording WHERE meeting = 'BD-2026-01'", NULL},
	{"other", "UPDATE recording SET login = actor(), since = now(), session = '1 1 1'",
		"recording-reason"},
	{"other",
		"UPDATE recording SET login = actor(), since = now(), session = '1 1 1', reason = ' '",
		"recording-reason"},
	{"other",
		"UPDATE recording SET login = actor(), since = now(), session = '1 1 1', reason = 'Ill'",
		NULL},
	{"other", "UPDATE recording SET login = 'director', since = now(), reason = 'Ill'",
		"recording-own"},
	{"other",
		"UPDATE recording SET login = actor(), since = '2020-01-01T00:00:00Z', reason = 'Ill'",
		"recording-own"},
	{"clerk", "UPDATE recording SET login = actor(), since = now(), session = '2 2 2'", NULL},
	{"other",
		"INSERT INTO recording (meeting, login, since, session) VALUES ('BD-2026-01', actor(), now(), '1')",
		"key-taken"},
	{"other",
		"INSERT INTO recording (meeting, login, since, session) VALUES ('BD-2026-02', 'clerk', now(), '1')",
		"recording-own"},
	{"boss",
		"INSERT INTO recording (meeting, login, since, session) VALUES ('BD-2026-02', actor(), now(), '1')",
		"not-your-role"},
	{"guest", "UPDATE recording SET login = actor(), since = now(), reason = 'Ill'",
		"not-your-role"},
};

/* Runs one statement as a login and takes it back; "" for allowed, else the code. */
static const char *try(const char *who, const char *what, struct error *err)
{
	struct store *store = office_reopen(strcmp(who, "director") == 0 ? NULL : who);
	bool ok;

	error_clear(err);
	assert_true(store_begin(store, NULL));
	store_about(store, "BD-2026-01");
	ok = store_run(store, what, err);
	store_about(store, NULL);
	store_rollback(store);
	store_close(store);
	return ok ? "" : err->code;
}

static void prepare(void)
{
	struct store *store = office_reopen("clerk");
	struct error err;
	static const char *const sql[] = {
		"INSERT INTO agenda_item (key, meeting, title) VALUES ('BD-2026-01/1', 'BD-2026-01', 'Item')",
		"INSERT INTO attendance (key, meeting, member) VALUES ('BD-2026-01/P1', 'BD-2026-01', 'BD/1'), "
		"('BD-2026-01/P2', 'BD-2026-01', 'BD/2')",
		"INSERT INTO motion (key, meeting, text, mover, seconder, votes_for) VALUES "
		"('BD-2026-01/M1', 'BD-2026-01', 'To do it.', 'BD/1', 'BD/2', 2), "
		"('BD-2026-01/M2', 'BD-2026-01', 'To wait.', 'BD/1', 'BD/2', 0)"};

	for (size_t i = 0; i < sizeof sql / sizeof *sql; i++)
		if (!store_run(store, sql[i], &err))
			fail_msg("%s: %s", sql[i], err.text);
	if (!recording_take(store, "BD-2026-01", &err))
		fail_msg("%s", err.text);
	store_close(store);
}

static void who_may_do_what_while_somebody_records(void **state)
{
	struct store *store = sample_open(NULL);
	struct error err;

	(void)state;
	prepare();
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		const char *code = try(steps[i].who, steps[i].what, &err);
		const char *wanted = steps[i].code == NULL ? "" : steps[i].code;

		if (strcmp(code, wanted) != 0)
			fail_msg("%s: %s: \"%s\" (%s), not \"%s\"", steps[i].who, steps[i].what,
				code, err.text, wanted);
	}
	office_close(store);
}

static void the_sentence_names_who_and_since_when(void **state)
{
	struct store *store = sample_open(NULL);
	struct error err;

	(void)state;
	prepare();
	try("other", "UPDATE agenda_item SET minutes = 'Y', " BUMP " WHERE key = 'BD-2026-01/1'",
		&err);
	assert_non_null(strstr(err.text, "A. Ruiz has been recording BD-2026-01 since 2026-"));
	office_close(store);
}

static void the_same_session_or_login_goes_on_and_another_waits(void **state)
{
	struct store *store = sample_open(NULL), *clerk, *other;
	struct recording now;
	struct error err;

	(void)state;
	prepare();
	clerk = office_reopen("clerk");
	other = office_reopen("other");
	assert_true(recording_take(clerk, "BD-2026-01", &err));
	assert_false(recording_take(other, "BD-2026-01", &err));
	assert_string_equal(err.code, "recorded-by-other");
	assert_non_null(strstr(err.text, "A. Ruiz"));
	assert_false(recording_take_over(other, "BD-2026-01", " ", &err));
	assert_true(recording_take_over(other, "BD-2026-01", "Ada left the room.", &err));
	assert_true(recording_read(clerk, "BD-2026-01", &now));
	assert_string_equal(now.name, "M. Chen");
	assert_string_equal(now.reason, "Ada left the room.");
	assert_false(now.own);
	/* Who lost it does not end it. */
	recording_release(clerk, "BD-2026-01");
	assert_true(recording_read(other, "BD-2026-01", &now));
	assert_true(now.mine);
	recording_release(other, "BD-2026-01");
	assert_false(recording_read(other, "BD-2026-01", &now));
	assert_true(recording_take(clerk, "BD-2026-01", &err));
	store_close(clerk);
	store_close(other);
	office_close(store);
}

/* A process that took it and is gone without a word. */
static void record_and_crash(void)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		struct store *clerk = office_reopen("clerk");

		_exit(recording_take(clerk, "BD-2026-01", NULL) ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void what_a_crash_left_anyone_takes_at_once(void **state)
{
	struct store *store = sample_open(NULL), *other;
	struct recording now;
	struct error err;

	(void)state;
	record_and_crash();
	other = office_reopen("other");
	assert_true(recording_read(other, "BD-2026-01", &now));
	assert_true(now.left);
	assert_false(recording_by_other(other, "BD-2026-01", NULL));
	if (!recording_take(other, "BD-2026-01", &err))
		fail_msg("%s", err.text);
	assert_true(recording_read(other, "BD-2026-01", &now));
	assert_true(now.mine);
	assert_non_null(strstr(now.reason, "session had ended"));
	store_close(other);
	office_close(store);
}

enum door { SAVE, ADD, ACT, DELETE, DOORS };

static bool go_through(struct store *store, enum door door, struct error *err)
{
	const struct record_type *motion = record_type_find("motion");
	struct record *record =
		door == ADD
			? record_start(store, record_type_find("motion-subject"), "BD-2026-01/M1")
			: record_load(store, door == ACT ? motion : record_type_find("agenda-item"),
				  door == ACT ? "BD-2026-01/M2" : "BD-2026-01/1", err);
	bool ok = false;

	assert_non_null(record);
	if (door == SAVE)
		ok = record_set(store, record, "minutes", "Y", err) &&
		     record_save(store, record, err);
	else if (door == ADD)
		ok = record_set(store, record, "type", "budget", err) &&
		     record_set(store, record, "subject", "B-2026-0001", err) &&
		     record_save(store, record, err);
	else if (door == ACT)
		ok = action_do(store, motion, "BD-2026-01/M2",
			record_type_action(motion, "withdraw"), NULL, record->version, NULL, err);
	else
		ok = record_delete(store, record, err);
	record_free(record);
	return ok;
}

/* Whatever is written, and by whichever door, without the page where one takes a recording. */
static void what_a_crash_left_stands_in_the_way_of_nothing(void **state)
{
	struct store *store = sample_open(NULL), *other;
	struct recording now;
	struct error err;

	(void)state;
	prepare();
	for (enum door door = SAVE; door < DOORS; door++) {
		struct store *clerk = office_reopen("clerk");

		other = office_reopen("other");
		assert_true(recording_take(clerk, "BD-2026-01", &err));
		assert_false(go_through(other, door, &err));
		assert_string_equal(err.code, "recorded-by-other");
		recording_release(clerk, "BD-2026-01");
		store_close(clerk);
		record_and_crash();
		if (!go_through(other, door, &err))
			fail_msg("door %d: %s", (int)door, err.text);
		assert_false(recording_read(other, "BD-2026-01", &now));
		store_close(other);
	}
	office_close(store);
}

static void the_history_tells_of_it(void **state)
{
	struct store *store = sample_open(NULL), *other;

	(void)state;
	prepare();
	other = office_reopen("other");
	assert_true(recording_take_over(other, "BD-2026-01", "Ada left.", NULL));
	assert_true(store_exists(other,
		"SELECT 1 FROM audit_seen WHERE type = 'recording' AND key = :key AND who = 'other' "
		"AND instr(after, 'Ada left.') > 0",
		"BD-2026-01"));
	store_close(other);
	office_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_may_do_what_while_somebody_records),
		cmocka_unit_test(the_sentence_names_who_and_since_when),
		cmocka_unit_test(the_same_session_or_login_goes_on_and_another_waits),
		cmocka_unit_test(what_a_crash_left_anyone_takes_at_once),
		cmocka_unit_test(what_a_crash_left_stands_in_the_way_of_nothing),
		cmocka_unit_test(the_history_tells_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
