/*
 * views.h - the views of a list: those declared with its record type, and those that each person
 * keeps of it under a name of their own. For the list page and the commands. GPL-3.0-or-later.
 */
#ifndef OFFICE_VIEWS_H
#define OFFICE_VIEWS_H

#include "office/record.h"

enum {
	SAVED_VIEWS = 20,     /* that a person may keep of one type */
	SAVED_VIEW_NAME = 40, /* characters of a name */
};

/* A view that the actor keeps. Texts are owned; free with saved_views_free. */
struct saved_view {
	char *name;
	char *base;  /* name of a declared view, "" all */
	char *words; /* typed into the filter, "" none */
	char *sort;  /* field key, "-" before it: downward; "" the list's own order */
};

/* The actor's views of the type by name, into out with room for SAVED_VIEWS. Returns how many. */
int saved_views_read(struct store *store, const struct record_type *type, struct saved_view *out);
void saved_views_free(struct saved_view *views, int count);

/* True when the actor keeps a view of this name, in any case. */
bool saved_view_exists(struct store *store, const struct record_type *type, const char *name);

/*
 * Keeps what the query lists (view, words and order, not its parent) as the actor's view of this
 * name, instead of one they keep by it. False with a sentence: the name is a declared view's, or
 * too long or empty, there are SAVED_VIEWS, or the database refuses.
 */
bool saved_view_keep(
	struct store *store, const struct record_query *query, const char *name, struct error *err);

/* Gives up the actor's view of this name; false with a sentence when there is none. */
bool saved_view_drop(
	struct store *store, const struct record_type *type, const char *name, struct error *err);

/*
 * Puts the view into the query, whose type it is of; the words are borrowed from the view. False
 * with a sentence, and the query as it was, when the type no longer has that view or field.
 */
bool saved_view_apply(struct store *store, const struct saved_view *view,
	struct record_query *query, struct error *err);

/*
 * Puts the view of this name into the query: a declared one, or one that the actor keeps. Words and
 * order that the query has already stay. words receives the kept words that the query then borrows
 * (caller frees), or NULL. False with a sentence that names those there are.
 */
bool view_named(struct store *store, const char *name, struct record_query *query, char **words,
	struct error *err);

#endif
