/*
 * drafting.h - keeps what is being typed on a page as a draft, and leads from a draft back to its
 * page. GPL-3.0-or-later.
 *
 * A page that takes typing has a struct drafting and a save_draft in its class. The loop calls
 * save_draft a second after the last key, on a lost line, on SIGTERM, and before the program dies
 * of a bug. There the page writes what it holds and calls drafting_keep, or drafting_drop when
 * nothing is unsaved. Saving and discarding call drafting_drop, too.
 *
 * After every key the loop calls save_draft as well, and then nothing is written: what differs from
 * the file is made ready in memory, for the handler of a signal that a bug raises.
 */
#ifndef SCREENS_DRAFTING_H
#define SCREENS_DRAFTING_H

#include "core/buffer.h"
#include "screens/record_form.h"
#include "store/drafts.h"
#include "tui/loop.h"

struct drafting {
	int64_t number; /* of the draft in the file; 0: none */
	char *content;  /* as last kept; owned */
};

/*
 * Keeps content; where it is what was kept last, looks that it is still there. A failure is told
 * once in the message line and nothing else: typing goes on. True when the file has it now.
 */
bool drafting_keep(struct drafting *drafting, struct store *store, const char *page,
	const char *type, const char *key, const char *title, const struct buffer *content);

void drafting_drop(struct drafting *drafting, struct store *store);

/*
 * Goes on with a draft that was found: it is this page's from now on, and of this session. What
 * another session still writes stays that one's; then the page begins a draft of its own.
 */
void drafting_adopt(struct drafting *drafting, struct store *store, const struct draft *draft);

void drafting_end(struct drafting *drafting); /* frees memory; the draft in the file stays */

/*
 * The changed texts of a form with what was stored, the focus and the cursor, as lines of content.
 * And back: into the fields that there are; they count as typed, and undo takes them back. Returns
 * how many of them have another stored text by now (changed, if not NULL, is called for each).
 */
void draft_add_form(struct buffer *content, struct record_form *form);
int draft_take_form(const char *content, struct record_form *form,
	void (*changed)(struct record_form *form, int index, const char *was));

/* The line of the focus and the cursor alone, which is the last one; and back, from its values. */
void draft_add_focus(struct buffer *content, struct record_form *form);
void draft_take_focus(struct record_form *form, const struct buffer *values);

/* One line of content: name and values, escaped. And back: false at the end. */
void draft_line(struct buffer *content, const char *name, const char *const *values, int count);

/* values: so many buffers at most; further values are left out. Unescaped. */
bool draft_next(const char **at, struct buffer *name, struct buffer *values, int most, int *count);

/* One text that was typed, for people: "Title: New chairs", in lines of its own where it has some.
 */
void draft_tell(struct buffer *out, const char *label, const char *text);

/*
 * draft_pages.c: opens the page of the draft with all that was typed (Home: Enter on "You were
 * writing"). Where that cannot be typed on any more, a dialog says why and shows it all the same.
 */
bool drafting_continue(struct store *store, const struct draft *draft, struct error *err);

/* Lists all drafts; the one that is chosen is gone on with. */
void drafting_choose(struct store *store);

/* Append what was typed by draft_tell, each for its own kind of draft. */
void ask_draft_tell(const struct draft *draft, struct buffer *out);
void budget_draft_tell(const struct draft *draft, struct buffer *out);
void record_draft_typed(const struct draft *draft, struct buffer *out);

/* Leaves the page when its draft was kept, and says so; else it stays open, which is said, too. */
void drafting_leave(struct page *page, bool kept);

/* The question to whoever leaves what cannot be saved now: it is kept for later. */
void drafting_ask_to_leave(
	const char *why, void (*answered)(void *context, size_t button), void *context);

/* ---- for office_screen.c ---- */

/* Before and after the loop; begin also takes in what a program that died has left. */
void drafting_begin(struct store *store);
void drafting_stop(void);

/* loop_options.drafts. */
bool drafting_step(void *context, enum draft_step step);

#endif
