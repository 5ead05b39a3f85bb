/*
 * office_screen.c - starts and ends the full screen, and the keys that work on every page.
 * GPL-3.0-or-later.
 */
#include "screens/office_screen.h"

#include <stdlib.h>

#include "core/fatal.h"
#include "screens/screens.h"
#include "screens/words.h"
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

static bool office_tick(void *context)
{
	check_idle(context);
	return false;
}

/* The usual tick; tests with a fixed clock may choose another (0: none). */
static int tick(void)
{
	const char *chosen = getenv("MSO_TICK");

	if (chosen == NULL || getenv("MSO_TODAY") == NULL)
		return LOOP_TICK;
	return (int)strtol(chosen, NULL, 10);
}

bool office_screen(struct store *store, struct error *err)
{
	const struct loop_options options = {
		.tick = tick(), .ignored = office_key, .ticked = office_tick, .context = store};

	if (!terminal_start(err))
		return false;
	home_open(store);
	loop_run(&options);
	terminal_stop();
	return true;
}
