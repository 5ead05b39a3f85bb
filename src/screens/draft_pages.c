/*
 * draft_pages.c - the pages that go on with a draft, and who asks a question again.
 * GPL-3.0-or-later.
 */
#include "screens/actions.h"
#include "screens/budget_page.h"
#include "screens/drafting.h"
#include "screens/meeting_page.h"
#include "screens/record_page.h"

const struct draft_page draft_pages[] = {
	{"ask", ask_continue},
	{"budget", budget_continue},
	{"record", record_draft_open},
	{0},
};

const struct ask_opener ask_openers[] = {
	{"action", action_ask_again},
	{"meeting", meeting_ask_again},
	{0},
};
