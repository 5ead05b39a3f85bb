/*
 * office_schema.c - the field tables and the database agree, both ways: every stored field is a
 * column of the right kind, every column a field, and every declaration is complete.
 * GPL-3.0-or-later.
 */
#include "office_file.h"

#include <ctype.h>
#include <sqlite3.h>

#include "core/text.h"

/* Columns that are no fields: "table.column why". Every type has id and version besides. */
static const char *const bare_columns[] = {NULL};

static sqlite3 *db;
static struct store *store;

/* One row of PRAGMA table_xinfo. */
struct column {
	char name[64], kind[16];
	bool not_null, has_default, generated;
};

static int read_columns(const char *table, struct column *out, int capacity)
{
	sqlite3_stmt *row;
	int count = 0;

	assert_int_equal(
		sqlite3_prepare_v2(db,
			"SELECT name, type, \"notnull\", dflt_value IS NOT NULL, hidden, pk "
			"FROM pragma_table_xinfo(?)",
			-1, &row, NULL),
		SQLITE_OK);
	sqlite3_bind_text(row, 1, table, -1, SQLITE_TRANSIENT);
	while (sqlite3_step(row) == SQLITE_ROW) {
		struct column *column = &out[count++];

		assert_true(count <= capacity);
		snprintf(column->name, sizeof column->name, "%s", sqlite3_column_text(row, 0));
		snprintf(column->kind, sizeof column->kind, "%s", sqlite3_column_text(row, 1));
		column->not_null =
			sqlite3_column_int(row, 2) != 0 || sqlite3_column_int(row, 5) != 0;
		column->has_default = sqlite3_column_int(row, 3) != 0;
		column->generated = sqlite3_column_int(row, 4) != 0;
	}
	sqlite3_finalize(row);
	return count;
}

static const struct column *find_column(const char *table, const char *name)
{
	static struct column columns[96];
	int count = read_columns(table, columns, 96);

	for (int i = 0; i < count; i++) {
		if (strcmp(columns[i].name, name) == 0)
			return &columns[i];
	}
	return NULL;
}

static void check_stored_field(const struct record_type *type, const struct field *field)
{
	const char *table = field->flags & FIELD_PRIVATE ? type->private_table : type->table;
	const struct column *column;
	const char *kind = field->type->mixed ? "ANY" : field->type->integer ? "INTEGER" : "TEXT";
	bool written = !(field->flags & FIELD_COMPUTED);

	assert_non_null(table);
	column = find_column(table, field->key);
	if (column == NULL)
		fail_msg("%s has no column %s", table, field->key);
	if (strncmp(column->kind, kind, strlen(kind)) != 0)
		fail_msg("%s.%s is %s, its field type wants %s", table, field->key, column->kind,
			kind);
	if (column->generated && written)
		fail_msg("%s.%s is generated, so its field is computed", table, field->key);
	/* What may be empty as '' is never NULL; what is NULL when empty may be NULL. */
	if (written && !field->type->null_when_empty && !column->not_null)
		fail_msg("%s.%s keeps '' for empty, so it is NOT NULL", table, field->key);
	if (written && field->type->null_when_empty && column->not_null &&
		!(field->flags & (FIELD_REQUIRED | FIELD_KEY | FIELD_CREATOR | FIELD_ACTION)) &&
		field->type != &yes_no_type && !column->has_default)
		fail_msg("%s.%s is NOT NULL, so its field is required", table, field->key);
}

static void every_stored_field_is_a_column(void **state)
{
	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		for (const struct field *field = record_types[i]->fields; field->key != NULL;
			field++) {
			if (field_stored(field))
				check_stored_field(record_types[i], field);
		}
	}
}

static bool is_bare(const char *table, const char *column)
{
	char name[128];

	snprintf(name, sizeof name, "%.60s.%.60s ", table, column);
	for (int i = 0; bare_columns[i] != NULL; i++) {
		if (strncmp(bare_columns[i], name, strlen(name)) == 0)
			return true;
	}
	return false;
}

