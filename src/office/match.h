/*
 * match.h - what it means that words typed so far occur in a record: every word begins a word of
 * its texts, whatever the case and accents. The search index answers the same question for many
 * rows; this answers it for one. GPL-3.0-or-later.
 */
#ifndef OFFICE_MATCH_H
#define OFFICE_MATCH_H

#include <stdbool.h>

#include "core/buffer.h"

enum { MATCH_WORDS = 12 };

struct match {
	char *words[MATCH_WORDS]; /* folded, each after a blank: " smith", " o neil"; owned */
	int count;                /* 0: nothing to look for */
};

struct match match_of(const char *text); /* NULL gives none */
void match_free(struct match *match);

/*
 * The same question in the language of the search index: "smith" * AND "o neil" *. named: of keys
 * and titles only.
 */
void match_expression(const struct match *match, bool named, struct buffer *out);

/*
 * Appends the words of text, folded, each after a blank. Texts that no phrase may span are kept
 * apart by match_gap.
 */
void match_fold(const char *text, struct buffer *out);
void match_gap(struct buffer *out);

bool match_word_occurs(const struct match *match, int number, const char *folded);

/* True when every word occurs in folded text. */
bool match_occurs(const struct match *match, const char *folded);

#endif
