/*
 * store_statement.c - proves that statements are kept and given back clean, and that what the
 * database refuses becomes a code, a field and a sentence. GPL-3.0-or-later.
 */
#include "store_office.h"

static struct store *store;

static int open_office(void **state)
{
	make_test_office(state);
	store = open_as("dora");
	return 0;
}

static int close_office(void **state)
{
	store_close(store);
	return remove_directory(state);
}

static void statement_is_kept_by_its_text(void **state)
{
	char sql[] = "SELECT :a";
	struct statement *first = store_prepare(store, sql, NULL);
	struct statement *again;

	(void)state;
	statement_end(first);
	sql[0] = 's';
	again = store_prepare(store, "SELECT :a", NULL);
	assert_ptr_equal(again, first);
	statement_end(again);
}

static void statement_in_use_is_not_given_twice(void **state)
{
	struct statement *first = store_prepare(store, "SELECT login FROM user ORDER BY 1", NULL);
	struct statement *second;

	(void)state;
	assert_true(statement_step(first));
	second = store_prepare(store, "SELECT login FROM user ORDER BY 1", NULL);
	assert_ptr_not_equal(first, second);
	assert_true(statement_step(first));
	assert_true(statement_step(second));
	assert_string_equal(statement_text(second, 0), "ann");
	assert_string_equal(statement_text(first, 0), "bob");
	statement_end(first);
	statement_end(second);
}

static void ended_statement_has_no_bindings(void **state)
{
	struct statement *statement = store_prepare(store, "SELECT :text, :number, :none", NULL);

	(void)state;
	statement_bind_text(statement, ":text", "one");
	statement_bind_integer(statement, ":number", INT64_MIN);
	statement_bind_null(statement, ":none");
	assert_true(statement_step(statement));
	assert_string_equal(statement_text(statement, 0), "one");
	assert_int_equal(statement_text_length(statement, 0), 3);
	assert_true(statement_integer(statement, 1) == INT64_MIN);
	assert_true(statement_is_null(statement, 2));
	assert_string_equal(statement_text(statement, 2), "");
	assert_int_equal(statement_text_length(statement, 2), 0);
	statement_end(statement);
	statement = store_prepare(store, "SELECT :text, :number, :none", NULL);
	assert_true(statement_step(statement));
	assert_true(statement_is_null(statement, 0));
	assert_true(statement_is_null(statement, 1));
	statement_end(statement);
}

static void bound_text_is_copied(void **state)
{
	char text[] = "before";
	struct statement *statement = store_prepare(store, "SELECT :text, :null", NULL);

	(void)state;
	statement_bind_text(statement, ":text", text);
	statement_bind_text(statement, ":null", NULL);
	memcpy(text, "after!", sizeof text);
	assert_true(statement_step(statement));
	assert_string_equal(statement_text(statement, 0), "before");
	assert_true(statement_is_null(statement, 1));
	statement_end(statement);
}

static void columns_and_parameters_have_names(void **state)
{
	struct statement *statement =
		store_prepare(store, "SELECT key AS number, name FROM thing WHERE id = :id", NULL);

	(void)state;
	assert_int_equal(statement_columns(statement), 2);
	assert_string_equal(statement_column_name(statement, 0), "number");
	assert_string_equal(statement_column_name(statement, 1), "name");
	assert_true(statement_has(statement, ":id"));
	assert_false(statement_has(statement, ":key"));
	statement_end(statement);
}

static void finished_statement_does_not_start_over(void **state)
{
	struct statement *statement = store_prepare(store, "SELECT 1", NULL);

	(void)state;
	assert_true(statement_step(statement));
	assert_false(statement_step(statement));
	assert_false(statement_step(statement));
	assert_false(statement_failed(statement, &test_error));
	statement_end(statement);
	statement_end(NULL);
}

static void finished_statement_holds_no_read_transaction(void **state)
{
	struct statement *statement = store_prepare(store, "SELECT count(*) FROM user", NULL);

	(void)state;
	assert_true(statement_step(statement));
	assert_int_equal(sqlite3_txn_state(store->db, NULL), SQLITE_TXN_READ);
	assert_false(statement_step(statement));
	assert_int_equal(sqlite3_txn_state(store->db, NULL), SQLITE_TXN_NONE);
	statement_end(statement);
}

