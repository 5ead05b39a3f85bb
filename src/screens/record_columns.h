/*
 * record_columns.h - which fields of a record type make the columns of its list.
 * GPL-3.0-or-later.
 */
#ifndef SCREENS_RECORD_COLUMNS_H
#define SCREENS_RECORD_COLUMNS_H

#include "office/record.h"
#include "tui/list.h"

enum { RECORD_COLUMNS = 16 };

/*
 * Chooses the columns of a list: the key first (or the title where keys are not listed), then
 * the listed fields in their order, without leave_out (the parent all rows share, or NULL) and
 * without the private ones unless private is true. Narrow screens drop later ones first, the
 * state last. Returns how many; fields and columns hold RECORD_COLUMNS.
 */
int record_columns(const struct record_type *type, const struct field *leave_out, bool private,
	const struct field **fields, struct list_column *columns);

/* The field that actions' states are about, or NULL. */
const struct field *record_state_field(const struct record_type *type);

#endif
