/*
 * locks.h - which records nobody types in any more, so that pages need not offer it. The database
 * refuses in any case; this only says so before. GPL-3.0-or-later.
 */
#ifndef SCREENS_LOCKS_H
#define SCREENS_LOCKS_H

#include "office/record.h"

/*
 * True when the record's fields stand, by its own state or by what it is a part of. why, where
 * given, receives one sentence with the way out.
 */
bool record_locked(struct store *store, const struct record *record, struct buffer *why);

/* The same, and says it in the message line. */
bool record_locked_said(struct store *store, const struct record *record);

#endif