static void check_columns(const struct record_type *type, const char *table, bool private)
{
	struct column columns[96];
	int count = read_columns(table, columns, 96);

	assert_true(count > 0);
	for (int i = 0; i < count; i++) {
		const struct field *field = record_type_field(type, columns[i].name);

		if (strcmp(columns[i].name, "id") == 0 || strcmp(columns[i].name, "version") == 0 ||
			(private && strcmp(columns[i].name, type->table) == 0) ||
			is_bare(table, columns[i].name))
			continue;
		if (field == NULL || !field_stored(field) ||
			((field->flags & FIELD_PRIVATE) != 0) != private)
			fail_msg("column %s.%s is no field of %s", table, columns[i].name,
				type->name);
	}
}

static void every_column_is_a_field(void **state)
{
	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		check_columns(record_types[i], record_types[i]->table, false);
		if (record_types[i]->private_table != NULL)
			check_columns(record_types[i], record_types[i]->private_table, true);
	}
}

static void every_type_has_the_columns_of_a_record(void **state)
{
	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		const struct record_type *type = record_types[i];
		const struct field *key = record_type_key(type);
		char *table_key;

		assert_non_null(key);
		assert_non_null(find_column(type->table, "id"));
		assert_non_null(find_column(type->table, "version"));
		table_key = store_text(store,
			"SELECT key_column FROM office_table WHERE name = :key", type->table);
		if (table_key == NULL)
			fail_msg("office_table has no row for %s", type->table);
		assert_string_equal(table_key, key->key);
		free(table_key);
		table_key = store_text(
			store, "SELECT type FROM office_table WHERE name = :key", type->table);
		assert_string_equal(table_key, type->name);
		free(table_key);
	}
}

/* True when some unique index is on just this column. */
static bool column_is_unique(const char *table, const char *column)
{
	static const char sql[] =
		"SELECT count(*) FROM pragma_index_list(?1) l WHERE l.\"unique\" "
		"AND (SELECT group_concat(name) FROM pragma_index_info(l.name)) = ?2";
	sqlite3_stmt *row;
	bool unique;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
	sqlite3_bind_text(row, 1, table, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(row, 2, column, -1, SQLITE_TRANSIENT);
	assert_int_equal(sqlite3_step(row), SQLITE_ROW);
	unique = sqlite3_column_int(row, 0) > 0;
	sqlite3_finalize(row);
	return unique;
}

static void keys_and_unique_fields_are_unique_in_the_table(void **state)
{
	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		for (const struct field *field = record_types[i]->fields; field->key != NULL;
			field++) {
			bool unique =
				field->flags & FIELD_KEY ||
				(field->flags & FIELD_UNIQUE && !(field->flags & FIELD_COMPUTED));

			if (unique && !column_is_unique(record_types[i]->table, field->key))
				fail_msg("%s.%s is not unique", record_types[i]->table, field->key);
		}
	}
}

static void check_words(const char *what, const char *name, const char *label, const char *help)
{
	if (label == NULL || label[0] == '\0')
		fail_msg("%s %s has no label", what, name);
	if (help == NULL || strlen(help) < 5)
		fail_msg("%s %s has no help", what, name);
	if (help[strlen(help) - 1] != '.')
		fail_msg("the help of %s %s is no sentence: %s", what, name, help);
}

static void check_field_words(const struct record_type *type, const struct field *field)
{
	char name[96];

	snprintf(name, sizeof name, "%s.%s", type->name, field->key);
	check_words("field", name, field->label, field->help);
	if (text_width(field->label) > 16)
		fail_msg("the label of %s is wider than 16 cells: %s", name, field->label);
	if (field->type == &choice_type && field->choices == NULL)
		fail_msg("%s has no choices", name);
	if (field->type == &reference_type &&
		(field->refers == NULL || record_type_find(field->refers) == NULL))
		fail_msg("%s refers to nothing", name);
	if (field->sql != NULL && !(field->flags & FIELD_COMPUTED))
		fail_msg("%s is calculated, so it is FIELD_COMPUTED", name);
}

