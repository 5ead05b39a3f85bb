/*
 * form_keys.c - what keys do in a form: moving between fields, undo over all of them, typing.
 * GPL-3.0-or-later.
 */
#include "core/text.h"
#include "tui/form.h"
#include "tui/form_parts.h"

/* ---- moving ---- */

/* To the next field in a direction; at the end the key is the page's. */
static bool step(struct form *form, int direction)
{
	int field = form_neighbour(form, form->focus, direction);

	if (field < 0)
		return false;
	form_focus(form, field);
	return true;
}

/* Scrolls through a text that is taller than the window; false at its end. */
static bool scroll_tall(struct form *form, int rows)
{
	int top = form->top;
	int first_top, last_top;

	if (!form_tall(form, &first_top, &last_top))
		return false;
	form->top += rows;
	if (form->top > last_top)
		form->top = last_top;
	if (form->top < first_top)
		form->top = first_top;
	return form->top != top;
}

/* To the field that stands about a window's height away, at least one further. */
static bool jump(struct form *form, int direction)
{
	int wanted;
	int found = -1;

	form_layout(form, form->columns, form->visible);
	wanted = form->items[form->focus].place.row + direction * form->visible;
	for (int field = form_neighbour(form, form->focus, direction); field >= 0;
		field = form_neighbour(form, field, direction)) {
		int beyond = (form->items[field].place.row - wanted) * direction;

		if (found >= 0 && beyond > 0)
			break;
		found = field;
	}
	if (found >= 0)
		form_focus(form, found);
	return found >= 0;
}

/* Keys that move between fields. */
static bool move(struct form *form, int key)
{
	switch (key) {
	case PRESS_DOWN:
		return scroll_tall(form, 1) || step(form, 1);
	case PRESS_UP:
		return scroll_tall(form, -1) || step(form, -1);
	case PRESS_TAB:
		return step(form, 1);
	case PRESS_BACKTAB:
		return step(form, -1);
	case PRESS_PAGE_DOWN:
		return scroll_tall(form, form->visible) || jump(form, 1);
	case PRESS_PAGE_UP:
		return scroll_tall(form, -form->visible) || jump(form, -1);
	case PRESS_ENTER: /* while reading it is the page's: it edits */
		return !form->reading && step(form, 1);
	case PRESS_HOME:
		if (form->reading)
			form_focus(form, 0);
		return form->reading;
	case PRESS_END:
		if (form->reading)
			form_focus(form, form->count - 1);
		return form->reading;
	default:
		return false;
	}
}

/* ---- undo over all fields ---- */

/* The field whose next step back (or forth) is the last (or first) that was made; -1: none. */
static int field_to_undo(const struct form *form, bool redo)
{
	unsigned long best = 0;
	int found = -1;

	for (int i = 0; i < form->count; i++) {
		struct typing *typing = item_typing(&form->items[i]);
		unsigned long order = redo ? typing_redo_order(typing) : typing_undo_order(typing);

		if (order == 0 || !item_editable(form, i))
			continue;
		if (best == 0 || (redo ? order < best : order > best)) {
			best = order;
			found = i;
		}
	}
	return found;
}

/* One step back or forth, wherever it was typed; false when there is none left. */
static bool undo(struct form *form, bool redo)
{
	int field = field_to_undo(form, redo);
	struct typing *typing;

	if (field < 0)
		return false;
	typing = item_typing(&form->items[field]);
	/* The focus goes there without on_leave: normalising now would be a step of its own. */
	if (field != form->focus)
		item_leave(&form->items[form->focus]);
	form->focus = field;
	form->fresh = false;
	if (redo)
		typing_redo(typing);
	else
		typing_undo(typing);
	if (form->calls != NULL && form->calls->on_change != NULL)
		form->calls->on_change(form, field, form->calls->context);
	return true;
}

/* ---- keys ---- */

/* The space bar in a field with choices: true when it showed the next one. */
static bool next_choice(struct form *form, int field)
{
	const struct form_field *declared = form->items[field].field;
	const char *text = form_text(form, field);
	const char *choice;
	int next = 0;

	if (declared->choices == NULL)
		return false;
	if (text[0] != '\0') {
		for (; (choice = declared->choices(declared->choices_context, next)) != NULL;
			next++)
			if (text_same(choice, text))
				break;
		if (choice == NULL)
			return false;
		next++;
	}
	choice = declared->choices(declared->choices_context, next);
	if (choice == NULL) /* behind the last: nothing chosen, or the first again */
		choice = declared->flags & FORM_REQUIRED
				 ? declared->choices(declared->choices_context, 0)
				 : "";
	if (choice == NULL)
		return false;
	form_set_text(form, field, choice);
	form_edited(form, field);
	return true;
}

/* The first thing typed into a value that is replaced, not added to. */
static enum typed type_anew(struct item *item, const struct event *event)
{
	struct typing *typing = item_typing(item);
	bool emptied = typing_set(typing, "") == TYPED_CHANGED;
	enum typed typed = entry_key(item->entry, event);

	/* What nothing can be typed of leaves the value as it was. */
	if (emptied && typing->length == 0)
		typing_undo(typing);
	else if (emptied)
		typing_join(typing); /* one key took the value away, one takes it back */
	return typed;
}

/* Gives the event to the focused field; true when it took it. */
static bool type(struct form *form, const struct event *event)
{
	int field = form->focus;
	struct item *item = &form->items[field];
	bool anew = form->fresh && item->entry != NULL && item->field->flags & FORM_WHOLE &&
		    event->kind != EVENT_KEY;
	enum typed typed;

	if (event->kind == EVENT_CHAR && event->codepoint == ' ' && next_choice(form, field))
		return true;
	form->fresh = false;
	if (item->editor != NULL)
		typed = editor_key(item->editor, event);
	else
		typed = anew ? type_anew(item, event) : entry_key(item->entry, event);
	typing_refusal(item_typing(item), typed, form->refusal);
	/* A paste that is cut at the limit changed the text too. */
	if (typed == TYPED_CHANGED || typed == TYPED_FULL)
		form_edited(form, field);
	return typed != TYPED_IGNORED;
}

/* The page's own ways to fill a field; true when it has one for this key. */
static bool fill(struct form *form, enum command command)
{
	const struct form_calls *calls = form->calls;
	int field = form->focus;
	bool filled;

	if (command == COMMAND_LOOK_UP && form_can_look_up(form))
		filled = calls->look_up(form, field, calls->context);
	else if (command == COMMAND_COPY && calls != NULL && calls->copy_last != NULL &&
		 item_editable(form, field))
		filled = calls->copy_last(form, field, calls->context);
	else
		return false;
	if (filled)
		form_edited(form, field);
	return true;
}

bool form_key(struct form *form, const struct event *event)
{
	bool editable;

	if (form->count == 0)
		return false;
	form->refusal[0] = '\0';
	editable = item_editable(form, form->focus);
	if (event->kind == EVENT_CHAR || event->kind == EVENT_PASTE)
		return editable && type(form, event);
	if (event->kind != EVENT_KEY)
		return false;
	if (event->command == COMMAND_UNDO)
		return undo(form, false);
	if (event->command != COMMAND_NONE)
		return fill(form, event->command);
	if (event->key == KEY_CTRL('y') && !form->reading) {
		undo(form, true);
		return true;
	}
	return (editable && type(form, event)) || move(form, event->key);
}
