/*
 * functions.c - the SQL functions that rules and audit triggers call. They are innocuous, so that
 * triggers may call them although the schema is not trusted. The audit's lines are made here and
 * not in SQL: an expression per column costs every start of the program milliseconds of parsing.
 * GPL-3.0-or-later.
 */
#include "store/functions.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/money.h"
#include "store/hash.h"

static void return_text(sqlite3_context *call, const char *text)
{
	sqlite3_result_text(call, text, -1, SQLITE_TRANSIENT);
}

static void actor(sqlite3_context *call, int count, sqlite3_value **values)
{
	(void)count, (void)values;
	return_text(call, ((struct identity *)sqlite3_user_data(call))->actor);
}

static void real_login(sqlite3_context *call, int count, sqlite3_value **values)
{
	(void)count, (void)values;
	return_text(call, ((struct identity *)sqlite3_user_data(call))->real_login);
}

static void now(sqlite3_context *call, int count, sqlite3_value **values)
{
	(void)count, (void)values;
	return_text(call, ((struct identity *)sqlite3_user_data(call))->now);
}

static void today(sqlite3_context *call, int count, sqlite3_value **values)
{
	(void)count, (void)values;
	return_text(call, ((struct identity *)sqlite3_user_data(call))->today);
}

static void money(sqlite3_context *call, int count, sqlite3_value **values)
{
	char text[MONEY_TEXT];

	(void)count;
	if (sqlite3_value_type(values[0]) == SQLITE_NULL)
		return_text(call, "");
	else
		return_text(call, money_format(sqlite3_value_int64(values[0]), text));
}

/* The names in the first argument; the sqlite3 shell may call these functions with anything. */
static const char *first_names(int count, sqlite3_value **values)
{
	const char *names = count > 0 ? (const char *)sqlite3_value_text(values[0]) : NULL;

	return names != NULL ? names : "";
}

/* Takes the next of the names that stand in one text with blanks between; returns its length. */
static int next_name(const char **names)
{
	*names += strspn(*names, " ");
	return (int)strcspn(*names, " ");
}

/* Text ends for SQL, and for people, at a NUL: what stands behind one is told all the same. */
static void add_text(sqlite3_str *out, sqlite3_value *value)
{
	const char *text = (const char *)sqlite3_value_text(value);
	size_t length = (size_t)sqlite3_value_bytes(value);

	if (text == NULL || memchr(text, '\0', length) == NULL) {
		sqlite3_str_appendf(out, "%Q", text);
		return;
	}
	sqlite3_str_appendchar(out, 1, '\'');
	for (const char *end = text + length; text < end; text++) {
		if (*text == '\0')
			sqlite3_str_appendall(out, "\u2400");
		else
			sqlite3_str_appendchar(out, *text == '\'' ? 2 : 1, *text);
	}
	sqlite3_str_appendchar(out, 1, '\'');
}

/* Adds a value as SQL writes it, as quote() does. */
static void add_literal(sqlite3_str *out, sqlite3_value *value)
{
	const unsigned char *bytes;

	switch (sqlite3_value_type(value)) {
	case SQLITE_NULL:
		sqlite3_str_appendall(out, "NULL");
		break;
	case SQLITE_INTEGER:
		sqlite3_str_appendf(out, "%lld", sqlite3_value_int64(value));
		break;
	case SQLITE_FLOAT:
		sqlite3_str_appendf(out, "%!.17g", sqlite3_value_double(value));
		break;
	case SQLITE_BLOB:
		sqlite3_str_appendall(out, "X'");
		bytes = sqlite3_value_blob(value);
		for (int i = 0, length = sqlite3_value_bytes(value); i < length; i++)
			sqlite3_str_appendf(out, "%02X", bytes[i]);
		sqlite3_str_appendall(out, "'");
		break;
	default:
		add_text(out, value);
		break;
	}
}

static void add_line(sqlite3_str *out, const char *name, int length, sqlite3_value *value)
{
	if (sqlite3_str_length(out) > 0)
		sqlite3_str_appendchar(out, 1, '\n');
	sqlite3_str_append(out, name, length);
	sqlite3_str_appendchar(out, 1, '=');
	add_literal(out, value);
}

static void return_lines(sqlite3_context *call, sqlite3_str *lines)
{
	int code = sqlite3_str_errcode(lines);
	char *text = sqlite3_str_finish(lines);

	if (code == SQLITE_TOOBIG)
		sqlite3_result_error_toobig(call);
	else if (code != SQLITE_OK)
		sqlite3_result_error_nomem(call);
	else if (text == NULL)
		return_text(call, "");
	else
		sqlite3_result_text(call, text, -1, sqlite3_free);
	if (code != SQLITE_OK)
		sqlite3_free(text);
}

static bool is_empty(sqlite3_value *value)
{
	int type = sqlite3_value_type(value);

	return type == SQLITE_NULL || (type == SQLITE_TEXT && sqlite3_value_bytes(value) == 0);
}

static bool is_same(sqlite3_value *left, sqlite3_value *right)
{
	int type = sqlite3_value_type(left);
	int length;

	if (type != sqlite3_value_type(right))
		return false;
	if (type == SQLITE_NULL)
		return true;
	if (type == SQLITE_INTEGER)
		return sqlite3_value_int64(left) == sqlite3_value_int64(right);
	length = sqlite3_value_bytes(left);
	return length == sqlite3_value_bytes(right) &&
	       (length == 0 || memcmp(sqlite3_value_blob(left), sqlite3_value_blob(right),
				       (size_t)length) == 0);
}