static void every_field_and_action_explains_itself(void **state)
{
	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		const struct record_type *type = record_types[i];

		check_words("type", type->name, type->label, type->help);
		assert_non_null(type->plural);
		assert_non_null(type->group);
		for (const struct field *field = type->fields; field->key != NULL; field++) {
			check_field_words(type, field);
			assert_ptr_equal(record_type_field(type, field->key), field);
		}
		for (const struct view *view = type->views; view != NULL && view->name != NULL;
			view++)
			check_words("view", view->name, view->label, "A list.");
		for (const struct action *action = type->actions;
			action != NULL && action->name != NULL; action++) {
			check_words("action", action->name, action->label, action->help);
			for (const struct field *ask = action->asks;
				ask != NULL && ask->key != NULL; ask++)
				check_field_words(type, ask);
		}
	}
}

static void names_and_places_are_not_shared(void **state)
{
	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		for (int j = 0; j < i; j++) {
			const struct record_type *a = record_types[i], *b = record_types[j];

			assert_string_not_equal(a->name, b->name);
			assert_string_not_equal(a->table, b->table);
			if (a->order == b->order)
				fail_msg("%s and %s have the same place %d", a->name, b->name,
					a->order);
			if (a->prefix != NULL && b->prefix != NULL && a->prefix[0] != '\0' &&
				a->key_rule != KEY_CHILD && b->key_rule != KEY_CHILD)
				assert_string_not_equal(a->prefix, b->prefix);
		}
	}
}

/* What SQL a type declares, run over its rows: a mistake in it is fatal and named. */
static void views_actions_and_expressions_prepare(void **state)
{
	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		const struct record_type *type = record_types[i];
		struct record_query query = {.type = type};
		struct record *page[1];
		struct error err;

		int count = record_page(store, &query, NULL, false, 1, page, &err);
		assert_true(count >= 0);
		if (count > 0)
			record_free(page[0]);
		for (const struct view *view = type->views; view != NULL && view->name != NULL;
			view++) {
			query.view = view;
			assert_true(record_count(store, &query) >= 0);
		}
		for (const struct action *action = type->actions;
			action != NULL && action->name != NULL; action++) {
			struct record *record = record_new(type);

			record->id = 1;
			if (action->when != NULL) {
				struct action open = *action;

				open.states = NULL;
				open.roles = NULL;
				action_offered(store, &open, record);
			}
			record_free(record);
		}
	}
}

static void check_action_sql(const struct record_type *type, const struct action *action)
{
	struct buffer sql = {0};
	struct statement *statement;
	struct error err;

	if (action->set == NULL) {
		assert_non_null(action->run);
		return;
	}
	buffer_format(&sql, "UPDATE %s SET %s, version = version + 1 WHERE id = 0", type->table,
		action->set);
	statement = store_prepare(store, buffer_text(&sql), &err);
	if (statement == NULL)
		fail_msg("%s %s: %s", type->name, action->name, err.text);
	for (const struct field *ask = action->asks; ask != NULL && ask->key != NULL; ask++) {
		char name[64];

		snprintf(name, sizeof name, ":%s", ask->key);
		if (!statement_has(statement, name) && action->run == NULL)
			fail_msg("%s %s asks %s for nothing", type->name, action->name, ask->key);
	}
	statement_end(statement);
	buffer_free(&sql);
}

static void actions_use_what_they_ask(void **state)
{
	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		const struct action *action = record_types[i]->actions;

		for (; action != NULL && action->name != NULL; action++)
			check_action_sql(record_types[i], action);
	}
}

static void defaults_and_sort_fields_are_right(void **state)
{
	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		const struct record_type *type = record_types[i];

		if (type->sort != NULL &&
			record_type_field(type, type->sort + (type->sort[0] == '-')) == NULL)
			fail_msg("%s is sorted by %s, which is no field", type->name, type->sort);
		if (type->key_year != NULL && record_type_field(type, type->key_year) == NULL)
			fail_msg("%s takes its year from %s, which is no field", type->name,
				type->key_year);
		if ((type->key_rule == KEY_CHILD || type->key_rule == KEY_MEETING) &&
			record_type_parent(type) == NULL)
			fail_msg("%s has no parent for its keys", type->name);
		for (const struct field *field = type->fields; field->key != NULL; field++) {
			struct value value = {.kind = VALUE_NULL};
			struct error err;

			if (field->def != NULL && field->type != &reference_type &&
				!field_parse(field, store, field->def, &value, &err))
				fail_msg("%s: default of %s: %s", type->name, field->key, err.text);
			value_clear(&value);
		}
	}
}

