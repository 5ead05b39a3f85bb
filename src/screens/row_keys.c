/*
 * row_keys.c - the keys of every list of records. GPL-3.0-or-later.
 */
#include "screens/row_keys.h"

#include <string.h>

#include "screens/locks.h"
#include "screens/words.h"
#include "tui/dialog.h"
#include "tui/keys.h"
#include "tui/loop.h"

enum { ACTIONS_FIRST = 4 }; /* actions before the keys of the list itself */

/* The record that is asked about before it is deleted, as it was shown. */
static struct {
	struct store *store;
	struct record *record; /* owned, or NULL */
	void (*done)(void *context);
	void *context;
} doomed;

bool may_write_or_say(struct store *store, const struct record_type *type)
{
	struct buffer writers = {0};

	if (record_may_write(store, type))
		return true;
	if (type->given != NULL) {
		message_set(ROLE_WARNING, type->given);
		return false;
	}
	record_writers(store, type, &writers);
	message_format(ROLE_WARNING, "%s: only %s may write here; as %s you read.", type->plural,
		writers.length > 0 ? buffer_text(&writers) : "the program", store_role(store));
	buffer_free(&writers);
	return false;
}

/* ---- deleting ---- */

static void delete_confirmed(void *context);

/* first: what to tell before the question, or NULL. */
static void ask_to_delete(const char *first)
{
	const struct record *record = doomed.record;
	const struct field *title = record_type_title(record->type);
	struct buffer text = {0}, heading = {0};

	buffer_format(&heading, "Delete %s?", record_key(record));
	if (first != NULL)
		buffer_format(&text, "%s\n\n", first);
	if (title != NULL)
		record_format(record, title->key, &text);
	buffer_add(&text,
		"\nThis cannot be undone. If another record refers to it, it stays, and you are "
		"told which.");
	dialog_confirm(buffer_text(&heading), buffer_text(&text), "Delete it", "Keep it",
		delete_confirmed, NULL);
	buffer_free(&text);
	buffer_free(&heading);
}

static void doom(struct record *record)
{
	record_free(doomed.record);
	doomed.record = record;
}

/* It is not what was asked about any more: asks about what it is now, if it is there still. */
static void ask_anew(const char *why)
{
	struct error err;
	struct record *now =
		record_load(doomed.store, doomed.record->type, record_key(doomed.record), &err);

	doom(now);
	if (now != NULL) {
		ask_to_delete(why);
		return;
	}
	doomed.done(doomed.context);
	message_set(ROLE_WARNING, err.text);
}

static void delete_confirmed(void *context)
{
	struct error err;

	(void)context;
	if (record_delete(doomed.store, doomed.record, &err)) {
		message_format(ROLE_GOOD, "%s is deleted.", record_key(doomed.record));
		doom(NULL);
		doomed.done(doomed.context);
	} else if (strcmp(err.code, "stale") == 0) {
		ask_anew(err.text);
	} else {
		message_set(ROLE_BAD, err.text);
	}
}

void record_delete_begin(struct store *store, const struct record *record,
	void (*done)(void *context), void *context)
{
	if (!may_write_or_say(store, record->type) || record_locked_said(store, record))
		return;
	doomed.store = store;
	doom(record_copy(record));
	doomed.done = done;
	doomed.context = context;
	ask_to_delete(NULL);
}

/* ---- keys ---- */

static void changed(void *context)
{
	struct row_keys *keys = context;

	row_keys_forget(keys);
	record_rows_refresh(keys->rows);
	if (keys->changed != NULL)
		keys->changed(keys->context);
}

/* A part of what is locked cannot be new; what only refers to it can. */
static bool whole_is_locked(const struct row_keys *keys, struct buffer *why)
{
	return keys->whole != NULL && keys->reference != NULL &&
	       keys->reference->flags & FIELD_PARENT &&
	       record_locked(keys->store, keys->whole, why);
}

