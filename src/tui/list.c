/*
 * list.c - the rows in sight of a list of any length, moved along by asking for neighbours.
 * GPL-3.0-or-later.
 */
#include "tui/list.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "core/money.h"
#include "tui/columns.h"

enum {
	HEIGHT_BEFORE_DRAWN = 24, /* rows to read when asked before the first draw */
	MARK_COLUMN = 1,
	TEXT_COLUMN = 3,
};

struct list {
	struct list_source *source;
	const struct list_column *columns;
	size_t column_count;
	const char *empty;

	/* The rows in sight, one after the other in the source's order. */
	void **items;
	size_t used;
	size_t room;
	size_t focus;  /* index into items */
	size_t height; /* rows that can be seen */
	bool loaded;
	bool at_start; /* nothing was before items[0] when it was read */
	bool at_end;

	int64_t first; /* rows before items[0], or -1 while unknown */
	int64_t count; /* of all rows, or -1 */
	bool first_stale, count_stale;
	bool passive; /* another part of the page has the keys */
};

struct list *list_new(struct list_source *source, const struct list_column *columns,
	size_t column_count, const char *empty)
{
	struct list *list = memory_new(sizeof *list);

	if (column_count > LIST_COLUMNS)
		fatal("a list with %zu columns", column_count);
	list->source = source;
	list->columns = columns;
	list->column_count = column_count;
	list->empty = empty;
	list->height = HEIGHT_BEFORE_DRAWN;
	list->count = -1;
	list->first = -1;
	return list;
}

/* ---- the rows in sight ---- */

static void free_items(struct list *list, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		list->source->free(list->source, list->items[i]);
}

static void drop_all(struct list *list)
{
	free_items(list, 0, list->used);
	list->used = 0;
	list->focus = 0;
	list->at_start = false;
	list->at_end = false;
}

void list_free(struct list *list)
{
	if (list == NULL)
		return;
	drop_all(list);
	free(list->items);
	free(list);
}

static void make_room(struct list *list, size_t more)
{
	if (list->used + more <= list->room)
		return;
	list->room = list->used + more;
	list->items = memory_resize(list->items, list->room * sizeof *list->items);
}

/* Reads up to wanted rows behind the last one; returns how many came. */
static size_t extend_down(struct list *list, size_t wanted)
{
	const void *last = list->used > 0 ? list->items[list->used - 1] : NULL;
	size_t got;

	if (list->at_end || wanted == 0)
		return 0;
	make_room(list, wanted);
	got = list->source->after(list->source, last, wanted, list->items + list->used);
	list->used += got;
	list->at_end = got < wanted;
	if (last == NULL) {
		list->at_start = true;
		list->first = 0;
		list->first_stale = false;
	}
	return got;
}

static void reverse(void **items, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		void *item = items[i];

		items[i] = items[count - 1 - i];
		items[count - 1 - i] = item;
	}
}

/* Reads up to wanted rows before the first one; the focus stays on its row. */
static size_t extend_up(struct list *list, size_t wanted)
{
	const void *first = list->used > 0 ? list->items[0] : NULL;
	void **items = memory_new((wanted + 1) * sizeof *items);
	size_t got = 0;

	if (!list->at_start && wanted > 0) {
		got = list->source->before(list->source, first, wanted, items);
		list->at_start = got < wanted;
	}
	if (got > 0) {
		make_room(list, got);
		reverse(items, got);
		memmove(list->items + got, list->items, list->used * sizeof *items);
		memcpy(list->items, items, got * sizeof *items);
		list->focus += first != NULL ? got : 0;
		list->used += got;
		if (list->first >= 0)
			list->first = list->first > (int64_t)got ? list->first - (int64_t)got : 0;
	}
	if (first == NULL)
		list->at_end = true;
	if (list->at_start) {
		list->first = 0;
		list->first_stale = false;
	}
	free(items);
	return got;
}

static void trim_top(struct list *list, size_t gone)
{
	if (gone == 0)
		return;
	free_items(list, 0, gone);
	list->used -= gone;
	memmove(list->items, list->items + gone, list->used * sizeof *list->items);
	list->focus -= gone;
	list->at_start = false;
	if (list->first >= 0)
		list->first += (int64_t)gone;
}

static void trim_bottom(struct list *list, size_t gone)
{
	if (gone == 0)
		return;
	free_items(list, list->used - gone, list->used);
	list->used -= gone;
	list->at_end = false;
}

static size_t excess(const struct list *list)
{
	return list->used > list->height ? list->used - list->height : 0;
}

/* As many rows as can be seen, with the focused one among them. */
static void fit(struct list *list)
{
	if (list->focus >= list->height)
		trim_top(list, list->focus - list->height + 1);
	trim_bottom(list, excess(list));
	if (list->used < list->height)
		extend_down(list, list->height - list->used);
	if (list->used < list->height && list->used > 0)
		extend_up(list, list->height - list->used);
}

