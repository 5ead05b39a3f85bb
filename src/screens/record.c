/*
 * record.c - the page of a record of any type: what it shows, its keys while reading, and how it
 * is opened. Typing is record_edit.c, how it looks record_draw.c. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "office/history.h"
#include "office/merge.h"
#include "screens/help.h"
#include "screens/locks.h"
#include "screens/record_page.h"
#include "screens/session.h"
#include "screens/words.h"
#include "tui/loop.h"

static struct record_page *record_of(struct page *page)
{
	return (struct record_page *)page;
}

/* ---- what is shown ---- */

static void extra_stale(void *context)
{
	struct record_page *page = context;

	page->lines_stale = page->extra != NULL;
}

/* A form over the record as it is now: which fields are worth showing depends on it. */
static void make_form(struct record_page *page)
{
	const char *focus = NULL;
	int index;

	if (page->fields != NULL && form_count(page->form) > 0)
		focus = record_form_field(page->fields, form_focus_index(page->form))->key;
	record_form_free(page->fields);
	page->fields = record_form_new(
		page->store, page->record, page->extra == NULL ? NULL : page->extra->hidden);
	page->form = record_form_form(page->fields);
	record_form_on_change(page->fields, extra_stale, page);
	index = focus == NULL ? -1 : record_form_index(page->fields, focus);
	if (index >= 0)
		form_focus(page->form, index);
	form_active_set(page->form, !page->in_parts);
}

static void work_out_lines(struct record_page *page)
{
	struct record *typed = record_copy(page->record);

	page->lines_stale = false;
	buffer_clear(&page->lines);
	buffer_clear(&page->sum);
	if (page->editing)
		record_form_peek(page->fields, typed);
	if (page->extra->explain != NULL)
		page->extra->explain(page->store, typed, &page->lines);
	if (page->extra->sum != NULL && page->part >= 0)
		page->extra->sum(page->store, typed, &page->sum);
	record_free(typed);
}

void record_page_take(struct record_page *page, struct record *record)
{
	if (record != page->record)
		record_free(page->record);
	page->record = record;
	tabs_follow(page);
	page->aside.fresh = false;
	page->may_undo = session_can_undo(page->type, record_key(record));
	page->locked = record_locked(page->store, record, NULL);
	page->notice[0] = '\0';
	offered_read(page->store, record, &page->offered);
	make_form(page);
	if (page->extra != NULL)
		work_out_lines(page);
}

/* It cannot be read again: mostly because it is gone, and then who took it away is said. */
static void say_unread(struct record_page *page, const struct error *err)
{
	struct buffer last = {0};

	if (history_last(page->store, page->type, record_key(page->record), &last))
		message_format(ROLE_WARNING, "%s; here it stands as it was.", buffer_text(&last));
	else
		message_set(ROLE_WARNING, err->text);
	buffer_free(&last);
}

bool record_page_reload(struct record_page *page)
{
	struct error err;
	struct record *record =
		record_load(page->store, page->type, record_key(page->record), &err);

	if (record == NULL) {
		say_unread(page, &err);
		return false;
	}
	page->editing = false;
	record_page_take(page, record);
	tabs_refresh(page);
	return true;
}

static bool record_idle(struct page *base)
{
	struct record_page *page = record_of(base);

	if (page->lines_stale) {
		work_out_lines(page);
		return true;
	}
	if (tabs_idle(page))
		return true;
	/* Last, for a screen that shows it: neither the first frame nor a key waits for it. */
	if (!page->wide || page->aside.fresh || page->record->id == 0)
		return false;
	tabs_aside(page);
	return true;
}

static const char *record_help(struct page *base)
{
	struct record_page *page = record_of(base);

	buffer_clear(&page->help);
	help_type(page->store, page->type, &page->offered, &page->help);
	return buffer_text(&page->help);
}

/* ---- keys while reading ---- */

static void action_done(void *context)
{
	record_page_reload(context);
}

static void deleted(void *context)
{
	struct record_page *page = context;

	page_close(&page->page);
}

static void go_to_reference(struct record_page *page)
{
	const struct field *field = record_page_reference(page);

	if (field == NULL)
		message_set(ROLE_PLAIN, "This field names no other record to go to.");
	else
		record_open(page->store, record_type_find(field->refers),
			record_text(page->record, field->key));
}