/* What only an action links to the record, such as a motion to a request, is never new there. */
static bool linked_by_action(const struct row_keys *keys, struct buffer *why)
{
	const unsigned action = FIELD_ACTION | FIELD_AT_FIRST;

	if (keys->reference == NULL || (keys->reference->flags & action) != FIELD_ACTION)
		return false;
	if (why != NULL)
		buffer_format(why, "%s come here by their own actions, not as new ones.",
			keys->type->plural);
	return true;
}

static void open_new(struct row_keys *keys)
{
	struct buffer why = {0};

	if (whole_is_locked(keys, &why) || linked_by_action(keys, &why))
		message_set(ROLE_WARNING, buffer_text(&why));
	else if (may_write_or_say(keys->store, keys->type))
		record_open_new(keys->store, keys->type, keys->reference, keys->parent);
	buffer_free(&why);
}

/* Keys that need a focused record. */
static bool record_event(
	struct row_keys *keys, const struct record *record, const struct event *event)
{
	if (event->kind == EVENT_KEY && event->key == PRESS_ENTER) {
		record_open(keys->store, keys->type, record_key(record));
		return true;
	}
	if (action_key(keys->store, record, event, changed, keys))
		return true;
	if (event_is(event, 'h')) {
		history_open(keys->store, keys->type, record_key(record));
		return true;
	}
	if (event->command != COMMAND_DELETE && !event_is(event, 'd') &&
		!(event->kind == EVENT_KEY && event->key == PRESS_DELETE))
		return false;
	record_delete_begin(keys->store, record, changed, keys);
	return true;
}

bool row_keys_event(struct row_keys *keys, const struct event *event)
{
	const struct record *record;

	if (list_key(record_rows_list(keys->rows), event))
		return true;
	record = record_rows_focused(keys->rows);
	if (record != NULL && record_event(keys, record, event))
		return true;
	if (event->command != COMMAND_NEW && !event_is(event, 'n'))
		return false;
	open_new(keys);
	return true;
}

void row_keys_start(struct row_keys *keys)
{
	keys->writes = record_may_write(keys->store, keys->type) && !whole_is_locked(keys, NULL) &&
		       !linked_by_action(keys, NULL);
	row_keys_forget(keys);
}

void row_keys_forget(struct row_keys *keys)
{
	keys->id = -1;
}

bool row_keys_idle(struct row_keys *keys)
{
	const struct record *record = record_rows_focused(keys->rows);
	struct offered before = keys->offered;
	int64_t id = record == NULL ? 0 : record->id;
	int64_t version = record == NULL ? 0 : record->version;

	if (keys->id != id || keys->version != version) {
		keys->id = id;
		keys->version = version;
		offered_read(keys->store, record, &keys->offered);
		if (before.count != keys->offered.count ||
			memcmp(before.actions, keys->offered.actions,
				(size_t)before.count * sizeof before.actions[0]) != 0)
			return true;
	}
	return list_idle(record_rows_list(keys->rows));
}

int row_keys_hints(const struct row_keys *keys, struct hint *hints, int count, int capacity)
{
	struct offered first = keys->offered;

	if (first.count > ACTIONS_FIRST)
		first.count = ACTIONS_FIRST;
	if (count < capacity && record_rows_focused(keys->rows) != NULL)
		hints[count++] = (struct hint){"Enter", "Open"};
	return offered_hints(&first, hints, count, capacity);
}

int row_keys_steady_hints(const struct row_keys *keys, struct hint *hints, int count, int capacity)
{
	if (keys->writes && count < capacity)
		hints[count++] = (struct hint){"n", "New"};
	return count;
}

int row_keys_more_hints(const struct row_keys *keys, struct hint *hints, int count, int capacity)
{
	struct offered rest = {0};

	for (int i = ACTIONS_FIRST; i < keys->offered.count; i++)
		rest.actions[rest.count++] = keys->offered.actions[i];
	return offered_hints(&rest, hints, count, capacity);
}
