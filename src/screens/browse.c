/*
 * browse.c - the list page of every record type: views, filter, order, preview, and the way to
 * each record. GPL-3.0-or-later.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/text.h"
#include "screens/browse_parts.h"
#include "screens/help.h"
#include "screens/record_extras.h"
#include "screens/words.h"
#include "tui/keys.h"
#include "tui/loop.h"

enum {
	MATCH_MOST = 100,   /* characters of a filter */
	PREVIEW_FROM = 110, /* columns of the screen */
	PREVIEW_CELLS = 50,
};

static struct browse_page *browse_of(struct page *page)
{
	return (struct browse_page *)page;
}

const struct record_query *browse_query(const struct browse_page *browse)
{
	return record_rows_query(browse->rows);
}

/* ---- drawing ---- */

static void browse_title(struct page *page, struct buffer *left, struct buffer *right)
{
	struct browse_page *browse = browse_of(page);
	const struct view *view = browse_query(browse)->view;

	if (strcmp(browse->type->group, browse->type->plural) != 0)
		buffer_format(left, "%s > ", browse->type->group);
	buffer_add(left, browse->type->plural);
	if (browse->own != NULL)
		buffer_format(left, " > %s", browse->own);
	else if (view != NULL)
		buffer_format(left, " > %s", view->label);
	record_rows_summary(browse->rows, right);
}

static bool is_filtered(const struct browse_page *browse)
{
	return entry_text(browse->find)[0] != '\0';
}

/* A label within a sentence, but "NPI" stays. */
void browse_add_order(const struct record_query *query, struct buffer *out)
{
	char *label = memory_text(query->sort->label);

	if (islower((unsigned char)label[1]))
		label[0] = (char)tolower((unsigned char)label[0]);
	buffer_format(out, "sorted by %s%s", label, query->downward ? ", downward" : "");
	free(label);
}

/* "Find: ton_" and the order, where they are not what the list opens with. */
static int draw_head(struct browse_page *browse, struct area *area)
{
	const struct record_query *query = browse_query(browse);
	struct buffer order = {0};
	int width;

	if (!browse->finding && !is_filtered(browse) && query->sort == NULL)
		return 0;
	if (query->sort != NULL)
		browse_add_order(query, &order);
	width = text_width(buffer_text(&order));
	if (width > 0 && width < area->columns - 2)
		draw_text_right(area, 0, 1, area->columns - 2, ROLE_HINT, buffer_text(&order));
	if (browse->finding || is_filtered(browse)) {
		int cells = area->columns - width - 10;

		draw_text(area, 0, 1, 5, browse->finding ? ROLE_FOCUS : ROLE_HINT, "Find:");
		if (cells > 0)
			entry_draw(browse->find, area, 0, 7, cells > 40 ? 40 : cells,
				browse->finding ? ROLE_FIELD : ROLE_PLAIN, false, false);
	}
	buffer_free(&order);
	return 1;
}

/* What there is to say about the focused record, then its fields. */
static void draw_preview(struct browse_page *browse, struct area *area)
{
	int row = 0;

	if (browse->preview == NULL)
		return;
	if (browse->preview_lines.length > 0)
		row = draw_wrapped(area, 0, 1, area->columns - 1, area->rows / 2, ROLE_PLAIN,
			      buffer_text(&browse->preview_lines)) +
		      1;
	form_draw(record_form_form(browse->preview), area, row, 0, area->rows - row, area->columns);
}

static void browse_draw(struct page *page, struct area *area)
{
	struct browse_page *browse = browse_of(page);
	int head = draw_head(browse, area);
	struct area body = area_part(area, head, 0, area->rows - head, area->columns);
	struct area list = body;

	browse->wide = area->columns >= PREVIEW_FROM;
	if (browse->wide) {
		struct area preview =
			area_part(&body, 0, body.columns - PREVIEW_CELLS, body.rows, PREVIEW_CELLS);

		list = area_part(&body, 0, 0, body.rows, body.columns - PREVIEW_CELLS - 2);
		draw_preview(browse, &preview);
	}
	list_draw(record_rows_list(browse->rows), &list);
	/* While a filter is typed the cursor is where the letters go. */
	if (browse->finding)
		entry_draw(browse->find, area, 0, 7, area->columns > 60 ? 40 : area->columns - 20,
			ROLE_FIELD, false, true);
}

/* ---- the preview ---- */

static void make_preview(struct browse_page *browse, const struct record *focused)
{
	struct record *record = focused == NULL ? NULL
						: record_load(browse->store, browse->type,
							  record_key(focused), NULL);
	const struct record_extra *extra = record_extra_of(browse->type);

	record_form_free(browse->preview);
	browse->preview = NULL;
	buffer_clear(&browse->preview_lines);
	if (record == NULL)
		return;
	browse->preview =
		record_form_new(browse->store, record, extra == NULL ? NULL : extra->hidden);
	form_active_set(record_form_form(browse->preview), false);
	if (extra != NULL && extra->explain != NULL)
		extra->explain(browse->store, record, &browse->preview_lines);
	record_free(record);
}

