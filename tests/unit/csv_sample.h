/*
 * csv_sample.h - what the tests of imports share: an office of its own for each test, texts taken
 * in as files, and what must come of them. GPL-3.0-or-later.
 */
#ifndef CSV_SAMPLE_H
#define CSV_SAMPLE_H

#include "office_file.h"

#include "core/buffer.h"
#include "csv/import.h"

static struct store *store;

static inline int open_office(void **state)
{
	(void)state;
	store = office_open();
	return 0;
}

static inline int close_office(void **state)
{
	(void)state;
	office_close(store);
	return 0;
}

static inline struct import_plan *plan_of_bytes(const char *type, const char *text, size_t length)
{
	struct error err;
	struct import_plan *plan =
		import_open_text(store, record_type_find(type), "test.csv", text, length, &err);

	if (plan == NULL)
		fail_msg("%s", err.text);
	return plan;
}

static inline struct import_plan *plan_of(const char *type, const char *text)
{
	return plan_of_bytes(type, text, strlen(text));
}

/* Imports; the counts must be "insert/update/unchanged/conflict/error". Returns the plan. */
static inline struct import_plan *import_text(
	const char *type, const char *text, const char *counts)
{
	struct import_plan *plan = plan_of(type, text);
	struct error err;
	bool ok = import_commit(store, plan, &err);
	char found[80];

	snprintf(found, sizeof found, "%d/%d/%d/%d/%d", (int)plan->counts[IMPORT_INSERT],
		(int)plan->counts[IMPORT_UPDATE], (int)plan->counts[IMPORT_UNCHANGED],
		(int)plan->counts[IMPORT_CONFLICT], (int)plan->counts[IMPORT_ERROR]);
	if (strcmp(found, counts) != 0 || ok != import_is_clean(plan))
		fail_msg("%s instead of %s: %s %s", found, counts, ok ? "" : err.text,
			plan->kept_count > 0 ? plan->kept[0].text : "");
	return plan;
}

static inline void import_well(const char *type, const char *text, const char *counts)
{
	import_free(import_text(type, text, counts));
}

/* One row is wrong, in this line and column, for a reason with these words. */
static inline void import_wrongly(
	const char *type, const char *text, int line, const char *column, const char *words)
{
	struct import_plan *plan = plan_of(type, text);
	struct import_row *row;
	struct error err;
	int last;

	if (import_commit(store, plan, &err))
		fail_msg("imported: %s", text);
	assert_string_equal(err.code, "rows");
	for (last = plan->kept_count - 1; last > 0 && plan->kept[last].kind != IMPORT_ERROR; last--)
		;
	assert_true(last >= 0);
	row = &plan->kept[last];
	if (row->line != line || strcmp(row->column, column) != 0 ||
		strstr(row->text, words) == NULL)
		fail_msg("line %d, column %s: %s", (int)row->line, row->column, row->text);
	import_free(plan);
}

static inline void open_wrongly(const char *type, const char *text, const char *words)
{
	struct error err;
	struct import_plan *plan = import_open_text(
		store, record_type_find(type), "test.csv", text, strlen(text), &err);

	if (plan != NULL)
		fail_msg("opened: %s", text);
	if (strstr(err.text, words) == NULL)
		fail_msg("\"%s\" does not say %s", err.text, words);
}

static inline void expect(const char *type, const char *key, const char *field, const char *text)
{
	struct error err;
	struct record *record = record_load(store, record_type_find(type), key, &err);
	struct buffer found = {0};

	if (record == NULL)
		fail_msg("%s", err.text);
	field_plain(record_type_field(record->type, field), record_value(record, field), &found);
	assert_string_equal(buffer_text(&found), text);
	buffer_free(&found);
	record_free(record);
}

#endif
