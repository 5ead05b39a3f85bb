/*
 * store_authorizer.c - proves what no SQL of the program may do, and that private tables and rows
 * are read by the director alone. GPL-3.0-or-later.
 */
#include "store_office.h"

static struct store *director, *staff;

static int open_both(void **state)
{
	make_test_office(state);
	director = open_as("dora");
	staff = open_as("ann");
	must_run(director, "INSERT INTO thing (key) VALUES ('T-1')");
	must_run(director, "INSERT INTO note (key, text, closed) VALUES ('N-1', 'open', 0),"
			   " ('N-2', 'secret', 1), ('N-3', 'unknown', NULL)");
	must_run(director, "INSERT INTO pay (staff, cents) VALUES ('S-1', 100)");
	return 0;
}

static int close_both(void **state)
{
	store_close(director);
	store_close(staff);
	return remove_directory(state);
}

/* Not even prepared. */
static void must_deny(struct store *store, const char *sql)
{
	memset(&test_error, 0, sizeof test_error);
	if (store_prepare(store, sql, &test_error) != NULL)
		fail_msg("%s: not denied", sql);
	assert_string_equal(test_error.code, "not-your-role");
	assert_non_null(strstr(test_error.text, "not open to your role"));
}

static void nobody_changes_the_schema(void **state)
{
	static const char *const changes[] = {"DROP TABLE thing", "DROP TRIGGER audit_is_kept",
		"DROP TRIGGER guard_thing_update", "DROP VIEW me", "DROP INDEX audit_record",
		"CREATE TABLE other (a)", "CREATE TEMP TABLE other (a)",
		"CREATE VIEW other AS SELECT 1", "CREATE INDEX other ON thing (name)",
		"ALTER TABLE thing RENAME TO other", "ALTER TABLE thing ADD COLUMN other",
		"ALTER TABLE thing DROP COLUMN name",
		"CREATE TRIGGER other BEFORE UPDATE ON thing BEGIN SELECT 1; END",
		"CREATE TEMP TRIGGER other BEFORE UPDATE ON thing BEGIN SELECT 1; END",
		"CREATE VIRTUAL TABLE other USING fts5 (a)", "ANALYZE", "REINDEX"};

	(void)state;
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		memset(&test_error, 0, sizeof test_error);
		assert_false(store_run(director, changes[i], &test_error));
		assert_string_equal(test_error.code, "not-your-role");
	}
	must_read(director, "SELECT count(*) FROM sqlite_temp_schema", "0");
}

static void nobody_reaches_other_files(void **state)
{
	char copy[128], sql[160];

	(void)state;
	must_deny(director, "ATTACH ':memory:' AS other");
	must_deny(director, "DETACH main");
	/* VACUUM INTO asks for its ATTACH only while it runs. */
	snprintf(copy, sizeof copy, "%s/copy.db", test_directory);
	snprintf(sql, sizeof sql, "VACUUM INTO '%s'", copy);
	assert_false(store_run(director, sql, &test_error));
	assert_false(file_exists(copy));
}

static void nobody_changes_the_settings(void **state)
{
	static const char *const settings[] = {"PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys",
		"PRAGMA recursive_triggers = OFF", "PRAGMA writable_schema = ON",
		"PRAGMA journal_mode = DELETE", "PRAGMA synchronous = OFF",
		"PRAGMA user_version = 9", "PRAGMA application_id = 1",
		"PRAGMA ignore_check_constraints = ON", "PRAGMA defer_foreign_keys = ON",
		"PRAGMA trusted_schema = ON"};

	(void)state;
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
		must_deny(director, settings[i]);
	assert_int_equal(store_integer(director, "PRAGMA user_version", NULL, -1), 2);
}

