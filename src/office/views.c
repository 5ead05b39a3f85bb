/*
 * views.c - the views that people keep of a list. The table's triggers see to it that everybody
 * writes only their own. GPL-3.0-or-later.
 */
#include "office/views.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "office/record_row.h"

/* ---- reading ---- */

static const char read_sql[] = "SELECT name, base, words, sort FROM saved_view\n"
			       "WHERE login = actor() AND type = :type ORDER BY name LIMIT :most";

int saved_views_read(struct store *store, const struct record_type *type, struct saved_view *out)
{
	struct statement *row = store_prepare(store, read_sql, NULL);
	int count = 0;

	if (row == NULL)
		return 0;
	statement_bind_text(row, ":type", type->name);
	statement_bind_integer(row, ":most", SAVED_VIEWS);
	while (count < SAVED_VIEWS && statement_step(row))
		out[count++] = (struct saved_view){.name = memory_text(statement_text(row, 0)),
			.base = memory_text(statement_text(row, 1)),
			.words = memory_text(statement_text(row, 2)),
			.sort = memory_text(statement_text(row, 3))};
	statement_end(row);
	return count;
}

void saved_views_free(struct saved_view *views, int count)
{
	for (int i = 0; i < count; i++) {
		free(views[i].name);
		free(views[i].base);
		free(views[i].words);
		free(views[i].sort);
		views[i] = (struct saved_view){0};
	}
}

static int find_among(const struct saved_view *views, int count, const char *name)
{
	for (int i = 0; i < count; i++) {
		if (text_same(views[i].name, name))
			return i;
	}
	return -1;
}

bool saved_view_exists(struct store *store, const struct record_type *type, const char *name)
{
	struct saved_view views[SAVED_VIEWS];
	int count = saved_views_read(store, type, views);
	bool found = find_among(views, count, name) >= 0;

	saved_views_free(views, count);
	return found;
}

/* ---- writing ---- */

static const char insert_sql[] = "INSERT INTO saved_view (login, type, name, base, words, sort)\n"
				 "VALUES (actor(), :type, :name, :base, :words, :sort)";
static const char update_sql[] =
	"UPDATE saved_view SET name = :name, base = :base, words = :words, sort = :sort\n"
	"WHERE login = actor() AND type = :type AND name = :kept";
static const char delete_sql[] =
	"DELETE FROM saved_view WHERE login = actor() AND type = :type AND name = :kept";

/* The declared view that goes by this name or label; "all" is one of every type. */
static bool is_declared(const struct record_type *type, const char *name)
{
	for (const struct view *view = type->views; view != NULL && view->name != NULL; view++) {
		if (text_same(view->name, name) || text_same(view->label, name))
			return true;
	}
	return text_same(name, "all");
}

static bool check_name(const struct record_type *type, const char *name, struct error *err)
{
	size_t characters = text_length(name);

	if (characters == 0 || characters > SAVED_VIEW_NAME)
		return error_field(err, "name",
			"A view is kept under a name of 1 to %d characters; give it one.",
			SAVED_VIEW_NAME);
	if (is_declared(type, name))
		return error_field(err, "name",
			"%s have a view \"%s\" for everybody, which stays as it is. Choose another "
			"name.",
			type->plural, name);
	return true;
}

/* Makes one more, or writes the one kept under this name anew. */
static bool write_view(struct store *store, const struct record_query *query, const char *name,
	const char *kept, struct error *err)
{
	struct statement *row = store_prepare(store, kept == NULL ? insert_sql : update_sql, err);
	struct buffer sort = {0};
	bool ok;

	if (row == NULL)
		return false;
	if (query->sort != NULL)
		buffer_format(&sort, "%s%s", query->downward ? "-" : "", query->sort->key);
	statement_bind_text(row, ":type", query->type->name);
	statement_bind_text(row, ":name", name);
	statement_bind_text(row, ":base", query->view == NULL ? "" : query->view->name);
	statement_bind_text(row, ":words", query->match == NULL ? "" : query->match);
	statement_bind_text(row, ":sort", buffer_text(&sort));
	if (kept != NULL)
		statement_bind_text(row, ":kept", kept);
	ok = statement_run(row, err);
	buffer_free(&sort);
	return ok;
}

/* Within a transaction. */
static bool keep(
	struct store *store, const struct record_query *query, const char *name, struct error *err)
{
	struct saved_view views[SAVED_VIEWS];
	int count = saved_views_read(store, query->type, views);
	int place = find_among(views, count, name);
	bool ok;