static void idle_statements_are_few(void **state)
{
	char sql[40];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		snprintf(sql, sizeof sql, "SELECT %d", i);
		assert_int_equal(store_integer(store, sql, NULL, -1), i);
	}
	assert_in_range(store->idle, 1, 100);
}

static void one_liners_read_one_value(void **state)
{
	char *text;

	(void)state;
	assert_int_equal(store_integer(store, "SELECT 7", NULL, 1), 7);
	assert_int_equal(store_integer(store, "SELECT NULL", NULL, 1), 1);
	assert_int_equal(
		store_integer(store, "SELECT id FROM user WHERE login = :key", "eve", -1), -1);
	text = store_text(store, "SELECT role FROM user WHERE login = :key", "ann");
	assert_string_equal(text, "staff");
	free(text);
	assert_null(store_text(store, "SELECT role FROM user WHERE login = :key", "eve"));
	assert_null(store_text(store, "SELECT NULL", NULL));
	assert_true(store_exists(store, "SELECT 1 FROM user WHERE login = :key", "ann"));
	assert_false(store_exists(store, "SELECT 1 FROM user WHERE login = :key", "eve"));
}

static void changes_and_last_id_are_of_the_statement(void **state)
{
	(void)state;
	must_run(store, "INSERT INTO thing (id, key) VALUES (41, 'T-1'), (42, 'T-2')");
	assert_int_equal(store_changes(store), 2);
	assert_int_equal(store_last_id(store), 42);
	must_run(store, "UPDATE thing SET name = 'x', version = version + 1 WHERE key = 'T-3'");
	assert_int_equal(store_changes(store), 0);
}

/* ---- bugs ---- */

static void prepare_nonsense(void)
{
	store_prepare(store, "SELECT nothing FROM nowhere", NULL);
}

static void prepare_two(void)
{
	store_prepare(store, "SELECT 1; SELECT 2", NULL);
}

static void prepare_nothing(void)
{
	store_prepare(store, " ", NULL);
}

static void bind_unknown_name(void)
{
	statement_bind_integer(store_prepare(store, "SELECT :a", NULL), ":b", 1);
}

static void bind_while_reading(void)
{
	struct statement *statement = store_prepare(store, "SELECT :a", NULL);

	statement_step(statement);
	statement_bind_integer(statement, ":a", 1);
}

static void bind_after_the_end(void)
{
	struct statement *statement = store_prepare(store, "SELECT :a", NULL);

	statement_end(statement);
	statement_bind_integer(statement, ":a", 1);
}

static void mistakes_in_our_own_sql_end_the_program(void **state)
{
	(void)state;
	must_end_program(prepare_nonsense);
	must_end_program(prepare_two);
	must_end_program(prepare_nothing);
	must_end_program(bind_unknown_name);
	must_end_program(bind_while_reading);
	must_end_program(bind_after_the_end);
}

/* ---- refusals ---- */

static void refusals_have_code_field_and_sentence(void **state)
{
	static const struct {
		const char *sql, *code, *field, *sentence;
	} refusals[] = {
		{"INSERT INTO thing (key, \"order\") VALUES ('T-2', 'a')", "unique", "order",
			"it must be unique"},
		{"INSERT INTO thing (key, name) VALUES ('T-2', NULL)", "required", "name",
			"A value is missing"},
		{"INSERT INTO thing (key, name) VALUES ('T-2', 'more than twenty letters')",
			"check", "name", "not one the office allows"},
		{"INSERT INTO thing (key, cents) VALUES ('T-2', -1)", "check", "cents",
			"not one the office allows"},
		{"INSERT INTO thing (key, cents) VALUES ('T-2', 'many')", "check", "cents",
			"not of the kind"},
		{"INSERT INTO thing (key, part_of) VALUES ('T-2', 'T-3')", "foreign-key", "",
			"refers to a record that does not exist"},
		{"UPDATE thing SET cents = 100001, version = 2", "over-limit", "",
			"A rule of the office forbids this (over-limit)."},
	};

	(void)state;
	must_run(store, "INSERT INTO thing (key, \"order\") VALUES ('T-1', 'a')");
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		must_refuse(store, refusals[i].sql, refusals[i].code);
		assert_string_equal(test_error.field, refusals[i].field);
		if (strstr(test_error.text, refusals[i].sentence) == NULL)
			fail_msg("%s: %s", refusals[i].sql, test_error.text);
		/* SQLite's words for a CHECK are nobody's at the terminal. */
		if (strstr(test_error.text, "failed") != NULL ||
			strstr(test_error.text, "thing") != NULL)
			fail_msg("%s", test_error.text);
	}
	must_read(store, "SELECT count(*) FROM thing", "1");
}