static void nobody_writes_the_audit_or_the_matrix(void **state)
{
	(void)state;
	must_deny(director,
		"INSERT INTO audit (at, who, real_who, type, key, operation, before, after)"
		" VALUES (now(), actor(), real_login(), 'thing', 'T-1', 'insert', '', '')");
	must_deny(director,
		"INSERT INTO audit_entry (at, who, real_who, type, key, operation, before, after)"
		" VALUES (now(), actor(), real_login(), 'thing', 'T-1', 'insert', '', '')");
	must_deny(director, "INSERT INTO audit_private_entry SELECT * FROM audit_private_entry");
	must_deny(director, "UPDATE audit SET who = 'eve'");
	must_deny(director, "DELETE FROM audit");
	must_deny(director, "INSERT OR REPLACE INTO audit SELECT * FROM audit");
	must_deny(director, "INSERT INTO audit_private SELECT * FROM audit_private");
	must_deny(director, "DELETE FROM audit_private");
	must_deny(director, "UPDATE may_write SET role = 'viewer'");
	must_deny(director, "INSERT INTO may_write VALUES ('pay', 'staff')");
	must_deny(director, "DELETE FROM office_table");
	must_deny(director, "UPDATE office_table SET private = ''");
}

static void audit_is_not_forged_without_the_authorizer_either(void **state)
{
	(void)state;
	sqlite3_set_authorizer(director->db, NULL, NULL);
	must_refuse(director,
		"INSERT INTO audit VALUES (NULL, now(), 'ann', real_login(), 'thing',"
		" 'T-1', 'insert', '', '', 1, x'')",
		"audit-kept");
	must_refuse(director,
		"INSERT INTO audit_entry (at, who, real_who, type, key, operation, before, after)"
		" VALUES (now(), 'ann', real_login(), 'thing', 'T-1', 'insert', '', '')",
		"audit-kept");
	/* The hash of another row, and one made by oneself for a number further on. */
	must_refuse(director,
		"INSERT INTO audit SELECT id + 1, now(), actor(), real_login(), type, key, operation,"
		" before, after, algorithm, hash FROM audit ORDER BY id DESC LIMIT 1",
		"audit-kept");
	must_refuse(director,
		"INSERT INTO audit SELECT id + 2, now(), actor(), real_login(), type, key, operation,"
		" before, after, 1, audit_hash (hash, id + 2, now(), actor(), real_login(), type, key,"
		" operation, before, after, 1) FROM audit ORDER BY id DESC LIMIT 1",
		"audit-kept");
	must_refuse(director,
		"INSERT OR REPLACE INTO audit SELECT id, now(), actor(), real_login(),"
		" type, key, operation, before, after, algorithm, hash FROM audit",
		"audit-kept");
	must_refuse(director, "UPDATE audit_private SET after = ''", "audit-kept");
	must_refuse(director, "DELETE FROM audit", "audit-kept");
}

/* SQLite itself knows these as mistakes, so they are bugs and not refusals. */
static void write_schema(void)
{
	store_run(director, "UPDATE sqlite_schema SET sql = ''", NULL);
}

static void delete_search_data(void)
{
	store_run(director, "DELETE FROM search_data", NULL);
}

static void update_search_content(void)
{
	store_run(director, "UPDATE search_content SET c0 = ''", NULL);
}

static void load_extension(void)
{
	store_run(director, "SELECT load_extension('other')", NULL);
}

static void inner_workings_are_not_reached(void **state)
{
	(void)state;
	must_end_program(load_extension);
	must_end_program(write_schema);
	must_end_program(delete_search_data);
	must_end_program(update_search_content);
}

static void search_index_is_written_as_a_whole(void **state)
{
	(void)state;
	must_run(staff,
		"INSERT INTO search (rowid, key, title, body, type)"
		" VALUES (1, 'C-0001', 'Núñez', 'a client', 'client'), (2, 'V-1', 'b', 'c', 'd')");
	must_run(staff, "UPDATE search SET title = 'Nunez' WHERE rowid = 2");
	must_read(staff, "SELECT count(*) FROM search WHERE search MATCH 'nunez'", "2");
	must_run(staff, "DELETE FROM search WHERE rowid = 2");
	must_run(staff, "INSERT INTO search (search) VALUES ('integrity-check')");
	must_run(staff, "INSERT INTO search (search) VALUES ('rebuild')");
	must_run(staff, "DELETE FROM search");
	must_read(staff, "SELECT count(*) FROM search WHERE search MATCH 'nunez'", "0");
}

