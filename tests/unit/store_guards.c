/*
 * store_guards.c - proves the triggers that stand on every table alike: who may write, which
 * version, which key, and that the audit tells all of it. GPL-3.0-or-later.
 */
#include "store_office.h"

static struct store *store;

static int open_office(void **state)
{
	make_test_office(state);
	store = open_as("ann");
	must_run(store, "INSERT INTO thing (id, key, name, cents, \"order\")"
			" VALUES (7, 'T-1', 'It''s', 5, 'a')");
	return 0;
}

static int close_office(void **state)
{
	store_close(store);
	return remove_directory(state);
}

static void must_change_nothing(const char *sql, const char *code)
{
	must_refuse(store, sql, code);
	must_read(store, "SELECT group_concat(id || key || version || name || cents) FROM thing",
		"7T-11It's5");
	must_read(store, "SELECT count(*) FROM audit_seen WHERE type = 'thing'", "1");
}

static void key_and_id_are_taken_once(void **state)
{
	(void)state;
	must_change_nothing("INSERT INTO thing (key) VALUES ('T-1')", "key-taken");
	must_change_nothing("INSERT INTO thing (id, key) VALUES (7, 'T-2')", "key-taken");
}

static void no_conflict_clause_gets_past_the_guard(void **state)
{
	(void)state;
	must_change_nothing("INSERT OR REPLACE INTO thing (key) VALUES ('T-1')", "key-taken");
	must_change_nothing("REPLACE INTO thing (id, key) VALUES (7, 'T-2')", "key-taken");
	must_change_nothing("INSERT OR IGNORE INTO thing (key) VALUES ('T-1')", "key-taken");
	must_change_nothing("INSERT INTO thing (key) VALUES ('T-1') ON CONFLICT (key) DO UPDATE SET"
			    " name = 'x', version = version + 1",
		"key-taken");
	must_change_nothing(
		"INSERT INTO thing (key) VALUES ('T-1') ON CONFLICT DO NOTHING", "key-taken");
}

static void replacing_through_another_unique_column_is_audited(void **state)
{
	(void)state;
	must_run(store, "INSERT OR REPLACE INTO thing (key, \"order\") VALUES ('T-2', 'a')");
	must_read(store,
		"SELECT group_concat(operation || key, ' ') FROM audit_seen WHERE type = 'thing' AND id > 6",
		"deleteT-1 insertT-2");
}

static void version_rises_by_one(void **state)
{
	(void)state;
	must_change_nothing("UPDATE thing SET name = 'x'", "stale");
	must_change_nothing("UPDATE thing SET name = 'x', version = 1", "stale");
	must_change_nothing("UPDATE thing SET name = 'x', version = 3", "stale");
	must_change_nothing("UPDATE OR IGNORE thing SET name = 'x', version = 3", "stale");
	must_run(store, "UPDATE thing SET name = 'x', version = 2 WHERE version = 1");
	must_run(store, "UPDATE thing SET name = 'y', version = 2 WHERE version = 1");
	assert_int_equal(store_changes(store), 0);
}

static void key_and_id_stay(void **state)
{
	(void)state;
	must_change_nothing("UPDATE thing SET version = 2, key = 'T-9'", "fixed-key");
	must_change_nothing("UPDATE thing SET version = 2, id = 8", "fixed-key");
}

static void only_roles_of_the_matrix_write(void **state)
{
	struct store *viewer = open_as("vic");

	(void)state;
	must_refuse(viewer, "INSERT INTO thing (key) VALUES ('T-2')", "not-your-role");
	must_refuse(viewer, "UPDATE thing SET version = 2", "not-your-role");
	must_refuse(viewer, "DELETE FROM thing", "not-your-role");
	must_refuse(store, "UPDATE user SET active = 0, version = 2 WHERE login = 'vic'",
		"not-your-role");
	must_read(viewer, "SELECT count(*) FROM thing", "1");
	store_close(viewer);
}

static void closed_account_writes_nothing_at_once(void **state)
{
	struct store *director = open_as("dora");

	(void)state;
	must_run(director, "UPDATE user SET active = 0, version = 2 WHERE login = 'ann'");
	must_refuse(store, "INSERT INTO thing (key) VALUES ('T-2')", "no-actor");
	must_refuse(store, "UPDATE thing SET version = 2", "no-actor");
	must_refuse(store, "DELETE FROM thing", "no-actor");
	store_close(director);
}

