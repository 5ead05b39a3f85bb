/*
 * record_form.c - typed texts and stored values, both ways, by the field table.
 * GPL-3.0-or-later.
 */
#include "screens/record_form.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "core/text.h"
#include "screens/record_columns.h"
#include "screens/record_rows.h"
#include "screens/screens.h"
#include "screens/session.h"
#include "screens/words.h"
#include "tui/loop.h"
#include "tui/wrap.h"

enum {
	TEXT_MOST = 200, /* characters where the field names no limit */
	NOTE_ROWS = 3,   /* rows of a note while it is typed */
	NEAR_DAYS = 60,  /* a date within so many days says how far off it is */
	NEAR_CELLS = 10, /* "in 60 days" */
	MATCHES = 30,    /* records looked at for the one that a word means */
};

struct record_form {
	struct store *store;
	const struct record_type *type; /* NULL: what an action asks */
	const struct field **fields;    /* of the form, in its order; owned array */
	struct form_field *declared;    /* owned */
	int count;
	struct form_calls calls;
	struct form *form; /* owned */
	void (*changed)(void *context);
	void *context;
	int looking_up;       /* the field that F4 was pressed in */
	struct record *about; /* owned: what an action asks about, or NULL */
};

/* ---- from the field table to the form ---- */

static const char *choice_at(void *context, int position)
{
	static const char *const yes_no[] = {"yes", "no", NULL};
	const struct field *field = context;
	const char *const *choices = field->choices != NULL ? field->choices : yes_no;

	for (int i = 0; i < position; i++) {
		if (choices[i] == NULL)
			return NULL;
	}
	return choices[position];
}

static bool is_lines(const struct field *field)
{
	return field->type->edit == EDIT_LINES;
}

static bool looks_up(const struct field *field)
{
	return field->type->edit == EDIT_REFERENCE || field->type->edit == EDIT_CHOICE;
}

static struct form_field declare(const struct field *field)
{
	bool warns = is_lines(field) && strstr(field->help, "No patient data") != NULL;

	return (struct form_field){.label = field->label,
		.hint = field->help,
		.note = warns ? "no patient data here" : NULL,
		.width = field_width(field),
		.rows = is_lines(field) ? NOTE_ROWS : 1,
		.note_width =
			field->type == &date_type && field->flags & FIELD_REQUIRED ? NEAR_CELLS : 0,
		.maximum = field->type->text && field->max > 0 ? (int)field->max : TEXT_MOST,
		.flags = (field_needed(field) ? FORM_REQUIRED : 0u) |
			 (looks_up(field) ? FORM_LOOK_UP : 0u) |
			 (field->type->text ? 0u : FORM_WHOLE),
		.choices = field->type->edit == EDIT_CHOICE ? choice_at : NULL,
		.choices_context = (void *)field};
}

static bool may_see(struct store *store, const struct field *field)
{
	return !(field->flags & FIELD_PRIVATE) || strcmp(store_role(store), "director") == 0;
}

/* Is this field of the record worth a place in the form? */
static bool is_shown(
	struct store *store, const struct record *record, int index, const char *hidden)
{
	const struct field *field = &record->type->fields[index];
	bool typed = record_may_set(store, record, field);
	bool written = !(field->flags & (FIELD_COMPUTED | FIELD_ACTION | FIELD_CREATOR)) || typed;

	if (!may_see(store, field) || words_hold(hidden, field->key))
		return false;
	if (field->flags & FIELD_KEY || field == record_state_field(record->type))
		return typed && record->id == 0;
	/* What nobody types is shown once there is something to see. */
	return written || (record->id != 0 && !value_empty(&record->values[index]));
}

/* ---- what the form asks ---- */

/* "today", "in 9 days": beside a date that is near, so nobody has to count. */
static void date_note(struct record_form *form, int index)
{
	const char *text = form_text(form->form, index);
	struct buffer note = {0};
	int64_t days;

	if (form->declared[index].note_width > 0 && date_valid(text)) {
		days = date_days(text) - date_days(store_today(form->store));
		if (days == 0)
			buffer_add(&note, "today");
		else if (days == 1)
			buffer_add(&note, "tomorrow");
		else if (days > 1 && days <= NEAR_DAYS)
			buffer_format(&note, "in %d days", (int)days);
	}
	form_note_set(form->form, index, note.length > 0 ? buffer_text(&note) : NULL);
	buffer_free(&note);
}

