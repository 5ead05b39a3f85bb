/*
 * import_plan.c - what an import tells about its rows: how many of each kind, what changes, what
 * is wrong and where; and the file of wrong rows. GPL-3.0-or-later.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "csv/csv_writer.h"
#include "csv/import_parts.h"

/* A person reads the first of them; the file of errors has them all. */
enum { KEPT_WRONG = 1000, KEPT_DONE = 1000, SHORT_TEXT = 60 };

const char *const import_kind_words[IMPORT_KINDS] = {
	"insert", "update", "unchanged", "conflict", "error"};

static void free_row(struct import_row *row)
{
	for (int i = 0; i < row->change_count; i++) {
		free(row->changes[i].before);
		free(row->changes[i].after);
	}
	free(row->changes);
	free(row->key);
	free(row->title);
	free(row->column);
	free(row->value);
	free(row->text);
}

void import_reset(struct import_plan *plan)
{
	for (int i = 0; i < plan->kept_count; i++)
		free_row(&plan->kept[i]);
	free(plan->kept);
	plan->kept = NULL;
	plan->kept_count = 0;
	plan->left_out = false;
	plan->rows = 0;
	memset(plan->counts, 0, sizeof plan->counts);
	plan->file->wrong_count = 0;
	plan->file->kept_wrong = plan->file->kept_done = 0;
	buffer_clear(&plan->file->reasons);
}

bool import_is_clean(const struct import_plan *plan)
{
	return plan->counts[IMPORT_CONFLICT] == 0 && plan->counts[IMPORT_ERROR] == 0;
}

/* A row to fill in, or NULL when enough of its kind are kept. */
static struct import_row *keep_row(struct import_run *run, enum import_kind kind)
{
	struct import_plan *plan = run->plan;
	bool wrong = kind == IMPORT_ERROR || kind == IMPORT_CONFLICT;
	int *kept = wrong ? &plan->file->kept_wrong : &plan->file->kept_done;
	struct import_row *row;

	if (*kept >= (wrong ? KEPT_WRONG : KEPT_DONE)) {
		plan->left_out = true;
		return NULL;
	}
	++*kept;
	if ((plan->kept_count & (plan->kept_count - 1)) == 0)
		plan->kept = memory_resize(
			plan->kept, (size_t)(plan->kept_count > 0 ? plan->kept_count * 2 : 1) *
					    sizeof *plan->kept);
	row = &plan->kept[plan->kept_count++];
	*row = (struct import_row){.kind = kind, .line = run->row.line};
	return row;
}

/* ---- what is wrong ---- */

/* Adds to the reasons of the row's line. */
static void note_reason(
	struct import_file *file, int64_t line, const char *column, const char *text)
{
	bool more = file->wrong_count > 0 && file->wrong[file->wrong_count - 1].line == line;

	if (more) {
		file->reasons.data[file->reasons.length - 1] = ' ';
	} else {
		if (file->wrong_count == file->wrong_room) {
			file->wrong_room = file->wrong_room > 0 ? file->wrong_room * 2 : 64;
			file->wrong =
				memory_resize(file->wrong, file->wrong_room * sizeof *file->wrong);
		}
		file->wrong[file->wrong_count++] =
			(struct import_wrong){line, file->reasons.length};
	}
	if (column[0] != '\0')
		buffer_format(&file->reasons, "%s: ", column);
	buffer_add(&file->reasons, text);
	buffer_add_char(&file->reasons, '\0');
}

void import_wrong(struct import_run *run, enum import_kind kind, int column, const char *text)
{
	int key = run->columns->of_field[record_type_key(run->type) - run->type->fields];
	const char *heading = column < 0 ? "" : run->columns->list[column].heading;
	struct import_row *row = keep_row(run, kind);
	bool in_row = column >= 0 && (size_t)column < run->row.count;

	if (!run->row_wrong)
		run->plan->counts[kind]++;
	run->row_wrong = true;
	note_reason(run->plan->file, run->row.line, heading, text);
	if (row == NULL)
		return;
	row->key = text_quote(
		key >= 0 && (size_t)key < run->row.count ? run->row.cells[key] : "", SHORT_TEXT);
	row->title = memory_text("");
	row->column = memory_text(heading);
	row->value = in_row ? text_quote(run->row.cells[column], SHORT_TEXT) : memory_text("");
	row->text = memory_text(text);
}

/* A sentence about a field begins with its label, which the heading says already. */
static const char *without_label(const struct field *field, const char *text)
{
	size_t length = strlen(field->label);

	if (strncmp(text, field->label, length) == 0 && strncmp(text + length, ": ", 2) == 0)
		return text + length + 2;
	return text;
}

void import_wrong_error(struct import_run *run, const struct error *err)
{
	int field = record_type_field_index(run->type, err->field);
	bool stale = strcmp(err->code, "stale") == 0;

	if (field < 0)
		import_wrong(run, stale ? IMPORT_CONFLICT : IMPORT_ERROR, -1, err->text);
	else
		import_wrong(run, IMPORT_ERROR, run->columns->of_field[field],
			without_label(&run->type->fields[field], err->text));
}

/* ---- what is done ---- */

static char *value_text(const struct field *field, const struct value *value)
{
	struct buffer text = {0};
	char *short_one;

	field_format(field, value, &text);
	short_one = text_quote(buffer_text(&text), SHORT_TEXT);
	buffer_free(&text);
	return short_one;
}

