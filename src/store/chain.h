/*
 * chain.h - walks the audit's hash chains (data/migrations/0009-chain.sql) in any file: the office,
 * a copy of it, a backup. GPL-3.0-or-later.
 */
#ifndef STORE_CHAIN_H
#define STORE_CHAIN_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"
#include "store/hash.h"

enum { CHAINS = 2 };

/* What was found in one of the audits. */
struct chain {
	const char *table; /* "audit", "audit_private" */
	int64_t rows;
	int64_t head;                   /* id of the last row; 0 for none */
	unsigned char hash[HASH_BYTES]; /* as that row has it */
	const char *why; /* of the first broken row, in words: "is missing"; NULL: none */
	int64_t broken;  /* its id */
};

struct chain_report {
	bool chained; /* false in a file from before there was a chain; then nothing was looked at
		       */
	struct chain chains[CHAINS];
};

/*
 * Reads both audits from the first row to the last. True when every row is there and as it was
 * written. False with a sentence that names the first broken row, err->code "chain"; or when the
 * file cannot be read, with another code. out is filled in either case, as far as it was read.
 */
bool chain_verify(sqlite3 *db, struct chain_report *out, struct error *err);

/* The first bytes of a hash as people compare them: "3f2a 9c01 77de 04b5". Returns out. */
enum { CHAIN_SHORT = 8, CHAIN_SHORT_TEXT = 20 };
const char *chain_short(const unsigned char hash[HASH_BYTES], char out[CHAIN_SHORT_TEXT]);

#endif