/*
 * Records that the field may name and the text occurs in, MATCHES at most, those named so first;
 * the caller frees them.
 */
static int find_matches(struct record_form *form, int index, struct record **records, int *named)
{
	const struct field *field = form->fields[index];
	char *shared = record_among(form->store, form, field);
	int count = look_up_records(
		form->store, field, shared, form_text(form->form, index), MATCHES, records, named);

	free(shared);
	return count;
}

/* A reference that is none: a word of several records, or of no record at all. */
static void explain_reference(
	struct record_form *form, int index, const char *text, struct buffer *out)
{
	struct record *records[MATCHES];
	int named, count = find_matches(form, index, records, &named);
	char *plural = memory_text(record_type_find(form->fields[index]->refers)->plural);

	plural[0] = (char)tolower((unsigned char)plural[0]);
	if (count > 1)
		buffer_format(out, "%s \"%s\" may be one of several %s. F4 shows them.",
			form->fields[index]->label, form_text(form->form, index), plural);
	else
		buffer_format(out, "%s F4 looks it up.", text);
	while (count > 0)
		record_free(records[--count]);
	free(plural);
}

/* Reads one field's text; says beside it what is wrong, or writes it as the office does. */
static bool read_field(struct record_form *form, int index, struct value *value)
{
	const struct field *field = form->fields[index];
	struct error err;

	if (!field_parse(field, form->store, form_text(form->form, index), value, &err)) {
		struct buffer text = {0};

		if (field->refers != NULL && form_text(form->form, index)[0] != '\0')
			explain_reference(form, index, err.text, &text);
		else
			buffer_add(&text, err.text);
		form_error_set(form->form, index, buffer_text(&text));
		buffer_free(&text);
		return false;
	}
	form_error_set(form->form, index, NULL);
	return true;
}

/*
 * The only one of the records; or the only one with such a word in its name, since people are
 * called by their last names; or the only one whose name starts so. NULL: none.
 */
static const struct record *meant_by(
	const char *text, struct record *const *records, int count, int named)
{
	const struct field *title = count > 0 ? record_type_title(records[0]->type) : NULL;
	const struct record *meant = NULL;

	if (count == 1 || named == 1)
		return records[0];
	for (int i = 0; i < named && title != NULL; i++) {
		if (!text_starts(record_text(records[i], title->key), text))
			continue;
		if (meant != NULL)
			return NULL;
		meant = records[i];
	}
	return meant;
}

/* A word that only one record has stands for it: "acme" is V-0003. Puts its key into the field. */
static void complete_reference(struct record_form *form, int index)
{
	const struct field *field = form->fields[index];
	const char *text = form_text(form->form, index);
	struct record *records[MATCHES];
	const struct record *meant;
	struct value value = {.kind = VALUE_NULL};
	bool known = field->refers == NULL || field_parse(field, form->store, text, &value, NULL);
	int named = 0, count = known ? 0 : find_matches(form, index, records, &named);

	meant = meant_by(text, records, count, named);
	if (meant != NULL)
		form_set_text(form->form, index, record_key(meant));
	while (count > 0)
		record_free(records[--count]);
	value_clear(&value);
}

/* A field's value as it stands in the form; while typing a name is cut to what is in sight. */
static void form_value_text(
	struct record_form *form, int index, const struct value *value, struct buffer *out)
{
	const struct field *field = form->fields[index];
	size_t length, at = 0;

	record_value_text(form->store, field, value, out);
	if (field->refers == NULL || form_reading(form->form))
		return;
	length = out->length;
	while (at < length &&
		unit_cells(out->data, 0, unit_end(out->data, length, at)) <= field_width(field))
		at = unit_end(out->data, length, at);
	if (at < length) {
		out->data[at] = '\0';
		out->length = at;
	}
}

static void normalise(struct record_form *form, int index)
{
	struct value value = {.kind = VALUE_NULL};
	struct buffer text = {0};

	if (form_text(form->form, index)[0] != '\0' && form_changed(form->form, index))
		complete_reference(form, index);
	/* What is as it was, or empty, is for the save to judge. */
	if (form_text(form->form, index)[0] != '\0' && form_changed(form->form, index) &&
		read_field(form, index, &value)) {
		form_value_text(form, index, &value, &text);
		if (strcmp(buffer_text(&text), form_text(form->form, index)) != 0)
			form_set_text(form->form, index, buffer_text(&text));
	}
	date_note(form, index);
	value_clear(&value);
	buffer_free(&text);
}

