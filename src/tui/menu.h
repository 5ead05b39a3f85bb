/*
 * menu.h - choosing: a menu of a few fixed choices, and a picker that filters as you type.
 * GPL-3.0-or-later.
 *
 * Both are overlays: they return at once, and call back when the choice was made. When the
 * callback runs the overlay is gone already; it may open the next one.
 */
#ifndef TUI_MENU_H
#define TUI_MENU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct menu_choice {
	const char *label;
	const char *hint; /* a key or a few words beside it; NULL for none */
};

/* What a menu answers besides the index of a choice. */
enum {
	MENU_NONE = -1,     /* left without a choice */
	MENU_PREVIOUS = -2, /* Left and Right, in a menu that is part of a bar */
	MENU_NEXT = -3,
};

struct menu {
	const char *title;                 /* in the border; NULL for none */
	const struct menu_choice *choices; /* texts are copied */
	size_t count;
	size_t selected; /* focused at first */
	int row, column; /* upper left corner of the pull-down; -1, -1: centred */
	bool bar;        /* Left and Right answer MENU_PREVIOUS and MENU_NEXT */
	void (*chosen)(void *context, int choice);
	void *context; /* borrowed by the menu */
};

/* Opens the menu. Digits choose at once; letters go to the next label that starts so. */
void menu_open(const struct menu *menu);

/* Rows offered for what is typed so far; filled through the two functions below. */
struct picker_rows;

/* A row as chosen; all borrowed until the callback returns. */
struct picker_row {
	const char *text;   /* left */
	const char *detail; /* right, recedes: a key, where it leads; "" for none */
	const char *value;  /* what it stands for, such as "V-0003"; "" for none */
	int64_t id;
};

/*
 * Adds a row below those already there, as the source ordered it. False once no more rows are
 * wanted. Texts are copied.
 */
bool picker_add(struct picker_rows *rows, const char *text, const char *detail, const char *value,
	int64_t id);

/* Adds the row where it belongs by text_fuzzy of what is typed; nothing when it does not match. */
void picker_offer(struct picker_rows *rows, const char *text, const char *detail, const char *value,
	int64_t id);

struct picker {
	const char *title; /* in the border */
	const char *typed; /* what stands in the input line at first; NULL for nothing */
	const char *empty; /* said without rows while nothing is typed; NULL: as nothing */

	/* Said when nothing matches what is typed, and what to do; NULL: "Nothing matches." */
	const char *nothing;

	/* Gives the rows for what is typed. Called again for every change, so be quick. */
	void (*rows)(void *context, const char *typed, struct picker_rows *rows);

	/* row is NULL when it was left without a choice; typed is what stood in the line. */
	void (*picked)(void *context, const struct picker_row *row, const char *typed);

	/* Optional: frees context when the picker goes, after picked or without it. */
	void (*free)(void *context);
	void *context;
};

/* Opens the picker; texts are copied. */
void picker_open(const struct picker *picker);

#endif
