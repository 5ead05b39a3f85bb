/*
 * chain.c - recomputes every hash of the audit from the bytes that are stored. It asks for nothing
 * but the tables, so that it works on a file whose triggers and functions are gone.
 * GPL-3.0-or-later.
 */
#include "store/chain.h"

#include <stdio.h>
#include <string.h>

#include "store/failure.h"

/* hash comes second and what it is made of after it, in the order of audit_hash's arguments. */
static const struct {
	const char *table, *rows;
} audits[CHAINS] = {
	{"audit", "SELECT id, hash, id, at, who, real_who, type, key, operation, before, after, "
		  "algorithm FROM audit ORDER BY id"},
	{"audit_private",
		"SELECT id, hash, id, at, who, real_who, type, key, operation, before, after, "
		"algorithm, salt FROM audit_private ORDER BY id"},
};
enum { ID, HASH, FIRST_HASHED, ALGORITHM = 11 };

static void hash_column(struct hash *hash, sqlite3_stmt *row, int column)
{
	const void *bytes;

	switch (sqlite3_column_type(row, column)) {
	case SQLITE_NULL:
		hash_null(hash);
		break;
	case SQLITE_INTEGER:
		hash_integer(hash, sqlite3_column_int64(row, column));
		break;
	case SQLITE_FLOAT:
		hash_real(hash, sqlite3_column_double(row, column));
		break;
	case SQLITE_BLOB:
		bytes = sqlite3_column_blob(row, column);
		hash_blob(hash, bytes, (size_t)sqlite3_column_bytes(row, column));
		break;
	default:
		bytes = sqlite3_column_text(row, column);
		hash_text(hash, bytes, (size_t)sqlite3_column_bytes(row, column));
		break;
	}
}

/* The hash that the row should have after the one before. */
static void hash_row(sqlite3_stmt *row, const struct chain *before, unsigned char out[HASH_BYTES])
{
	struct hash hash;

	hash_start(&hash);
	if (before->rows > 0)
		hash_blob(&hash, before->hash, HASH_BYTES);
	else
		hash_null(&hash);
	for (int column = FIRST_HASHED; column < sqlite3_column_count(row); column++)
		hash_column(&hash, row, column);
	hash_end(&hash, out);
}

static void break_at(struct chain *chain, int64_t id, const char *why)
{
	if (chain->why == NULL) {
		chain->broken = id;
		chain->why = why;
	}
}

static void look_at_row(struct chain *chain, sqlite3_stmt *row)
{
	int64_t id = sqlite3_column_int64(row, ID);
	const void *stored = sqlite3_column_blob(row, HASH);
	unsigned char right[HASH_BYTES];

	if (id <= chain->head)
		break_at(chain, id, "does not belong there");
	else if (id != chain->head + 1)
		break_at(chain, chain->head + 1, "is missing");
	hash_row(row, chain, right);
	if (sqlite3_column_int64(row, ALGORITHM) != HASH_ALGORITHM)
		break_at(chain, id, "has a hash of a kind that this program does not know");
	else if (sqlite3_column_bytes(row, HASH) != HASH_BYTES)
		break_at(chain, id, "has no hash");
	else if (memcmp(stored, right, HASH_BYTES) != 0)
		break_at(chain, id, "is not as it was written, or the row before it is not");
	memset(chain->hash, 0, HASH_BYTES);
	if (sqlite3_column_bytes(row, HASH) == HASH_BYTES)
		memcpy(chain->hash, stored, HASH_BYTES);
	chain->head = id;
	chain->rows++;
}

static bool walk(sqlite3 *db, const char *rows, struct chain *chain, struct error *err)
{
	sqlite3_stmt *row = NULL;
	int code = sqlite3_prepare_v2(db, rows, -1, &row, NULL);

	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(row);
		if (code == SQLITE_ROW)
			look_at_row(chain, row);
	}
	if (code != SQLITE_DONE)
		failure_describe(db, code, err);
	sqlite3_finalize(row);
	return code == SQLITE_DONE;
}

/* Was the file ever brought up to a schema with a chain? */
static bool has_chain(sqlite3 *db, bool *chained, struct error *err)
{
	sqlite3_stmt *row = NULL;
	int code = sqlite3_prepare_v2(
		db, "SELECT 1 FROM pragma_table_info('audit') WHERE name = 'hash'", -1, &row, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(row);
	*chained = code == SQLITE_ROW;
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		failure_describe(db, code, err);
	sqlite3_finalize(row);
	return code == SQLITE_ROW || code == SQLITE_DONE;
}

bool chain_verify(sqlite3 *db, struct chain_report *out, struct error *err)
{
	*out = (struct chain_report){0};
	if (!has_chain(db, &out->chained, err))
		return false;
	for (int i = 0; i < CHAINS; i++) {
		out->chains[i].table = audits[i].table;
		if (out->chained && !walk(db, audits[i].rows, &out->chains[i], err))
			return false;
	}
	for (int i = 0; i < CHAINS; i++) {
		const struct chain *chain = &out->chains[i];

		if (chain->why == NULL)
			continue;
		error_set(err, "row %lld of %s %s", (long long)chain->broken, chain->table,
			chain->why);
		snprintf(err->code, sizeof err->code, "chain");
		return false;
	}
	return true;
}

const char *chain_short(const unsigned char hash[HASH_BYTES], char out[CHAIN_SHORT_TEXT])
{
	snprintf(out, CHAIN_SHORT_TEXT, "%02x%02x %02x%02x %02x%02x %02x%02x", hash[0], hash[1],
		hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]);
	return out;
}
