/*
 * record_query.h - a list's order, its conditions and the SQL of its parts; shared by the files
 * that read lists. GPL-3.0-or-later.
 */
#ifndef OFFICE_RECORD_QUERY_H
#define OFFICE_RECORD_QUERY_H

#include "office/match.h"
#include "office/record.h"
#include "office/record_row.h"
#include "office/search.h"

/* ---- order ---- */

struct order {
	const struct field *field;
	int index;     /* of the field */
	bool by_id;    /* numbered keys: the id alone */
	bool nullable; /* there is a stretch of empty ones */
	bool quick;    /* follows an index */
	bool downward;
};
struct order order_of(struct store *store, const struct record_query *query);

/* ---- words of the filter ---- */

/* Ids of rows, one bit each. */
struct bits {
	unsigned char *bytes; /* owned */
	int64_t size;         /* in bits */
	int64_t count;        /* of those that are set */
};
bool bits_have(const struct bits *bits, int64_t id);
bool bits_set(struct bits *bits, int64_t id); /* false: beyond what is kept as bits */
void bits_join(struct bits *bits, const struct bits *others);
void bits_keep(struct bits *bits, const struct bits *others); /* those that are in others, too */
void bits_list(const struct bits *bits, struct buffer *out);  /* as JSON */
void bits_free(struct bits *bits);

/*
 * Those in the range that the search index finds, at most so many (-1: all), and no others. False
 * when it cannot be asked.
 */
bool bits_search(struct store *store, const struct search_range *range, const char *expression,
	int64_t most, struct bits *bits);

/* How the words are looked for. */
enum way {
	WAY_NONE,  /* no words */
	WAY_RUN,   /* the search index's own order is the list's: by id */
	WAY_NAMED, /* the rows of words->ids, put in order */
	WAY_TEST,  /* rows are read in order and their texts tested one by one */
	WAY_BITS,  /* ids are read in order, and the rows of those in words->hits */
	WAY_INDEX, /* all rows that the search index names are put in order */
};

struct words {
	struct match match;
	enum way way;
	bool named;   /* in key and title only */
	bool bounded; /* a test gives up after words_looked_at rows: few of them match */
	struct search_range range;
	struct buffer expression;
	struct bits hits;
	bool referred;                   /* some word stands in a record that a row refers to */
	struct bits refers[MATCH_WORDS]; /* the rows that do so, for each word */
	struct buffer ids;               /* JSON: those of the rows to put in order */
	/*
	 * Many rows match and those first in the order do not: when they stand together because
	 * the value begins with a word ("summit" by name), low and high are where that word's
	 * values begin and end, and ids are the few matching rows elsewhere.
	 */
	char *low, *high;
};

/*
 * So many rows are put in order at once, and so many are tested in order before that is given
 * up; other than these in tests only.
 */
extern int words_few;       /* 8000 */
extern int words_looked_at; /* 1000 */

struct words words_of(
	struct store *store, const struct record_query *query, const struct order *order);
void words_free(struct words *words);

/*
 * record_refers.c: fills refers; true when there are any. Of a word that very many records have it
 * fills none, and so for very many rows: those are found by their own texts only.
 */
bool words_refer(struct store *store, const struct record_query *query, struct words *words);

/* Fills hits and ids with the rows that have each word in their texts or refer to it; false when
 * they are too many. */
bool words_join_refers(struct store *store, struct words *words);

/* After a test gave up: another way. */
void words_look_elsewhere(struct store *store, const struct record_query *query,
	const struct order *order, struct words *words);

/* Whether the words occur in the statement's row. folded is kept for its memory only. */
bool words_in_row(const struct words *words, const struct record_type *type, struct statement *row,
	struct buffer *folded);

/* ---- parts ---- */

/* Where the values lie, compared with low and high of the words. */
enum part_place { PLACE_ANY, PLACE_BELOW, PLACE_WITHIN, PLACE_BEYOND };

/* What one statement reads of a list, in one direction. */
struct part {
	enum way way;
	enum part_place place;
	bool empty;                  /* the rows without a value */
	const struct record *anchor; /* starts after this one; NULL: at its end */
	bool down;
	bool limited; /* by :wanted */
};

enum { PARTS = 3 };

/* The parts that follow the anchor, in reading order. Returns how many. */
int parts_of(const struct order *order, const struct words *words, const struct record *anchor,
	bool down, struct part out[PARTS]);

/* Appends the part's SELECT; WAY_BITS selects ids only. */
void part_sql(struct store *store, const struct record_query *query, const struct order *order,
	const struct part *part, enum row_fields fields, struct buffer *sql);

/* The part's statement, bound but for :wanted; NULL with a sentence. */
struct statement *part_prepare(struct store *store, const struct record_query *query,
	const struct order *order, const struct words *words, const struct part *part,
	enum row_fields fields, struct error *err);

/* Appends view and parent as " AND ..."; binds parent and words where the statement has them. */
void query_conditions(const struct record_query *query, struct buffer *sql);
void query_bind(
	struct statement *statement, const struct record_query *query, const struct words *words);

#endif
