/*
 * columns.c - the headings of a CSV file. People's spreadsheets say "Client Name" or "E-Mail:";
 * only letters and digits count. GPL-3.0-or-later.
 */
#include "csv/columns.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "csv/csv_guard.h"

bool column_is_open(struct store *store, const struct field *field)
{
	return !(field->flags & FIELD_PRIVATE) || strcmp(store_role(store), "director") == 0;
}

/* A blank that does not break lines, as pages of the web have them, is a blank. */
static size_t blank_length(const char *heading)
{
	if ((unsigned char)*heading < 0x80)
		return *heading != '\0' && !isalnum((unsigned char)*heading);
	return strncmp(heading, "\u00a0", 2) == 0 ? 2 : 0;
}

/* The next letter or digit of a heading, or its end. Other characters beyond ASCII count too. */
static const char *next_letter(const char *heading)
{
	size_t length;

	while ((length = blank_length(heading)) > 0)
		heading += length;
	return heading;
}

/* Compares letters and digits only, ASCII ones without case. */
static bool same_heading(const char *left, const char *right)
{
	for (;; left++, right++) {
		left = next_letter(left);
		right = next_letter(right);
		if (tolower((unsigned char)*left) != tolower((unsigned char)*right))
			return false;
		if (*left == '\0')
			return true;
	}
}

static bool is_alias(const struct field *field, const char *heading)
{
	for (int i = 0; field->aliases != NULL && field->aliases[i] != NULL; i++) {
		if (same_heading(field->aliases[i], heading))
			return true;
	}
	return false;
}

/* The field a heading names: by key, else by label, else by an alias; -1 for none. */
static int field_named(const struct record_type *type, const char *heading)
{
	for (int i = 0; type->fields[i].key != NULL; i++) {
		if (same_heading(type->fields[i].key, heading))
			return i;
	}
	for (int i = 0; type->fields[i].key != NULL; i++) {
		if (same_heading(type->fields[i].label, heading))
			return i;
	}
	for (int i = 0; type->fields[i].key != NULL; i++) {
		if (is_alias(&type->fields[i], heading))
			return i;
	}
	return -1;
}

struct column column_of(const struct record_type *type, const char *heading)
{
	struct column column = {.use = USE_FIELD, .field = -1};

	if (*next_letter(heading) == '\0')
		column.use = USE_UNNAMED;
	else if (same_heading(heading, COLUMN_ERROR_LINE) ||
		 same_heading(heading, COLUMN_ERROR_COLUMN) ||
		 same_heading(heading, COLUMN_ERROR_REASON))
		column.use = USE_NOTHING;
	else if ((column.field = field_named(type, heading)) < 0 &&
		 same_heading(heading, COLUMN_VERSION))
		column.use = USE_VERSION;
	return column;
}

bool column_is_known(const char *heading, void *type)
{
	struct column column = column_of(type, heading);

	return column.use != USE_UNNAMED && (column.use != USE_FIELD || column.field >= 0);
}

/* ---- the whole row ---- */

void columns_free(struct columns *columns)
{
	for (int i = 0; i < columns->count; i++)
		free(columns->list[i].heading);
	free(columns->list);
	free(columns->of_field);
	*columns = (struct columns){0};
}

static void add_name(struct buffer *names, const char *name)
{
	if (names->length > 0)
		buffer_add(names, ", ");
	text_print(names, name);
}

/* True when no heading is one of the type: the row is a title, or the first record. */
static bool is_no_heading(const struct columns *columns)
{
	for (int i = 0; i < columns->count; i++) {
		const struct column *column = &columns->list[i];

		if (column->use != USE_UNNAMED && (column->use != USE_FIELD || column->field >= 0))
			return false;
	}
	return true;
}

