/*
 * browse_parts.h - the list page, shared by the browse files. GPL-3.0-or-later.
 */
#ifndef SCREENS_BROWSE_PARTS_H
#define SCREENS_BROWSE_PARTS_H

#include "office/views.h"
#include "screens/record_form.h"
#include "screens/row_keys.h"
#include "tui/entry.h"

enum { BROWSE_HINTS = 24 };

struct browse_page {
	struct page page;
	struct store *store;
	const struct record_type *type;
	struct record_rows *rows;
	struct row_keys keys;
	struct entry *find;
	bool finding;                        /* the filter is being typed */
	bool wide;                           /* there was room for a preview when last drawn */
	int64_t preview_id, preview_version; /* the record that preview shows */
	struct record_form *preview;         /* or NULL */
	struct buffer preview_lines;
	int64_t data_version;
	struct hint hints[BROWSE_HINTS], steady[BROWSE_HINTS];
	struct buffer help;

	char *own;                            /* name of the person's own view shown, or NULL */
	struct saved_view saved[SAVED_VIEWS]; /* as read when their menu was opened */
	int saved_count;
	char *asked; /* name of the own view that a question is about, or NULL */
};

/* browse.c: what is listed; "sorted by city, downward". */
const struct record_query *browse_query(const struct browse_page *browse);
void browse_add_order(const struct record_query *query, struct buffer *out);

/* browse_views.c: the menus of views and of orders; keeping what is listed as a view. */
void browse_choose_view(struct browse_page *browse);
void browse_choose_sort(struct browse_page *browse);
void browse_keep_view(struct browse_page *browse);

/* Shows the person's own view of this name; says so when it cannot be had. */
void browse_show_own(struct browse_page *browse, const char *name);

/* Whose name stands in the title; NULL: no view of their own. */
void browse_own_set(struct browse_page *browse, const char *name);

void browse_views_free(struct browse_page *browse);

/* browse_csv.c: asks for a file and writes what the query lists. */
void browse_export(struct store *store, const struct record_query *query);

/* Asks for a file and shows what importing it would do. */
void browse_import(struct store *store, const struct record_type *type);

/* import_page.c: the plan of an import that was opened; owned from now on. */
struct import_plan;
void import_page_open(struct store *store, struct import_plan *plan);

#endif
