/*
 * row_keys.h - what keys do on a list of records, wherever it stands: move, open, new, delete,
 * and the actions of the focused record. GPL-3.0-or-later.
 */
#ifndef SCREENS_ROW_KEYS_H
#define SCREENS_ROW_KEYS_H

#include "screens/actions.h"
#include "screens/record_rows.h"

struct row_keys {
	struct store *store;
	const struct record_type *type;
	struct record_rows *rows;       /* borrowed */
	const struct field *reference;  /* new ones get parent here; or NULL */
	const char *parent;             /* borrowed, or NULL */
	const struct record *whole;     /* the parent, which may be locked, or NULL; borrowed */
	void (*changed)(void *context); /* something was done to a record: read again */
	void *context;

	/* What the focused record offers, and which record that was read of. */
	struct offered offered;
	int64_t id, version;
	bool writes; /* the actor may make and change such records */
};

/* After the first part is filled in. */
void row_keys_start(struct row_keys *keys);

/* True when the event was used. */
bool row_keys_event(struct row_keys *keys, const struct event *event);

/* For page_class.idle: counts, and what the focused record offers. */
bool row_keys_idle(struct row_keys *keys);

/* Reads again what is offered when next idle, though the focused record is the same. */
void row_keys_forget(struct row_keys *keys);

/*
 * Appends hints: Enter and the first actions; n, which no row changes; later the other actions.
 * Returns the new count.
 */
int row_keys_hints(const struct row_keys *keys, struct hint *hints, int count, int capacity);
int row_keys_steady_hints(const struct row_keys *keys, struct hint *hints, int count, int capacity);
int row_keys_more_hints(const struct row_keys *keys, struct hint *hints, int count, int capacity);

/* Says who may, when the actor may not write records of the type; true when they may. */
bool may_write_or_say(struct store *store, const struct record_type *type);

/* Asks, deletes, and calls done. */
void record_delete_begin(struct store *store, const struct record *record,
	void (*done)(void *context), void *context);

#endif
