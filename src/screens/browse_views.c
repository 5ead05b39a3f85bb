/*
 * browse_views.c - what a list shows and in which order: the declared views, those that people keep
 * for themselves, and the columns to sort by. GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "screens/ask.h"
#include "screens/browse_parts.h"
#include "tui/dialog.h"
#include "tui/loop.h"
#include "tui/menu.h"

enum { CHOICES_MOST = 64 };

void browse_own_set(struct browse_page *browse, const char *name)
{
	memory_replace(&browse->own, name);
}

void browse_views_free(struct browse_page *browse)
{
	saved_views_free(browse->saved, browse->saved_count);
	browse->saved_count = 0;
	free(browse->own);
	free(browse->asked);
}

static void read_saved(struct browse_page *browse)
{
	saved_views_free(browse->saved, browse->saved_count);
	browse->saved_count = saved_views_read(browse->store, browse->type, browse->saved);
}

/* ---- another view ---- */

static void show(struct browse_page *browse, const struct record_query *query)
{
	entry_load(browse->find, query->match == NULL ? "" : query->match);
	record_rows_view(browse->rows, query->view);
	record_rows_sort(browse->rows, query->sort, query->downward);
	record_rows_match(browse->rows, entry_text(browse->find));
	row_keys_forget(&browse->keys);
}

static void show_saved(struct browse_page *browse, const struct saved_view *view)
{
	struct record_query query = {.type = browse->type};
	struct error err;

	if (!saved_view_apply(browse->store, view, &query, &err)) {
		message_set(ROLE_BAD, err.text);
		return;
	}
	show(browse, &query);
	browse_own_set(browse, view->name);
}

void browse_show_own(struct browse_page *browse, const char *name)
{
	read_saved(browse);
	for (int i = 0; i < browse->saved_count; i++) {
		if (text_same(browse->saved[i].name, name)) {
			show_saved(browse, &browse->saved[i]);
			return;
		}
	}
	message_format(ROLE_BAD, "You keep no view \"%s\" of this list any more.", name);
}

/* The words of the filter stay, but those of an own view go with it. */
static void show_declared(struct browse_page *browse, const struct view *view)
{
	struct record_query query = *browse_query(browse);

	query.view = view;
	if (browse->own != NULL) {
		query = (struct record_query){.type = browse->type, .view = view};
		show(browse, &query);
	} else {
		record_rows_view(browse->rows, view);
		row_keys_forget(&browse->keys);
	}
	browse_own_set(browse, NULL);
}

/* ---- dropping ---- */

static void drop_confirmed(void *context)
{
	struct browse_page *browse = context;
	struct error err;

	if (!saved_view_drop(browse->store, browse->type, browse->asked, &err)) {
		message_set(ROLE_BAD, err.text);
		return;
	}
	message_format(ROLE_GOOD, "Your view \"%s\" is dropped.", browse->asked);
	if (browse->own != NULL && text_same(browse->own, browse->asked))
		browse_own_set(browse, NULL);
}

static void drop_chosen(void *context, int choice)
{
	struct browse_page *browse = context;
	struct buffer title = {0};

	if (choice < 0)
		return;
	memory_replace(&browse->asked, browse->saved[choice].name);
	buffer_format(&title, "Drop \"%s\"?", browse->asked);
	dialog_confirm(buffer_text(&title),
		"The name goes and nothing else: the records stay as they are.", "Drop it",
		"Keep it", drop_confirmed, browse);
	buffer_free(&title);
}

static void choose_drop(struct browse_page *browse)
{
	struct menu_choice choices[SAVED_VIEWS];

	for (int i = 0; i < browse->saved_count; i++)
		choices[i] = (struct menu_choice){.label = browse->saved[i].name};
	menu_open(&(struct menu){.title = "Drop which of your views?",
		.choices = choices,
		.count = (size_t)browse->saved_count,
		.row = -1,
		.column = -1,
		.chosen = drop_chosen,
		.context = browse});
}

/* ---- keeping ---- */

static const struct field keep_fields[] = {
	{.key = "name",
		.label = "Name",
		.type = &text_type,
		.max = SAVED_VIEW_NAME,
		.width = SAVED_VIEW_NAME,
		.flags = FIELD_REQUIRED,
		.help = "What you want to call it; only you see it, under v in this list."},
	{0},
};

/* "All clients, with the words "ton", sorted by city." */
static void describe(const struct browse_page *browse, struct buffer *out)
{
	const struct record_query *query = browse_query(browse);

	buffer_add(out, query->view == NULL ? browse->type->plural : query->view->label);
	if (query->match != NULL && query->match[0] != '\0')
		buffer_format(out, ", with the words \"%s\"", query->match);
	if (query->sort != NULL) {
		buffer_add(out, ", ");
		browse_add_order(query, out);
	}
	buffer_add_char(out, '.');
}

static bool keep(struct browse_page *browse, const char *name, struct error *err)
{
	if (!saved_view_keep(browse->store, browse_query(browse), name, err))
		return false;
	browse_own_set(browse, name);
	message_format(ROLE_GOOD, "Kept as \"%s\": v shows it again.", name);
	return true;
}

