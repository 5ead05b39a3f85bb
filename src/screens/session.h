/*
 * session.h - what this sitting remembers of its own saves: to take them back (^Z), to copy a
 * value from the last record (^D), and to show a new record in its list. GPL-3.0-or-later.
 */
#ifndef SCREENS_SESSION_H
#define SCREENS_SESSION_H

#include "office/record.h"

/* record_save, remembered. Every screen saves through this. */
bool session_save(struct store *store, struct record *record, struct error *err);

/* The last record of the type that was saved here, as saved; NULL for none. Borrowed. */
const struct record *session_last(const struct record_type *type);

/*
 * The key of the record of the type made here last, when that was after *seen; *seen moves on.
 * NULL for none. Borrowed.
 */
const char *session_made(const struct record_type *type, unsigned long *seen);

/* Is there a change of this record by this sitting that could be taken back? */
bool session_can_undo(const struct record_type *type, const char *key);

/*
 * Takes the last change of this record back as a new save; fields that somebody changed since
 * stay. said receives a sentence. False with one when nothing could be taken back.
 */
bool session_undo(struct store *store, const struct record_type *type, const char *key,
	struct buffer *said, struct error *err);

#endif