static void tell_changed(struct record_form *form)
{
	if (form->changed != NULL)
		form->changed(form->context);
}

static void form_typed(struct form *widget, int index, void *context)
{
	/* A mistake that is being mended is no longer worth a line. */
	form_error_set(widget, index, NULL);
	tell_changed(context);
}

static void form_left(struct form *widget, int index, void *context)
{
	struct record_form *form = context;
	struct buffer before = {0};

	buffer_add(&before, form_text(widget, index));
	normalise(form, index);
	if (strcmp(buffer_text(&before), form_text(widget, index)) != 0)
		tell_changed(form);
	buffer_free(&before);
}

static void looked_up(void *context, const char *key)
{
	struct record_form *form = context;

	if (key == NULL)
		return;
	form_set_text(form->form, form->looking_up, key);
	normalise(form, form->looking_up);
	tell_changed(form);
	loop_redraw();
}

/* True where what stands in the field was typed to find a value by, and is not a value itself. */
static bool is_being_typed(struct record_form *form, int index)
{
	struct value value = {.kind = VALUE_NULL};
	struct buffer written = {0};
	bool typed = form_changed(form->form, index);

	if (typed && field_parse(form->fields[index], form->store, form_text(form->form, index),
			     &value, NULL)) {
		form_value_text(form, index, &value, &written);
		typed = strcmp(buffer_text(&written), form_text(form->form, index)) != 0;
	}
	value_clear(&value);
	buffer_free(&written);
	return typed;
}

static bool form_looks_up(struct form *widget, int index, void *context)
{
	struct record_form *form = context;
	char *shared = record_among(form->store, form, form->fields[index]);

	form->looking_up = index;
	look_up_among(form->store, form->fields[index], shared,
		is_being_typed(form, index) ? form_text(widget, index) : "", looked_up, form);
	free(shared);
	return false; /* the answer comes later */
}

static bool form_copies(struct form *widget, int index, void *context)
{
	struct record_form *form = context;
	const struct record *last = form->type == NULL ? NULL : session_last(form->type);
	struct buffer text = {0};

	if (last == NULL) {
		message_set(ROLE_WARNING,
			"Nothing to copy: you have saved no other record of this kind yet.");
		return false;
	}
	record_value_text(form->store, form->fields[index],
		record_value(last, form->fields[index]->key), &text);
	form_set_text(widget, index, buffer_text(&text));
	buffer_free(&text);
	return true;
}

/* ---- beginning and end ---- */

static struct record_form *new_form(struct store *store, const struct record_type *type, int most)
{
	struct record_form *form = memory_new(sizeof *form);

	form->store = store;
	form->type = type;
	form->fields = memory_new(((size_t)most + 1) * sizeof(struct field *));
	form->declared = memory_new(((size_t)most + 1) * sizeof *form->declared);
	form->calls = (struct form_calls){.context = form,
		.on_change = form_typed,
		.on_leave = form_left,
		.look_up = form_looks_up,
		.copy_last = form_copies};
	return form;
}

static void add_field(struct record_form *form, const struct field *field)
{
	form->fields[form->count] = field;
	form->declared[form->count] = declare(field);
	form->count++;
}

struct record_form *record_form_new(
	struct store *store, const struct record *record, const char *hidden)
{
	const struct record_type *type = record->type;
	struct record_form *form = new_form(store, type, record_type_field_count(type));

	for (int i = 0; type->fields[i].key != NULL; i++) {
		if (is_shown(store, record, i, hidden))
			add_field(form, &type->fields[i]);
	}
	form->form = form_new(form->declared, form->count, &form->calls);
	record_form_edit(form, record, false);
	form_focus(form->form, 0);
	return form;
}

static void load_default(struct record_form *form, int index)
{
	const struct field *field = form->fields[index];
	struct value value = {.kind = VALUE_NULL};
	struct buffer text = {0};

	if (field->def != NULL && field_parse(field, form->store, field->def, &value, NULL))
		record_value_text(form->store, field, &value, &text);
	form_set_text(form->form, index, buffer_text(&text));
	value_clear(&value);
	buffer_free(&text);
}

struct record_form *record_form_asks(
	struct store *store, const struct field *asks, const struct record *about)
{
	int count = 0;
	struct record_form *form;