static bool keep_answered(void *context, const char *const *answers, struct error *err)
{
	struct browse_page *browse = context;

	memory_replace(&browse->asked, NULL);
	if (!saved_view_exists(browse->store, browse->type, answers[0]))
		return keep(browse, answers[0], err);
	memory_replace(&browse->asked, answers[0]);
	return true;
}

static void replace_confirmed(void *context)
{
	struct browse_page *browse = context;
	struct error err;

	if (!keep(browse, browse->asked, &err))
		message_set(ROLE_BAD, err.text);
}

/* There is one of this name: which of the two is meant to stay? */
static void keep_done(void *context)
{
	struct browse_page *browse = context;
	struct buffer title = {0}, text = {0};

	if (browse->asked == NULL)
		return;
	buffer_format(&title, "Replace \"%s\"?", browse->asked);
	buffer_add(&text, "You keep a view of this name. From now on it would show:\n");
	describe(browse, &text);
	dialog_confirm(buffer_text(&title), buffer_text(&text), "Replace it", "Keep the old one",
		replace_confirmed, browse);
	buffer_free(&title);
	buffer_free(&text);
}

void browse_keep_view(struct browse_page *browse)
{
	const struct record_query *query = browse_query(browse);
	struct buffer text = {0};

	if ((query->match == NULL || query->match[0] == '\0') && query->sort == NULL) {
		message_set(ROLE_PLAIN,
			"There is nothing to keep yet: find (/) or sort (s) first, then keep what you "
			"see.");
		return;
	}
	describe(browse, &text);
	ask_open(browse->store, &(struct ask){.title = "Keep this view for yourself",
					.text = buffer_text(&text),
					.does = "Keep",
					.fields = keep_fields,
					.prefill = browse->own,
					.answered = keep_answered,
					.done = keep_done,
					.context = browse});
	buffer_free(&text);
}

/* ---- the menu of views ---- */

static int declared_count(const struct record_type *type)
{
	int count = 0;

	while (type->views != NULL && type->views[count].name != NULL)
		count++;
	return count > 0 ? count : 1;
}

/* In the order of the menu: the declared ones, the person's own, keep, drop. */
static void view_chosen(void *context, int choice)
{
	struct browse_page *browse = context;
	const struct view *views = browse->type->views;
	int own = choice - declared_count(browse->type);

	if (choice < 0)
		return;
	if (own < 0)
		show_declared(browse, views == NULL ? NULL : &views[choice]);
	else if (own < browse->saved_count)
		show_saved(browse, &browse->saved[own]);
	else if (own == browse->saved_count)
		browse_keep_view(browse);
	else
		choose_drop(browse);
}

void browse_choose_view(struct browse_page *browse)
{
	const struct view *views = browse->type->views;
	struct menu_choice choices[CHOICES_MOST];
	int declared = declared_count(browse->type);
	size_t count = 0, selected = 0;

	read_saved(browse);
	for (int i = 0; i < declared; i++) {
		if (views != NULL && &views[i] == browse_query(browse)->view)
			selected = count;
		choices[count++] =
			(struct menu_choice){.label = views == NULL ? "All" : views[i].label};
	}
	for (int i = 0; i < browse->saved_count; i++) {
		if (browse->own != NULL && text_same(browse->own, browse->saved[i].name))
			selected = count;
		choices[count++] = (struct menu_choice){browse->saved[i].name, "yours"};
	}
	choices[count++] = (struct menu_choice){.label = "Keep this filter..."};
	if (browse->saved_count > 0)
		choices[count++] = (struct menu_choice){.label = "Drop one of yours..."};
	menu_open(&(struct menu){.title = "Show",
		.choices = choices,
		.count = count,
		.selected = selected,
		.row = -1,
		.column = -1,
		.chosen = view_chosen,
		.context = browse});
}

/* ---- order ---- */

/* Chosen again, the order turns round; behind the columns is the order the list opens with. */
static void sort_chosen(void *context, int choice)
{
	struct browse_page *browse = context;
	const struct record_query *query = browse_query(browse);
	const struct field *const *fields;

	int count = record_rows_columns(browse->rows, &fields);

	if (choice < 0)
		return;
	browse_own_set(browse, NULL);
	if (choice == count)
		record_rows_sort(browse->rows, NULL, false);
	else
		record_rows_sort(browse->rows, fields[choice],
			query->sort == fields[choice] ? !query->downward : false);
	row_keys_forget(&browse->keys);
}

void browse_choose_sort(struct browse_page *browse)
{
	const struct record_query *query = browse_query(browse);
	const struct field *const *fields;
	struct menu_choice choices[CHOICES_MOST];
	int count = record_rows_columns(browse->rows, &fields);
	size_t selected = 0;

	for (int i = 0; i < count; i++) {
		bool present = fields[i] == query->sort;

		choices[i] =
			(struct menu_choice){fields[i]->label, !present          ? NULL
							       : query->downward ? "upward again"
										 : "downward"};
		if (present)
			selected = (size_t)i;
	}
	if (query->sort != NULL)
		choices[count++] = (struct menu_choice){.label = "The order it had at first"};
	menu_open(&(struct menu){.title = "Sort by",
		.choices = choices,
		.count = (size_t)count,
		.selected = selected,
		.row = -1,
		.column = -1,
		.chosen = sort_chosen,
		.context = browse});
}