static void load_first(struct list *list)
{
	drop_all(list);
	extend_down(list, list->height);
	list->loaded = true;
}

/* The number is known, and not only that there are more than were counted. */
static bool is_counted(const struct list *list)
{
	int64_t most = list->source->count_most;

	return list->count >= 0 && (most == 0 || list->count <= most);
}

static void load_last(struct list *list)
{
	drop_all(list);
	list->first = -1;
	extend_up(list, list->height);
	list->focus = list->used > 0 ? list->used - 1 : 0;
	if (!list->at_start && is_counted(list) && !list->count_stale)
		list->first = list->count - (int64_t)list->used;
}

static void load(struct list *list)
{
	if (!list->loaded) {
		load_first(list);
		list->count_stale = true;
	}
}

/* ---- reading again ---- */

void list_reload(struct list *list)
{
	list->loaded = false;
	list->count = -1;
	load(list);
}

/*
 * Rows around item, which is to stand in the given row when there are enough before it. first
 * is what is known of its place so far.
 */
static void load_around(struct list *list, void *item, size_t row)
{
	drop_all(list);
	make_room(list, 1);
	list->items[0] = item;
	list->used = 1;
	list->loaded = true;
	list->first_stale = true;
	list->count_stale = true;
	extend_up(list, row < list->height ? row : list->height - 1);
	if (list->used < list->height)
		extend_down(list, list->height - list->used);
	fit(list);
}

/* The row itself, else what follows it, else what was before it; NULL: nothing is left. */
static void *find_again(struct list *list, const void *item)
{
	struct list_source *source = list->source;
	void *found = source->again(source, item);

	if (found == NULL && source->before(source, item, 1, &found) == 0)
		return NULL;
	return found;
}

bool list_refresh(struct list *list)
{
	const void *old;
	void *found;
	bool same;

	if (!list->loaded || list->used == 0) {
		list->loaded = false;
		load(list);
		return list->used == 0;
	}
	old = list->items[list->focus];
	found = find_again(list, old);
	if (found == NULL) {
		list_reload(list);
		return false;
	}
	same = list->source->same(list->source, old, found);
	if (list->first >= 0)
		list->first += (int64_t)list->focus;
	load_around(list, found, list->focus);
	return same;
}

static bool is_gone(struct list *list, const void *item)
{
	return list->source->gone != NULL && list->source->gone(list->source, item);
}

size_t list_update(struct list *list)
{
	size_t gone = 0;

	for (size_t i = 0; list->loaded && i < list->used; i++) {
		if (list->source->update != NULL)
			list->source->update(list->source, list->items[i]);
		gone += is_gone(list, list->items[i]);
	}
	return gone;
}

void list_go(struct list *list, void *item)
{
	void *found = find_again(list, item);

	list->source->free(list->source, item);
	if (found == NULL) {
		list_reload(list);
		return;
	}
	list->first = -1;
	load_around(list, found, list->height / 2);
}

static int64_t ask_count(struct list *list)
{
	/* All of them are in sight: nobody needs to be asked. */
	if (list->at_start && list->at_end)
		return (int64_t)list->used;
	return list->source->count != NULL ? list->source->count(list->source) : -1;
}

bool list_idle(struct list *list)
{
	struct list_source *source = list->source;
	int64_t count = list->count;
	int64_t first = list->first;

	if (!list->loaded)
		return false;
	if (list->count_stale)
		list->count = ask_count(list);
	list->count_stale = false;
	/* Nobody can tell a row's place; that of before holds as long as none came or went. */
	if (list->first_stale && source->rank == NULL && list->count != count && !list->at_start)
		list->first = -1;
	if (list->first < 0 && list->at_end && is_counted(list))
		list->first = list->count - (int64_t)list->used;
	else if ((list->first < 0 || list->first_stale) && source->rank != NULL && list->used > 0)
		list->first = source->rank(source, list->items[0]);
	list->first_stale = false;
	return list->count != count || list->first != first;
}

/* ---- keys ---- */

static void move_down(struct list *list)
{
	if (list->focus + 1 == list->used && extend_down(list, 1) == 0)
		return;
	list->focus++;
	trim_top(list, excess(list));
}

static void move_up(struct list *list)
{
	if (list->focus == 0 && extend_up(list, 1) == 0)
		return;
	list->focus--;
	trim_bottom(list, excess(list));
}

static void page_down(struct list *list)
{
	size_t row = list->focus;
	size_t got = extend_down(list, list->height);

	trim_top(list, excess(list));
	list->focus = got < list->height ? list->used - 1 : row;
}

