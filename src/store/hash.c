/*
 * hash.c - the bytes that a row's hash is made of: for each value a letter for its kind, its length
 * in 8 bytes, big end first, and its bytes. GPL-3.0-or-later.
 */
#include "store/hash.h"

#include <stdio.h>
#include <string.h>

void hash_start(struct hash *hash)
{
	SHA256Init(&hash->context);
}

void hash_bytes(struct hash *hash, const void *bytes, size_t length)
{
	if (length > 0)
		SHA256Update(&hash->context, bytes, length);
}

static void big_end_first(uint64_t number, unsigned char out[8])
{
	for (int i = 7; i >= 0; i--, number >>= 8)
		out[i] = (unsigned char)number;
}

static void add_value(struct hash *hash, char kind, const void *bytes, size_t length)
{
	unsigned char head[9] = {(unsigned char)kind};

	big_end_first(length, head + 1);
	hash_bytes(hash, head, sizeof head);
	hash_bytes(hash, bytes, length);
}

void hash_null(struct hash *hash)
{
	add_value(hash, 'N', NULL, 0);
}

void hash_integer(struct hash *hash, int64_t value)
{
	unsigned char bytes[8];

	big_end_first((uint64_t)value, bytes);
	add_value(hash, 'I', bytes, sizeof bytes);
}

void hash_real(struct hash *hash, double value)
{
	unsigned char bytes[8];
	uint64_t bits;

	memcpy(&bits, &value, sizeof bits);
	big_end_first(bits, bytes);
	add_value(hash, 'R', bytes, sizeof bytes);
}

void hash_text(struct hash *hash, const void *bytes, size_t length)
{
	add_value(hash, 'T', bytes, length);
}

void hash_blob(struct hash *hash, const void *bytes, size_t length)
{
	add_value(hash, 'B', bytes, length);
}

void hash_end(struct hash *hash, unsigned char out[HASH_BYTES])
{
	SHA256Final(out, &hash->context);
}

void hash_digits(const unsigned char *hash, int bytes, char *out)
{
	for (int i = 0; i < bytes; i++)
		snprintf(out + 2 * (ptrdiff_t)i, 3, "%02x", hash[i]);
}
