/*
 * record_edit.c - typing in a record, saving it, meeting the changes of others, and taking one's
 * own back. GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "screens/locks.h"
#include "screens/record_page.h"
#include "screens/session.h"
#include "tui/dialog.h"
#include "tui/keys.h"
#include "tui/loop.h"

void record_page_edit(struct record_page *page)
{
	int given;

	if (!may_write_or_say(page->store, page->type) ||
		record_locked_said(page->store, page->record))
		return;
	if (!record_form_may_edit(page->store, page->record)) {
		message_format(ROLE_WARNING, "Nothing of %s is typed; only its actions change it.",
			record_key(page->record));
		return;
	}
	page->editing = true;
	page->in_parts = false;
	page->tab = 0;
	record_form_edit(page->fields, page->record, true);
	given = page->given == NULL ? -1 : record_form_index(page->fields, page->given->key);
	if (given >= 0)
		form_read_only_set(page->form, given, true);
	form_active_set(page->form, true);
	record_draft_tell(page);
}

static void stop_editing(struct record_page *page)
{
	record_draft_drop(page);
	if (page->record->id == 0) {
		page_close(&page->page);
	} else if (!record_page_reload(page)) {
		/* Deleted meanwhile: read as it was, so that the next Esc leads away from it. */
		page->editing = false;
		record_page_take(page, page->record);
	}
}

/* ---- saving ---- */

static void say_saved(struct record_page *page, bool made)
{
	if (!made)
		message_set(ROLE_GOOD, "Saved. ^Z undoes.");
	else if (record_type_parent(page->type) != NULL)
		message_format(ROLE_GOOD, "Saved as %s. ^N adds another, Esc goes back.",
			record_key(page->record));
	else
		message_format(ROLE_GOOD, "Saved as %s.", record_key(page->record));
}

/* What was new has its number now; where it has parts, the first one is written at once. */
static void begin_parts(struct record_page *page)
{
	struct row_keys *parts;

	tabs_start(page);
	if (page->part < 0 || page->leaving)
		return;
	parts = tabs_rows(page, page->part);
	record_open_new(page->store, parts->type, parts->reference, record_key(page->record));
	message_format(ROLE_GOOD, "Saved as %s. Now its first %s; Esc leaves it for later.",
		record_key(page->record), parts->type->label);
}

bool record_page_tell_failure(struct record_page *page, const struct error *err)
{
	struct error why;

	/* What is fixed cannot be mended in its field. */
	if (record_draft_stuck(page, &why))
		message_format(ROLE_BAD, "%s Esc, then k, keeps this as a draft.", why.text);
	else if (record_form_error(page->fields, err))
		message_set(ROLE_BAD, "Not saved yet: see the field that is marked.");
	else
		message_set(ROLE_BAD, err->text);
	return false;
}

/* What is saved is shown for reading; the record is the page's from now on. */
void record_page_saved(struct record_page *page, struct record *record)
{
	page->editing = false;
	record_draft_drop(page);
	record_page_take(page, record);
	/* While the form stood open the parts stayed as they were, whatever others did to them. */
	tabs_refresh(page);
}

bool record_page_save_new(struct record_page *page, struct record *record)
{
	struct error err;

	if (!session_save(page->store, record, &err)) {
		record_free(record);
		return record_page_tell_failure(page, &err);
	}
	record_page_saved(page, record);
	return true;
}

bool record_page_save(struct record_page *page)
{
	struct record *record = record_copy(page->record);
	bool made = record->id == 0;
	bool changed = made || form_dirty(page->form);
	struct error err;

	error_clear(&err);
	if (!record_form_apply(page->fields, record)) {
		message_set(ROLE_BAD, "Not saved yet: see the field that is marked.");
		record_free(record);
		return false;
	}
	if (!changed) {
		record_free(record);
		message_set(ROLE_PLAIN, "Nothing was changed.");
		stop_editing(page);
		return true;
	}
	if (!session_save(page->store, record, &err)) {
		if (strcmp(err.code, "stale") == 0)
			return record_page_meet(page, page->record, record, &err);
		record_free(record);
		return record_page_tell_failure(page, &err);
	}
	record_page_saved(page, record);
	say_saved(page, made);
	if (made)
		begin_parts(page);
	return true;
}

void record_page_undo(struct record_page *page)
{
	struct buffer said = {0};
	struct error err;

	if (session_undo(page->store, page->type, record_key(page->record), &said, &err)) {
		record_page_reload(page);
		message_set(ROLE_GOOD, buffer_text(&said));
	} else {
		message_set(ROLE_WARNING, err.text);
		page->may_undo = session_can_undo(page->type, record_key(page->record));
	}
	buffer_free(&said);
}

/* ---- leaving ---- */

static void discard(struct record_page *page)
{
	record_draft_drop(page);
	page_close(&page->page);
}

static void leave_answered(void *context, size_t button)
{
	struct record_page *page = context;
	bool leaving = page->leaving;
	struct error why;

	if (button == 0 && record_draft_stuck(page, &why))
		record_draft_leave(page);
	else if (button == 0 && record_page_save(page) && leaving)
		page_close(&page->page);
	else if (button == 1 && leaving)
		discard(page);
	else if (button == 1)
		stop_editing(page);
	page->leaving = false;
}

