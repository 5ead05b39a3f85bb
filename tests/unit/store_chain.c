/*
 * store_chain.c - proves that the audit's chain shows whatever is done to a row of it, in both
 * audits, and that an older office gets a chain that is whole. GPL-3.0-or-later.
 */
#include "store_office.h"

#include "store/chain.h"
#include "store/migrate.h"

static sqlite3 *db;
static struct chain_report report;

/* ---- the hash ---- */

/* FIPS 180-4, and NIST's examples. */
static void hash_is_sha_256(void **state)
{
	static const struct {
		const char *text, *hash;
	} vectors[] = {
		{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
			"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
		{"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmn"
		 "opqrlmnopqrsmnopqrstnopqrstu",
			"cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		unsigned char bytes[HASH_BYTES];
		char text[2 * HASH_BYTES + 1];
		struct hash hash;

		hash_start(&hash);
		hash_bytes(&hash, vectors[i].text, strlen(vectors[i].text));
		hash_end(&hash, bytes);
		for (int at = 0; at < HASH_BYTES; at++)
			snprintf(text + 2 * at, 3, "%02x", bytes[at]);
		assert_string_equal(text, vectors[i].hash);
	}
}

static void must_differ(struct store *store, const char *left, const char *right)
{
	char sql[200];

	snprintf(sql, sizeof sql, "SELECT audit_hash (%s) <> audit_hash (%s)", left, right);
	must_read(store, sql, "1");
}

static void values_do_not_run_together(void **state)
{
	struct store *store;

	make_test_office(state);
	store = open_as("dora");
	must_differ(store, "'ab', 'c'", "'a', 'bc'");
	must_differ(store, "'a', ''", "'a'");
	must_differ(store, "'1'", "1");
	must_differ(store, "1", "1.0");
	must_differ(store, "x'41'", "'A'");
	must_differ(store, "NULL", "''");
	must_differ(store, "'a' || char (0) || 'b'", "'a' || char (0) || 'c'");
	must_read(store, "SELECT length(audit_hash (NULL)) || typeof(audit_hash ())", "32blob");
	store_close(store);
	remove_directory(state);
}

/* ---- tampering ---- */

/* An office with eight rows and more in each audit, as a shell would open it. */
static void open_rows(void)
{
	struct store *store = open_as("dora");

	for (int i = 1; i <= 8; i++) {
		char sql[160];

		snprintf(sql, sizeof sql,
			"INSERT INTO thing (key, name) VALUES ('T-%d', 'thing %d')", i, i);
		must_run(store, sql);
		snprintf(sql, sizeof sql, "INSERT INTO pay (staff, cents) VALUES ('S-%d', %d)", i,
			i);
		must_run(store, sql);
	}
	store_close(store);
	assert_int_equal(sqlite3_open(test_path, &db), SQLITE_OK);
}

static int open_shell(void **state)
{
	make_test_office(state);
	open_rows();
	return 0;
}

static int close_shell(void **state)
{
	sqlite3_close(db);
	return remove_directory(state);
}

static void tamper(const char *sql)
{
	static const char *const kept[] = {"is_kept", "is_never_deleted", "tells_the_truth"};
	char drop[96];

	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		snprintf(drop, sizeof drop, "DROP TRIGGER IF EXISTS audit_%s", kept[i]);
		assert_true(connection_run(db, drop, NULL));
		snprintf(drop, sizeof drop, "DROP TRIGGER IF EXISTS audit_private_%s", kept[i]);
		assert_true(connection_run(db, drop, NULL));
	}
	if (!connection_run(db, sql, &test_error))
		fail_msg("%s: %s", sql, test_error.text);
}

/* Undone again afterwards. */
static void must_find(const char *sql, int chain, int64_t broken)
{
	tamper("SAVEPOINT before");
	tamper(sql);
	assert_int_equal(sqlite3_changes(db) > 0, 1);
	memset(&test_error, 0, sizeof test_error);
	if (chain_verify(db, &report, &test_error))
		fail_msg("%s: not found", sql);
	assert_string_equal(test_error.code, "chain");
	if (report.chains[chain].why == NULL || report.chains[chain].broken != broken)
		fail_msg("%s: found %s", sql, test_error.text);
	tamper("ROLLBACK TO before");
	tamper("RELEASE before");
	assert_true(chain_verify(db, &report, &test_error));
}

static const char *const tables[] = {"audit", "audit_private"};

static void whole_chain_is_whole(void **state)
{
	(void)state;
	assert_true(chain_verify(db, &report, &test_error));
	assert_true(report.chained);
	assert_true(report.chains[0].rows >= 8 && report.chains[0].rows == report.chains[0].head);
	assert_int_equal(report.chains[1].rows, 8);
	assert_string_equal(report.chains[1].table, "audit_private");
}

static void every_column_of_every_row_counts(void **state)
{
	static const char *const columns[] = {
		"at", "who", "real_who", "type", "key", "before", "after"};
	char sql[160];

	(void)state;
	for (int chain = 0; chain < CHAINS; chain++) {
		for (int row = 1; row <= 8; row++) {
			for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
				snprintf(sql, sizeof sql,
					"UPDATE %s SET %s = %s || 'x' WHERE id = %d", tables[chain],
					columns[i], columns[i], row);
				must_find(sql, chain, row);
			}
			snprintf(sql, sizeof sql,
				"UPDATE %s SET operation = 'delete' WHERE id = %d", tables[chain],
				row);
			must_find(sql, chain, row);
			snprintf(sql, sizeof sql, "UPDATE %s SET algorithm = 2 WHERE id = %d",
				tables[chain], row);
			must_find(sql, chain, row);
			snprintf(sql, sizeof sql, "UPDATE %s SET hash = x'' WHERE id = %d",
				tables[chain], row);
			must_find(sql, chain, row);
			snprintf(sql, sizeof sql,
				"UPDATE %s SET hash = randomblob(32) WHERE id = %d", tables[chain],
				row);
			must_find(sql, chain, row);
		}
	}
	must_find("UPDATE audit_private SET salt = randomblob(16) WHERE id = 8", 1, 8);
	/* A number beside the last row's: the one that was there is missing. */
	must_find("UPDATE audit_private SET id = 9 WHERE id = 8", 1, 8);
	must_find("UPDATE audit_private SET id = 0 WHERE id = 1", 1, 0);
}

