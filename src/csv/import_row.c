/*
 * import_row.c - one row of an import: a new record, or a change of one that is there.
 * GPL-3.0-or-later.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "csv/import_parts.h"
#include "office/history.h"
#include "office/people.h"

static int key_field(const struct import_run *run)
{
	return (int)(record_type_key(run->type) - run->type->fields);
}

static void fail(struct import_run *run, const struct error *err)
{
	if (store_error_is_final(err)) {
		run->stopped = true;
		run->failure = *err;
	} else {
		import_wrong_error(run, err);
	}
}

/* ---- what the plan was made of ---- */

/* Remembers the version for the plan that is made, or holds it against the plan that is done. */
static void compare_version(struct import_run *run, int64_t version)
{
	struct import_file *file = run->plan->file;
	size_t row = (size_t)run->plan->rows - 1;

	run->row_since = run->commits && file->checked && file->versions[row] != version;
	if (run->commits)
		return;
	if (row >= file->versions_room) {
		file->versions_room = row < 64 ? 64 : row * 2;
		file->versions =
			memory_resize(file->versions, file->versions_room * sizeof *file->versions);
	}
	file->versions[row] = version;
}

/* The row would do something else than the plan says, so the plan is to be made anew. */
static void stop_since(struct import_run *run, const char *key)
{
	struct buffer text = {0};

	history_last(run->store, run->type, key, &text);
	error_set(&run->failure, "%s since this was checked, so nothing was saved.",
		buffer_text(&text));
	memcpy(run->failure.code, "stale", sizeof "stale");
	run->stopped = true;
	buffer_free(&text);
}

/* ---- a new record ---- */

/* True when an empty cell has a meaning: the field's default, or no value. */
static bool has_blank(const struct import_run *run, int field)
{
	const struct field *row = &run->type->fields[field];

	return !(row->flags & FIELD_REQUIRED) ||
	       (!(row->flags & FIELD_STATED) && !value_empty(&run->blank->values[field]));
}

/*
 * Gives the new record what the row says. An empty cell takes the default. What the office keeps
 * itself is compared afterwards, when it is known: *compare says that there is any.
 */
static void fill_new(struct import_run *run, bool *compare)
{
	const struct columns *columns = run->columns;
	struct error err; /* outside the loop: it is large, and cleared on every entry */

	for (int i = 0; i < columns->count; i++) {
		int field = columns->list[i].field;
		const char *text;

		if (columns->list[i].use != USE_FIELD)
			continue;
		text = import_cell(run, i);
		if (import_is_owned(&run->type->fields[field], run->type, true)) {
			*compare |= text[0] != '\0';
			continue;
		}
		if (text[0] == '\0' && has_blank(run, field))
			value_copy(&run->fresh->values[field], &run->blank->values[field]);
		else if (!import_parse(run, field, text, &run->fresh->values[field], &err))
			import_wrong_error(run, &err);
	}
}

static void check_missing(struct import_run *run)
{
	struct buffer missing = {0}, text = {0};

	columns_missing(run->type, run->columns, &missing);
	if (missing.length > 0) {
		buffer_format(&text, "a new %s needs what the file has no column for: %s.",
			run->type->label, buffer_text(&missing));
		import_wrong(run, IMPORT_ERROR, -1, buffer_text(&text));
	}
	buffer_free(&missing);
	buffer_free(&text);
}

/* What the office worked out for the new record must be what the row says. */
static void compare_new(struct import_run *run)
{
	struct error err;
	struct record *record = record_load(run->store, run->type, record_key(run->fresh), &err);

	if (record == NULL) {
		fail(run, &err);
		return;
	}
	for (int i = 0; i < run->columns->count; i++) {
		int field = run->columns->list[i].field;
		const char *text;

		if (run->columns->list[i].use != USE_FIELD || field == key_field(run) ||
			!import_is_owned(&run->type->fields[field], run->type, true))
			continue;
		text = import_cell(run, i);
		if (text[0] != '\0' && !import_says(run, field, text, &record->values[field]))
			import_refuse_owned(run, field, text, record);
	}
	record_free(record);
}

