/*
 * office_screen.c - starts and ends the full screen, and the keys that work on every page.
 * GPL-3.0-or-later.
 */
#include "screens/office_screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "screens/drafting.h"
#include "screens/screens.h"
#include "screens/words.h"
#include "store/holder.h"
#include "tui/frame.h"
#include "tui/loop.h"
#include "tui/terminal.h"

/* Nobody else could write while a person thinks: that would be a bug. */
static void check_idle(struct store *store)
{
	if (store_in_transaction(store))
		fatal("a transaction is open while waiting for a key");
}

/* Keys that no page took: F1, ^P, F10, F7, and ? and / where no text is typed. */
static enum page_answer office_key(void *context, struct page *top, const struct event *event)
{
	struct store *store = context;

	check_idle(store);
	if (event->command == COMMAND_HELP || event_is(event, '?'))
		help_open(store, top);
	else if (event->command == COMMAND_COMMANDS)
		commands_open(store, top);
	else if (event->command == COMMAND_MENU)
		menu_bar_open(store);
	else if (event->command == COMMAND_FIND || event_is(event, '/'))
		find_open(store, "");
	else
		return PAGE_IGNORED;
	return PAGE_HANDLED;
}

/* ---- an account that changes while its owner is signed in ---- */

static char role[32]; /* as what the pages were opened; "" for who only looks after the file */
static bool closed;   /* the account is no more */

static void note_role(struct store *store)
{
	snprintf(role, sizeof role, "%s", store_role(store));
}

/* What was opened with other rights must not stay in sight; what was typed is on Home. */
static void begin_anew(struct store *store)
{
	struct page *first = page_top();

	while (first != NULL && first->below != NULL)
		first = first->below;
	if (first != NULL)
		page_close(first);
	home_open(store);
	message_format(ROLE_WARNING,
		"The director changed your account: you are %s now, and were %s. What you were typing "
		"is kept.",
		store_role(store), role);
	note_role(store);
}

/* True when something must be drawn again. */
static bool follow_role(struct store *store)
{
	store_data_version(store);
	if (strcmp(role, store_role(store)) == 0)
		return false;
	loop_keep_drafts();
	closed = store_role(store)[0] == '\0';
	if (closed)
		loop_stop();
	else
		begin_anew(store);
	return true;
}

/* What was found while nobody asked for anything is told, too, on whatever page. */
static bool tell_damage(struct store *store)
{
	static bool told;
	struct error err;

	if (told || !store_damaged(store, &err))
		return false;
	told = true;
	message_set(ROLE_BAD, err.text);
	return true;
}

static bool office_tick(void *context)
{
	check_idle(context);
	if (tell_damage(context))
		return true;
	return follow_role(context);
}

/* The usual tick; tests with a fixed clock may choose another (0: none). */
static int tick(void)
{
	const char *chosen = getenv("MSO_TICK");

	if (chosen == NULL || getenv("MSO_TODAY") == NULL)
		return LOOP_TICK;
	return (int)strtol(chosen, NULL, 10);
}

/* The office is locked for longer than a moment: whoever waits sees for what. */
static void say_waiting(const struct holder *holder)
{
	message_format(ROLE_WARNING, "Waiting: %s…", holder->doing);
	frame_message_show();
	message_set(ROLE_PLAIN, NULL);
}

bool office_screen(struct store *store, struct error *err)
{
	const struct loop_options options = {.tick = tick(),
		.ignored = office_key,
		.ticked = office_tick,
		.drafts = drafting_step,
		.context = store};

	if (!terminal_start(err))
		return false;
	note_role(store);
	closed = false;
	drafting_begin(store);
	holder_waiting = say_waiting;
	home_open(store);
	loop_run(&options);
	drafting_stop();
	holder_waiting = NULL;
	terminal_stop();
	if (closed)
		return error_set(err,
			"Your account in this office was closed while you were in it. What you were "
			"typing is kept; ask the director.");
	return true;
}
