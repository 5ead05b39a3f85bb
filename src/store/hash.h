/*
 * hash.h - SHA-256 over values as they are stored, each with its kind and length, so that no two
 * rows of values come to the same bytes. Private to the store. GPL-3.0-or-later.
 */
#ifndef STORE_HASH_H
#define STORE_HASH_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include <sha2.h>

enum { HASH_BYTES = 32, HASH_ALGORITHM = 1 };

struct hash {
	SHA2_CTX context;
};

void hash_start(struct hash *hash);

/* Bytes as they are: nothing tells where they begin and end. */
void hash_bytes(struct hash *hash, const void *bytes, size_t length);

/* A value: kind is that of SQLite, SQLITE_NULL to SQLITE_BLOB; bytes for TEXT and BLOB only. */
void hash_null(struct hash *hash);
void hash_integer(struct hash *hash, int64_t value);
void hash_real(struct hash *hash, double value);
void hash_text(struct hash *hash, const void *bytes, size_t length);
void hash_blob(struct hash *hash, const void *bytes, size_t length);

void hash_end(struct hash *hash, unsigned char out[HASH_BYTES]);

/* The first bytes of a hash in small hexadecimal digits; out has room for two each and a NUL. */
void hash_digits(const unsigned char *hash, int bytes, char *out);

#endif