static void search_index_is_not_written_by_those_who_only_read(void **state)
{
	struct store *viewer = open_as("vic");

	(void)state;
	must_read(viewer, "SELECT count(*) FROM search WHERE search MATCH 'nunez'", "0");
	must_deny(viewer, "INSERT INTO search (key) VALUES ('X')");
	must_deny(viewer, "UPDATE search SET title = 'X'");
	must_deny(viewer, "DELETE FROM search");
	must_deny(viewer, "INSERT INTO search (search) VALUES ('rebuild')");
	store_close(viewer);
}

static void broken_search_words_are_a_sentence(void **state)
{
	(void)state;
	must_refuse(staff, "SELECT key FROM search WHERE search MATCH 'a AND ('", "refused");
}

static void director_reads_all(void **state)
{
	(void)state;
	must_read(director, "SELECT cents FROM pay", "100");
	must_read(director, "SELECT count(*) FROM note", "3");
	must_read(director, "SELECT count(*) FROM note_seen", "3");
	must_read(director, "SELECT count(*) FROM audit_private", "3");
}

static void others_read_no_private_table(void **state)
{
	(void)state;
	must_deny(staff, "SELECT cents FROM pay");
	must_deny(staff, "SELECT staff FROM pay");
	must_deny(staff, "SELECT count(*) FROM pay");
	must_deny(staff, "SELECT 1 FROM thing WHERE EXISTS (SELECT 1 FROM pay)");
	must_deny(staff, "WITH me AS (SELECT cents FROM pay) SELECT * FROM me");
	must_deny(staff, "SELECT after FROM audit_private");
	must_deny(staff, "SELECT count(*) FROM audit_private");
	must_deny(staff, "SELECT after FROM audit_private_entry");
	must_deny(staff, "SELECT count(*) FROM audit_private_entry");
	must_deny(staff, "SELECT after FROM audit_entry");
	must_deny(staff, "SELECT key FROM (SELECT * FROM audit_entry) WHERE after LIKE '%sec%'");
	must_deny(staff, "INSERT INTO thing (key) SELECT key FROM audit_private_entry");
	must_deny(staff, "WITH audit_private_is_kept AS (SELECT after FROM audit_private) "
			 "SELECT * FROM pay");
}

static void others_read_open_rows_through_views_only(void **state)
{
	(void)state;
	must_deny(staff, "SELECT text FROM note");
	must_deny(staff, "SELECT * FROM note");
	must_deny(staff, "SELECT count(*) FROM note");
	must_deny(staff, "WITH some AS (SELECT text FROM note) SELECT * FROM some");
	must_deny(staff, "SELECT key FROM note WHERE text LIKE 'sec%'");
	must_deny(staff, "UPDATE note SET version = version + 1, text = text || '!' WHERE id = 1");
	must_read(staff, "SELECT group_concat(text) FROM note_seen", "open");
	must_read(staff, "SELECT count(*) FROM note_seen", "1");
	must_read(staff, "SELECT notes FROM note_count", "3");
	must_read(staff, "SELECT id || key || version FROM note WHERE key = 'N-1'", "1N-11");
}

/* To the authorizer such a WITH looks like the view, which may read all. */
static void no_with_takes_the_name_of_a_view(void **state)
{
	(void)state;
	must_deny(staff, "WITH note_seen AS (SELECT text FROM note) SELECT * FROM note_seen");
	must_deny(staff, "WITH Note_Seen AS (SELECT text FROM note) SELECT * FROM note_seen");
	must_deny(staff, "with a AS (SELECT 1), /* ; */ \"note_seen\" -- x\n (b) as "
			 "NOT MATERIALIZED(SELECT text FROM note) SELECT b FROM note_seen");
	must_deny(staff, "SELECT * FROM (WITH [me] (b) AS MATERIALIZED (SELECT text FROM note) "
			 "SELECT b FROM me)");
	must_deny(staff, "INSERT INTO thing (key) WITH `note_count` AS (SELECT text FROM note) "
			 "SELECT text FROM note_count");
	must_deny(staff, "WITH audit_is_kept AS (SELECT after FROM audit_private) "
			 "SELECT * FROM audit_is_kept");
	must_deny(staff, "SELECT * FROM (SELECT text FROM note) AS note_seen");
	must_read(staff, "WITH open AS (SELECT text FROM note_seen) SELECT * FROM open", "open");
	must_read(staff, "SELECT 'with note_seen AS ('", "with note_seen AS (");
	must_read(director, "WITH note_seen AS (SELECT 1) SELECT * FROM note_seen", "1");
}

