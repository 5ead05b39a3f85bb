/*
 * office_replay.c - whatever the program writes, its history leads to; whatever is written past the
 * triggers shows, and is told without what is private. And approvals are asked again by the limit
 * of their day. GPL-3.0-or-later.
 */
#include "office_sample.h"

#include <sqlite3.h>

#include "office/check.h"
#include "store/verify.h"

static struct store *store;

static int open_sample(void **state)
{
	(void)state;
	store = sample_open(NULL);
	return 0;
}

static int close_sample(void **state)
{
	(void)state;
	office_close(store);
	return 0;
}

static void must_run(const char *sql)
{
	struct error err;

	if (!store_run(store, sql, &err))
		fail_msg("%s: %s %s", sql, err.code, err.text);
}

static void act_as(const char *login)
{
	store_close(store);
	store = office_reopen(login);
}

/* ---- what is found ---- */

static char found[2048];

static void add_found(const char *text, void *context)
{
	size_t length = strlen(found);

	(void)context;
	snprintf(found + length, sizeof found - length, "%s%s", length > 0 ? "\n" : "", text);
}

static int64_t look(void)
{
	struct error err;
	struct store *copy = verify_copy(store, &err);
	int64_t rows = 0;

	assert_non_null(copy);
	found[0] = '\0';
	if (!verify_rows(copy, add_found, NULL, &rows, &err))
		fail_msg("%s", err.text);
	store_close(copy);
	return rows;
}

static void must_be_whole(void)
{
	assert_true(look() > 50);
	assert_string_equal(found, "");
}

/* With another program than ours, which lets no trigger run; put back afterwards. */
static void past_triggers(const char *sql)
{
	sqlite3 *db;
	char *said = NULL;

	assert_int_equal(sqlite3_open(office_path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &said) != SQLITE_OK)
		fail_msg("%s: %s", sql, said);
	assert_true(sqlite3_changes(db) > 0);
	sqlite3_close(db);
}

static void must_find(const char *sql, const char *back, const char *words)
{
	past_triggers(sql);
	look();
	if (strcmp(found, words) != 0)
		fail_msg("%s: found \"%s\", not \"%s\"", sql, found, words);
	past_triggers(back);
	must_be_whole();
}

static void rows_changed_past_the_triggers(void **state)
{
	(void)state;
	must_run("INSERT INTO client (key, name, phone) VALUES ('C-0001', 'Oak Street', '555')");
	must_find("UPDATE client SET phone = '556'", "UPDATE client SET phone = '555'",
		"client C-0001 is not as its history leads to: phone");
	must_find("UPDATE client SET phone = '', fax = '1'",
		"UPDATE client SET phone = '555', fax = ''",
		"client C-0001 is not as its history leads to: phone, fax");
	must_find("UPDATE actual SET amount = amount + 1 WHERE key > 'A-0005'",
		"UPDATE actual SET amount = amount - 1 WHERE key > 'A-0005'",
		"actual A-0006 is not as its history leads to: amount; so with 1 more of actual");
	must_find("UPDATE policy SET amount = 200000", "UPDATE policy SET amount = 100000",
		"policy approval-limit is not as its history leads to: amount");
	must_find("UPDATE user SET role = 'director' WHERE login = 'clerk'",
		"UPDATE user SET role = 'staff' WHERE login = 'clerk'",
		"user clerk is not as its history leads to: role");
	must_find(
		"UPDATE motion SET text = text || char(10) || 'votes_for=9' WHERE key = 'BD-2025-01/M1'",
		"UPDATE motion SET text = 'To adopt the budget.' WHERE key = 'BD-2025-01/M1'",
		"motion BD-2025-01/M1 is not as its history leads to: text");
}

