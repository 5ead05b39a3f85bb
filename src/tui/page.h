/*
 * page.h - what fills the screen: pages on a stack, and the overlays (dialogs, menus) on them.
 * GPL-3.0-or-later.
 *
 * A page is a struct whose first member is a struct page, made by a function of its own and
 * given to page_push. From then on the loop owns it: it draws it, hands it keys and frees it
 * through its class. The frame (title, message, rule, hints) is the loop's; a page draws its
 * content only. There are no nested loops: what asks something is a page with a callback.
 *
 *	struct client_page {
 *		struct page page;
 *		struct list *list;
 *	};
 *
 *	static const struct page_class client_class = {
 *		.title = client_title, .draw = client_draw, .key = client_key,
 *		.hints = client_hints, .free = client_free,
 *	};
 *
 *	struct client_page *client = memory_new(sizeof *client);
 *	client->page.class = &client_class;
 *	page_push(&client->page);
 */
#ifndef TUI_PAGE_H
#define TUI_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buffer.h"
#include "tui/draw.h"
#include "tui/event.h"

/* What the loop must do after a page had a key. */
enum page_answer {
	PAGE_IGNORED, /* not a key of this page: the program's hook has it next, then a beep */
	PAGE_HANDLED, /* done; the screen is drawn again and the last message goes */
	PAGE_QUIET,   /* done, but nothing changed: an old message stays */
	PAGE_LEAVE,   /* done with the page: as page_leave(page) */
};

/* A key and what it does here, for the last line: {"^S", "Save"}. Arrays end at {NULL, NULL}. */
struct hint {
	const char *key;
	const char *does;
};

/* Where an overlay wants to be, border included: cells of the screen. */
struct place {
	int row, column; /* -1: centred */
	int rows, columns;
};

struct page;

/* All functions may be NULL unless it says so. They get the page that was pushed. */
struct page_class {
	/* Line 1: where you are (left), what it is or how much (right). Buffers come empty. */
	void (*title)(struct page *page, struct buffer *left, struct buffer *right);

	/*
	 * Draws the content into area, which is empty; draw_cursor says where the focus is.
	 * Required. Called after every handled key: draw from memory, do not query here.
	 */
	void (*draw)(struct page *page, struct area *area);

	/* EVENT_CHAR, EVENT_KEY, EVENT_PASTE; EVENT_RESIZE reaches every page. Required. */
	enum page_answer (*key)(struct page *page, const struct event *event);

	/* The refresh tick, for pages in sight. Returns true when it must be drawn again. */
	bool (*tick)(struct page *page);

	/*
	 * Work that may wait until the frame is out and no key is waiting, such as a count.
	 * One short step at a time; returns true when that changed what is to be drawn, and is
	 * called again after it was drawn. Returns false when there is nothing left to do.
	 */
	bool (*idle)(struct page *page);

	/*
	 * The keys that work here, most used first; as many are shown as fit, and always the way
	 * out and the way to help. Borrowed. Without it: Esc Back.
	 */
	const struct hint *(*hints)(struct page *page);

	/*
	 * Further keys, those that work whatever row has the focus, so that they keep their places
	 * at the right when the hints above change with the row. Most used first, and as many as
	 * those leave room for. Borrowed.
	 */
	const struct hint *(*steady_hints)(struct page *page);

	/* What F1 shows about this page: a few paragraphs. Borrowed. */
	const char *(*help)(struct page *page);

	/*
	 * May the page go? False keeps it; then the page has said why, or has opened a dialog
	 * whose callback calls page_close(page).
	 */
	bool (*may_leave)(struct page *page);

	/*
	 * Keep what is typed and not saved, or drop what was kept: after keys, a second after the
	 * last one, and when the line goes down. Cheap, for it is called as often as keys come; no
	 * drawing, and no asking.
	 */
	void (*save_draft)(struct page *page);

	/* A page that lay above is gone and this one is in sight again: read anew. */
	void (*resumed)(struct page *page);

	/* Frees the page itself too. Required. */
	void (*free)(struct page *page);

	/*
	 * Only overlays have place: they lie over the page below, in a border, as large as
	 * place says for a screen of rows x columns (the loop cuts it to the screen). The title
	 * (left) stands in the border. Keys an overlay ignores go no further.
	 */
	void (*place)(struct page *page, int rows, int columns, struct place *place);

	/* The overlay's window is about to go (resize, leaving): let go of it. */
	void (*detach)(struct page *page);
};

/* First member of every page. Only class is the page's to set; the rest belongs to the loop. */
struct page {
	const struct page_class *class;
	struct page *below;
	void *window; /* of an overlay */
	void *panel;
};

/* Puts the page on top; the loop owns it from now on. Works before loop_run, too. */
void page_push(struct page *page);

/* As page_leave of the top page, then page_push; frees page and returns false on a refusal. */
bool page_replace(struct page *page);

/*
 * Asks the page (may_leave) and those above it, top first; takes them off when all agree.
 * Returns false as soon as one stays. Safe from within the page's own functions: a page is
 * freed only when the event is done. The program ends when the last page is gone.
 */
bool page_leave(struct page *page);

/* The same without asking anyone. */
void page_close(struct page *page);

/* Leaves all that lies above the page; false as soon as one stays. */
bool page_leave_above(struct page *page);

/* The top page, overlays included; NULL when there is none. */
struct page *page_top(void);

/* The page that fills the screen below the overlays. */
struct page *page_full(void);

#endif
