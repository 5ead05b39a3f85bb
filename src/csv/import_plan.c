/*
 * import_plan.c - what an import tells about its rows: how many of each kind, what changes, what
 * is wrong and where. GPL-3.0-or-later.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "csv/csv_guard.h"
#include "csv/import_parts.h"

/* A person reads the first of them; the file of errors has them all. */
enum { KEPT_WRONG = 1000, KEPT_DONE = 1000, SHORT_TEXT = 60, CHANGE_TEXT = 300 };

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
	free(row->twin);
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
	plan->rows = plan->twins = 0;
	memset(plan->counts, 0, sizeof plan->counts);
	plan->file->wrong_count = 0;
	plan->file->kept_wrong = plan->file->kept_done = 0;
	buffer_clear(&plan->file->wrong_columns);
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

/* Adds to what is wrong with the row's line: a column, and a sentence. */
static void note_reason(struct import_file *file, int64_t line, const char *column,
	const char *value, const char *text)
{
	bool more = file->wrong_count > 0 && file->wrong[file->wrong_count - 1].line == line;

	if (more) {
		file->reasons.data[file->reasons.length - 1] = ' ';
		file->wrong_columns.length--;
		if (column[0] != '\0' &&
			file->wrong[file->wrong_count - 1].columns < file->wrong_columns.length)
			buffer_add(&file->wrong_columns, ", ");
	} else {
		if (file->wrong_count == file->wrong_room) {
			file->wrong_room = file->wrong_room > 0 ? file->wrong_room * 2 : 64;
			file->wrong =
				memory_resize(file->wrong, file->wrong_room * sizeof *file->wrong);
		}
		file->wrong[file->wrong_count++] = (struct import_wrong){
			line, file->wrong_columns.length, file->reasons.length};
	}
	buffer_add(&file->wrong_columns, column);
	buffer_add_char(&file->wrong_columns, '\0');
	if (column[0] != '\0')
		buffer_format(&file->reasons, "%s \"%s\": ", column, value);
	buffer_add(&file->reasons, text);
	buffer_add_char(&file->reasons, '\0');
}

/* What names the record of a wrong row: as it is here, else as the row says. */
static char *title_of(struct import_run *run)
{
	const struct field *title = record_type_title(run->type);
	int column;

	if (title == NULL || run->row.count == 0)
		return memory_text("");
	if (run->changed != NULL) {
		struct buffer text = {0};
		int field = (int)(title - run->type->fields);
		char *quoted;

		field_format(title, &run->changed->loaded[field], &text);
		quoted = text_quote(buffer_text(&text), SHORT_TEXT);
		buffer_free(&text);
		return quoted;
	}
	column = run->columns->of_field[title - run->type->fields];
	if (column < 0 || (size_t)column >= run->row.count)
		return memory_text("");
	return text_quote(csv_guard_open(run->row.cells[column]), SHORT_TEXT);
}

void import_wrong(struct import_run *run, enum import_kind kind, int column, const char *text)
{
	int key = run->columns->of_field[record_type_key(run->type) - run->type->fields];
	const char *heading = column < 0 ? "" : run->columns->list[column].heading;
	bool in_row = column >= 0 && (size_t)column < run->row.count;
	struct import_row *row;
	char *value;

	/* It is not the row that is wrong when the office could not be asked about it. */
	if (store_gave_up(run->store, &run->failure)) {
		run->stopped = true;
		run->row_wrong = true;
		return;
	}
	row = keep_row(run, kind);
	value = in_row ? text_quote(run->row.cells[column], SHORT_TEXT) : memory_text("");
	if (!run->row_wrong)
		run->plan->counts[kind]++;
	run->row_wrong = true;
	note_reason(run->plan->file, run->row.line, heading, value, text);
	if (row == NULL) {
		free(value);
		return;
	}
	row->key = text_quote(
		key >= 0 && (size_t)key < run->row.count ? run->row.cells[key] : "", SHORT_TEXT);
	row->title = title_of(run);
	row->column = memory_text(heading);
	if (column >= 0 && run->columns->list[column].use == USE_FIELD)
		row->field = &run->type->fields[run->columns->list[column].field];
	row->value = value;
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

	if (field < 0 || run->columns->of_field[field] < 0)
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
	short_one = text_quote(buffer_text(&text), CHANGE_TEXT);
	buffer_free(&text);
	return short_one;
}

/* Is there something to tell of the field: a change, or what a new record is given? */
static bool is_told(const struct import_row *row, const struct record *record, int field)
{
	const struct value *after = &record->values[field];

	if (row->kind == IMPORT_INSERT)
		return !value_empty(after) && !(record->type->fields[field].flags & FIELD_KEY);
	return !value_same(after, &record->loaded[field]);
}

static void keep_changes(struct import_row *row, const struct record *record)
{
	static const struct value nothing = {.kind = VALUE_NULL};
	const struct field *fields = record->type->fields;
	int count = 0;

	for (int i = 0; fields[i].key != NULL; i++)
		count += is_told(row, record, i);
	row->changes = memory_new(((size_t)count + 1) * sizeof *row->changes);
	for (int i = 0; fields[i].key != NULL; i++) {
		const struct value *before =
			row->kind == IMPORT_INSERT ? &nothing : &record->loaded[i];

		if (is_told(row, record, i))
			row->changes[row->change_count++] =
				(struct import_change){.field = &fields[i],
					.before = value_text(&fields[i], before),
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
	if (row->twin != NULL)
		buffer_format(out, " (like %s)", row->twin);
	for (int i = 0; row->kind == IMPORT_UPDATE && i < row->change_count; i++)
		buffer_format(out, "%s %s: %s -> %s", i == 0 ? "," : ";",
			row->changes[i].field->key,
			row->changes[i].before[0] != '\0' ? row->changes[i].before : "(empty)",
			row->changes[i].after[0] != '\0' ? row->changes[i].after : "(empty)");
}

void import_describe_twins(const struct import_plan *plan, struct buffer *out)
{
	enum { NAMED = 3 };
	bool by_name = import_twins_by_name(plan->type);
	int64_t named = 0;

	if (plan->twins == 0)
		return;
	buffer_format(
		out, "%" PRId64 " new %s ", plan->twins, plan->twins == 1 ? "record" : "records");
	if (by_name)
		buffer_add(out, plan->twins == 1
					? "has the name of one that is there already"
					: "have the names of others that are there already");
	else
		buffer_format(
			out, "%s there already, the same in all", plan->twins == 1 ? "is" : "are");
	for (int i = 0; i < plan->kept_count && named < NAMED; i++) {
		if (plan->kept[i].twin != NULL)
			buffer_format(out, "%s line %" PRId64 " %s", named++ > 0 ? "," : ":",
				plan->kept[i].line, plan->kept[i].twin);
	}
	buffer_add(out, named > 0 && named < plan->twins ? " and more." : ".");
	buffer_add(out, by_name ? " To change those instead, give their keys in the file."
				: " Perhaps the file was imported before.");
}