/* The focus goes from the fields to the parts below, and back. */
static bool move_between(struct record_page *page, const struct event *event)
{
	struct row_keys *parts = page->part < 0 ? NULL : tabs_rows(page, page->part);
	int key = event->kind == EVENT_KEY ? event->key : KEY_NOTHING;

	if (parts == NULL || page->tab > 0)
		return false;
	if (!page->in_parts && (key == PRESS_DOWN || key == PRESS_PAGE_DOWN) &&
		record_rows_focused(parts->rows) != NULL) {
		page->in_parts = true;
	} else if (page->in_parts && (key == PRESS_UP || key == PRESS_PAGE_UP) &&
		   list_position(record_rows_list(parts->rows)) <= 1) {
		page->in_parts = false;
	} else {
		return false;
	}
	form_active_set(page->form, !page->in_parts);
	row_keys_forget(parts);
	return true;
}

/* Keys of the record itself, wherever the focus stands. */
static enum page_answer own_key(struct record_page *page, const struct event *event)
{
	if (action_key(page->store, page->record, event, action_done, page))
		return PAGE_HANDLED;
	if ((event->kind == EVENT_KEY && event->key == PRESS_ENTER) || event_is(event, 'e'))
		record_page_edit(page);
	else if (event->command == COMMAND_NEW || event_is(event, 'n'))
		record_page_new(page);
	else if (event->command == COMMAND_UNDO)
		record_page_undo(page);
	else if (event->command == COMMAND_REFRESH)
		record_page_reload(page);
	else if (event->command == COMMAND_LOOK_UP)
		go_to_reference(page);
	else if (event_is(event, 'h') && page->record->id != 0)
		history_open(page->store, page->type, record_key(page->record));
	else if (event->command == COMMAND_SAVE)
		message_format(ROLE_PLAIN, "Nothing to save%s.",
			page->writes && !page->locked ? "; Enter edits" : "");
	else if (event->command == COMMAND_DELETE || event_is(event, 'd'))
		record_delete_begin(page->store, page->record, deleted, page);
	else if (!action_refuse(page->store, page->record, event))
		return PAGE_IGNORED;
	return PAGE_HANDLED;
}

static enum page_answer read_key(struct record_page *page, const struct event *event)
{
	struct row_keys *rows = tabs_focused(page);

	if (tabs_key(page, event) || move_between(page, event))
		return PAGE_HANDLED;
	if (rows != NULL) {
		if (row_keys_event(rows, event))
			return PAGE_HANDLED;
	} else if (form_key(page->form, event)) {
		return PAGE_HANDLED;
	}
	return own_key(page, event);
}

/* Down goes through the fields first; only behind the last one it leads on. */
static enum page_answer read_key_in_order(struct record_page *page, const struct event *event)
{
	bool in_fields = page->tab == 0 && !page->in_parts;

	if (in_fields && event->kind == EVENT_KEY &&
		(event->key == PRESS_DOWN || event->key == PRESS_PAGE_DOWN) &&
		form_key(page->form, event))
		return PAGE_HANDLED;
	return read_key(page, event);
}

static enum page_answer record_page_key(struct page *base, const struct event *event)
{
	struct record_page *page = record_of(base);

	if (event->kind == EVENT_RESIZE)
		return PAGE_HANDLED;
	return page->editing ? record_page_edit_key(page, event) : read_key_in_order(page, event);
}

/* ---- what happens elsewhere ---- */

/* Nothing moves under the fingers; who changed it is said, and what, when it is saved. */
static bool notice_change(struct record_page *page)
{
	char who[MERGE_NAME], at[MERGE_TIME], before[sizeof page->notice];
	struct record *now;
	bool gone;

	if (page->record->id == 0)
		return false;
	now = record_load(page->store, page->type, record_key(page->record), NULL);
	gone = now == NULL || now->id != page->record->id;
	memcpy(before, page->notice, sizeof before);
	if (gone || now->version != page->record->version) {
		merge_last_change(page->store, page->type, record_key(page->record), who, at);
		snprintf(page->notice, sizeof page->notice, "%s by %.40s %.5s",
			gone ? "deleted" : "changed", who[0] != '\0' ? who : "somebody else",
			time_of_day(at));
	}
	record_free(now);
	if (strcmp(before, page->notice) == 0)
		return false;
	message_format(ROLE_WARNING, "%s was %s; %s.", record_key(page->record), page->notice,
		!gone                    ? "^S brings both together"
		: form_dirty(page->form) ? "^S asks whether to save what you typed as new"
					 : "Esc leaves it");
	return true;
}

