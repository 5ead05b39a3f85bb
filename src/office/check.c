/*
 * check.c - one look after the other at a copy of the office, and how far its history has come.
 * What is wrong is told by the words of the rule that it breaks. GPL-3.0-or-later.
 */
#include "office/check.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "office/record.h"
#include "office/search.h"
#include "store/verify.h"

bool check_allowed(struct store *store, struct error *err)
{
	const char *role = store_role(store);

	/* Without a role: root, whom the store lets in to read. */
	if (strcmp(role, "director") == 0 || role[0] == '\0')
		return true;
	return error_set(err,
		"Checking the office reads all of it, private records as well, and so it is for the "
		"director; you are signed in as %s (%s). Ask the director to run mso check.",
		store_actor(store), role);
}

/* ---- lines ---- */

struct check {
	struct store *copy;
	void (*tell)(const struct check_line *line, void *context);
	void *context;
	int broken;
};

static void tell(struct check *check, const char *what, int64_t count, const char *counted,
	bool sound, const struct error *err)
{
	struct check_line line = {what, count, counted, sound ? NULL : err->text};

	check->broken += !sound;
	check->tell(&line, check->context);
}

static void check_file(struct check *check)
{
	struct error err;
	int64_t count = 0;
	bool sound = verify_pages(check->copy, &count, &err);

	tell(check, "File", count, "pages, read by SQLite", sound, &err);
	count = 0;
	sound = verify_references(check->copy, &count, &err);
	tell(check, "References", count, "tables, every reference leads to a record", sound, &err);
	count = 0;
	sound = verify_schema(check->copy, &count, &err);
	tell(check, "Guards", count, "tables, views and triggers, as this program makes them",
		sound, &err);
}

static void check_history(struct check *check, struct check_heads *heads)
{
	struct chain_report report;
	struct error err;
	bool sound = verify_chain(check->copy, &report, &err);
	struct chain *open = &report.chains[0], *private = &report.chains[1];

	*heads = (struct check_heads){.record = open->head, .private_record = private->head};
	if (open->rows > 0)
		chain_short(open->hash, heads->hash);
	if (private->rows > 0)
		chain_short(private->hash, heads->private_hash);
	tell(check, "History", open->rows + private->rows, "changes, each tied to the one before",
		sound, &err);
}

static void tell_rows(const char *text, void *context)
{
	struct error err;

	error_set(&err, "%s", text);
	tell(context, "Records", 0, "records", false, &err);
}

static void check_rows(struct check *check)
{
	struct error err;
	int64_t count;
	int before = check->broken;
	bool read = verify_rows(check->copy, tell_rows, check, &count, &err);

	if (!read || check->broken == before)
		tell(check, "Records", count, "rows, each as its history leads to", read, &err);
}

static void check_search(struct check *check)
{
	struct error err;
	bool sound = verify_index(check->copy, &err);
	int64_t all = 0, count;

	for (int i = 0; sound && record_types[i] != NULL; i++) {
		count = 0;
		sound = search_check(check->copy, record_types[i], &count, &err);
		all += count;
	}
	tell(check, "Find", all, "records, with the words they have", sound, &err);
}

/* One line for each kind of rule that is broken, with the first record that breaks it. */
static void check_rules(struct check *check)
{
	static const char sql[] =
		"SELECT code, type, min(key), count(*) FROM broken_rule GROUP BY code, type ORDER BY 1, 2";
	struct error err;
	struct statement *row = store_prepare(check->copy, sql, &err);
	int64_t decided = store_integer(check->copy,
		"SELECT (SELECT count(*) FROM request) + (SELECT count(*) FROM budget)"
		" + (SELECT count(*) FROM motion) + (SELECT count(*) FROM meeting)"
		" + (SELECT count(*) FROM position) + (SELECT count(*) FROM policy)"
		" + (SELECT count(*) FROM action_item)",
		NULL, 0);
	int broken = 0;

	while (row != NULL && statement_step(row)) {
		struct error words;

		rules_explain(check->copy, statement_text(row, 0), statement_text(row, 2), &words);
		error_set(&err, "%s %s stands against the rule \"%s\": %s", statement_text(row, 1),
			statement_text(row, 2), statement_text(row, 0), words.text);
		tell(check, "Rules", statement_integer(row, 3), "records against this rule", false,
			&err);
		broken++;
	}
	if (row == NULL || statement_failed(row, &err))
		tell(check, "Rules", 0, "records", false, &err);
	else if (broken == 0)
		tell(check, "Rules", decided, "records that decide or were decided, asked again",
			true, NULL);
	statement_end(row);
}

bool check_office(struct store *store,
	void (*tell_line)(const struct check_line *line, void *context), void *context,
	struct check_heads *heads, int *broken, struct error *err)
{
	struct check check = {.tell = tell_line, .context = context};