static void insert_row(struct import_run *run)
{
	bool compare = false;
	struct error err;

	check_missing(run);
	fill_new(run, &compare);
	if (run->row_wrong)
		return;
	if (run->row_since) {
		stop_since(run, record_key(run->fresh));
		return;
	}
	if (!import_insert_record(run, &err)) {
		fail(run, &err);
		return;
	}
	if (compare)
		compare_new(run);
	if (!run->row_wrong && !run->stopped)
		import_done(run, IMPORT_INSERT, run->fresh);
}

/* ---- a record that is there ---- */

/* What the cell gives may be no more than the old text without its letters. */
static void check_letters(struct import_run *run, int field, const struct record *record)
{
	const struct value *before = &record->loaded[field], *after = &record->values[field];
	char *quoted;
	struct buffer text = {0};

	if (!import_letters_lost(before, after))
		return;
	quoted = text_quote(before->text, 40);
	buffer_format(&text,
		"has \"?\" for the letters of \"%s\": the file was saved in an encoding without "
		"them. Save it again as \"CSV UTF-8\" where they are whole, or leave the column away.",
		quoted);
	import_wrong(run, IMPORT_ERROR, run->columns->of_field[field], buffer_text(&text));
	buffer_free(&text);
	free(quoted);
}

static void fill_changes(struct import_run *run, struct record *record)
{
	struct error err;

	for (int i = 0; i < run->columns->count; i++) {
		int field = run->columns->list[i].field;
		const char *text;

		if (run->columns->list[i].use != USE_FIELD || field == key_field(run))
			continue;
		text = import_cell(run, i);
		if (import_says(run, field, text, &record->values[field]))
			continue;
		if (import_is_owned(&run->type->fields[field], run->type, false))
			import_refuse_owned(run, field, text, record);
		else if (!import_parse(run, field, text, &record->values[field], &err))
			import_wrong_error(run, &err);
		else
			check_letters(run, field, record);
	}
}

static bool is_changed(const struct record *record)
{
	for (int i = 0; record->type->fields[i].key != NULL; i++) {
		if (!value_same(&record->values[i], &record->loaded[i]))
			return true;
	}
	return false;
}

/* Who changed the record last: for the words of a conflict. */
static void say_conflict(struct import_run *run, const struct record *record)
{
	struct statement *statement = store_prepare(run->store,
		"SELECT who, at FROM audit_seen WHERE type = :type AND key = :key ORDER BY id DESC LIMIT 1",
		NULL);
	struct buffer text = {0};
	char time[20];

	buffer_format(&text, "%s was changed here since this file was written", record_key(record));
	if (statement != NULL) {
		statement_bind_text(statement, ":type", run->type->name);
		statement_bind_text(statement, ":key", record_key(record));
		if (statement_step(statement)) {
			buffer_add(&text, " (");
			person_short(run->store, statement_text(statement, 0), &text);
			buffer_format(&text, ", %s)",
				store_local_time(statement_text(statement, 1), time));
		}
		statement_end(statement);
	}
	buffer_add(&text, ". Export it again and make the change in the new file.");
	import_wrong(run, IMPORT_CONFLICT, -1, buffer_text(&text));
	buffer_free(&text);
}

/* The version that the row was exported with; 0 when it says none. */
static bool read_version(struct import_run *run, int64_t *version)
{
	const char *text = import_cell(run, run->columns->version);

	*version = 0;
	if (text == NULL || text[0] == '\0')
		return true;
	if (strlen(text) > 15 || strspn(text, "0123456789") != strlen(text)) {
		import_wrong(run, IMPORT_ERROR, run->columns->version,
			"is not a version as exports write it; leave it as it was, or empty.");
		return false;
	}
	*version = strtoll(text, NULL, 10);
	return true;
}