static void page_up(struct list *list)
{
	size_t row = list->focus;
	size_t got = extend_up(list, list->height);

	list->focus = got < list->height ? 0 : row;
	trim_bottom(list, excess(list));
}

bool list_key(struct list *list, const struct event *event)
{
	int key = event->kind == EVENT_KEY ? event->key : KEY_NOTHING;

	if (key != PRESS_UP && key != PRESS_DOWN && key != PRESS_HOME && key != PRESS_END &&
		key != PRESS_PAGE_UP && key != PRESS_PAGE_DOWN)
		return false;
	load(list);
	if (list->used == 0)
		return true;
	if (key == PRESS_DOWN)
		move_down(list);
	else if (key == PRESS_UP)
		move_up(list);
	else if (key == PRESS_PAGE_DOWN)
		page_down(list);
	else if (key == PRESS_PAGE_UP)
		page_up(list);
	else if (key == PRESS_HOME)
		load_first(list);
	else
		load_last(list);
	return true;
}

/* ---- questions ---- */

const void *list_focused(struct list *list)
{
	load(list);
	return list->used > 0 ? list->items[list->focus] : NULL;
}

int64_t list_count(const struct list *list)
{
	return list->count;
}

int64_t list_position(const struct list *list)
{
	return list->used > 0 && list->first >= 0 ? list->first + (int64_t)list->focus + 1 : 0;
}

/* With thousands, as all figures are. */
static void add_number(struct buffer *text, int64_t number)
{
	char digits[MONEY_TEXT];

	buffer_add(text, money_format_whole(number * 100, digits));
}

void list_summary(const struct list *list, struct buffer *text)
{
	int64_t position = list_position(list);

	if (list->count < 0)
		return;
	if (position > 0 && (position <= list->count || !is_counted(list))) {
		add_number(text, position);
		buffer_add(text, " of ");
	}
	if (!is_counted(list))
		buffer_add(text, "more than ");
	add_number(text, is_counted(list) ? list->count : list->source->count_most);
}

/* ---- drawing ---- */

static void draw_headings(struct list *list, struct area *area, const struct column_span *spans)
{
	for (size_t i = 0; i < list->column_count; i++) {
		const struct list_column *column = &list->columns[i];
		int at = TEXT_COLUMN + spans[i].at;

		if (column->right)
			draw_text_right(area, 0, at, spans[i].width, ROLE_TITLE, column->heading);
		else
			draw_text(area, 0, at, spans[i].width, ROLE_TITLE, column->heading);
	}
}

static void draw_row(struct list *list, struct area *area, int row, size_t index,
	const struct column_span *spans)
{
	struct list_source *source = list->source;
	const void *item = list->items[index];
	bool focused = index == list->focus && !list->passive;
	struct buffer text = {0};

	if (is_gone(list, item))
		draw_text(area, row, 0, 1, ROLE_WARNING, "-");
	/* The blank is bold too: between two bold cells another one costs 15 bytes a key. */
	if (focused)
		draw_text(area, row, MARK_COLUMN, 2, ROLE_FOCUS, "> ");
	for (size_t i = 0; i < list->column_count; i++) {
		int at = TEXT_COLUMN + spans[i].at;
		enum role role = source->role != NULL ? source->role(source, item, i) : ROLE_PLAIN;

		if (spans[i].width == 0)
			continue;
		/* Bold for the key only: a whole bold row costs 200 bytes a key. */
		if (focused && i == 0)
			role = ROLE_FOCUS;
		buffer_clear(&text);
		source->cell(source, item, i, &text);
		if (list->columns[i].right)
			draw_text_right(area, row, at, spans[i].width, role, buffer_text(&text));
		else
			draw_text(area, row, at, spans[i].width, role, buffer_text(&text));
	}
	buffer_free(&text);
}

void list_draw(struct list *list, struct area *area)
{
	struct column_span spans[LIST_COLUMNS];
	int heading = area->rows > 1 ? 1 : 0;

	if (area->rows < 1)
		return;
	list->height = (size_t)(area->rows - heading);
	load(list);
	fit(list);
	columns_place(list->columns, list->column_count, area->columns - TEXT_COLUMN - 1, spans);
	if (heading > 0)
		draw_headings(list, area, spans);
	for (size_t i = 0; i < list->used; i++)
		draw_row(list, area, heading + (int)i, i, spans);
	if (list->used == 0)
		draw_wrapped(area, heading, TEXT_COLUMN, area->columns - TEXT_COLUMN - 1,
			area->rows - heading, ROLE_PLAIN, list->empty);
	if (!list->passive)
		draw_cursor(area, heading + (int)list->focus, MARK_COLUMN);
}

void list_active_set(struct list *list, bool active)
{
	list->passive = !active;
}