static void rows_gone_and_come(void **state)
{
	(void)state;
	must_run(
		"INSERT INTO client (key, name) VALUES ('C-0001', 'Oak Street'), ('C-0002', 'Elm')");
	must_find("DELETE FROM client WHERE key = 'C-0001'",
		"INSERT INTO client (key, name) VALUES ('C-0001', 'Oak Street')",
		"client C-0001 is gone without a trace in the history");
	must_find("INSERT INTO client (key, name) VALUES ('C-0003', 'Ash')",
		"DELETE FROM client WHERE key = 'C-0003'",
		"client C-0003 stands there without a history");
	must_find("UPDATE client SET key = 'C-0003' WHERE key = 'C-0002'",
		"UPDATE client SET key = 'C-0002' WHERE key = 'C-0003'",
		"client C-0002 is gone without a trace in the history; so with 1 more of client");
	must_run("DELETE FROM client WHERE key = 'C-0002'");
	must_find("INSERT INTO client (key, name) VALUES ('C-0002', 'Elm')",
		"DELETE FROM client WHERE key = 'C-0002'",
		"client C-0002 stands there and by its history should not");
	must_find("DELETE FROM policy",
		"INSERT INTO policy (name, title, amount, text) VALUES ('approval-limit', "
		"'Director''s approval limit', 100000, 'The most that the executive director may approve "
		"in one purchase request, inclusive, and only within an adopted budget.')",
		"policy approval-limit is gone without a trace in the history");
}

static void private_rows_are_not_named(void **state)
{
	(void)state;
	must_run(
		"INSERT INTO staff_pay (staff, pay_basis, pay_rate) VALUES ('S-0001', 'year', 9100000)");
	must_find("UPDATE staff_pay SET pay_rate = 9900000",
		"UPDATE staff_pay SET pay_rate = 9100000",
		"a private row of staff_pay (private record 4 of the history was its last) is not as its "
		"history leads to: pay_rate");
	must_find("UPDATE actual SET amount = 1 WHERE key = 'A-0003'",
		"UPDATE actual SET amount = 1900000 WHERE key = 'A-0003'",
		"a private row of actual (private record 3 of the history was its last) is not as its "
		"history leads to: amount");
	must_find("UPDATE account SET private = 0 WHERE code = '6010'",
		"UPDATE account SET private = 1 WHERE code = '6010'",
		"a private row of account (private record 1 of the history was its last) is not as its "
		"history leads to: private");
	must_find(
		"INSERT INTO account (code, name, kind, private) VALUES ('6020', 'Bonus', 'expense', 1)",
		"DELETE FROM account WHERE code = '6020'",
		"a private row of account stands there without a history");
}

static void rights_are_those_of_the_program(void **state)
{
	(void)state;
	must_find("INSERT INTO may_write (name, role) VALUES ('policy', 'staff')",
		"DELETE FROM may_write WHERE name = 'policy' AND role = 'staff'",
		"may_write says otherwise than this program who may write what");
	must_find("UPDATE office_table SET private = '0' WHERE name = 'staff_pay'",
		"UPDATE office_table SET private = '1' WHERE name = 'staff_pay'",
		"office_table says otherwise than this program which tables there are");
}

/* ---- what is whole ---- */

/* A private account with all its changes in one second, told by two audits. */
static void order_of_the_two_audits_does_not_matter(void **state)
{
	static const char *const changes[] = {
		"private = 1, name = 'Paper'",
		"name = 'Ink'",
		"private = 0, name = 'Paper'",
		"name = 'Supplies'",
		"private = 1",
		"private = 0, name = 'Ink'",
	};

	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		char sql[160];

		snprintf(sql, sizeof sql,
			"UPDATE account SET %s, version = version + 1 WHERE code = '6120'",
			changes[i]);
		must_run(sql);
		must_be_whole();
	}
}

static void values_of_all_kinds(void **state)
{
	static const char *const values[] = {
		"notes = 'it''s' || char(10) || 'name=''x''' || char(10)", "notes = ''''",
		"notes = 'a' || char(0) || 'b'", "notes = char(10)", "notes = ''", "notes = 'NULL'",
		"physicians = 3", "physicians = NULL", "since = '2020-01-01'", "since = NULL",
		"notes = '=' || char(10) || '='", "notes = ''''''"};

	(void)state;
	must_run("INSERT INTO client (key, name) VALUES ('C-0001', 'O''Neill' || char(10) || 'x')");
	must_be_whole();
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		char sql[160];

		snprintf(sql, sizeof sql,
			"UPDATE client SET %s, version = version + 1 WHERE key = 'C-0001'",
			values[i]);
		must_run(sql);
		must_be_whole();
	}
	must_run("DELETE FROM client WHERE key = 'C-0001'");
	must_be_whole();
	must_run("INSERT INTO client (key, name) VALUES ('C-0001', 'Back again')");
	must_be_whole();
}