static void others_write_rows_that_they_may_write(void **state)
{
	(void)state;
	must_run(staff, "UPDATE note SET text = 'more', version = version + 1"
			" WHERE id = 1 AND version = 1");
	must_read(staff, "SELECT text FROM note_seen WHERE key = 'N-1'", "more");
	must_run(staff, "INSERT INTO note (key, text, closed) VALUES ('N-4', 'mine', 1)");
	must_read(director,
		"SELECT who || after FROM audit_private WHERE key = 'N-4' AND type = 'note'",
		"annkey='N-4'\ntext='mine'\narrow=0\nclosed=1");
	must_deny(staff, "INSERT INTO pay (staff, cents) SELECT 'S-2', cents FROM pay");
	must_refuse(staff, "INSERT INTO pay (staff, cents) VALUES ('S-2', 1)", "not-your-role");
}

static void private_rows_hold_what_they_refer_to(void **state)
{
	(void)state;
	must_run(director, "INSERT INTO member (key) VALUES ('M-1'), ('M-2'), ('M-3')");
	must_run(director, "INSERT INTO note (key, member, closed) VALUES ('N-5', 'M-1', 1)");
	must_run(director, "INSERT INTO pay (staff, cents, member) VALUES ('S-3', 1, 'M-2')");
	must_refuse(staff, "DELETE FROM member WHERE key = 'M-1'", "foreign-key");
	must_refuse(staff, "DELETE FROM member WHERE key = 'M-2'", "foreign-key");
	must_run(staff, "DELETE FROM member WHERE key = 'M-3'");
	must_deny(staff, "SELECT member FROM note");
	must_deny(staff, "SELECT member FROM pay");
	must_deny(staff, "INSERT INTO thing (key, name) SELECT key || 'x', text FROM note");
	must_deny(staff, "INSERT INTO thing (key) SELECT 'T-' || cents FROM pay");
}

static void read_rights_follow_the_role(void **state)
{
	struct store *viewer = open_as("vic");

	(void)state;
	must_deny(viewer, "SELECT cents FROM pay");
	must_deny(viewer, "SELECT text FROM note");
	must_read(viewer, "SELECT count(*) FROM thing", "1");
	must_refuse(viewer, "UPDATE thing SET version = version + 1", "not-your-role");
	store_close(viewer);
}

#define WITH_BOTH(test) cmocka_unit_test_setup_teardown(test, open_both, close_both)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOTH(nobody_changes_the_schema),
		WITH_BOTH(nobody_reaches_other_files),
		WITH_BOTH(nobody_changes_the_settings),
		WITH_BOTH(nobody_writes_the_audit_or_the_matrix),
		WITH_BOTH(audit_is_not_forged_without_the_authorizer_either),
		WITH_BOTH(inner_workings_are_not_reached),
		WITH_BOTH(search_index_is_written_as_a_whole),
		WITH_BOTH(search_index_is_not_written_by_those_who_only_read),
		WITH_BOTH(broken_search_words_are_a_sentence),
		WITH_BOTH(director_reads_all),
		WITH_BOTH(others_read_no_private_table),
		WITH_BOTH(others_read_open_rows_through_views_only),
		WITH_BOTH(no_with_takes_the_name_of_a_view),
		WITH_BOTH(others_write_rows_that_they_may_write),
		WITH_BOTH(private_rows_hold_what_they_refer_to),
		WITH_BOTH(read_rights_follow_the_role),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
