/*
 * import_errors.c - the wrong rows of an import, as the file has them: one to look at, and all of
 * them as a file that can be mended and imported. GPL-3.0-or-later.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "csv/csv_guard.h"
#include "csv/csv_writer.h"
#include "csv/import_parts.h"
#include "store/user_file.h"

/* ---- one row ---- */

static void add_cell(const struct import_plan *plan, int index, char *cell, struct buffer *out)
{
	const struct column *column = &plan->file->columns.list[index];
	const char *name = column->use == USE_FIELD ? plan->type->fields[column->field].label
						    : column->heading;

	if (cell[0] == '\0' || column->use == USE_NOTHING || column->use == USE_VERSION)
		return;
	buffer_format(out, "%s: ", name);
	text_print(out, csv_guard_open(cell));
	buffer_add(out, "\n");
}

void import_cells(const struct import_plan *plan, int64_t line, struct buffer *out)
{
	struct csv_row row;
	struct csv_reader *reader = import_reader(plan, &row, NULL);

	while (reader != NULL && csv_reader_next(reader, &row)) {
		if (row.line < line)
			continue;
		for (int i = 0; row.line == line && i < plan->file->columns.count; i++) {
			if ((size_t)i < row.count)
				add_cell(plan, i, row.cells[i], out);
		}
		break;
	}
	csv_reader_free(reader);
}

/* ---- the file ---- */

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
	csv_writer_text(writer, COLUMN_ERROR_COLUMN, strlen(COLUMN_ERROR_COLUMN), false);
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
		const char *wrong = file->wrong_columns.data + file->wrong[next].columns;
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
		csv_writer_text(writer, wrong, strlen(wrong), true);
		csv_writer_text(writer, reason, strlen(reason), true);
		csv_writer_end_row(writer);
	}
}

/* By the file itself, not by its name; and what has the source's name now is the person's, too. */
bool import_may_write_errors(const struct import_plan *plan, const char *path, struct error *err)
{
	struct stat there, now;

	if (!user_file_look(path, &there))
		return true;
	if (!user_file_same(&there, &plan->file->source) &&
		(plan->path == NULL || !user_file_look(plan->path, &now) ||
			!user_file_same(&there, &now)))
		return true;
	return error_set(err,
		"%s is the file that is imported, and the wrong rows would take its place. Give them "
		"another name.",
		path);
}

bool import_write_errors(
	struct store *store, const struct import_plan *plan, const char *path, struct error *err)
{
	struct csv_row headings;
	struct csv_reader *reader;
	struct csv_writer *writer;

	if (!import_may_write_errors(plan, path, err))
		return false;
	writer = csv_writer_new(store, path, false, err);
	if (writer == NULL)
		return false;
	reader = import_reader(plan, &headings, err);
	if (reader == NULL) {
		csv_writer_abandon(writer);
		return false;
	}
	/* As the file has it: at semicolons dates and numbers are read with more care. */
	csv_writer_delimit(writer, csv_reader_delimiter(reader));
	copy_headings(writer, &plan->file->columns);
	copy_wrong_rows(plan, reader, writer);
	csv_reader_free(reader);
	return csv_writer_finish(writer, err);
}
