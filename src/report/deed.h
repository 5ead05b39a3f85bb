/*
 * deed.h - which action an entry of the audit tells of. GPL-3.0-or-later.
 */
#ifndef REPORT_DEED_H
#define REPORT_DEED_H

#include "office/record.h"

/*
 * The action that changed a record from the audit's lines before to those after, by what it sets,
 * or NULL: the fields were typed. Of two that set the same it is the one that is only who's.
 */
const struct action *deed_find(struct store *store, const struct record_type *type, const char *key,
	const char *who, const char *before, const char *after);

#endif
