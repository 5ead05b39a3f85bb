/*
 * loop.h - the one loop of the program: waits, hands out keys, draws the frame and the pages.
 * GPL-3.0-or-later.
 *
 *	if (!terminal_start(&err))
 *		return say(err.text);
 *	page_push(home_page(...));
 *	enum loop_end end = loop_run(&options);
 *	terminal_stop();
 *
 * Keys typed ahead are never dropped: all that is waiting is worked off before the next frame.
 * Signals are seen only while waiting. Nothing here wakes up without a reason but the tick, and
 * once a second after the last key, where something is typed that is to be kept as a draft.
 */
#ifndef TUI_LOOP_H
#define TUI_LOOP_H

#include <stdbool.h>

#include "tui/draw.h"
#include "tui/event.h"
#include "tui/page.h"

/* Why save_draft of the pages is called (loop_options.drafts). */
enum draft_step {
	DRAFTS_READY, /* a key came: what is typed is made ready in memory, for a crash */
	DRAFTS_KEEP,  /* a second without a key, or the end: it goes into the file */
	DRAFTS_DONE,  /* all pages were called */
};

struct loop_options {
	int tick; /* milliseconds between ticks; 0: none */

	/*
	 * Keys that the top page ignored: ^P, F10, F1 and the like. Not asked while an overlay
	 * is open. What it ignores too: leaving keys leave the page, others beep. May be NULL.
	 */
	enum page_answer (*ignored)(void *context, struct page *top, const struct event *event);

	/* Before the pages' own tick; true when something must be drawn again. May be NULL. */
	bool (*ticked)(void *context);

	/*
	 * Before save_draft of the pages is called, and after it. DRAFTS_DONE after DRAFTS_READY
	 * returns whether there is anything to keep or to drop a second later. Without it that is
	 * always so, and DRAFTS_READY does not happen. May be NULL.
	 */
	bool (*drafts)(void *context, enum draft_step step);

	void *context;
};

enum loop_end {
	LOOP_LEFT,    /* the last page was left, or loop_stop was called */
	LOOP_HUNG_UP, /* the terminal is gone; drafts were saved, write nothing to it */
	LOOP_STOPPED, /* SIGTERM, SIGINT or SIGQUIT; drafts were saved */
};

enum { LOOP_TICK = 3000 }; /* the usual tick */

/* Runs until there is nothing left to do; frees all pages. */
enum loop_end loop_run(const struct loop_options *options);

/* Ends the loop after this event without asking any page (page_leave asks). */
void loop_stop(void);

/* Calls save_draft of all pages now, as if the line went down. */
void loop_keep_drafts(void);

/* Draws again when this event is done, where no PAGE_HANDLED says so. */
void loop_redraw(void);

/* A short sound: the key does nothing here, or the input is wrong. */
void loop_beep(void);

/*
 * The message above the hints: what just happened or what is wrong and how to mend it. It stays
 * until a later key is handled. More than one line of text takes more lines from the content,
 * never covers it. ROLE_BAD also beeps. NULL or "" takes the message away.
 */
void message_set(enum role role, const char *text);
void message_format(enum role role, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The message now shown; "" for none. Borrowed. */
const char *message_text(void);

#endif