static bool refuse_unknown(const struct record_type *type, const struct columns *columns,
	int64_t line, const char *unknown, struct error *err)
{
	struct buffer keys = {0};

	for (int i = 0; type->fields[i].key != NULL; i++)
		add_name(&keys, type->fields[i].key);
	if (is_no_heading(columns))
		error_set(err,
			"Line %" PRId64
			" names no column of %s: %.160s. The first line must be the "
			"headings; %s have: %s.",
			line, type->plural, unknown, type->plural, buffer_text(&keys));
	else
		error_set(err, "No such column: %.160s. Rename it or delete it; %s have: %s.",
			unknown, type->plural, buffer_text(&keys));
	buffer_free(&keys);
	return false;
}

/* Notes where a column stands; false when another column means the same. */
static bool place_column(struct columns *columns, int index, struct error *err)
{
	struct column *column = &columns->list[index];
	int *place = NULL;

	if (column->use == USE_FIELD)
		place = &columns->of_field[column->field];
	else if (column->use == USE_VERSION)
		place = &columns->version;
	if (place == NULL)
		return true;
	if (*place >= 0)
		return error_set(err,
			"The columns %d \"%.80s\" and %d \"%.80s\" mean the same. Delete one of "
			"them.",
			*place + 1, columns->list[*place].heading, index + 1, column->heading);
	*place = index;
	return true;
}

static bool place_columns(struct store *store, const struct record_type *type,
	struct columns *columns, struct error *err)
{
	for (int i = 0; i < columns->count; i++) {
		const struct column *column = &columns->list[i];

		if (column->use == USE_FIELD &&
			!column_is_open(store, &type->fields[column->field]))
			return error_set(err,
				"The column \"%.80s\" is for the director only. Delete it, and the field "
				"stays as it is.",
				column->heading);
		if (!place_column(columns, i, err))
			return false;
	}
	return true;
}

/* True when every row of the file makes a new record or names none. */
static bool check_keys(
	const struct record_type *type, const struct columns *columns, struct error *err)
{
	int key = (int)(record_type_key(type) - type->fields);
	struct buffer missing = {0};
	bool ok = true;

	if (columns->of_field[key] >= 0)
		return true;
	columns_missing(type, columns, &missing);
	if (missing.length > 0)
		ok = error_set(err,
			"The file has no column %s. Without a column \"%s\" every row is a new %s, and "
			"that needs it.",
			buffer_text(&missing), type->fields[key].key, type->label);
	buffer_free(&missing);
	return ok;
}

bool columns_read(struct store *store, const struct record_type *type, const struct csv_row *row,
	struct columns *columns, struct error *err)
{
	struct buffer unknown = {0};
	bool ok;

	*columns = (struct columns){.version = -1};
	columns->list = memory_new(row->count * sizeof *columns->list);
	columns->of_field =
		memory_new((size_t)record_type_field_count(type) * sizeof *columns->of_field);
	for (int i = 0; type->fields[i].key != NULL; i++)
		columns->of_field[i] = -1;
	for (size_t i = 0; i < row->count; i++) {
		char *heading = csv_guard_open(text_trim(row->cells[i]));
		struct buffer safe = {0};

		columns->list[i] = column_of(type, heading);
		text_print(&safe, heading);
		columns->list[i].heading = buffer_take(&safe);
		if (columns->list[i].use == USE_FIELD && columns->list[i].field < 0)
			add_name(&unknown, heading);
		columns->count++;
	}
	ok = unknown.length == 0 ||
	     refuse_unknown(type, columns, row->line, buffer_text(&unknown), err);
	ok = ok && place_columns(store, type, columns, err) && check_keys(type, columns, err);
	buffer_free(&unknown);
	if (!ok)
		columns_free(columns);
	return ok;
}

void columns_missing(
	const struct record_type *type, const struct columns *columns, struct buffer *out)
{
	for (int i = 0; type->fields[i].key != NULL; i++) {
		const struct field *field = &type->fields[i];
		bool given = field->flags & (FIELD_COMPUTED | FIELD_CREATOR) ||
			     (field->def != NULL && !(field->flags & FIELD_STATED)) ||
			     (field->flags & FIELD_KEY && type->key_rule != KEY_NATURAL);

		if (field->flags & FIELD_REQUIRED && !given && columns->of_field[i] < 0)
			add_name(out, field->key);
	}
}