static void keep_changes(struct import_row *row, const struct record *record)
{
	const struct field *fields = record->type->fields;
	int count = 0;

	for (int i = 0; fields[i].key != NULL; i++)
		count += !value_same(&record->values[i], &record->loaded[i]);
	row->changes = memory_new(((size_t)count + 1) * sizeof *row->changes);
	for (int i = 0; fields[i].key != NULL; i++) {
		if (value_same(&record->values[i], &record->loaded[i]))
			continue;
		row->changes[row->change_count++] = (struct import_change){.field = &fields[i],
			.before = value_text(&fields[i], &record->loaded[i]),
			.after = value_text(&fields[i], &record->values[i])};
	}
}

void import_done(struct import_run *run, enum import_kind kind, const struct record *record)
{
	const struct field *title = record_type_title(run->type);
	bool given = run->type->key_rule == KEY_NATURAL || run->commits || kind != IMPORT_INSERT;
	struct import_row *row;

	run->plan->counts[kind]++;
	row = kind == IMPORT_UNCHANGED ? NULL : keep_row(run, kind);
	if (row == NULL)
		return;
	row->key = memory_text(given ? record_key(record) : "");
	row->title = text_quote(title != NULL ? record_text(record, title->key) : "", SHORT_TEXT);
	row->column = memory_text("");
	row->value = memory_text("");
	row->text = memory_text("");
	if (kind == IMPORT_UPDATE)
		keep_changes(row, record);
}

void import_undone(struct import_run *run, enum import_kind kind, int kept_before)
{
	struct import_plan *plan = run->plan;

	plan->counts[kind]--;
	if (plan->kept_count > kept_before) {
		free_row(&plan->kept[--plan->kept_count]);
		plan->file->kept_done--;
	}
}

void import_describe(const struct import_row *row, struct buffer *out)
{
	buffer_format(out, "line %" PRId64 ": ", row->line);
	if (row->kind == IMPORT_ERROR || row->kind == IMPORT_CONFLICT) {
		if (row->column[0] != '\0')
			buffer_format(out, "%s \"%s\": ", row->column, row->value);
		text_print(out, row->text);
		return;
	}
	buffer_add(out, row->kind == IMPORT_INSERT ? "new" : row->key);
	if (row->kind == IMPORT_INSERT && row->key[0] != '\0')
		buffer_format(out, " %s", row->key);
	if (row->title[0] != '\0')
		buffer_format(out, " %s", row->title);
	for (int i = 0; i < row->change_count; i++)
		buffer_format(out, "%s %s: %s -> %s", i == 0 ? "," : ";",
			row->changes[i].field->key,
			row->changes[i].before[0] != '\0' ? row->changes[i].before : "(empty)",
			row->changes[i].after[0] != '\0' ? row->changes[i].after : "(empty)");
}

/* ---- the file of wrong rows ---- */

/*
 * A row as it stands in the file: guards are part of its cells and are not put on again. One with
 * too few or too many cells stays so, or its gaps would pass for fields to be emptied.
 */
static void copy_row(struct csv_writer *writer, const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		csv_writer_text(writer, row->cells[i], row->lengths[i], false);
}

static void copy_headings(struct csv_writer *writer, const struct columns *columns)
{
	for (int i = 0; i < columns->count; i++) {
		const struct column *column = &columns->list[i];

		if (column->use != USE_NOTHING)
			csv_writer_text(writer, column->heading, strlen(column->heading), false);
	}
	csv_writer_text(writer, COLUMN_ERROR_LINE, strlen(COLUMN_ERROR_LINE), false);
	csv_writer_text(writer, COLUMN_ERROR_REASON, strlen(COLUMN_ERROR_REASON), false);
	csv_writer_end_row(writer);
}

/* Leaves out the cells of an earlier file of errors. */
static void drop_ignored(const struct columns *columns, struct csv_row *row)
{
	size_t count = 0;

	for (size_t i = 0; i < row->count; i++) {
		if ((int)i < columns->count && columns->list[i].use == USE_NOTHING)
			continue;
		row->cells[count] = row->cells[i];
		row->lengths[count++] = row->lengths[i];
	}
	row->count = count;
}

static void copy_wrong_rows(
	const struct import_plan *plan, struct csv_reader *reader, struct csv_writer *writer)
{
	const struct import_file *file = plan->file;
	struct csv_row row;
	size_t next = 0;

	while (next < file->wrong_count && csv_reader_next(reader, &row)) {
		const char *reason = file->reasons.data + file->wrong[next].reason;
		char line[24];
		int length;

		if (row.line != file->wrong[next].line)
			continue;
		next++;
		drop_ignored(&file->columns, &row);
		copy_row(writer, &row);
		length = snprintf(line, sizeof line, "%" PRId64, row.line);
		csv_writer_number(writer, line, (size_t)length);
		csv_writer_text(writer, reason, strlen(reason), true);
		csv_writer_end_row(writer);
	}
}

bool import_write_errors(
	struct store *store, const struct import_plan *plan, const char *path, struct error *err)
{
	struct csv_row headings;
	struct csv_reader *reader;
	struct csv_writer *writer;
	struct stat about;

	if (stat(path, &about) == 0 && column_file_is_office(store, &about))
		return error_set(
			err, "%s is the office file itself. Give the file another name.", path);
	writer = csv_writer_new(path, false, err);
	if (writer == NULL)
		return false;
	reader = import_reader(plan, &headings, err);
	if (reader == NULL) {
		csv_writer_abandon(writer);
		return false;
	}
	copy_headings(writer, &plan->file->columns);
	copy_wrong_rows(plan, reader, writer);
	csv_reader_free(reader);
	return csv_writer_finish(writer, err);
}