/* ---- ranges ---- */

/* The number that stands behind "column WORD " in a CHECK of the table. */
static bool find_bound(
	const char *sql, const char *column, const char *word, int64_t *low, const char **rest)
{
	char wanted[96];
	const char *at = sql;

	snprintf(wanted, sizeof wanted, "%s %s ", column, word);
	while ((at = strstr(at, wanted)) != NULL) {
		bool whole = strchr(" (", at[-1]) != NULL;
		char *end;

		at += strlen(wanted);
		*low = strtoll(at, &end, 10);
		if (whole && end > at) {
			*rest = end;
			return true;
		}
	}
	return false;
}

static void must_not_take(
	const struct record_type *type, const struct field *field, int64_t number, const char *why)
{
	const struct value beyond = {.kind = VALUE_INTEGER, .integer = number};
	struct value value = {.kind = VALUE_NULL};
	struct buffer text = {0};
	struct error err;

	field_plain(field, &beyond, &text);
	if (field_parse(field, store, buffer_text(&text), &value, &err))
		fail_msg("%s.%s takes %s, which is %s what its CHECK lets in", type->name,
			field->key, buffer_text(&text), why);
	value_clear(&value);
	buffer_free(&text);
}

/* How many ends the CHECK of the column has. */
static int check_range(const struct record_type *type, const struct field *field)
{
	const char *table = field->flags & FIELD_PRIVATE ? type->private_table : type->table;
	char *sql = store_text(store, "SELECT sql FROM sqlite_schema WHERE name = :key", table);
	char quoted[64];
	const char *rest = NULL;
	int64_t low, high;
	int ends = 0;

	assert_non_null(sql);
	snprintf(quoted, sizeof quoted, "\"%s\"", field->key);
	if (find_bound(sql, field->key, "BETWEEN", &low, &rest) ||
		find_bound(sql, quoted, "BETWEEN", &low, &rest)) {
		high = strtoll(rest + strlen(" AND "), NULL, 10);
		must_not_take(type, field, low - 1, "below");
		must_not_take(type, field, high + 1, "above");
		ends = 2;
	} else if (find_bound(sql, field->key, ">=", &low, &rest)) {
		must_not_take(type, field, low - 1, "below");
		ends = 1;
	}
	free(sql);
	return ends;
}

/* A field's own sentence names its limit; the database could only say that there is one. */
static void fields_refuse_the_numbers_that_checks_refuse(void **state)
{
	int ends = 0;

	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		for (const struct field *field = record_types[i]->fields; field->key != NULL;
			field++) {
			if (field_stored(field) && (field->type->integer || field->type->mixed) &&
				!(field->flags & (FIELD_COMPUTED | FIELD_ACTION)))
				ends += check_range(record_types[i], field);
		}
	}
	/* Twelve months, votes, charges, quantities ...: were they all found? */
	assert_true(ends >= 50);
}

static int open_office(void **state)
{
	(void)state;
	store = office_open();
	assert_int_equal(sqlite3_open_v2(office_path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	return 0;
}

static int close_office(void **state)
{
	(void)state;
	sqlite3_close(db);
	office_close(store);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_stored_field_is_a_column),
		cmocka_unit_test(every_column_is_a_field),
		cmocka_unit_test(every_type_has_the_columns_of_a_record),
		cmocka_unit_test(keys_and_unique_fields_are_unique_in_the_table),
		cmocka_unit_test(every_field_and_action_explains_itself),
		cmocka_unit_test(names_and_places_are_not_shared),
		cmocka_unit_test(views_actions_and_expressions_prepare),
		cmocka_unit_test(actions_use_what_they_ask),
		cmocka_unit_test(defaults_and_sort_fields_are_right),
		cmocka_unit_test(fields_refuse_the_numbers_that_checks_refuse),
	};

	return cmocka_run_group_tests(tests, open_office, close_office);
}
