/*
 * list.h - a list of any length: holds only the rows in sight and asks its source for more.
 * GPL-3.0-or-later.
 *
 * Time and memory do not depend on how much there is: paging goes by the row at the edge
 * (keyset), never by a number of rows to skip. The list never sorts anew under the cursor; it
 * reads again only when list_refresh or list_reload is called.
 */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buffer.h"
#include "tui/draw.h"
#include "tui/event.h"

enum { LIST_COLUMNS = 32 }; /* the most columns a list may have */

struct list_column {
	const char *heading; /* borrowed */
	int width;           /* cells it needs to be of use */
	int wanted;          /* cells it likes, given first when there is room; 0: width */
	int grow;            /* its share of what is left after that; 0: none */
	int priority;        /* the highest goes first on narrow terminals; 0 never goes */
	bool right;          /* numbers and their heading: aligned right */
};

/*
 * Where rows come from. A row is an item that only the source understands: it holds what the
 * cells need and its place in the order (sort value and id), so that paging works from it even
 * after the row itself is gone. Items handed out belong to the list, which frees them with
 * free. Embed this struct as the first member of the source's own.
 */
struct list_source {
	/* Up to wanted items after item, in order; NULL: from the first. Returns how many. */
	size_t (*after)(struct list_source *source, const void *item, size_t wanted, void **items);

	/* Up to wanted items before item, nearest first; NULL: the last ones, last first. */
	size_t (*before)(struct list_source *source, const void *item, size_t wanted, void **items);

	/* item as it is now, else the one that follows where it was; NULL: none follows. */
	void *(*again)(struct list_source *source, const void *item);

	/* The text of a cell; text comes empty. */
	void (*cell)(
		struct list_source *source, const void *item, size_t column, struct buffer *text);

	/* Optional: how a cell is drawn, to repeat in colour what its words say. */
	enum role (*role)(struct list_source *source, const void *item, size_t column);

	/*
	 * Optional: reads item again where it stands, in place; what follows it in the order must
	 * still be found from it. And: the row is one that a refresh would take away.
	 */
	void (*update)(struct list_source *source, void *item);
	bool (*gone)(struct list_source *source, const void *item);

	/* Are these two the same row, by identity (not by content)? */
	bool (*same)(struct list_source *source, const void *left, const void *right);

	/* Optional: how many there are, and how many stand before item. Asked when idle. */
	int64_t (*count)(struct list_source *source);
	int64_t (*rank)(struct list_source *source, const void *item);

	/* count stops after so many, and a greater answer means "more than that"; 0: it does not.
	 */
	int64_t count_most;

	void (*free)(struct list_source *source, void *item);
};

struct list;

/*
 * columns and source are borrowed and must live as long as the list; the first column is the
 * row's key (bold in the focused row, never dropped). empty is said when there are no rows:
 * what it means and which key mends it ("No requests yet. n writes the first."); borrowed.
 * Caller frees with list_free. Nothing is read before the first draw or question.
 */
struct list *list_new(struct list_source *source, const struct list_column *columns,
	size_t column_count, const char *empty);
void list_free(struct list *list); /* not the source */

/* Draws headings and rows over the whole area and sets the cursor on the focused row. */
void list_draw(struct list *list, struct area *area);

/* False while another part of the page has the keys: no mark, no cursor. A new list is active. */
void list_active_set(struct list *list, bool active);

/* Up, Down, Page Up, Page Down, Home, End. True when it was one of them. */
bool list_key(struct list *list, const struct event *event);

/* The focused item, borrowed until the list is used again; NULL when the list is empty. */
const void *list_focused(struct list *list);

/*
 * Reads again and keeps the position: the same row, or the one that took its place. Returns
 * whether it is the same.
 */
bool list_refresh(struct list *list);

/*
 * Reads the rows in sight again where they stand: nothing moves, comes or goes; those that a
 * refresh would take away are marked with '-'. Returns how many those are.
 */
size_t list_update(struct list *list);

/* Reads again from the first row: after another filter or order. */
void list_reload(struct list *list);

/* Puts the focus on item (or what follows it), which came from the source; owned from now on. */
void list_go(struct list *list, void *item);

/*
 * Work for page_class.idle: asks the source's count and rank where they are not known. Returns
 * true when that gave something new to draw.
 */
bool list_idle(struct list *list);

/* Known number of rows, or -1, or more than the source's count_most when it has more; 1-based place
 * of the focused row, or 0 while it is not known. */
int64_t list_count(const struct list *list);
int64_t list_position(const struct list *list);

/* Appends "3 of 142", "142", "3 of more than 10,000", or nothing while neither is known. */
void list_summary(const struct list *list, struct buffer *text);

#endif