static bool record_tick(struct page *base)
{
	struct record_page *page = record_of(base);

	if (!others_saved(page->store, &page->data_version))
		return false;
	if (page->editing)
		return notice_change(page);
	record_page_reload(page);
	return true;
}

static void record_resumed(struct page *base)
{
	struct record_page *page = record_of(base);

	page->data_version = store_data_version(page->store);
	if (page->editing || page->record->id == 0) {
		extra_stale(page);
		tabs_refresh(page);
	} else {
		record_page_reload(page);
	}
}

static bool record_leave(struct page *base)
{
	return record_page_may_leave(record_of(base));
}

static void record_page_free(struct page *base)
{
	struct record_page *page = record_of(base);

	tabs_free(page);
	record_form_free(page->fields);
	record_free(page->record);
	aside_free(&page->aside);
	buffer_free(&page->lines);
	buffer_free(&page->sum);
	buffer_free(&page->help);
	drafting_end(&page->drafting);
	free(page);
}

static const struct page_class record_class = {
	.title = record_page_title,
	.draw = record_page_draw,
	.key = record_page_key,
	.tick = record_tick,
	.idle = record_idle,
	.hints = record_page_hints,
	.help = record_help,
	.may_leave = record_leave,
	.save_draft = record_draft_keep,
	.resumed = record_resumed,
	.free = record_page_free,
};

/* ---- commands and opening ---- */

static void run_action(void *context, int number)
{
	struct record_page *page = context;

	action_start(page->store, page->record, page->offered.actions[number], action_done, page);
}

static void run_edit(void *context, int number)
{
	(void)number;
	record_page_edit(context);
}

static void run_history(void *context, int number)
{
	struct record_page *page = context;

	(void)number;
	history_open(page->store, page->type, record_key(page->record));
}

static void offer_commands(struct page *base, struct command_list *list)
{
	struct record_page *page = record_of(base);

	if (page->editing)
		return;
	offered_commands(&page->offered, list, run_action, page);
	if (page->writes && !page->locked)
		command_add(list, "Edit", "Enter", run_edit, page, 0);
	command_add(list, "History", "h", run_history, page, 0);
}

struct record_page *record_page_push(
	struct store *store, const struct record_type *type, struct record *record)
{
	struct record_page *page = memory_new(sizeof *page);

	commands_of(&record_class, offer_commands);
	page->page.class = &record_class;
	page->store = store;
	page->type = type;
	page->extra = record_extra_of(type);
	page->record = record;
	page->writes = record_may_write(store, type);
	page->data_version = store_data_version(store);
	tabs_start(page);
	record_page_take(page, record);
	page_push(&page->page);
	return page;
}

/* NULL where there is no such record, which is said. */
static struct record_page *open_plain(
	struct store *store, const struct record_type *type, const char *key)
{
	struct error err;
	struct record *record = record_load(store, type, key, &err);

	if (record == NULL)
		message_set(ROLE_BAD, err.text);
	return record == NULL ? NULL : record_page_push(store, type, record);
}

void record_open_plain(struct store *store, const struct record_type *type, const char *key)
{
	open_plain(store, type, key);
}

void record_open_part(
	struct store *store, const struct record_type *type, const char *key, const char *part)
{
	struct record_page *page = open_plain(store, type, key);

	for (int i = 0; page != NULL && i < page->tab_count; i++)
		if (strcmp(page->tabs[i].child.type->name, part) == 0)
			page->tab = i + 1;
}

void record_open(struct store *store, const struct record_type *type, const char *key)
{
	const struct special_page *special = special_page_of(type);

	if (special != NULL)
		special->open(store, key);
	else
		record_open_plain(store, type, key);
}

void record_open_new(struct store *store, const struct record_type *type,
	const struct field *parent_field, const char *parent)
{
	struct record_page *page;
	struct record *record;

	if (!may_write_or_say(store, type))
		return;
	record = record_start(store, type, NULL);
	if (parent_field != NULL && parent != NULL)
		value_set_text(
			&record->values[record_type_field_index(type, parent_field->key)], parent);
	page = record_page_push(store, type, record);
	page->given = parent == NULL ? NULL : parent_field;
	record_page_edit(page);
}
