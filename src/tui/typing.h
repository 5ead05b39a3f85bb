/*
 * typing.h - text while somebody types it: units, limits, undo. The common ground of entry
 * (one line) and editor (several lines); screens use those. GPL-3.0-or-later.
 */
#ifndef TUI_TYPING_H
#define TUI_TYPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/event.h"

/*
 * What an event did to the text. A screen says TYPED_FULL and TYPED_REFUSED in words
 * (typing_refusal); a paste that fits only in part keeps what fits and answers TYPED_FULL.
 */
enum typed {
	TYPED_IGNORED, /* not a key of this widget: somebody else's */
	TYPED_MOVED,   /* handled; the text is as before */
	TYPED_CHANGED, /* handled; the text may be another */
	TYPED_FULL,    /* the most characters are reached; part of a paste may be in the text */
	TYPED_REFUSED, /* a character that no text may hold, or a mark with nothing to sit on */
};

struct change; /* one step of undo */

/*
 * The cursor stands before a unit, a base character with the zero-width ones that follow it
 * (the cell model of the terminal), never inside one. The text is always valid UTF-8 of
 * allowed characters, with newlines where lines is true.
 */
struct typing {
	char *text;             /* owned; ends at a NUL; never NULL */
	size_t length;          /* bytes */
	size_t capacity;        /* bytes */
	size_t count;           /* characters */
	size_t maximum;         /* characters; 0: no limit */
	size_t cursor;          /* byte offset of a unit, or length */
	bool lines;             /* newlines are kept; otherwise they become blanks */
	struct change *changes; /* owned: the steps done, then those undone */
	size_t done;            /* steps that undo can take back */
	size_t steps;           /* done and undone ones */
	size_t room;            /* steps that changes has room for */
	bool joinable;          /* the next letter may join the last step */
};

/* The empty text. maximum in characters, 0 for no limit. */
void typing_start(struct typing *typing, size_t maximum, bool lines);
void typing_end(struct typing *typing); /* frees what is owned */

/* A new beginning: text as loaded, nothing to undo, the cursor at the end. */
void typing_load(struct typing *typing, const char *text);

/* Replaces the whole text as one step that undo takes back. */
enum typed typing_set(struct typing *typing, const char *text);

/* At the cursor. A paste's tabs become blanks, and its newlines too where lines is false. */
enum typed typing_insert(struct typing *typing, uint32_t codepoint);
enum typed typing_paste(struct typing *typing, const char *text, size_t length);

/*
 * What entry and editor understand alike: characters, paste, the undo command (TYPED_IGNORED
 * when nothing is left to undo), ^Y, Left, Right, the word keys, Backspace and Delete.
 */
enum typed typing_event(struct typing *typing, const struct event *event);

/* Each removes and answers TYPED_CHANGED, or TYPED_MOVED when there was nothing. */
enum typed typing_delete(struct typing *typing);
enum typed typing_backspace(struct typing *typing);
enum typed typing_remove(struct typing *typing, size_t from, size_t to); /* whole units */

/* The last step filled what the one before it had emptied: from now on they are one. */
void typing_join(struct typing *typing);

bool typing_undo(struct typing *typing); /* false: nothing to take back */
bool typing_redo(struct typing *typing);
void typing_forget_redo(struct typing *typing);
void typing_forget(struct typing *typing); /* nothing to undo or redo from here */

/* When the step that undo (redo) would take was made: larger is later; 0 for none. */
unsigned long typing_undo_order(const struct typing *typing);
unsigned long typing_redo_order(const struct typing *typing);

/* Moves the cursor to the unit at or after offset; the next letter is a new step. Answers
 * TYPED_MOVED. */
enum typed typing_move(struct typing *typing, size_t offset);

/* Byte offsets of the neighbours of a unit at offset; the ends of the text at its ends. */
size_t typing_next(const struct typing *typing, size_t offset);
size_t typing_previous(const struct typing *typing, size_t offset);
size_t typing_word_right(const struct typing *typing, size_t offset);
size_t typing_word_left(const struct typing *typing, size_t offset);

/*
 * The sentence for TYPED_FULL and TYPED_REFUSED ("Full: this takes at most 80 characters."),
 * "" for the others. Returns out.
 */
const char *typing_refusal(const struct typing *typing, enum typed typed, char out[96]);

#endif