	while (asks[count].key != NULL)
		count++;
	form = new_form(store, NULL, count);
	form->about = about == NULL ? NULL : record_copy(about);
	for (int i = 0; i < count; i++)
		add_field(form, &asks[i]);
	form->form = form_new(form->declared, form->count, &form->calls);
	for (int i = 0; i < count; i++)
		load_default(form, i);
	form_mark_clean(form->form);
	return form;
}

void record_form_free(struct record_form *form)
{
	if (form == NULL)
		return;
	form_free(form->form);
	record_free(form->about);
	free(form->fields);
	free(form->declared);
	free(form);
}

/* ---- what pages ask ---- */

struct form *record_form_form(struct record_form *form)
{
	return form->form;
}

void record_form_on_change(struct record_form *form, void (*changed)(void *context), void *context)
{
	form->changed = changed;
	form->context = context;
}

void record_form_edit(struct record_form *form, const struct record *record, bool editing)
{
	for (int i = 0; i < form->count; i++)
		form_read_only_set(
			form->form, i, !record_may_set(form->store, record, form->fields[i]));
	form_reading_set(form->form, !editing);
	record_form_load(form, record);
	/* A remark about typing has no place beside what is read. */
	for (int i = 0; i < form->count; i++) {
		if (form->declared[i].note != NULL)
			form_note_set(form->form, i, editing ? NULL : "");
	}
}

bool record_form_may_edit(struct store *store, const struct record *record)
{
	for (const struct field *field = record->type->fields; field->key != NULL; field++) {
		if (record_may_set(store, record, field))
			return true;
	}
	return false;
}

const struct record *record_form_about(const struct record_form *form)
{
	return form->about;
}

int record_form_index(const struct record_form *form, const char *key)
{
	for (int i = 0; i < form->count; i++) {
		if (strcmp(form->fields[i]->key, key) == 0)
			return i;
	}
	return -1;
}

const struct field *record_form_field(const struct record_form *form, int index)
{
	return form->fields[index];
}

void record_form_load(struct record_form *form, const struct record *record)
{
	for (int i = 0; i < form->count; i++) {
		struct buffer text = {0};

		form_value_text(form, i, record_value(record, form->fields[i]->key), &text);
		form_set_text(form->form, i, buffer_text(&text));
		date_note(form, i);
		buffer_free(&text);
	}
	form_errors_clear(form->form);
	form_mark_clean(form->form);
}

bool record_form_error(struct record_form *form, const struct error *err)
{
	int index = err->field[0] == '\0' ? -1 : record_form_index(form, err->field);

	if (index < 0)
		return false;
	form_focus(form->form, index);
	form_error_set(form->form, index, err->text);
	return true;
}

/* The focus goes to the first field with an error. */
static bool no_errors(struct record_form *form)
{
	int first = form_first_error(form->form);

	if (first >= 0)
		form_focus(form->form, first);
	return first < 0;
}

/* Beside other mistakes what is missing is marked, too: it may stand before them. */
static void mark_missing(struct record_form *form, const struct record *record)
{
	struct value value = {.kind = VALUE_NULL};

	for (int i = 0; i < form->count; i++) {
		if (form_text(form->form, i)[0] == '\0' && form_error(form->form, i)[0] == '\0' &&
			record_may_set(form->store, record, form->fields[i]))
			read_field(form, i, &value);
	}
	value_clear(&value);
}

bool record_form_apply(struct record_form *form, struct record *record)
{
	struct error err;

	form_settle(form->form);
	for (int i = 0; i < form->count; i++) {
		if (!form_changed(form->form, i) ||
			!record_may_set(form->store, record, form->fields[i]))
			continue;
		if (record_set(form->store, record, form->fields[i]->key, form_text(form->form, i),
			    &err))
			form_error_set(form->form, i, NULL);
		else if (form_error(form->form, i)[0] == '\0')
			form_error_set(form->form, i, err.text);
	}
	if (form_first_error(form->form) >= 0)
		mark_missing(form, record);
	return no_errors(form);
}

void record_form_peek(struct record_form *form, struct record *record)
{
	for (int i = 0; i < form->count; i++) {
		if (form_changed(form->form, i))
			record_set(form->store, record, form->fields[i]->key,
				form_text(form->form, i), NULL);
	}
}

bool record_form_check(struct record_form *form)
{
	struct value value = {.kind = VALUE_NULL};

	form_settle(form->form);
	for (int i = 0; i < form->count; i++)
		read_field(form, i, &value);
	value_clear(&value);
	return no_errors(form);
}