	*broken = 0;
	if (!check_allowed(store, err))
		return false;
	check.copy = verify_copy(store, err);
	if (check.copy == NULL)
		return false;
	check_file(&check);
	check_history(&check, heads);
	check_rows(&check);
	check_search(&check);
	check_rules(&check);
	store_close(check.copy);
	*broken = check.broken;
	return true;
}

/* ---- heads ---- */

enum { LEAST_DIGITS = 8 };

/* The hash of a row of a history in small hexadecimal digits; "" when it is not there. */
static void read_hash(
	struct store *store, const char *history, int64_t record, char out[2 * HASH_BYTES + 1])
{
	struct buffer sql = {0};
	struct statement *row;

	out[0] = '\0';
	buffer_format(&sql, "SELECT lower(hex(hash)) FROM %s WHERE id = :id", history);
	row = store_prepare(store, buffer_text(&sql), NULL);
	buffer_free(&sql);
	if (row == NULL)
		return;
	statement_bind_integer(row, ":id", record);
	if (statement_step(row))
		snprintf(out, 2 * HASH_BYTES + 1, "%s", statement_text(row, 0));
	statement_end(row);
}

/* How far the history has come, of which this person may not see every record. */
static int64_t last_record(struct store *store)
{
	return store_integer(store, "SELECT id FROM audit_head WHERE name = 'audit'", NULL, 0);
}

/* Everything is read from a copy without regard to who asks, so that the answer is about all. */
static bool read_any_hash(struct store *store, bool private, int64_t record,
	char out[2 * HASH_BYTES + 1], struct error *err)
{
	struct store *copy;

	if (!check_allowed(store, err))
		return false;
	copy = verify_copy(store, err);
	if (copy == NULL)
		return false;
	read_hash(copy, private ? "audit_private" : "audit", record, out);
	store_close(copy);
	return true;
}

/* The digits of a hash as it is printed, without the blanks. */
static bool take_digits(const char *hash, char digits[2 * HASH_BYTES + 1], struct error *err)
{
	size_t count = 0;

	for (; *hash != '\0'; hash++) {
		if (*hash == ' ')
			continue;
		if (!isxdigit((unsigned char)*hash) || count == 2 * HASH_BYTES)
			return error_set(err,
				"A hash is written as printed, such as \"3f2a 9c01 77de 04b5\".");
		digits[count++] = (char)tolower((unsigned char)*hash);
	}
	digits[count] = '\0';
	return count >= LEAST_DIGITS ||
	       error_set(err, "Give at least %d digits of the hash, as printed.", LEAST_DIGITS);
}

static bool compare(
	bool private, int64_t record, const char *digits, const char *there, struct error *err)
{
	const char *kind = private ? "private record" : "record";

	if (there[0] == '\0')
		return error_set(err,
			"The history has no %s %" PRId64
			": its end was cut off, or this is another "
			"office or an older copy. Compare with the backups before anybody goes on.",
			kind, record);
	return strncmp(there, digits, strlen(digits)) == 0 ||
	       error_set(err,
		       "%s %" PRId64
		       " is not what was printed: its hash begins with %.4s %.4s. The "
		       "history was written anew from there or before, or this is another office. "
		       "Compare with the backups before anybody goes on.",
		       private ? "Private record" : "Record", record, there, there + 4);
}

bool check_head(
	struct store *store, bool private, int64_t record, const char *hash, struct error *err)
{
	char digits[2 * HASH_BYTES + 1], there[2 * HASH_BYTES + 1] = "";
	const char *role = store_role(store);

	if (!take_digits(hash, digits, err))
		return false;
	if (!private)
		read_hash(store, "audit_seen", record, there);
	/* What this person does not see may be there all the same. */
	if (there[0] == '\0') {
		if (!private && role[0] != '\0' && strcmp(role, "director") != 0 &&
			record <= last_record(store))
			return error_set(err,
				"Record %" PRId64
				" is about something that is private by now, so its "
				"hash is not compared for you. Ask the director to compare it.",
				record);
		if ((private || role[0] == '\0') &&
			!read_any_hash(store, private, record, there, err))
			return false;
	}
	return compare(private, record, digits, there, err);
}

void check_print_head(struct store *store, int64_t record, struct buffer *out)
{
	/* The last row may be of something that is private by now: only its hash is for all. */
	static const char last[] =
		"SELECT id, lower(hex(hash)) FROM audit_head WHERE name = 'audit'";
	struct statement *row;
	char hash[2 * HASH_BYTES + 1] = "";

	if (record > 0) {
		read_hash(store, "audit_seen", record, hash);
	} else if ((row = store_prepare(store, last, NULL)) != NULL) {
		if (statement_step(row)) {
			record = statement_integer(row, 0);
			snprintf(hash, sizeof hash, "%s", statement_text(row, 1));
		}
		statement_end(row);
	}
	if (strlen(hash) >= 2 * CHAIN_SHORT)
		buffer_format(out, "Record %" PRId64 ", %.4s %.4s %.4s %.4s", record, hash,
			hash + 4, hash + 8, hash + 12);
}
