/*
 * ledger.h - values that came less values that went, column by column, from the audit's lines
 * "column=SQL literal". What a row's history brings, less what stands in it, leaves nothing; in
 * which order the two audits are read does not matter. Private to the store. GPL-3.0-or-later.
 */
#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H

#include <stdbool.h>
#include <stddef.h>

/* One value that does not come out even. Owned. */
struct ledger_entry {
	char *column;  /* "": the row itself */
	char *literal; /* as SQL writes it */
	int count;     /* how often it came and did not go; below 0: went and did not come */
};

/* Zeroed is empty. As long as a record has columns, however long its history is. */
struct ledger {
	struct ledger_entry *entries;
	size_t count, room;
};

/* Each line's value comes (way 1) or goes (way -1); empty ones, '' and NULL, leave no trace. */
void ledger_lines(struct ledger *ledger, const char *lines, int way);

void ledger_row(struct ledger *ledger, int way); /* a row comes or goes */

/* Does a value of the column not come out even? */
bool ledger_has(const struct ledger *ledger, const char *column, size_t length);

/* How many rows more came than went. */
int ledger_rows(const struct ledger *ledger);

void ledger_clear(struct ledger *ledger); /* empties, keeps the memory */
void ledger_free(struct ledger *ledger);

#endif
