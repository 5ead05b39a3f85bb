/*
 * home_drafts.c - what the actor was writing when the line dropped, for Home. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "report/home.h"
#include "store/drafts.h"

enum { TITLE_CELLS = 60 };

static void describe(struct store *store, const struct draft *draft, struct home_draft *out)
{
	size_t length = strcspn(draft->title, "\n");
	struct buffer title = {0};
	char when[40];

	/* Cut at a character, never inside one. */
	while (length > TITLE_CELLS || (length > 0 && (draft->title[length] & 0xc0) == 0x80))
		length--;
	buffer_add_bytes(&title, draft->title, length);
	out->number = draft->number;
	out->title = title.length;
	snprintf(out->words, sizeof out->words, "%s, %s", buffer_text(&title),
		store_moment_said(store, draft->at, when));
	buffer_free(&title);
}

bool home_load_drafts(struct store *store, struct home *home, struct error *err)
{
	struct draft *drafts;
	int count = drafts_list(store, &drafts, err);

	home->draft_count = 0;
	home->draft_total = count > 0 ? count : 0;
	for (int i = 0; i < count && i < HOME_DRAFTS; i++)
		describe(store, &drafts[i], &home->drafts[home->draft_count++]);
	if (count >= 0)
		drafts_free(drafts, count);
	return count >= 0;
}
