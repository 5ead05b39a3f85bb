/*
 * locks.c - the states in which records are written; parts follow their whole. The rules are the
 * triggers named "..._stands" and "..._locked" in data/migrations. GPL-3.0-or-later.
 */
#include "screens/locks.h"

#include <string.h>

#include "screens/words.h"

static const struct lock {
	const char *type;
	const char *open;  /* states in which its fields and parts are written */
	const char *owner; /* field with the login of the only one who writes it, or NULL */
	const char *way;   /* what to do instead */
} locks[] = {
	{"request", "draft returned", "requested_by", "Return it for changes, or cancel it."},
	{"budget", "draft", NULL, "A recommended one can be taken back to draft."},
	{"meeting", "planned draft circulated", NULL, "Only a later motion adds to its minutes."},
	{"motion", "pending withdrawn tabled", NULL, "A later motion may rescind it."},
	{"position", "draft closed", NULL, "A new description is a new position."},
	{0},
};

static const struct lock *find_lock(const struct record_type *type)
{
	for (const struct lock *lock = locks; lock->type != NULL; lock++) {
		if (strcmp(lock->type, type->name) == 0)
			return lock;
	}
	return NULL;
}

static bool locked_itself(struct store *store, const struct record *record, struct buffer *why)
{
	const struct lock *lock = record->id == 0 ? NULL : find_lock(record->type);
	const char *owner =
		lock == NULL || lock->owner == NULL ? "" : record_text(record, lock->owner);

	if (lock == NULL)
		return false;
	if (!words_hold(lock->open, record_state(record))) {
		if (why != NULL)
			buffer_format(why, "%s is %s, so it stands as it is. %s",
				record_key(record), record_state(record), lock->way);
		return true;
	}
	if (owner[0] == '\0' || strcmp(owner, store_actor(store)) == 0)
		return false;
	if (why != NULL)
		buffer_format(
			why, "%s is %s's; nobody else writes in it.", record_key(record), owner);
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