static bool preview_idle(struct browse_page *browse)
{
	const struct record *focused = record_rows_focused(browse->rows);
	int64_t id = focused == NULL ? 0 : focused->id;
	int64_t version = focused == NULL ? 0 : focused->version;

	if (!browse->wide || (browse->preview_id == id && browse->preview_version == version))
		return false;
	browse->preview_id = id;
	browse->preview_version = version;
	make_preview(browse, focused);
	return true;
}

static bool browse_idle(struct page *page)
{
	struct browse_page *browse = browse_of(page);

	return row_keys_idle(&browse->keys) || preview_idle(browse);
}

/* ---- filter ---- */

static void filter(struct browse_page *browse)
{
	browse_own_set(browse, NULL);
	record_rows_match(browse->rows, entry_text(browse->find));
	row_keys_forget(&browse->keys);
}

static void set_finding(struct browse_page *browse, bool finding)
{
	browse->finding = finding;
	record_rows_typing(browse->rows, finding);
}

static void clear_filter(struct browse_page *browse)
{
	const struct record *focused = record_rows_focused(browse->rows);
	char *key = focused == NULL ? NULL : memory_text(record_key(focused));

	set_finding(browse, false);
	entry_load(browse->find, "");
	filter(browse);
	/* What was found stays in focus among all. */
	if (key != NULL)
		record_rows_show(browse->rows, key);
	free(key);
}

static enum page_answer find_key(struct browse_page *browse, const struct event *event)
{
	char *before = memory_text(entry_text(browse->find));
	enum page_answer answer = PAGE_HANDLED;

	if (event->command == COMMAND_LEAVE) {
		clear_filter(browse);
	} else if (event->kind == EVENT_KEY && event->key == PRESS_ENTER) {
		set_finding(browse, false);
		row_keys_event(&browse->keys, event);
	} else if (event->command == COMMAND_NEW) {
		row_keys_event(&browse->keys, event);
	} else if (event->kind == EVENT_KEY && event->key == PRESS_TAB) {
		set_finding(browse, false);
	} else if (list_key(record_rows_list(browse->rows), event)) {
		set_finding(browse, false);
	} else if (entry_key(browse->find, event) == TYPED_IGNORED) {
		answer = PAGE_IGNORED;
	} else if (strcmp(before, entry_text(browse->find)) != 0) {
		filter(browse);
	}
	free(before);
	return answer;
}

/* ---- commands: one table gives keys, hints and ^P ---- */

static void refresh(struct browse_page *browse)
{
	record_rows_refresh(browse->rows);
	row_keys_forget(&browse->keys);
	browse->preview_id = -1;
}

static void start_finding(struct browse_page *browse)
{
	set_finding(browse, true);
	entry_end(browse->find);
}

static void run_export(struct browse_page *browse)
{
	browse_export(browse->store, browse_query(browse));
}

static void run_import(struct browse_page *browse)
{
	if (may_write_or_say(browse->store, browse->type))
		browse_import(browse->store, browse->type);
}

static const struct {
	char letter;
	const char *hint, *label;
	void (*run)(struct browse_page *browse);
	bool writes; /* only for those who may write */
} letters[] = {
	{'/', "Find", "Find in this list", start_finding, false},
	{'v', "Views", "Another view of this list", browse_choose_view, false},
	{'s', "Sort", "Sort this list", browse_choose_sort, false},
	{'e', "Export", "Export this list as CSV", run_export, false},
	{'i', "Import", "Import from CSV", run_import, true},
};
enum { LETTERS = sizeof letters / sizeof letters[0] };

static const char *letter_text(int index)
{
	static char texts[LETTERS][2];

	texts[index][0] = letters[index].letter;
	return texts[index];
}

static const struct hint *browse_hints(struct page *page)
{
	struct browse_page *browse = browse_of(page);
	int count = 0;

	if (browse->finding) {
		if (record_rows_focused(browse->rows) != NULL) {
			browse->hints[count++] = (struct hint){"Enter", "Open"};
			browse->hints[count++] = (struct hint){"Down", "To the list"};
		}
		browse->hints[count++] = (struct hint){"Esc", "Show all"};
		browse->hints[count++] = key_hint(COMMAND_HELP, NULL);
	} else {
		count = row_keys_hints(&browse->keys, browse->hints, count, BROWSE_HINTS - 3);
		browse->hints[count++] = key_hint(COMMAND_LEAVE, NULL);
		browse->hints[count++] = (struct hint){"?", "Help"};
	}
	browse->hints[count] = (struct hint){NULL, NULL};
	return browse->hints;
}

static const struct hint *browse_steady_hints(struct page *page)
{
	struct browse_page *browse = browse_of(page);
	int count = 0;

	if (!browse->finding) {
		count = row_keys_steady_hints(
			&browse->keys, browse->steady, count, BROWSE_HINTS - 1);
		for (int i = 0; i < LETTERS; i++) {
			if (!letters[i].writes || browse->keys.writes)
				browse->steady[count++] =
					(struct hint){letter_text(i), letters[i].hint};
		}
		count = row_keys_more_hints(&browse->keys, browse->steady, count, BROWSE_HINTS - 1);
	}
	browse->steady[count] = (struct hint){NULL, NULL};
	return browse->steady;
}

