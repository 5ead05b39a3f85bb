/*
 * drafts.h - what people were writing and had not saved, in drafts.db beside the office file: a
 * file of its own, so that keeping a draft never waits behind an import and nobody else's screen
 * takes it for a change. GPL-3.0-or-later.
 *
 * A person sees and drops only drafts of their own login (store_actor) in the same office file. The
 * file is made when the first draft is kept; without it there are no drafts. Losing it loses drafts
 * and nothing else: one that is damaged, or no file of drafts, is put aside and a new one begun.
 */
#ifndef STORE_DRAFTS_H
#define STORE_DRAFTS_H

#include <sys/types.h>

#include "store/store.h"

struct draft {
	int64_t number; /* given by the first drafts_keep; 0: not kept yet */
	char *page;     /* which page goes on with it: "record", "budget", "ask" */
	char *type;     /* record type */
	char *key;      /* the record; "" for a new one */
	char *title;    /* for Home: "PR-2026-0144 New chairs" */
	char *content;  /* the page's own text; valid UTF-8, no NUL */
	char *known;    /* what its writer last kept or read there; NULL: does not matter */
	char *session;  /* which wrote it last (holder_session); NULL as "": one that has ended */
	char at[21];    /* UTC, as store_now, when it was last kept */
};

/*
 * Keeps the draft in the place of the one of the same number, if that still has the content that
 * is known. Where there is none, and where another session of the same login has written on
 * meanwhile, it becomes one of its own with a number of its own: nobody's text is replaced by
 * somebody who has not seen it. The time stays where the content does. Bounded waiting (a second);
 * false with a sentence.
 */
bool drafts_keep(struct store *store, struct draft *draft, struct error *err);

/*
 * Drops it, saved or discarded, unless it has another content than is known by now (NULL: whatever
 * it has). No such number is no failure.
 */
bool drafts_drop(struct store *store, int64_t number, const char *known, struct error *err);

/* The actor's drafts, newest first. Returns how many; *out owned, drafts_free. -1 with a sentence.
 */
int drafts_list(struct store *store, struct draft **out, struct error *err);

/* The actor's draft of this number; false when it is gone. draft_clear it. */
bool drafts_read(struct store *store, int64_t number, struct draft *out);

/*
 * The actor's newest draft of this page and record, if there is one; draft_clear it. left: only one
 * that no session has that still runs, but for this one.
 */
bool drafts_find(struct store *store, const char *page, const char *type, const char *key,
	bool left, struct draft *out);

/* Is another session, which still runs, the one that wrote it last? There it is still typed. */
bool draft_elsewhere(const struct draft *draft);

/*
 * Once after the file of drafts was put aside: true, and the sentence that says so and where it is.
 */
bool drafts_notice(struct store *store, struct error *notice);

/*
 * What a program that dies of a bug writes to a file of its own, because it can rely on nothing but
 * write(). The path, which ends with the process's number, and the mode; caller frees. NULL: the
 * login cannot be part of a file's name.
 */
char *drafts_crash_path(struct store *store, mode_t *mode);

/* Appends a draft in the form that such a file has. */
void drafts_crash_add(struct store *store, const struct draft *draft, struct buffer *out);

/* Takes what the actor's programs left in such files among the drafts, and removes them. */
void drafts_take_crashed(struct store *store);

void draft_clear(struct draft *draft); /* frees its texts, zeroes it */
void drafts_free(struct draft *drafts, int count);

#endif
