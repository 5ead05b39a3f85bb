/*
 * locks.c - the states in which records are written, as their types declare them; parts follow
 * their whole. GPL-3.0-or-later.
 */
#include "screens/locks.h"

#include <string.h>

#include "office/people.h"
#include "office/recording.h"
#include "screens/words.h"
#include "tui/loop.h"

static bool locked_itself(struct store *store, const struct record *record, struct buffer *why)
{
	const struct lock *lock = &record->type->lock;
	const char *owner = lock->owner == NULL ? "" : record_text(record, lock->owner);

	if (record->id == 0)
		return false;
	if (lock->open != NULL && !words_hold(lock->open, record_state(record))) {
		if (why != NULL)
			buffer_format(why, "%s is %s, so it stands as it is. %s",
				record_key(record), record_state(record), lock->way);
		return true;
	}
	if (lock->recorded && recording_by_other(store, record_key(record), why))
		return true;
	if (owner[0] == '\0' || strcmp(owner, store_actor(store)) == 0)
		return false;
	if (why != NULL) {
		buffer_format(why, "%s is ", record_key(record));
		person_short(store, owner, why);
		buffer_add(why, "'s; nobody else writes in it.");
	}
	return true;
}

bool record_locked(struct store *store, const struct record *record, struct buffer *why)
{
	const struct field *parent = record_type_parent(record->type);
	struct record *whole;
	bool locked;

	if (locked_itself(store, record, why))
		return true;
	if (parent == NULL || value_empty(record_value(record, parent->key)))
		return false;
	whole = record_load(
		store, record_type_find(parent->refers), record_text(record, parent->key), NULL);
	locked = whole != NULL && record_locked(store, whole, why);
	record_free(whole);
	return locked;
}

bool record_locked_said(struct store *store, const struct record *record)
{
	struct buffer why = {0};
	bool locked = record_locked(store, record, &why);

	if (locked)
		message_set(ROLE_WARNING, buffer_text(&why));
	buffer_free(&why);
	return locked;
}