static void run_action(void *context, int number)
{
	struct browse_page *browse = context;
	const struct record *record = record_rows_focused(browse->rows);
	const char *letter = browse->keys.offered.actions[number]->letter;
	struct event event = {.kind = EVENT_CHAR, .codepoint = (unsigned char)letter[0]};

	/* The same way as the key goes, so that both end in the same place. */
	if (letter[0] == '^' && letter[1] != '\0')
		event = (struct event){.kind = EVENT_KEY, .key = KEY_CTRL(letter[1])};
	if (record != NULL)
		row_keys_event(&browse->keys, &event);
}

static void run_letter(void *context, int number)
{
	letters[number].run(context);
}

static void run_keep(void *context, int number)
{
	(void)number;
	browse_keep_view(context);
}

static void offer_commands(struct page *page, struct command_list *list)
{
	struct browse_page *browse = browse_of(page);

	offered_commands(&browse->keys.offered, list, run_action, browse);
	for (int i = 0; i < LETTERS; i++) {
		if (!letters[i].writes || browse->keys.writes)
			command_add(list, letters[i].label, letter_text(i), run_letter, browse, i);
	}
	command_add(list, "Keep this filter as a view of your own", NULL, run_keep, browse, 0);
}

/* ---- keys ---- */

static enum page_answer letter_key(struct browse_page *browse, const struct event *event)
{
	const struct record *record = record_rows_focused(browse->rows);

	for (int i = 0; i < LETTERS; i++) {
		if (event->kind == EVENT_CHAR &&
			event->codepoint == (unsigned char)letters[i].letter) {
			letters[i].run(browse);
			return PAGE_HANDLED;
		}
	}
	if (event->command == COMMAND_FIND)
		start_finding(browse);
	else if (event->command == COMMAND_REFRESH)
		refresh(browse);
	else if (event->command == COMMAND_LEAVE && is_filtered(browse))
		clear_filter(browse);
	else if (record == NULL || !action_refuse(browse->store, record, event))
		return PAGE_IGNORED;
	return PAGE_HANDLED;
}

static enum page_answer browse_key(struct page *page, const struct event *event)
{
	struct browse_page *browse = browse_of(page);

	if (event->kind == EVENT_RESIZE)
		return PAGE_HANDLED;
	if (browse->finding)
		return find_key(browse, event);
	if (row_keys_event(&browse->keys, event))
		return PAGE_HANDLED;
	return letter_key(browse, event);
}

/* ---- what happens elsewhere ---- */

static bool browse_tick(struct page *page)
{
	struct browse_page *browse = browse_of(page);

	if (!others_saved(browse->store, &browse->data_version))
		return false;
	record_rows_update(browse->rows);
	row_keys_forget(&browse->keys);
	browse->preview_id = -1;
	return true;
}

static void browse_resumed(struct page *page)
{
	struct browse_page *browse = browse_of(page);

	browse->data_version = store_data_version(browse->store);
	refresh(browse);
}

static const char *browse_help(struct page *page)
{
	struct browse_page *browse = browse_of(page);

	buffer_clear(&browse->help);
	help_type(browse->store, browse->type, &browse->keys.offered, &browse->help);
	return buffer_text(&browse->help);
}

static void browse_free(struct page *page)
{
	struct browse_page *browse = browse_of(page);

	record_rows_free(browse->rows);
	record_form_free(browse->preview);
	entry_free(browse->find);
	browse_views_free(browse);
	buffer_free(&browse->preview_lines);
	buffer_free(&browse->help);
	free(browse);
}

static const struct page_class browse_class = {
	.title = browse_title,
	.draw = browse_draw,
	.key = browse_key,
	.tick = browse_tick,
	.idle = browse_idle,
	.hints = browse_hints,
	.steady_hints = browse_steady_hints,
	.help = browse_help,
	.resumed = browse_resumed,
	.free = browse_free,
};

void browse_open(
	struct store *store, const struct record_type *type, const char *view, const char *match)
{
	struct browse_page *browse = memory_new(sizeof *browse);
	const struct view *chosen = view == NULL ? type->views : record_type_view(type, view);

	commands_of(&browse_class, offer_commands);
	browse->page.class = &browse_class;
	browse->store = store;
	browse->type = type;
	browse->find = entry_new(MATCH_MOST);
	browse->preview_id = -1;
	browse->data_version = store_data_version(store);
	browse->rows = record_rows_new(store, type, NULL, NULL, record_may_write(store, type));
	browse->keys = (struct row_keys){.store = store, .type = type, .rows = browse->rows};
	if (chosen != NULL)
		record_rows_view(browse->rows, chosen);
	else if (view != NULL)
		browse_show_own(browse, view);
	if (match != NULL && match[0] != '\0') {
		entry_load(browse->find, match);
		filter(browse);
	}
	row_keys_start(&browse->keys);
	page_push(&browse->page);
}
