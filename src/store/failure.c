/*
 * failure.c - SQLite's result codes as sentences: what happened, why, what to do.
 * GPL-3.0-or-later.
 */
#include "store/failure.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store.h"

/* Failures that have nothing to do with what was written. */
static const struct {
	int code; /* primary */
	const char *name;
	const char *sentence;
} failures[] = {
	{SQLITE_BUSY, "busy",
		"Others have been saving for more than ten seconds, so nothing was saved here. "
		"Try again in a moment."},
	{SQLITE_LOCKED, "busy",
		"The office file is in use by this program itself, so nothing was saved. "
		"Go back and try again."},
	{SQLITE_FULL, "full",
		"The disk is full or a size limit was reached, so nothing was saved. Free some space, "
		"or have the limit raised, and save again."},
	{SQLITE_READONLY, "read-only",
		"The office file cannot be written, so nothing was saved. Ask whoever looks after "
		"this computer for write access to the file and its directory."},
	{SQLITE_PERM, "read-only",
		"The system does not let you use the office file. Ask whoever looks after this "
		"computer for access to the file and its directory."},
	{SQLITE_CANTOPEN, "read-only",
		"The office file or its journal cannot be opened. Ask whoever looks after this "
		"computer for access to the file and its directory."},
	{SQLITE_IOERR, "disk",
		"The disk failed while reading or writing the office file, so nothing was saved. "
		"Leave the program, have the disk checked, and save again."},
	{SQLITE_CORRUPT, "damaged",
		"The office file is damaged, so nothing was saved. Change nothing more, and restore the "
		"last good backup: `mso restore` lists them."},
	{SQLITE_NOTADB, "damaged",
		"The file is not an office file, or its beginning is damaged. Check the path, or "
		"restore the last good backup."},
	{SQLITE_NOMEM, "memory",
		"The computer is out of memory, so nothing was saved. Close other programs and save "
		"again."},
	{SQLITE_TOOBIG, "too-big", "That text is too long for the office file. Make it shorter."},
	{SQLITE_INTERRUPT, "interrupted", "The work was interrupted, so nothing was saved."},
	{SQLITE_PROTOCOL, "busy",
		"The office file is busier than its locks can bear, so nothing was saved. "
		"Try again in a moment."},
};

bool failure_is_rule(int code)
{
	return code == SQLITE_CONSTRAINT_TRIGGER;
}

static void name(struct error *err, const char *code)
{
	snprintf(err->code, sizeof err->code, "%s", code);
}

static size_t word_length(const char *text)
{
	return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
}

static bool is_word(const char *text)
{
	return *text != '\0' && text[word_length(text)] == '\0';
}

/* "UNIQUE constraint failed: vendor.name" gives "name"; several columns or an index give "". */
static void column_of(const char *message, char *column, size_t size)
{
	const char *dot = strrchr(message, '.');

	*column = '\0';
	if (dot != NULL && strchr(message, ',') == NULL && is_word(dot + 1))
		snprintf(column, size, "%s", dot + 1);
}

/*
 * The column a CHECK is about: the first word of its text that is no function. A named CHECK
 * gives its name instead of its text, and with it no column.
 */
static void column_of_check(const char *message, char *column, size_t size)
{
	const char *text = strstr(message, "failed: ");
	const char *word = text != NULL ? text + strlen("failed: ") : "";
	size_t length;

	*column = '\0';
	if (is_word(word))
		return;
	while (*word != '\0') {
		length = islower((unsigned char)*word) ? word_length(word) : 0;
		if (length > 0 && word[length] != '(' && strncmp(word + length, " (", 2) != 0) {
			snprintf(column, size, "%.*s", (int)length, word);
			return;
		}
		word += length > 0 ? length : 1;
	}
}

static bool describe_constraint(int code, const char *message, struct error *err)
{
	char column[sizeof err->field] = "";

	switch (code) {
	case SQLITE_CONSTRAINT_TRIGGER:
		error_set(err, "A rule of the office forbids this (%s).", message);
		name(err, message);
		return false;
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		column_of(message, column, sizeof column);
		error_field(err, column,
			"Another record already has the same value here, and it must be unique. "
			"Give a different one.");
		name(err, "unique");
		return false;
	case SQLITE_CONSTRAINT_NOTNULL:
		column_of(message, column, sizeof column);
		error_field(err, column,
			"A value is missing that every such record needs. Fill it in.");
		name(err, "required");
		return false;
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		error_set(err,
			"This refers to a record that does not exist, or another record still "
			"refers to this one. Look up the key, or change the other record first.");
		name(err, "foreign-key");
		return false;
	case SQLITE_CONSTRAINT_DATATYPE:
		column_of(message, column, sizeof column);
		error_field(err, column,
			"The value is not of the kind that is kept here. See what the field's help "
			"says, and give another.");
		name(err, "check");
		return false;
	default:
		column_of_check(message, column, sizeof column);
		error_field(err, column,
			"The value is not one the office allows here. See what the field's help "
			"says, and give another.");
		name(err, "check");
		return false;
	}
}

/*
 * No room for the journal is a full disk too, though SQLite has another word for it. It keeps the
 * system's reason except for a commit, where errno itself still has it.
 */
static bool is_full(sqlite3 *db, int primary)
{
	int error = db != NULL ? sqlite3_system_errno(db) : 0;

	if (error == 0)
		error = errno;
	return (primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) &&
	       (error == ENOSPC || error == EDQUOT || error == EFBIG);
}

bool failure_describe(sqlite3 *db, int code, struct error *err)
{
	int primary = code & 0xff;
	bool full = is_full(db, primary);
	const char *message = db != NULL ? sqlite3_errmsg(db) : sqlite3_errstr(code);

	if (err == NULL)
		return false;
	if (primary == SQLITE_CONSTRAINT)
		return describe_constraint(code, message, err);
	if (primary == SQLITE_AUTH) {
		error_set(err, "This is not open to your role in the office (%s).", message);
		name(err, "not-your-role");
		return false;
	}
	if (full)
		primary = SQLITE_FULL;
	for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
		if (failures[i].code == primary) {
			error_set(err, "%s", failures[i].sentence);
			name(err, failures[i].name);
			return false;
		}
	}
	error_set(err, "The office file did not accept this (%s), so nothing was saved.", message);
	name(err, "refused");
	return false;
}

bool store_error_is_final(const struct error *err)
{
	static const char *const names[] = {
		"busy", "full", "read-only", "disk", "damaged", "memory", "interrupted"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(err->code, names[i]) == 0)
			return true;
	}
	return false;
}

bool failure_is_outside(const struct error *err)
{
	return store_error_is_final(err) && strcmp(err->code, "damaged") != 0;
}

bool failure_of_check(const char *row, struct error *err)
{
	static const char mark[] = "error code=";
	const char *number = strstr(row, mark);
	struct error reason = {.code = ""};

	if (number != NULL)
		failure_describe(NULL, (int)strtol(number + strlen(mark), NULL, 10), &reason);
	if (!failure_is_outside(&reason))
		return false;
	*err = reason;
	return true;
}
