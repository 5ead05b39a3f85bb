/*
 * ask.h - an overlay that asks for a few fields and does something with the answers: what an
 * action asks for, the name of a file. GPL-3.0-or-later.
 */
#ifndef SCREENS_ASK_H
#define SCREENS_ASK_H

#include "office/record.h"
#include "store/drafts.h"

/*
 * Where a question belongs, so that what was typed is kept as a draft and the question can be asked
 * again: who asks it, of which record, and in words of its own. Copied.
 */
enum { ASK_WORDS = 3 };
struct ask_from {
	const char *opener; /* a row of ask_openers; NULL: what is typed here is not kept */
	const char *type, *key;
	const char *words[ASK_WORDS]; /* NULL as "" */
	int64_t version;              /* of the record as it was shown; 0: it does not matter */
	const char *seen;             /* what else was shown, in any words; NULL as "" */
};

/*
 * Opens the page of the record and the question on top of it, in which ask_open then finds what was
 * typed. False with a sentence, or with the refusal in the message line.
 */
struct ask_opener {
	const char *name; /* ends with NULL */
	bool (*open)(struct store *store, const struct ask_from *from, struct error *err);
};
extern const struct ask_opener ask_openers[]; /* draft_pages.c */

struct ask {
	struct ask_from from;       /* {0}: what is typed is not kept */
	const char *title;          /* copied */
	const char *text;           /* paragraphs above the fields, or NULL; copied */
	const char *does;           /* the button: "Approve"; copied */
	const struct field *fields; /* ends with key NULL; borrowed for as long as it is open */
	const struct record *about; /* what it is asked about (record_form_asks), or NULL; copied */
	bool file;           /* asks for a file: says where files are, if only in one folder */
	const char *prefill; /* of the first field instead of its default, or NULL */

	/*
	 * Takes the answers, one text per field. False keeps the overlay with err beside its
	 * field. true closes it; then done runs, where other pages may be opened.
	 */
	bool (*answered)(void *context, const char *const *answers, struct error *err);
	void (*done)(void *context); /* may be NULL */
	void (*free)(void *context); /* when the overlay goes, whichever way; may be NULL */
	void *context;
};

/* With all that was typed in it when the line dropped, if it did. */
void ask_open(struct store *store, const struct ask *ask);

/* What is asked about has changed: the question on top goes on, with this text above its fields. */
void ask_renew(const struct ask_from *from, const char *text);

/* Answers the question on top, as ^S does; nothing where there is none. */
void ask_press(void);

/* draft_page.open of questions. */
bool ask_continue(struct store *store, const struct draft *draft, struct error *err);

/* ---- ask_draft.c, for ask.c ---- */

struct record_form;
struct buffer;

void ask_from_copy(struct ask_from *copy, const struct ask_from *from);
void ask_from_free(struct ask_from *from);

/* What tells one question of a record from another; caller frees. */
char *ask_draft_key(const struct ask_from *from);

/* What stands in the list of drafts: "BD-2026-11: New agenda item"; caller frees. */
char *ask_draft_title(const struct ask_from *from, const char *title);

void ask_draft_add(struct buffer *content, const struct ask_from *from, struct record_form *fields);

/* Puts what was typed into the fields; said receives what to tell of it. */
void ask_draft_take(struct store *store, const struct draft *draft, const struct ask_from *from,
	struct record_form *fields, struct buffer *said);

/* The from of a draft; ask_from_free. False when it is none of a question. */
bool ask_draft_from(const struct draft *draft, struct ask_from *from);

#endif
