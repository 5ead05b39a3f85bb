/*
 * loop.c - waits for keys, signals and the tick, and hands them to the pages.
 * GPL-3.0-or-later.
 */
#include "tui/loop.h"

#include <limits.h>
#include <ncurses.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "tui/frame.h"
#include "tui/screen.h"
#include "tui/stack.h"
#include "tui/terminal.h"

/* Keys typed ahead are worked off for so long at a time before something is shown again. */
enum { WORK_MILLISECONDS = 100 };

/* So long after the last key what is typed is kept as a draft. */
enum { DRAFT_MILLISECONDS = 1000 };

static const struct loop_options *options;
static bool stopped;
static bool redraw;
static bool idle; /* pages may have something left to do */
static bool more; /* curses may still hold keys that poll does not see */

static bool draft_due;   /* pages have something to keep */
static int64_t draft_at; /* when */

void loop_stop(void)
{
	stopped = true;
}

void loop_redraw(void)
{
	redraw = true;
}

void loop_beep(void)
{
	beep();
}

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* ---- events ---- */

/* What the page left over: the program's keys, then leaving, then a beep. */
static enum page_answer answer_ignored(struct page *page, const struct event *event)
{
	enum page_answer answer = PAGE_IGNORED;

	if (!page_is_overlay(page) && options->ignored != NULL)
		answer = options->ignored(options->context, page, event);
	if (answer != PAGE_IGNORED)
		return answer;
	if (event->command == COMMAND_LEAVE)
		return PAGE_LEAVE;
	if (event->key != KEY_CTRL('l'))
		loop_beep();
	return PAGE_QUIET;
}

static void handle(const struct event *event)
{
	struct page *page = page_top();
	unsigned long said = message_number();
	enum page_answer answer;

	/* Nobody should type what cannot be seen. ^C leads out even here. */
	if (frame_too_small() && event->key != KEY_CTRL('c')) {
		loop_beep();
		return;
	}
	if (event->key == KEY_CTRL('l')) {
		clearok(curscr, TRUE);
		redraw = true;
	}
	answer = page->class->key(page, event);
	if (answer == PAGE_IGNORED)
		answer = answer_ignored(page, event);
	if (answer == PAGE_LEAVE)
		page_leave(page);
	if (answer == PAGE_HANDLED || answer == PAGE_LEAVE) {
		if (message_number() == said && message_text()[0] != '\0')
			message_set(ROLE_PLAIN, NULL);
		redraw = true;
	}
	idle = true;
}

/* ---- drafts ---- */

/* Calls the pages; returns whether one of them takes typing, or what the program says of that. */
static bool save_drafts(enum draft_step step)
{
	bool any = false;

	if (options->drafts != NULL)
		options->drafts(options->context, step);
	for (struct page *page = page_top(); page != NULL; page = page->below) {
		if (page->class->save_draft == NULL)
			continue;
		any = true;
		if (step == DRAFTS_KEEP || options->drafts != NULL)
			page->class->save_draft(page);
	}
	return options->drafts != NULL ? options->drafts(options->context, DRAFTS_DONE) : any;
}

void loop_keep_drafts(void)
{
	draft_due = false;
	save_drafts(DRAFTS_KEEP);
}

/* After keys. The second begins anew with each of them. */
static void note_draft(void)
{
	draft_due = save_drafts(DRAFTS_READY);
	draft_at = now() + DRAFT_MILLISECONDS;
}

/* ---- keys ---- */

static void work_off(void)
{
	int64_t until = now() + WORK_MILLISECONDS;
	struct event event;

	more = false;
	while (terminal_read(&event)) {
		handle(&event);
		stack_bury();
		if (stopped || page_top() == NULL)
			return;
		if (now() >= until) {
			more = true;
			return;
		}
	}
}

static void resize(void)
{
	const struct event event = {.kind = EVENT_RESIZE};
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return;
	/* Windows first: curses would bend them to the new size in ways that never heal. */
	stack_detach();
	resizeterm(size.ws_row, size.ws_col);
	clearok(curscr, TRUE);
	for (struct page *page = page_top(); page != NULL; page = page->below)
		page->class->key(page, &event);
	redraw = true;
	idle = true;
}

/* ---- what happens without keys ---- */

/* The next page in sight below this one; NULL behind the one that fills the screen. */
static struct page *in_sight(struct page *page)
{
	return page_is_overlay(page) ? page->below : NULL;
}

static void tick(void)
{
	if (options->ticked != NULL && options->ticked(options->context))
		redraw = true;
	for (struct page *page = page_top(); page != NULL && !stopped; page = in_sight(page))
		if (page->class->tick != NULL && page->class->tick(page))
			redraw = true;
	idle = idle || redraw;
}

static void work_idle(void)
{
	idle = false;
	for (struct page *page = page_top(); page != NULL; page = in_sight(page))
		if (page->class->idle != NULL && page->class->idle(page))
			idle = true;
	redraw = redraw || idle;
}

/* ---- the loop ---- */

/* Milliseconds to wait; -1 for ever. */
static int patience(int64_t next_tick)
{
	int64_t left = INT_MAX;

	if (idle || more)
		return 0;
	if (options->tick > 0)
		left = next_tick - now();
	if (draft_due && draft_at - now() < left)
		left = draft_at - now();
	if (left == INT_MAX)
		return -1;
	return left > 0 ? (int)left : 0;
}

/* One turn: shows, waits, does what came. Returns the signals that end it. */
static unsigned turn(int64_t *next_tick)
{
	unsigned signals;
	bool ready;

	if (redraw) {
		redraw = false;
		frame_draw();
	}
	signals = signals_wait(patience(*next_tick), &ready);
	if (signals & (SIGNAL_HANG_UP | SIGNAL_STOP))
		return signals;
	if (signals & SIGNAL_RESIZE)
		resize();
	if (ready || more) {
		work_off();
		note_draft();
	} else if (idle) {
		work_idle();
	}
	if (draft_due && now() >= draft_at)
		loop_keep_drafts();
	if (options->tick > 0 && now() >= *next_tick && page_top() != NULL) {
		tick();
		*next_tick = now() + options->tick;
	}
	stack_bury();
	return SIGNAL_NONE;
}

enum loop_end loop_run(const struct loop_options *given)
{
	unsigned signals = SIGNAL_NONE;
	int64_t next_tick = now() + given->tick;

	options = given;
	stopped = false;
	redraw = true;
	idle = true;
	more = false;
	draft_due = false;
	while (signals == SIGNAL_NONE && !stopped && page_top() != NULL)
		signals = turn(&next_tick);
	if (signals != SIGNAL_NONE)
		loop_keep_drafts();
	stack_end();
	options = NULL;
	if (signals & SIGNAL_HANG_UP)
		return LOOP_HUNG_UP;
	return signals & SIGNAL_STOP ? LOOP_STOPPED : LOOP_LEFT;
}