static void failed_statement_says_so_until_it_ends(void **state)
{
	struct statement *statement =
		store_prepare(store, "INSERT INTO thing (key) VALUES (:key)", NULL);

	(void)state;
	assert_false(statement_step(statement));
	assert_true(statement_failed(statement, &test_error));
	assert_string_equal(test_error.code, "required");
	assert_true(statement_failed(statement, NULL));
	statement_bind_text(statement, ":key", "T-1");
	assert_true(statement_run(statement, &test_error));
}

static char explained_code[32], explained_key[32];

static void explain(struct store *of, const char *code, const char *key, struct error *err)
{
	char *count = store_text(of, "SELECT count(*) FROM thing", NULL);

	assert_ptr_equal(of, store);
	snprintf(explained_code, sizeof explained_code, "%s", code);
	snprintf(explained_key, sizeof explained_key, "%s", key);
	snprintf(err->text, sizeof err->text, "%s is too dear, among %s.", key, count);
	snprintf(err->field, sizeof err->field, "cents");
	free(count);
	/* A rule broken while one is explained keeps its makeshift sentence. */
	assert_false(store_run(of, "UPDATE thing SET cents = 100002, version = 2", NULL));
}

static void rule_is_explained_in_the_office_s_words(void **state)
{
	char key[] = "T-1";

	(void)state;
	must_run(store, "INSERT INTO thing (key) VALUES ('T-1')");
	store_explain(store, explain);
	store_about(store, key);
	key[0] = 'X';
	must_refuse(store, "UPDATE thing SET cents = 100001, version = 2", "over-limit");
	assert_string_equal(test_error.text, "T-1 is too dear, among 1.");
	assert_string_equal(test_error.field, "cents");
	assert_string_equal(explained_code, "over-limit");
	assert_string_equal(explained_key, "T-1");
	store_about(store, NULL);
	must_refuse(store, "INSERT INTO thing (key) VALUES ('T-1')", "key-taken");
	assert_string_equal(explained_code, "key-taken");
	assert_string_equal(explained_key, "");
	*explained_code = '\0';
	must_refuse(store, "INSERT INTO thing (key, cents) VALUES ('T-2', -1)", "check");
	assert_string_equal(explained_code, "");
}

static void damaged_file_is_named_so(void **state)
{
	FILE *file;

	(void)state;
	must_run(store, "INSERT INTO thing (key, name) VALUES ('T-1', 'first')");
	store_close(store);
	file = fopen(test_path, "r+");
	for (long page = 1; page < 200; page++) {
		if (fseek(file, page * 4096, SEEK_SET) != 0 || getc(file) == EOF)
			break;
		fseek(file, page * 4096, SEEK_SET);
		if (page > 30)
			fputs("nothing that a page begins with", file);
	}
	fclose(file);
	store = store_open_with(
		&(struct store_options){.path = test_path}, test_files, &test_error);
	if (store != NULL &&
		store_run(store, "INSERT INTO thing (key) VALUES ('T-2')", &test_error))
		fail_msg("the damage was not seen");
	assert_string_equal(test_error.code, "damaged");
	assert_non_null(strstr(test_error.text, "look for a backup elsewhere"));
}

#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_OFFICE(statement_is_kept_by_its_text),
		IN_OFFICE(statement_in_use_is_not_given_twice),
		IN_OFFICE(ended_statement_has_no_bindings),
		IN_OFFICE(bound_text_is_copied),
		IN_OFFICE(columns_and_parameters_have_names),
		IN_OFFICE(finished_statement_does_not_start_over),
		IN_OFFICE(finished_statement_holds_no_read_transaction),
		IN_OFFICE(idle_statements_are_few),
		IN_OFFICE(one_liners_read_one_value),
		IN_OFFICE(changes_and_last_id_are_of_the_statement),
		IN_OFFICE(mistakes_in_our_own_sql_end_the_program),
		IN_OFFICE(refusals_have_code_field_and_sentence),
		IN_OFFICE(failed_statement_says_so_until_it_ends),
		IN_OFFICE(rule_is_explained_in_the_office_s_words),
		IN_OFFICE(damaged_file_is_named_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