	if (place < 0 && count == SAVED_VIEWS)
		ok = error_field(err, "name",
			"You keep %d views of this list already, which is as many as it takes. Drop "
			"one of them first.",
			SAVED_VIEWS);
	else
		ok = write_view(store, query, name, place < 0 ? NULL : views[place].name, err);
	saved_views_free(views, count);
	return ok;
}

bool saved_view_keep(
	struct store *store, const struct record_query *query, const char *name, struct error *err)
{
	char *trimmed = text_trim(memory_text(name));
	bool ok = check_name(query->type, trimmed, err) && store_begin(store, err) &&
		  store_finish(store, keep(store, query, trimmed, err), err);

	free(trimmed);
	return ok;
}

static bool drop(
	struct store *store, const struct record_type *type, const char *kept, struct error *err)
{
	struct statement *row = store_prepare(store, delete_sql, err);

	if (row == NULL)
		return false;
	statement_bind_text(row, ":type", type->name);
	statement_bind_text(row, ":kept", kept);
	return statement_run(row, err);
}

bool saved_view_drop(
	struct store *store, const struct record_type *type, const char *name, struct error *err)
{
	struct saved_view views[SAVED_VIEWS];
	int count = saved_views_read(store, type, views);
	int place = find_among(views, count, name);
	bool ok = false;

	if (place < 0)
		error_set(err, "You keep no view \"%s\" of this list.", name);
	else if (store_begin(store, err))
		ok = store_finish(store, drop(store, type, views[place].name, err), err);
	saved_views_free(views, count);
	return ok;
}

/* ---- using ---- */

bool saved_view_apply(struct store *store, const struct saved_view *view,
	struct record_query *query, struct error *err)
{
	const struct record_type *type = query->type;
	const struct view *base = view->base[0] == '\0' ? NULL : record_type_view(type, view->base);
	bool downward = view->sort[0] == '-';
	const struct field *sort =
		view->sort[0] == '\0' ? NULL : record_type_field(type, view->sort + downward);

	if (view->base[0] != '\0' && base == NULL)
		return error_set(err,
			"Your view \"%s\" is part of the view \"%s\", which this list no longer has. Drop "
			"it and keep the filter anew.",
			view->name, view->base);
	if (view->sort[0] != '\0' && (sort == NULL || !row_may_see(store, sort)))
		return error_set(err,
			"Your view \"%s\" is sorted by \"%s\", which this list no longer has. Drop it and "
			"keep the filter anew.",
			view->name, view->sort + downward);
	query->view = base;
	query->match = view->words;
	query->sort = sort;
	query->downward = downward;
	return true;
}

static void add_name(struct buffer *known, const char *name)
{
	buffer_format(known, "%s%s", known->length > 0 ? ", " : "", name);
}

static bool say_views(const struct record_type *type, const char *name,
	const struct saved_view *views, int count, struct error *err)
{
	struct buffer known = {0};

	for (const struct view *each = type->views; each != NULL && each->name != NULL; each++)
		add_name(&known, each->name);
	if (type->views == NULL)
		add_name(&known, "all");
	for (int i = 0; i < count; i++)
		add_name(&known, views[i].name);
	error_set(err, "%s have no view \"%s\". They have: %s.", type->plural, name,
		buffer_text(&known));
	buffer_free(&known);
	return false;
}

bool view_named(struct store *store, const char *name, struct record_query *query, char **words,
	struct error *err)
{
	const struct record_type *type = query->type;
	const struct view *declared = record_type_view(type, name);
	struct record_query kept = {.type = type};
	struct saved_view views[SAVED_VIEWS];
	int count, place;
	bool ok;

	*words = NULL;
	if (declared != NULL || (type->views == NULL && strcmp(name, "all") == 0)) {
		query->view = declared;
		return true;
	}
	count = saved_views_read(store, type, views);
	place = find_among(views, count, name);
	ok = place < 0 ? say_views(type, name, views, count, err)
		       : saved_view_apply(store, &views[place], &kept, err);
	if (ok) {
		query->view = kept.view;
		if (query->match == NULL || query->match[0] == '\0')
			query->match = *words = memory_text(kept.match);
		if (query->sort == NULL) {
			query->sort = kept.sort;
			query->downward = kept.downward;
		}
	}
	saved_views_free(views, count);
	return ok;
}
