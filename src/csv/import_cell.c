/*
 * import_cell.c - single cells of an import: what they say, what they mean, and which of them the
 * office keeps itself. GPL-3.0-or-later.
 */
#include <ctype.h>
#include <string.h>

#include "core/text.h"
#include "csv/csv_guard.h"
#include "csv/import_parts.h"

/* Spreadsheets write the line breaks within a cell as CR LF, old ones as CR. */
static void plain_line_breaks(char *text)
{
	char *to = strchr(text, '\r');

	if (to == NULL)
		return;
	for (const char *from = to; *from != '\0'; from++) {
		if (*from == '\r' && from[1] == '\n')
			continue;
		*to++ = *from == '\r' ? '\n' : *from;
	}
	*to = '\0';
}

/* True for most cells: what begins and ends with a letter, digit or sign needs no trimming. */
static bool is_trim(const char *text, size_t length)
{
	return length == 0 ||
	       (isgraph((unsigned char)text[0]) && isgraph((unsigned char)text[length - 1]) &&
		       !(text[0] & 0x80) && !(text[length - 1] & 0x80));
}

char *import_cell(struct import_run *run, int column)
{
	char *text;

	if (column < 0 || (size_t)column >= run->row.count)
		return NULL;
	text = run->row.cells[column];
	if (!is_trim(text, run->row.lengths[column]))
		text = text_trim(text);
	plain_line_breaks(text);
	if (run->columns->list[column].use == USE_FIELD &&
		run->type->fields[run->columns->list[column].field].type->text)
		text = csv_guard_open(text);
	return text;
}

/* References to other types stand still during an import; those to its own rows do not. */
static bool is_remembered(const struct import_run *run, const struct field *field)
{
	return field->refers != NULL && record_type_find(field->refers) != run->type;
}

bool import_parse(
	struct import_run *run, int field, const char *text, struct value *value, struct error *err)
{
	const struct field *row = &run->type->fields[field];
	const struct name *known;
	struct buffer *name = &run->scratch;

	if (text[0] == '\0' || !is_remembered(run, row))
		return field_parse(row, run->store, text, value, err);
	buffer_clear(name);
	buffer_format(name, "%s %s", row->key, text);
	known = names_find(&run->references, buffer_text(name));
	if (known != NULL) {
		value_set_text(value, known->means);
		return true;
	}
	if (!field_parse(row, run->store, text, value, err))
		return false;
	names_add(&run->references, buffer_text(name), value->text, run->row.line);
	return true;
}

bool import_is_owned(const struct field *field, const struct record_type *type, bool new)
{
	if (field->flags & (FIELD_COMPUTED | FIELD_CREATOR) || !field_stored(field))
		return true;
	if (field->flags & FIELD_ACTION)
		return !(new && field->flags &FIELD_AT_FIRST);
	if (field->flags & FIELD_KEY && type->key_rule != KEY_NATURAL)
		return true;
	return !new && field->flags &(FIELD_KEY | FIELD_FIXED | FIELD_PARENT);
}

bool import_says(struct import_run *run, int field, const char *text, const struct value *stored)
{
	struct value value = {.kind = VALUE_NULL};
	bool same;

	buffer_clear(&run->scratch);
	field_plain(&run->type->fields[field], stored, &run->scratch);
	if (strcmp(buffer_text(&run->scratch), text) == 0)
		return true;
	/* "$1,000.00" says 1000.00, and "11/30/2026" says 2026-11-30. */
	same = text[0] != '\0' && import_parse(run, field, text, &value, NULL) &&
	       value_same(&value, stored);
	value_clear(&value);
	return same;
}

/* ---- refusing ---- */

/* True when the action's SET writes the column, to this value where value is not NULL. */
static bool action_writes(const struct action *action, const char *column, const char *value)
{
	struct buffer wanted = {0};
	bool writes = false;

	if (value != NULL)
		buffer_format(&wanted, "%s = '%s'", column, value);
	else
		buffer_format(&wanted, "%s = ", column);
	for (const char *at = action->set; at != NULL && !writes; at = strchr(at + 1, ' ')) {
		at += *at == ' ';
		writes = strncmp(at, buffer_text(&wanted), wanted.length) == 0;
	}
	buffer_free(&wanted);
	return writes;
}

/* Appends the names of the actions that write the field; those that write this value, if any do. */
static void list_actions(const struct record_type *type, const struct field *field,
	const char *value, struct buffer *out)
{
	const struct action *action = type->actions;

	for (; action != NULL && action->name != NULL; action++) {
		if (!action_writes(action, field->key, value))
			continue;
		if (out->length > 0)
			buffer_add(out, ", ");
		buffer_add(out, action->name);
	}
	if (out->length == 0 && value != NULL)
		list_actions(type, field, NULL, out);
}

static void say_owned(const struct record_type *type, const struct field *field, const char *text,
	struct buffer *out)
{
	struct buffer actions = {0};

	if (field->flags & FIELD_KEY || field->flags & (FIELD_FIXED | FIELD_PARENT)) {
		buffer_add(out, "it is given when the record is new and never changes; ");
	} else if (field->flags & FIELD_ACTION) {
		list_actions(type, field, text, &actions);
		if (actions.length > 0)
			buffer_format(out, "only an action changes it (mso do %s KEY: %s); ",
				type->name, buffer_text(&actions));
		else
			buffer_add(out, "only actions change it; ");
	} else if (field->flags & FIELD_CREATOR) {
		buffer_add(out, "it is whoever makes the record; ");
	} else {
		buffer_add(out, "the program works it out; ");
	}
	buffer_free(&actions);
}

void import_refuse_owned(
	struct import_run *run, int field, const char *text, const struct record *record)
{
	const struct field *row = &run->type->fields[field];
	struct buffer why = {0}, stored = {0};

	say_owned(run->type, row, text, &why);
	field_plain(row, &record->values[field], &stored);
	if (stored.length > 0)
		buffer_format(&why, "here it is \"%s\". Put that, or leave the column away.",
			buffer_text(&stored));
	else
		buffer_add(&why, "leave the cell empty.");
	import_wrong(run, IMPORT_ERROR, run->columns->of_field[field], buffer_text(&why));
	buffer_free(&why);
	buffer_free(&stored);
}
