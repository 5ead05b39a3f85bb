/*
 * office_rules.c - every code that a trigger raises has its sentence, every sentence its figures,
 * and a broken rule reaches the person in words. GPL-3.0-or-later.
 */
#include "office_file.h"

#include <sqlite3.h>

#include "office/rules.h"

static struct store *store;

/* Calls each for every code raised in the triggers of the office file. */
static void each_code(void (*each)(const char *code, const char *trigger))
{
	static const char raise[] = "RAISE";
	sqlite3_stmt *row;
	sqlite3 *db;

	assert_int_equal(sqlite3_open_v2(office_path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
			-1, &row, NULL),
		SQLITE_OK);
	while (sqlite3_step(row) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(row, 0);
		const char *at = (const char *)sqlite3_column_text(row, 1);

		while ((at = strstr(at, raise)) != NULL) {
			char code[64];

			at += strlen(raise);
			if (sscanf(at, " ( ABORT , '%63[^']'", code) == 1)
				each(code, name);
		}
	}
	sqlite3_finalize(row);
	sqlite3_close(db);
}

static int codes;

static void check_code(const char *code, const char *trigger)
{
	struct error err;

	codes++;
	if (rule_find(code) == NULL)
		fail_msg("trigger %s raises \"%s\", which has no sentence in rules_table.c",
			trigger, code);
	/* Codes travel in an error, which keeps them whole. */
	assert_true(strlen(code) < sizeof err.code);
}

static void every_code_has_a_sentence(void **state)
{
	(void)state;
	codes = 0;
	each_code(check_code);
	assert_true(codes > 30);
}

static const char *sought;
static bool raised;

static void check_raised(const char *code, const char *trigger)
{
	(void)trigger;
	raised |= strcmp(code, sought) == 0;
}

static void no_sentence_is_left_without_its_code(void **state)
{
	static const char *const constraints[] = {"unique", "check", "required", "foreign-key",
		"user-referred", "meeting-referred", NULL};

	(void)state;
	for (const struct rule *rule = rules; rule->code != NULL; rule++) {
		sought = rule->code;
		raised = false;
		for (int i = 0; constraints[i] != NULL; i++)
			raised |= strcmp(constraints[i], sought) == 0;
		each_code(check_raised);
		if (!raised)
			fail_msg("no trigger raises \"%s\"", sought);
	}
}

static bool has_column(struct statement *statement, const char *name, size_t length)
{
	for (int i = 0; i < statement_columns(statement); i++) {
		const char *column = statement_column_name(statement, i);

		if (strlen(column) == length && strncmp(column, name, length) == 0)
			return true;
	}
	return false;
}

static void figures_give_what_the_sentences_name(void **state)
{
	(void)state;
	for (const struct rule *rule = rules; rule->code != NULL; rule++) {
		struct statement *statement = NULL;
		struct error err;

		if (rule->figures != NULL) {
			/* A statement that does not prepare is fatal and says which. */
			statement = store_prepare(store, rule->figures, &err);
			assert_non_null(statement);
		}
		for (const char *at = rule->sentence; (at = strchr(at, '{')) != NULL; at++) {
			size_t length = strcspn(at + 1, ":}");

			if (strncmp(at, "{key}", 5) == 0)
				continue;
			if (statement == NULL || !has_column(statement, at + 1, length))
				fail_msg(
					"%s: nothing gives %.*s}", rule->code, (int)length + 1, at);
		}
		for (const struct rule *other = rules; other != rule; other++)
			assert_string_not_equal(other->code, rule->code);
		statement_end(statement);
	}
}

static void a_broken_rule_is_said_in_words(void **state)
{
	struct record *user =
		record_load(store, record_type_find("user"), store_actor(store), NULL);
	struct error err;

	(void)state;
	assert_true(record_set(store, user, "role", "viewer", &err));
	assert_false(record_save(store, user, &err));
	assert_string_equal(err.code, "last-director");
	assert_non_null(strstr(err.text, record_key(user)));
	assert_non_null(strstr(err.text, "only active director"));
	record_free(user);
}

static void every_code_gives_some_sentence(void **state)
{
	struct error err;

	(void)state;
	for (const struct rule *rule = rules; rule->code != NULL; rule++) {
		rules_explain(store, rule->code, "PR-2026-0001", &err);
		assert_string_equal(err.code, rule->code);
		assert_null(strchr(err.text, '{'));
		assert_true(strlen(err.text) > 20);
		assert_true(strlen(err.text) < sizeof err.text - 1);
	}
	rules_explain(store, "brand-new", "", &err);
	assert_string_equal(err.code, "brand-new");
	assert_non_null(strstr(err.text, "brand-new"));
	rules_explain(store, "stale", "C-0001", NULL);
}

static int open_office(void **state)
{
	(void)state;
	store = office_open();
	return 0;
}

static int close_office(void **state)
{
	(void)state;
	office_close(store);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_has_a_sentence),
		cmocka_unit_test(no_sentence_is_left_without_its_code),
		cmocka_unit_test(figures_give_what_the_sentences_name),
		cmocka_unit_test(a_broken_rule_is_said_in_words),
		cmocka_unit_test(every_code_gives_some_sentence),
	};

	return cmocka_run_group_tests(tests, open_office, close_office);
}
