/*
 * record_page.h - the page of a record, shared by record.c (reading), record_draw.c, record_edit.c
 * (typing and saving) and record_tabs.c (its parts). GPL-3.0-or-later.
 */
#ifndef SCREENS_RECORD_PAGE_H
#define SCREENS_RECORD_PAGE_H

#include "screens/actions.h"
#include "screens/drafting.h"
#include "screens/record_aside.h"
#include "screens/record_extras.h"
#include "screens/record_form.h"
#include "screens/row_keys.h"
#include "screens/screens.h"
#include "tui/page.h"

enum { TABS_MOST = 12, RECORD_HINTS = 24 };

/* A list of records that refer to this one. */
struct tab {
	struct child_list child;
	struct row_keys keys; /* keys.rows is owned here; NULL until it is looked at */
	int64_t count;        /* -1: not counted yet */
};

struct record_page {
	struct page page;
	struct store *store;
	const struct record_type *type;
	const struct record_extra *extra; /* or NULL */
	struct record *record;            /* as read, or new */
	struct record_form *fields;
	struct form *form;         /* of fields */
	const struct field *given; /* of a new one: what it belongs to, not to be typed; or NULL */
	bool editing;
	bool writes; /* the actor may make and change such records */
	bool locked; /* but nobody this one, nor its parts, as it is */
	bool may_undo;
	struct offered offered;
	int64_t data_version;

	struct tab tabs[TABS_MOST];
	int tab_count;
	int tab;       /* 0: the record itself, else tabs[tab - 1] */
	int part;      /* index of the tab whose records stand below the fields; -1: none */
	bool in_parts; /* the focus is on them */

	struct buffer lines, sum; /* of the extra, worked out when idle */
	bool lines_stale;
	struct aside aside; /* beside the fields, read when idle */
	bool wide;          /* the last drawing had room for it */

	char notice[96]; /* while typing: "changed by M. Chen 10:42", or "" */
	struct drafting drafting;
	bool leaving; /* the question was asked on the way out */
	struct hint hints[RECORD_HINTS];
	char new_part[32]; /* "New line": the hint for a new part */
	struct buffer help;
};

/* record.c: the page of a record, which it owns from now on, on top. */
struct record_page *record_page_push(
	struct store *store, const struct record_type *type, struct record *record);

/* Takes over a fresh record and shows it for reading; the focus stays where it was. */
void record_page_take(struct record_page *page, struct record *record);

/* Reads the record again; false when it is gone (said in the message line). */
bool record_page_reload(struct record_page *page);

/* record_draw.c */
void record_page_title(struct page *base, struct buffer *left, struct buffer *right);
void record_page_draw(struct page *base, struct area *area);
const struct hint *record_page_hints(struct page *base);

/* The field in focus, when it names another record; else NULL. */
const struct field *record_page_reference(struct record_page *page);

/* record_edit.c */
void record_page_edit(struct record_page *page);
enum page_answer record_page_edit_key(struct record_page *page, const struct event *event);
bool record_page_save(struct record_page *page);
bool record_page_save_new(struct record_page *page, struct record *record); /* owned; is new */

/* Says why nothing was saved, beside its field where it has one. Always false. */
bool record_page_tell_failure(struct record_page *page, const struct error *err);

/* What was saved is shown for reading; the record is the page's from now on. */
void record_page_saved(struct record_page *page, struct record *record);
bool record_page_may_leave(struct record_page *page);
void record_page_new(struct record_page *page); /* a part of it, or another like it */
void record_page_undo(struct record_page *page);

/*
 * record_meet.c: merges yours, which was made from base, with what is there now: at once where
 * nothing clashes, else on the page of conflicts. The form stays as it is until something is
 * saved. yours is owned from now on; stale is the refusal. True when it is saved already.
 */
bool record_page_meet(struct record_page *page, const struct record *base, struct record *yours,
	const struct error *stale);

/* record_draft.c */
void record_draft_keep(struct page *base);
bool record_draft_open(struct store *store, const struct draft *draft, struct error *err);
void record_draft_drop(struct record_page *page);
void record_draft_leave(struct record_page *page); /* closes the page; what is typed is kept */
/* Can nothing that is typed here be saved? Then it stays a draft, and why says what happened. */
bool record_draft_stuck(struct record_page *page, struct error *why);
/* Says so when another session, or an earlier one, has left a draft of the same record. */
void record_draft_tell(struct record_page *page);

/* record_tabs.c */
void tabs_start(struct record_page *page);
void tabs_free(struct record_page *page);
void tabs_follow(struct record_page *page);  /* the page has another copy of its record */
void tabs_refresh(struct record_page *page); /* reads the lists again that were looked at */
void tabs_draw(struct record_page *page, struct area *area);
bool tabs_key(struct record_page *page, const struct event *event); /* to another tab */
bool tabs_idle(struct record_page *page);
void tabs_aside(struct record_page *page); /* reads what stands beside the fields */
struct row_keys *tabs_rows(struct record_page *page, int index); /* makes them when needed */
struct row_keys *tabs_focused(struct record_page *page); /* the list with the focus, or NULL */

#endif
