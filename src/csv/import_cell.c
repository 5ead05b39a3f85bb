/*
 * import_cell.c - single cells of an import: what they say, what they mean, and which of them the
 * office keeps itself. GPL-3.0-or-later.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "csv/csv_guard.h"
#include "csv/import_parts.h"

/* Spreadsheets write the line breaks within a cell as CR LF, old ones as CR. */
void import_plain_lines(char *text)
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
	import_plain_lines(text);
	if (run->columns->list[column].use == USE_FIELD &&
		run->type->fields[run->columns->list[column].field].type->text)
		text = csv_guard_open(text);
	return text;
}

/* ---- what the office keeps itself, and what came back changed in form alone ---- */

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

/* Spreadsheets take "02134" for a number and write 2134, which is no ZIP code. */
static bool is_without_zeros(const char *text, const char *stored)
{
	const char *end = stored + strspn(stored, "0");

	return end > stored && text[0] != '\0' && strcmp(text, end) == 0 &&
	       strspn(text, "0123456789") == strlen(text);
}

bool import_says(struct import_run *run, int field, const char *text, const struct value *stored)
{
	struct value value = {.kind = VALUE_NULL};
	bool same, parsed;

	buffer_clear(&run->scratch);
	field_plain(&run->type->fields[field], stored, &run->scratch);
	if (strcmp(buffer_text(&run->scratch), text) == 0)
		return true;
	/* "$1,000.00" says 1000.00, and "11/30/2026" says 2026-11-30. */
	parsed = text[0] != '\0' && import_parse(run, field, text, &value, NULL);
	if (parsed)
		same = value_same(&value, stored);
	else
		same = stored->kind == VALUE_TEXT && is_without_zeros(text, stored->text);
	value_clear(&value);
	return same;
}

bool import_letters_lost(const struct value *before, const struct value *after)
{
	const char *old, *new;
	bool lost = false;

	if (before->kind != VALUE_TEXT || after->kind != VALUE_TEXT)
		return false;
	for (old = before->text, new = after->text; *old != '\0' && *new != '\0'; new ++) {
		uint32_t codepoint;
		size_t used = text_decode(old, strlen(old), &codepoint);

		if (used == 0 || *new != (codepoint < 0x80 ? *old : '?'))
			return false;
		lost |= codepoint >= 0x80;
		old += used;
	}
	return lost && *old == '\0' && *new == '\0';
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