static void last_director_stays(void **state)
{
	struct store *director = open_as("dora");
	struct statement *statement;

	(void)state;
	statement = store_prepare(director,
		"UPDATE user SET active = 0, version = version + 1 WHERE login = :login", NULL);
	statement_bind_text(statement, ":login", store_real_login());
	assert_true(statement_run(statement, &test_error));
	must_refuse(director, "UPDATE user SET role = 'staff', version = 2 WHERE login = 'dora'",
		"last-director");
	must_refuse(director, "DELETE FROM user WHERE login = 'dora'", "last-director");
	store_close(director);
}

/* ---- audit ---- */

static void must_audit(const char *operation, const char *before, const char *after)
{
	struct statement *statement = store_prepare(store,
		"SELECT operation, before, after, who, real_who = real_login(), at, key FROM audit_seen"
		" WHERE type = 'thing' ORDER BY id DESC LIMIT 1",
		NULL);

	assert_true(statement_step(statement));
	assert_string_equal(statement_text(statement, 0), operation);
	assert_string_equal(statement_text(statement, 1), before);
	assert_string_equal(statement_text(statement, 2), after);
	assert_string_equal(statement_text(statement, 3), "ann");
	assert_int_equal(statement_integer(statement, 4), 1);
	assert_string_equal(statement_text(statement, 5), "2026-11-21T12:00:00Z");
	assert_string_equal(statement_text(statement, 6), "T-1");
	statement_end(statement);
}

static void insert_is_audited_with_all_that_is_filled(void **state)
{
	(void)state;
	must_audit("insert", "", "key='T-1'\nname='It''s'\ncents=5\norder='a'");
}

static void update_is_audited_with_what_changed(void **state)
{
	(void)state;
	must_run(store, "UPDATE thing SET version = 2, name = '', cents = NULL, part_of = 'T-1'");
	must_audit("update", "name='It''s'\ncents=5\npart_of=NULL",
		"name=''\ncents=NULL\npart_of='T-1'");
	must_run(store, "UPDATE thing SET version = 3, name = 'two\nlines: 12:', cents = 5");
	must_audit("update", "name=''\ncents=NULL", "name='two\nlines: 12:'\ncents=5");
}

static void delete_is_audited_with_all_that_was_filled(void **state)
{
	(void)state;
	must_run(store, "DELETE FROM thing");
	must_audit("delete", "key='T-1'\nname='It''s'\ncents=5\norder='a'", "");
}

static void update_of_the_version_alone_is_not_audited(void **state)
{
	(void)state;
	must_run(store, "UPDATE thing SET version = 2, name = 'It''s'");
	must_audit("insert", "", "key='T-1'\nname='It''s'\ncents=5\norder='a'");
	must_read(store, "SELECT version FROM thing", "2");
}

static void literals_read_back_as_they_were(void **state)
{
	(void)state;
	must_read(store,
		"SELECT audit_row('a b c d e f', -9223372036854775807 - 1, 'it''s', x'00ff',"
		" NULL, '', 0)",
		"a=-9223372036854775808\nb='it''s'\nc=X'00FF'\nf=0");
	must_read(store, "SELECT audit_row('a', 'it''s' || char(0) || 'more')", "a='it''s␀more'");
	must_read(store, "SELECT audit_row()", "");
	must_read(store, "SELECT audit_change('a b c', 1, 1, NULL, NULL, 'x', 'x')", "");
	must_read(
		store, "SELECT audit_before(audit_change('a b', 1, '1', 'x', NULL))", "a=1\nb='x'");
	must_read(store, "SELECT audit_after(audit_change('a b', 1, '1', 'x', NULL))",
		"a='1'\nb=NULL");
	must_read(store, "SELECT audit_before('99:a') IS NULL AND audit_after('x') IS NULL", "1");
}

static void private_rows_are_audited_privately(void **state)
{
	struct store *director = open_as("dora");

	(void)state;
	must_run(director, "INSERT INTO note (key, text, closed) VALUES ('N-1', 'open', 0),"
			   " ('N-2', 'secret', 1), ('N-3', 'unknown', NULL)");
	must_run(director, "INSERT INTO pay (staff, cents) VALUES ('S-1', 100)");
	must_run(director, "UPDATE pay SET cents = 200");
	must_run(director, "DELETE FROM pay");
	must_read(director, "SELECT group_concat(key) FROM audit WHERE type = 'note'", "N-1");
	must_read(director, "SELECT group_concat(type || operation || key, ' ') FROM audit_private",
		"noteinsertN-2 noteinsertN-3 payinsertS-1 payupdateS-1 paydeleteS-1");
	must_read(director, "SELECT count(*) FROM audit WHERE type = 'pay'", "0");
	store_close(director);
}