static void rows_cannot_go_come_or_change_places(void **state)
{
	char sql[400];

	(void)state;
	for (int chain = 0; chain < CHAINS; chain++) {
		snprintf(sql, sizeof sql, "DELETE FROM %s WHERE id = 4", tables[chain]);
		must_find(sql, chain, 4);
		snprintf(sql, sizeof sql, "DELETE FROM %s WHERE id <= 3", tables[chain]);
		must_find(sql, chain, 1);
		snprintf(sql, sizeof sql,
			"UPDATE %s SET id = -4 WHERE id = 4; UPDATE %s SET id = 4 WHERE id = 5;"
			"UPDATE %s SET id = 5 WHERE id = -4",
			tables[chain], tables[chain], tables[chain]);
		must_find(sql, chain, 4);
		/* One taken out, and those after it moved up. */
		snprintf(sql, sizeof sql,
			"DELETE FROM %s WHERE id = 4; UPDATE %s SET id = id - 1 WHERE id = 5",
			tables[chain], tables[chain]);
		must_find(sql, chain, 4);
	}
	must_find(
		"INSERT INTO audit SELECT id + 1, at, who, real_who, type, key, operation, before,"
		" after, algorithm, hash FROM audit ORDER BY id DESC LIMIT 1",
		0, report.chains[0].head + 1);
	must_find("INSERT INTO audit SELECT -1, at, who, real_who, type, key, operation, before,"
		  " after, algorithm, hash FROM audit WHERE id = 1",
		0, -1);
}