static void audit_row(sqlite3_context *call, int count, sqlite3_value **values)
{
	sqlite3_str *lines = sqlite3_str_new(sqlite3_context_db_handle(call));
	const char *names = first_names(count, values);

	for (int i = 1, length; i < count; i++, names += length) {
		length = next_name(&names);
		if (!is_empty(values[i]))
			add_line(lines, names, length, values[i]);
	}
	return_lines(call, lines);
}

/*
 * Both sides in one call, because naming every column four times in each trigger costs the start
 * of the program: "LENGTH:LINES BEFORE LINES AFTER", LENGTH being that of the lines before.
 */
static void audit_change(sqlite3_context *call, int count, sqlite3_value **values)
{
	sqlite3 *db = sqlite3_context_db_handle(call);
	sqlite3_str *before = sqlite3_str_new(db);
	sqlite3_str *after = sqlite3_str_new(db);
	sqlite3_str *both = sqlite3_str_new(db);
	const char *names = first_names(count, values);
	char *text;

	for (int i = 1, length; i + 1 < count; i += 2, names += length) {
		length = next_name(&names);
		if (is_same(values[i], values[i + 1]))
			continue;
		add_line(before, names, length, values[i]);
		add_line(after, names, length, values[i + 1]);
	}
	if (sqlite3_str_length(before) > 0) {
		sqlite3_str_appendf(both, "%d:", sqlite3_str_length(before));
		sqlite3_str_append(both, sqlite3_str_value(before), sqlite3_str_length(before));
		sqlite3_str_append(both, sqlite3_str_value(after), sqlite3_str_length(after));
	}
	if (sqlite3_str_errcode(before) != SQLITE_OK || sqlite3_str_errcode(after) != SQLITE_OK) {
		sqlite3_free(sqlite3_str_finish(both));
		both = NULL;
	}
	text = sqlite3_str_finish(before);
	sqlite3_free(text);
	text = sqlite3_str_finish(after);
	sqlite3_free(text);
	if (both == NULL)
		sqlite3_result_error_nomem(call);
	else
		return_lines(call, both);
}

/* Where the lines before begin in a text of audit_change, and how long they are. */
static const char *lines_before(sqlite3_value *value, int *length)
{
	const char *text = (const char *)sqlite3_value_text(value);
	const char *colon = text != NULL ? strchr(text, ':') : NULL;
	int whole = sqlite3_value_bytes(value);
	long wanted = colon != NULL ? strtol(text, NULL, 10) : -1;

	if (wanted < 0 || wanted > whole - (colon + 1 - text))
		return NULL;
	*length = (int)wanted;
	return colon + 1;
}

static void audit_before(sqlite3_context *call, int count, sqlite3_value **values)
{
	int length;
	const char *lines = lines_before(values[0], &length);

	(void)count;
	if (lines != NULL)
		sqlite3_result_text(call, lines, length, SQLITE_TRANSIENT);
}

static void audit_after(sqlite3_context *call, int count, sqlite3_value **values)
{
	int length;
	const char *lines = lines_before(values[0], &length);

	(void)count;
	if (lines != NULL)
		return_text(call, lines + length);
}

static void hash_value(struct hash *hash, sqlite3_value *value)
{
	const void *bytes;

	switch (sqlite3_value_type(value)) {
	case SQLITE_NULL:
		hash_null(hash);
		break;
	case SQLITE_INTEGER:
		hash_integer(hash, sqlite3_value_int64(value));
		break;
	case SQLITE_FLOAT:
		hash_real(hash, sqlite3_value_double(value));
		break;
	case SQLITE_BLOB:
		bytes = sqlite3_value_blob(value);
		hash_blob(hash, bytes, (size_t)sqlite3_value_bytes(value));
		break;
	default:
		bytes = sqlite3_value_text(value);
		hash_text(hash, bytes, (size_t)sqlite3_value_bytes(value));
		break;
	}
}

static void audit_hash(sqlite3_context *call, int count, sqlite3_value **values)
{
	unsigned char bytes[HASH_BYTES];
	struct hash hash;

	hash_start(&hash);
	for (int i = 0; i < count; i++)
		hash_value(&hash, values[i]);
	hash_end(&hash, bytes);
	sqlite3_result_blob(call, bytes, sizeof bytes, SQLITE_TRANSIENT);
}

int functions_register(sqlite3 *db, struct identity *identity)
{
	static const struct {
		const char *name;
		int count;
		void (*call)(sqlite3_context *call, int count, sqlite3_value **values);
		int flags;
	} functions[] = {
		{"actor", 0, actor, 0},
		{"real_login", 0, real_login, 0},
		{"now", 0, now, 0},
		{"today", 0, today, 0},
		{"money", 1, money, 0},
		{"audit_row", -1, audit_row, 0},
		{"audit_change", -1, audit_change, 0},
		{"audit_before", 1, audit_before, 0},
		{"audit_after", 1, audit_after, 0},
		{"audit_hash", -1, audit_hash, SQLITE_DETERMINISTIC},
	};
	int code = SQLITE_OK;

	for (size_t i = 0; code == SQLITE_OK && i < sizeof functions / sizeof *functions; i++)
		code = sqlite3_create_function_v2(db, functions[i].name, functions[i].count,
			SQLITE_UTF8 | SQLITE_INNOCUOUS | functions[i].flags, identity,
			functions[i].call, NULL, NULL, NULL);
	return code;
}