/* Two tables of one type do not go to the same audit, or one's rows would be missed in the other.
 */
static void no_two_tables_share_an_audit(void **state)
{
	(void)state;
	assert_int_equal(store_integer(store,
				 "SELECT count(*) FROM office_table a JOIN office_table b "
				 "ON a.type = b.type AND a.name < b.name "
				 "WHERE NOT (a.private = '' AND b.private = '1') "
				 "AND NOT (a.private = '1' AND b.private = '')",
				 NULL, -1),
		0);
}

/* ---- the limit of the day ---- */

static void approve(const char *key)
{
	char sql[240];

	snprintf(sql, sizeof sql,
		"UPDATE request SET status = 'approved', decided_by = actor(), decided_at = now(), "
		"authority = 'director', version = version + 1 WHERE key = '%s'",
		key);
	must_run(sql);
}

static void limit_of(const char *key, int64_t amount)
{
	assert_int_equal(
		store_integer(store, "SELECT amount FROM request_limit_then WHERE request = :key",
			key, -1),
		amount);
}

static void change_limit(const char *motion, const char *number, const char *cents)
{
	char sql[400];

	act_as("clerk");
	snprintf(sql, sizeof sql,
		"INSERT INTO motion (key, meeting, text, mover, seconder, votes_for) VALUES "
		"('%s', 'BD-2026-01', 'To set the limit.', 'BD/1', 'BD/2', 2)",
		motion);
	must_run(sql);
	snprintf(sql, sizeof sql,
		"INSERT INTO motion_subject (key, motion, type, subject, amount) VALUES "
		"('%s/%s', '%s', 'policy', 'approval-limit', %s)",
		motion, number, motion, cents);
	must_run(sql);
	act_as("boss");
	snprintf(sql, sizeof sql, SAMPLE_ATTEST("%s"), motion);
	must_run(sql);
	act_as(NULL);
	snprintf(sql, sizeof sql,
		"UPDATE policy SET amount = %s, motion = '%s', changed_on = today(), "
		"version = version + 1",
		cents, motion);
	must_run(sql);
}

static void approvals_are_asked_by_the_limit_of_their_day(void **state)
{
	(void)state;
	act_as("clerk");
	must_run(
		"INSERT INTO attendance (key, meeting, member) VALUES "
		"('BD-2026-01/P1', 'BD-2026-01', 'BD/1'), ('BD-2026-01/P2', 'BD-2026-01', 'BD/2')");
	act_as(NULL);
	approve("PR-2026-0001");
	limit_of("PR-2026-0001", 100000);
	change_limit("BD-2026-01/M1", "1", "500000");
	approve("PR-2026-0002"); /* 1,340.00 */
	limit_of("PR-2026-0001", 100000);
	limit_of("PR-2026-0002", 500000);
	change_limit("BD-2026-01/M2", "1", "50000");
	limit_of("PR-2026-0001", 100000);
	limit_of("PR-2026-0002", 500000);
	assert_false(store_exists(store, "SELECT 1 FROM broken_rule", NULL));
	must_be_whole();
	/* 3,412.10 was below the limit for a while, but not when it was approved. */
	past_triggers("UPDATE request SET total = total + 300000 WHERE key = 'PR-2026-0001'");
	assert_true(store_exists(store,
		"SELECT 1 FROM broken_rule WHERE code = 'over-limit' AND key = :key",
		"PR-2026-0001"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			rows_changed_past_the_triggers, open_sample, close_sample),
		cmocka_unit_test_setup_teardown(rows_gone_and_come, open_sample, close_sample),
		cmocka_unit_test_setup_teardown(
			private_rows_are_not_named, open_sample, close_sample),
		cmocka_unit_test_setup_teardown(
			rights_are_those_of_the_program, open_sample, close_sample),
		cmocka_unit_test_setup_teardown(
			order_of_the_two_audits_does_not_matter, open_sample, close_sample),
		cmocka_unit_test_setup_teardown(values_of_all_kinds, open_sample, close_sample),
		cmocka_unit_test_setup_teardown(
			no_two_tables_share_an_audit, open_sample, close_sample),
		cmocka_unit_test_setup_teardown(
			approvals_are_asked_by_the_limit_of_their_day, open_sample, close_sample),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