static void change_is_private_when_the_row_was_or_becomes_so(void **state)
{
	struct store *director = open_as("dora");

	(void)state;
	must_run(director, "INSERT INTO note (key, closed) VALUES ('N-1', 0)");
	must_run(director, "UPDATE note SET version = 2, text = 'a'");
	must_run(director, "UPDATE note SET version = 3, closed = 1");
	must_run(director, "UPDATE note SET version = 4, closed = 0");
	must_run(director, "UPDATE note SET version = 5");
	must_read(director,
		"SELECT group_concat(operation || before || after) FROM audit"
		" WHERE type = 'note' AND operation = 'update'",
		"updatetext=''text='a'");
	must_read(director, "SELECT group_concat(before || after) FROM audit_private",
		"closed=0closed=1,closed=1closed=0");
	store_close(director);
}

static void what_becomes_private_takes_its_past_along(void **state)
{
	struct store *director = open_as("dora");
	const char *past = "SELECT group_concat(operation || key, ' ') FROM audit_seen"
			   " WHERE type = 'note'";

	(void)state;
	must_run(director, "INSERT INTO note (key, text, closed) VALUES ('N-1', 'open', 0),"
			   " ('N-2', 'open', 0)");
	must_read(store, past, "insertN-1 insertN-2");
	must_run(director, "UPDATE note SET version = 2, closed = 1 WHERE key = 'N-1'");
	must_read(store, past, "insertN-2");
	must_read(director, past, "insertN-1 insertN-2");
	must_run(director, "UPDATE note SET version = 3, closed = NULL WHERE key = 'N-1'");
	must_read(store, past, "insertN-2");
	store_close(director);
}

/* ---- other programs ---- */

/* What a plain SQLite connection, which knows none of our functions, gets for a statement. */
static int in_plain_shell(const char *sql)
{
	sqlite3 *db;
	int code;

	assert_int_equal(sqlite3_open(test_path, &db), SQLITE_OK);
	code = sqlite3_exec(db, sql, NULL, NULL, NULL);
	sqlite3_close(db);
	return code;
}

static void plain_shell_reads_but_does_not_write(void **state)
{
	(void)state;
	assert_int_equal(in_plain_shell("SELECT * FROM thing"), SQLITE_OK);
	assert_int_equal(in_plain_shell("SELECT * FROM audit"), SQLITE_OK);
	assert_int_equal(in_plain_shell("PRAGMA integrity_check"), SQLITE_OK);
	assert_int_equal(in_plain_shell("INSERT INTO thing (key) VALUES ('T-2')"), SQLITE_ERROR);
	assert_int_equal(in_plain_shell("UPDATE thing SET version = 2"), SQLITE_ERROR);
	assert_int_equal(in_plain_shell("DELETE FROM thing WHERE key = 'T-9'"), SQLITE_ERROR);
	assert_int_equal(in_plain_shell("INSERT INTO audit SELECT * FROM audit"), SQLITE_ERROR);
	assert_int_equal(in_plain_shell("DELETE FROM audit"), SQLITE_CONSTRAINT);
	must_read(store, "SELECT group_concat(key || version) FROM thing", "T-11");
}

#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_OFFICE(key_and_id_are_taken_once),
		IN_OFFICE(no_conflict_clause_gets_past_the_guard),
		IN_OFFICE(replacing_through_another_unique_column_is_audited),
		IN_OFFICE(version_rises_by_one),
		IN_OFFICE(key_and_id_stay),
		IN_OFFICE(only_roles_of_the_matrix_write),
		IN_OFFICE(closed_account_writes_nothing_at_once),
		IN_OFFICE(last_director_stays),
		IN_OFFICE(insert_is_audited_with_all_that_is_filled),
		IN_OFFICE(update_is_audited_with_what_changed),
		IN_OFFICE(delete_is_audited_with_all_that_was_filled),
		IN_OFFICE(update_of_the_version_alone_is_not_audited),
		IN_OFFICE(literals_read_back_as_they_were),
		IN_OFFICE(private_rows_are_audited_privately),
		IN_OFFICE(change_is_private_when_the_row_was_or_becomes_so),
		IN_OFFICE(what_becomes_private_takes_its_past_along),
		IN_OFFICE(plain_shell_reads_but_does_not_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
