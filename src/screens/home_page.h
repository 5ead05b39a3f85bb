/*
 * home_page.h - the page of Home, shared by home.c (what it reads and its keys) and home_draw.c.
 * GPL-3.0-or-later.
 */
#ifndef SCREENS_HOME_PAGE_H
#define SCREENS_HOME_PAGE_H

#include "report/home.h"
#include "screens/screens.h"

enum { HOME_NEW_TYPES = 16 };

struct home_page {
	struct page page;
	struct store *store;
	char *who; /* owned: the name of who is here */
	struct home home;
	int focus; /* first what was being written, then what waits, then what changed */
	int top;   /* rows scrolled away where all stands in one column */
	int below; /* further ones, to what stands below the last row of the focus */
	int below_most;
	int64_t data_version;
	bool visited;
	int64_t discarding; /* the number of the draft that is asked about */
	bool backup_seen;   /* looked for since the figures were read */
	const char *groups[MENU_GROUPS];
	int group_count;
	const struct record_type *new_types[HOME_NEW_TYPES]; /* as offered by the menu of n */
};

/* home.c: the rows that the focus goes through, and the first that waits, that changed. */
int home_rows(const struct home_page *page);
int home_first_need(const struct home_page *page);
int home_first_change(const struct home_page *page);

/* home_draw.c */
void home_title(struct page *page, struct buffer *left, struct buffer *right);
void home_draw(struct page *page, struct area *area);

#endif
