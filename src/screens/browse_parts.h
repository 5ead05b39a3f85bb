/*
 * browse_parts.h - the list page, shared by browse.c and browse_csv.c. GPL-3.0-or-later.
 */
#ifndef SCREENS_BROWSE_PARTS_H
#define SCREENS_BROWSE_PARTS_H

#include "office/record.h"

/* Asks for a file and writes what the query lists. */
void browse_export(struct store *store, const struct record_query *query);

/* Asks for a file and shows what importing it would do. */
void browse_import(struct store *store, const struct record_type *type);

/* import_page.c: the plan of an import that was opened; owned from now on. */
struct import_plan;
void import_page_open(struct store *store, struct import_plan *plan);

#endif
