/*
 * actions.h - the actions of a record as keys, hints and commands, for the pages that show
 * records. action_begin and action_for_event are in screens.h. GPL-3.0-or-later.
 */
#ifndef SCREENS_ACTIONS_H
#define SCREENS_ACTIONS_H

#include "office/record.h"
#include "screens/ask.h"
#include "screens/screens.h"
#include "tui/page.h"

enum { ACTIONS_MOST = 16 };

/* What a record offers the actor: read when the record is, so that drawing asks nothing. */
struct offered {
	const struct action *actions[ACTIONS_MOST];
	int count;
};

/* record NULL: nothing. */
void offered_read(struct store *store, const struct record *record, struct offered *offered);

/* Appends hints for the offered actions; returns the new count, at most capacity. */
int offered_hints(const struct offered *offered, struct hint *hints, int count, int capacity);

/* ^P: each offered action with its letter. */
void offered_commands(const struct offered *offered, struct command_list *list,
	void (*run)(void *context, int number), void *context);

/* Begins the action offered for this key; false when there is none. */
bool action_key(struct store *store, const struct record *record, const struct event *event,
	void (*done)(void *context), void *context);

/*
 * Where no offered action and no key of the page took it: says in the message line why the action
 * of this key is not to be had. False when the key is no action's.
 */
bool action_refuse(struct store *store, const struct record *record, const struct event *event);

/*
 * action_summary.c: key and title, to whom (references that have tabs), how much (listed amounts),
 * and why. Caller frees.
 */
char *action_summary(struct store *store, const struct record *record);

/* The row "action" of ask_openers. */
bool action_ask_again(struct store *store, const struct ask_from *from, struct error *err);

/* Begins an action on the record as it is. */
void action_start(struct store *store, const struct record *record, const struct action *action,
	void (*done)(void *context), void *context);

#endif
