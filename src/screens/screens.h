/*
 * screens.h - the pages of the office and how one leads to another. GPL-3.0-or-later.
 *
 * Every function makes a page and pushes it; store is borrowed and outlives all pages. A page
 * that must be told about a change elsewhere does so in its class's resumed and tick.
 */
#ifndef SCREENS_SCREENS_H
#define SCREENS_SCREENS_H

#include "office/record.h"
#include "tui/page.h"

/* Home: what waits, the budget, what changed (home.c). */
void home_open(struct store *store);

/* The list of a type in one of its views (NULL: its first), filtered by words (NULL: none). */
void browse_open(
	struct store *store, const struct record_type *type, const char *view, const char *match);

/*
 * A record by key: the type's own page where special_page_of has one, else the generic page.
 * An error is said in the message line.
 */
void record_open(struct store *store, const struct record_type *type, const char *key);

/* The generic page, also for types with a page of their own ("all fields"). */
void record_open_plain(struct store *store, const struct record_type *type, const char *key);

/* The generic page on the list of its parts of this type. */
void record_open_part(
	struct store *store, const struct record_type *type, const char *key, const char *part);

/* Who changed what of the record and its parts, and when. */
void history_open(struct store *store, const struct record_type *type, const char *key);

/* A new record to write; parent: key for its FIELD_PARENT or FIELD_TAB reference, or NULL. */
void record_open_new(struct store *store, const struct record_type *type,
	const struct field *parent_field, const char *parent);

/*
 * ^P asks the page on top for its own commands through a function registered once for its class
 * (again is harmless). Each command is a label, the key that does the same (or NULL), and a
 * function with its context and number, run when the palette is gone and the page on top again.
 */
struct command_list;
void commands_of(const struct page_class *class,
	void (*offer)(struct page *page, struct command_list *list));
void command_add(struct command_list *list, const char *label, const char *key,
	void (*run)(void *context, int number), void *context, int number);

/* The groups of the menu in their order; returns how many. names are borrowed. */
enum { MENU_GROUPS = 12 };
int menu_groups(const char *names[MENU_GROUPS]);

/* The menu of one group, pulled down; home opens it from its line of groups. */
void menu_group_open(struct store *store, int group);

/* A type with a page of its own. In special_pages.c. */
struct special_page {
	const char *type; /* record type name */
	void (*open)(struct store *store, const char *key);
};
const struct special_page *special_page_of(const struct record_type *type); /* NULL: none */
void budget_open(struct store *store, const char *key);  /* the grid of accounts and months */
void meeting_open(struct store *store, const char *key); /* agenda, attendance, motions, minutes */

/*
 * Asks what the action asks for (its form, then the confirmation of a decision with summary)
 * and does it on the record as seen (version). done runs afterwards when it worked; the sentence
 * goes to the message line. Used by every page that offers actions.
 */
void action_begin(struct store *store, const struct record_type *type, const char *key,
	const struct action *action, int64_t version, void (*done)(void *context), void *context);

/* The letter or Ctrl key of an action as an event; the action offered for this event, or NULL. */
const struct action *action_for_event(
	struct store *store, const struct record *record, const struct event *event);

/*
 * The records that a reference may name and typed occurs in, most of them at most: first those that
 * have it in their key or name (*named), then those that have it elsewhere. shared as below. The
 * caller frees them.
 */
int look_up_records(struct store *store, const struct field *field, const char *shared,
	const char *typed, int most, struct record **records, int *named);

/* F4: a picker over the records a reference may name; picked gets the key, or NULL for none. */
void look_up_open(struct store *store, const struct field *field, const char *typed,
	void (*picked)(void *context, const char *key), void *context);

/* The same over those that share a value in the field that among ends with; NULL: over all. */
void look_up_among(struct store *store, const struct field *field, const char *shared,
	const char *typed, void (*picked)(void *context, const char *key), void *context);

/* Find anything (/ on home), all commands (^P), the menu bar (F10), help (F1). */
void find_open(struct store *store, const char *typed);
void commands_open(struct store *store, struct page *top);
void menu_bar_open(struct store *store);
void help_open(struct store *store, struct page *top);

#endif