static void ask_to_leave(struct record_page *page, bool leaving)
{
	struct error why;

	page->leaving = leaving;
	if (record_draft_stuck(page, &why)) {
		drafting_ask_to_leave(why.text, leave_answered, page);
		return;
	}
	dialog_open(&(struct dialog){.title = "Not saved",
		.text = "What you typed here is not saved.",
		.buttons = {{'s', "Save"}, {'d', "Discard"}, {'y', "Stay"}},
		.harmless = 2,
		.answered = leave_answered,
		.context = page});
}

bool record_page_may_leave(struct record_page *page)
{
	if (!page->editing || !form_dirty(page->form))
		return true;
	ask_to_leave(page, true);
	return false;
}

static enum page_answer leave_editing(struct record_page *page)
{
	if (form_dirty(page->form)) {
		/* Nothing to read yet: discarding what is new leaves the page. */
		ask_to_leave(page, page->record->id == 0);
		return PAGE_HANDLED;
	}
	if (page->record->id == 0)
		return PAGE_LEAVE;
	stop_editing(page);
	return PAGE_HANDLED;
}

/* ---- keys while typing ---- */

/* The first or the last field that the actor may type into. */
static void focus_end(struct record_page *page, bool last)
{
	int count = form_count(page->form);

	for (int i = 0; i < count; i++) {
		int index = last ? count - 1 - i : i;

		if (!record_may_set(
			    page->store, page->record, record_form_field(page->fields, index)))
			continue;
		form_focus(page->form, index);
		return;
	}
}

/* Past the ends of the form: Tab goes round, Enter says what saves. */
static enum page_answer end_key(struct record_page *page, const struct event *event)
{
	int key = event->kind == EVENT_KEY ? event->key : KEY_NOTHING;

	if (key == PRESS_TAB || key == PRESS_BACKTAB) {
		focus_end(page, key == PRESS_BACKTAB);
		return PAGE_HANDLED;
	}
	if (key == PRESS_ENTER)
		message_set(ROLE_PLAIN, "That was the last field. ^S saves.");
	return key == PRESS_ENTER || key == PRESS_UP || key == PRESS_DOWN ? PAGE_QUIET
									  : PAGE_IGNORED;
}

void record_page_new(struct record_page *page)
{
	const struct field *parent = record_type_parent(page->type);
	struct row_keys *parts = page->part >= 0 ? tabs_rows(page, page->part) : NULL;

	if (!may_write_or_say(page->store, parts != NULL ? parts->type : page->type) ||
		record_locked_said(page->store, page->record))
		return;
	if (parts != NULL) {
		record_open_new(
			page->store, parts->type, parts->reference, record_key(page->record));
		return;
	}
	/* One like this takes its place: going back leads to where the first one was begun. */
	page_close(&page->page);
	record_open_new(page->store, page->type, parent,
		parent == NULL ? NULL : record_text(page->record, parent->key));
}

/* Saves first, then a new part, or a new one like this. */
static void save_and_new(struct record_page *page)
{
	bool made = page->record->id == 0, dirty = form_dirty(page->form);

	if ((made || dirty) && !record_page_save(page))
		return;
	if (page->editing)
		stop_editing(page);
	/* ^Z belongs to the new one from now on. */
	if (!made && dirty)
		message_set(ROLE_GOOD, "Saved.");
	/* Saving what has parts has begun the first one already. */
	if (!made || page->part < 0)
		record_page_new(page);
}

static void action_done(void *context)
{
	record_page_reload(context);
}

/* A control key of an action: what is typed is saved first. */
static bool save_and_act(struct record_page *page, const struct event *event)
{
	const struct action *action = event->kind == EVENT_KEY && page->record->id != 0
					      ? action_for_event(page->store, page->record, event)
					      : NULL;

	if (action == NULL)
		return false;
	if (!form_dirty(page->form) || record_page_save(page)) {
		if (page->editing)
			stop_editing(page);
		action_start(page->store, page->record, action, action_done, page);
	}
	return true;
}

/* A new record of a type with a page of its own goes on there: its form was only the beginning. */
static void save(struct record_page *page)
{
	const struct special_page *special = special_page_of(page->type);
	bool made = page->record->id == 0;

	if (!record_page_save(page) || !made || special == NULL)
		return;
	page_close(&page->page);
	special->open(page->store, record_key(page->record));
	/* There ^N makes a part, not another like this. */
	message_format(ROLE_GOOD, "Saved as %s.", record_key(page->record));
}

enum page_answer record_page_edit_key(struct record_page *page, const struct event *event)
{
	if (event->command == COMMAND_SAVE) {
		save(page);
		return PAGE_HANDLED;
	}
	if (form_key(page->form, event))
		return PAGE_HANDLED;
	if (event->command == COMMAND_LEAVE)
		return leave_editing(page);
	if (event->command == COMMAND_NEW) {
		save_and_new(page);
		return PAGE_HANDLED;
	}
	if (event->command == COMMAND_UNDO)
		return PAGE_QUIET;
	if (save_and_act(page, event))
		return PAGE_HANDLED;
	return end_key(page, event);
}