/* The chain of what is left is whole; its head tells. */
static void cut_tail_shows_in_the_head(void **state)
{
	unsigned char before[HASH_BYTES];
	int64_t head;

	(void)state;
	assert_true(chain_verify(db, &report, &test_error));
	head = report.chains[0].head;
	memcpy(before, report.chains[0].hash, HASH_BYTES);
	tamper("DELETE FROM audit WHERE id > (SELECT max(id) - 2 FROM audit)");
	assert_true(chain_verify(db, &report, &test_error));
	assert_int_equal(report.chains[0].head, head - 2);
	assert_memory_not_equal(before, report.chains[0].hash, HASH_BYTES);
}

static void private_hashes_cannot_be_guessed(void **state)
{
	int64_t salts = 0;

	(void)state;
	assert_true(connection_integer(db,
		"SELECT count(DISTINCT salt) FROM audit_private WHERE length(salt) = 16", &salts,
		NULL));
	assert_int_equal(salts, 8);
}

/* ---- an office from before ---- */

static void older_office_gets_a_whole_chain(void **state)
{
	const struct embedded_file *chain = embedded_find("data/migrations/0009-chain.sql");
	struct embedded_file old[4] = {0};
	struct store_options options = {.path = test_path, .today = "2026-11-21"};
	struct identity identity;
	sqlite3 *older;

	(void)state;
	test_migrations(NULL, NULL);
	old[0] = *embedded_find("data/migrations/0001-foundation.sql");
	old[1] = test_files[1];
	/* As a program of that time left it: rows, and no chain. */
	assert_int_equal(sqlite3_open(test_path, &older), SQLITE_OK);
	for (int i = 0; i < 2; i++)
		assert_true(connection_run(older, old[i].text, &test_error));
	assert_true(connection_run(older,
		"DROP TRIGGER audit_tells_the_truth; DROP TRIGGER audit_private_tells_the_truth;"
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
		" INSERT INTO audit SELECT i, 'at', 'w', 'r', 't', 'k' || i, 'insert', '', 'x=1' FROM n;"
		"INSERT INTO audit_private SELECT * FROM audit WHERE id <= 40;"
		"CREATE TRIGGER audit_tells_the_truth BEFORE INSERT ON audit BEGIN SELECT 1; END;"
		"CREATE TRIGGER audit_private_tells_the_truth BEFORE INSERT ON audit_private"
		" BEGIN SELECT 1; END;"
		"PRAGMA user_version = 2",
		&test_error));
	assert_true(chain_verify(older, &report, &test_error));
	assert_false(report.chained);
	sqlite3_close(older);

	old[2] = *chain;
	assert_true(identity_start(&identity, NULL, options.today, &test_error));
	if (!migrate(test_path, old, &identity, NULL, &test_error))
		fail_msg("%s", test_error.text);
	free(identity.actor);
	assert_int_equal(sqlite3_open(test_path, &db), SQLITE_OK);
	assert_true(chain_verify(db, &report, &test_error));
	assert_true(report.chained);
	assert_int_equal(report.chains[0].rows, 300);
	assert_int_equal(report.chains[1].rows, 40);
	must_find("UPDATE audit SET after = 'x=2' WHERE id = 150", 0, 150);
	sqlite3_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hash_is_sha_256),
		cmocka_unit_test(values_do_not_run_together),
		cmocka_unit_test_setup_teardown(whole_chain_is_whole, open_shell, close_shell),
		cmocka_unit_test_setup_teardown(
			every_column_of_every_row_counts, open_shell, close_shell),
		cmocka_unit_test_setup_teardown(
			rows_cannot_go_come_or_change_places, open_shell, close_shell),
		cmocka_unit_test_setup_teardown(
			cut_tail_shows_in_the_head, open_shell, close_shell),
		cmocka_unit_test_setup_teardown(
			private_hashes_cannot_be_guessed, open_shell, close_shell),
		cmocka_unit_test_setup_teardown(
			older_office_gets_a_whole_chain, make_directory, remove_directory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
