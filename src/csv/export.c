/*
 * export.c - records as CSV. Called by `mso export` and by every list. GPL-3.0-or-later.
 */
#include "csv/export.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "csv/columns.h"
#include "store/user_file.h"

struct export
{
	const struct record_type *type;
	struct csv_writer *writer;
	bool *open;            /* for each field: the actor may see it */
	struct buffer scratch; /* kept for its memory */
};

static void write_heading(const struct export *export)
{
	for (int i = 0; export->type->fields[i].key != NULL; i++) {
		const char *key = export->type->fields[i].key;

		if (export->open[i])
			csv_writer_text(export->writer, key, strlen(key), false);
	}
	csv_writer_text(export->writer, COLUMN_VERSION, strlen(COLUMN_VERSION), false);
	csv_writer_end_row(export->writer);
}

static void write_value(struct export *export, const struct field *field, const struct value *value)
{
	struct buffer *text = &export->scratch;

	buffer_clear(text);
	field_plain(field, value, text);
	if (value->kind == VALUE_INTEGER && !(field->type->edit == EDIT_CHOICE))
		csv_writer_number(export->writer, buffer_text(text), text->length);
	else
		csv_writer_text(export->writer, buffer_text(text), text->length, field->type->text);
}

static bool write_record(const struct record *record, void *context)
{
	struct export *export = context;
	const struct field *fields = export->type->fields;
	char version[24];
	int length;

	for (int i = 0; fields[i].key != NULL; i++) {
		if (export->open[i])
			write_value(export, &fields[i], &record->values[i]);
	}
	length = snprintf(version, sizeof version, "%" PRId64, record->version);
	csv_writer_number(export->writer, version, (size_t)length);
	csv_writer_end_row(export->writer);
	return !csv_writer_stopped(export->writer);
}

bool export_records(struct store *store, const struct record_query *query,
	struct csv_writer *writer, struct error *err)
{
	int count = record_type_field_count(query->type);
	struct export export = {.type = query->type, .writer = writer};
	bool ok;

	export.open = memory_new((size_t)count * sizeof *export.open);
	for (int i = 0; i < count; i++)
		export.open[i] = column_is_open(store, &query->type->fields[i]);
	write_heading(&export);
	ok = record_each(store, query, write_record, &export, err);
	free(export.open);
	buffer_free(&export.scratch);
	return ok;
}

bool export_file(struct store *store, const struct record_query *query, const char *path, bool raw,
	struct error *err)
{
	struct csv_writer *writer;

	writer = csv_writer_new(store, path, raw, err);
	if (writer == NULL)
		return false;
	if (!export_records(store, query, writer, err)) {
		csv_writer_abandon(writer);
		return false;
	}
	return csv_writer_finish(writer, err);
}

bool export_all(struct store *store, const char *directory, bool raw, struct error *err)
{
	bool ok = true;

	if (!user_file_make_folder(directory, err))
		return false;
	for (int i = 0; record_types[i] != NULL && ok; i++) {
		struct record_query query = {.type = record_types[i]};
		struct buffer path = {0};

		buffer_format(&path, "%s/%s.csv", directory, record_types[i]->name);
		ok = export_file(store, &query, buffer_text(&path), raw, err);
		buffer_free(&path);
	}
	return ok;
}
