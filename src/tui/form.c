/*
 * form.c - the texts of a form and its focus. What keys do is form_keys.c, where things stand
 * form_layout.c, how they look form_draw.c. GPL-3.0-or-later.
 */
#include "tui/form.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "tui/form_parts.h"

/* ---- one field's text ---- */

struct typing *item_typing(const struct item *item)
{
	return item->editor != NULL ? editor_typing(item->editor) : entry_typing(item->entry);
}

static void item_load(struct item *item, const char *text)
{
	if (item->editor != NULL)
		editor_load(item->editor, text);
	else
		entry_load(item->entry, text);
}

/* The focus comes: the cursor stands behind the text, for more of it or for another. */
static void enter(struct form *form)
{
	struct item *item = &form->items[form->focus];

	if (item->editor != NULL)
		editor_end(item->editor);
	else
		entry_end(item->entry);
	form->fresh = true;
}

void item_leave(struct item *item)
{
	if (item->editor != NULL)
		editor_home(item->editor);
	else
		entry_home(item->entry);
}

bool item_editable(const struct form *form, int field)
{
	return !form->reading && !form->items[field].read_only;
}

/* Fields that the focus stops at: all of them while reading, else those to type into. */
static bool focusable(const struct form *form, int field)
{
	return form->reading || !form->items[field].read_only;
}

int form_neighbour(const struct form *form, int field, int direction)
{
	for (field += direction; field >= 0 && field < form->count; field += direction)
		if (focusable(form, field))
			return field;
	return -1;
}

/* Moves a focus that may not stay where it is. */
static void focus_somewhere(struct form *form)
{
	int field = form->focus;

	if (form->count == 0 || focusable(form, field))
		return;
	field = form_neighbour(form, form->focus, 1);
	if (field < 0)
		field = form_neighbour(form, form->focus, -1);
	if (field >= 0)
		form->focus = field;
}

/* ---- beginning and end ---- */

struct form *form_new(const struct form_field *fields, int count, const struct form_calls *calls)
{
	struct form *form = memory_new(sizeof *form);

	form->items = memory_new(((size_t)count + 1) * sizeof *form->items);
	form->count = count;
	form->calls = calls;
	form->active = true;
	form->fresh = true;
	form->columns = 80;
	form->visible = 20;
	for (int i = 0; i < count; i++) {
		struct item *item = &form->items[i];
		size_t maximum = fields[i].maximum > 0 ? (size_t)fields[i].maximum : 0;

		item->field = &fields[i];
		item->read_only = (fields[i].flags & FORM_READ_ONLY) != 0;
		item->stored = memory_text("");
		if (fields[i].rows > 1)
			item->editor = editor_new(maximum);
		else
			item->entry = entry_new(maximum);
	}
	focus_somewhere(form);
	return form;
}

void form_free(struct form *form)
{
	if (form == NULL)
		return;
	for (int i = 0; i < form->count; i++) {
		struct item *item = &form->items[i];

		entry_free(item->entry);
		editor_free(item->editor);
		free(item->stored);
		free(item->error);
		free(item->note);
	}
	free(form->items);
	free(form);
}

int form_count(const struct form *form)
{
	return form->count;
}

/* ---- texts ---- */

const char *form_text(const struct form *form, int field)
{
	return item_typing(&form->items[field])->text;
}

void form_set_text(struct form *form, int field, const char *text)
{
	struct item *item = &form->items[field];

	/* What nobody types is nothing to undo: computed fields follow the typed ones anyway. */
	if (item->read_only)
		item_load(item, text);
	else if (item->editor != NULL)
		editor_set(item->editor, text);
	else
		entry_set(item->entry, text);
	if (field != form->focus)
		item_leave(item);
}

const char *form_stored(const struct form *form, int field)
{
	return form->items[field].stored;
}

bool form_changed(const struct form *form, int field)
{
	return strcmp(form_text(form, field), form->items[field].stored) != 0;
}

bool form_dirty(const struct form *form)
{
	for (int i = 0; i < form->count; i++)
		if (!form->items[i].read_only && form_changed(form, i))
			return true;
	return false;
}

