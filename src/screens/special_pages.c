/*
 * special_pages.c - the record types with a page of their own. GPL-3.0-or-later.
 */
#include "screens/screens.h"

const struct special_page special_pages[] = {
	{"budget", budget_open},
	{"meeting", meeting_open},
	{0},
};