static void update_row(struct import_run *run, struct record *record)
{
	int kept = run->plan->kept_count;
	int64_t version;
	struct error err;

	fill_changes(run, record);
	if (!read_version(run, &version) || run->row_wrong)
		return;
	if (!is_changed(record)) {
		import_done(run, IMPORT_UNCHANGED, record);
		return;
	}
	if (run->row_since) {
		stop_since(run, record_key(record));
		return;
	}
	if (version != 0 && version != record->version) {
		say_conflict(run, record);
		return;
	}
	import_done(run, IMPORT_UPDATE, record);
	if (!record_save(run->store, record, &err)) {
		import_undone(run, IMPORT_UPDATE, kept);
		fail(run, &err);
	}
}

/* ---- a row ---- */

/* Cells beyond the headings, or under an empty one, must be empty; none may lack. */
static bool check_shape(struct import_run *run)
{
	struct buffer text = {0};

	for (size_t i = 0; i < run->row.count; i++) {
		bool named =
			i < (size_t)run->columns->count && run->columns->list[i].use != USE_UNNAMED;

		if (!named && text_trim(run->row.cells[i])[0] != '\0') {
			buffer_format(&text, "cell %zu stands under no heading.", i + 1);
			break;
		}
	}
	if (text.length == 0 && run->row.count < (size_t)run->columns->count)
		buffer_format(&text,
			"the row has %zu cells, and the file %d columns. Is a delimiter or a quotation "
			"mark missing?",
			run->row.count, run->columns->count);
	if (text.length > 0)
		import_wrong(run, IMPORT_ERROR, -1, buffer_text(&text));
	buffer_free(&text);
	return !run->row_wrong;
}

/* The record with this key in any case, or NULL; names and labels do not count here. */
static struct record *load_by_key(struct import_run *run, const char *key)
{
	struct record *record = record_load(run->store, run->type, key, NULL);

	if (record != NULL && text_same(record_key(record), key))
		return record;
	record_free(record);
	return NULL;
}

/* Two rows about one record would hide which of them is meant. */
static bool check_first(struct import_run *run, const char *key)
{
	char *capitals = memory_text(key);
	const struct name *before;
	struct buffer text = {0};

	for (char *c = capitals; *c != '\0'; c++)
		*c = (char)toupper((unsigned char)*c);
	before = names_find(&run->seen, capitals);
	if (before != NULL) {
		buffer_format(
			&text, "stands in this file already, in line %" PRId64 ".", before->line);
		import_wrong(run, IMPORT_ERROR, run->columns->of_field[key_field(run)],
			buffer_text(&text));
	} else {
		names_add(&run->seen, capitals, NULL, run->row.line);
	}
	buffer_free(&text);
	free(capitals);
	return before == NULL;
}

static void refuse_unknown_key(struct import_run *run)
{
	struct buffer text = {0};

	buffer_format(&text, "there is no such %s. Leave the cell empty for a new one.",
		run->type->label);
	import_wrong(run, IMPORT_ERROR, run->columns->of_field[key_field(run)], buffer_text(&text));
	buffer_free(&text);
}

void import_row(struct import_run *run)
{
	const char *key;
	struct record *record;

	if (import_is_blank(&run->row))
		return;
	run->plan->rows++;
	run->row_wrong = false;
	run->changed = NULL;
	compare_version(run, 0);
	if (!check_shape(run))
		return;
	key = import_cell(run, run->columns->of_field[key_field(run)]);
	if (key == NULL || key[0] == '\0') {
		insert_row(run);
		return;
	}
	if (!check_first(run, key))
		return;
	record = load_by_key(run, key);
	run->changed = record;
	compare_version(run, record == NULL ? 0 : record->version);
	if (record != NULL)
		update_row(run, record);
	else if (run->type->key_rule == KEY_NATURAL)
		insert_row(run);
	else
		refuse_unknown_key(run);
	run->changed = NULL;
	record_free(record);
}