void form_mark_clean(struct form *form)
{
	for (int i = 0; i < form->count; i++) {
		struct item *item = &form->items[i];

		free(item->stored);
		item->stored = memory_text(form_text(form, i));
		typing_forget(item_typing(item));
	}
}

void form_error_set(struct form *form, int field, const char *sentence)
{
	memory_replace(&form->items[field].error,
		sentence != NULL && sentence[0] != '\0' ? sentence : NULL);
}

const char *form_error(const struct form *form, int field)
{
	return form->items[field].error != NULL ? form->items[field].error : "";
}

void form_errors_clear(struct form *form)
{
	for (int i = 0; i < form->count; i++)
		form_error_set(form, i, NULL);
}

int form_first_error(const struct form *form)
{
	for (int i = 0; i < form->count; i++)
		if (form->items[i].error != NULL)
			return i;
	return -1;
}

void form_note_set(struct form *form, int field, const char *note)
{
	memory_replace(&form->items[field].note, note);
}

/* ---- what the page is told ---- */

void form_edited(struct form *form, int field)
{
	for (int i = 0; i < form->count; i++)
		if (i != field)
			typing_forget_redo(item_typing(&form->items[i]));
	if (form->calls != NULL && form->calls->on_change != NULL)
		form->calls->on_change(form, field, form->calls->context);
}

/* The choice that starts with text, when there is only one or it is the very same; else NULL. */
static const char *choice_meant(const struct form_field *field, const char *text)
{
	const char *found = NULL;
	const char *choice;
	int count = 0;

	for (int i = 0; (choice = field->choices(field->choices_context, i)) != NULL; i++) {
		if (text_same(choice, text))
			return choice;
		if (text_starts(choice, text)) {
			found = choice;
			count++;
		}
	}
	return count == 1 ? found : NULL;
}

/* Completes the beginning of a choice. */
static void complete(struct form *form, int field)
{
	const struct form_field *declared = form->items[field].field;
	const char *text = form_text(form, field);
	const char *meant;

	if (declared->choices == NULL || text[0] == '\0')
		return;
	meant = choice_meant(declared, text);
	if (meant == NULL || strcmp(meant, text) == 0)
		return;
	form_set_text(form, field, meant);
	form_edited(form, field);
}

void form_settle(struct form *form)
{
	int field = form->focus;

	if (form->count == 0 || !item_editable(form, field))
		return;
	complete(form, field);
	if (form->calls != NULL && form->calls->on_leave != NULL)
		form->calls->on_leave(form, field, form->calls->context);
}

/* ---- focus ---- */

void form_focus(struct form *form, int field)
{
	if (field < 0 || field >= form->count || field == form->focus)
		return;
	form_settle(form);
	item_leave(&form->items[form->focus]);
	form->focus = field;
	enter(form);
}

int form_focus_index(const struct form *form)
{
	return form->focus;
}

size_t form_cursor(const struct form *form)
{
	return form->count > 0 ? item_typing(&form->items[form->focus])->cursor : 0;
}

void form_cursor_set(struct form *form, size_t offset)
{
	struct typing *typing;

	if (form->count == 0)
		return;
	typing = item_typing(&form->items[form->focus]);
	typing_move(typing, offset < typing->length ? offset : typing->length);
	form->fresh = false;
}

void form_read_only_set(struct form *form, int field, bool read_only)
{
	form->items[field].read_only = read_only;
	focus_somewhere(form);
}

void form_reading_set(struct form *form, bool reading)
{
	form->reading = reading;
	form->refusal[0] = '\0';
	focus_somewhere(form);
	if (form->count > 0)
		enter(form);
}

bool form_reading(const struct form *form)
{
	return form->reading;
}

void form_active_set(struct form *form, bool active)
{
	if (form->active && !active)
		form_settle(form);
	form->active = active;
}

bool form_can_look_up(const struct form *form)
{
	return form->count > 0 && item_editable(form, form->focus) && form->calls != NULL &&
	       form->calls->look_up != NULL &&
	       (form->items[form->focus].field->flags & FORM_LOOK_UP) != 0;
}
