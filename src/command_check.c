/*
 * command_check.c - mso check: one line for each thing that was looked at, and exit 1 when
 * something is wrong. With --head, whether a printed record still stands. GPL-3.0-or-later.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "command.h"
#include "office/check.h"

static void say_line(const struct check_line *line, void *context)
{
	bool quiet = *(const bool *)context;
	struct buffer text = {0};

	if (line->wrong == NULL && quiet)
		return;
	add_cell(&text, line->what, 12, false);
	if (line->wrong == NULL)
		buffer_format(&text, "%" PRId64 " %s", line->count, line->counted);
	else
		buffer_format(&text, "WRONG: %s", line->wrong);
	say_buffer(&text);
}

static void say_heads(const struct check_heads *heads)
{
	printf("Record %" PRId64 ", %s", heads->record, heads->hash);
	if (heads->private_record > 0)
		printf("; private record %" PRId64 ", %s", heads->private_record,
			heads->private_hash);
	putchar('\n');
}

static int check_all(struct store *store, bool quiet)
{
	struct check_heads heads;
	struct error err;
	int broken;

	if (!check_office(store, say_line, &quiet, &heads, &broken, &err))
		return call_refuse(&err);
	if (!quiet && heads.record > 0)
		say_heads(&heads);
	if (broken == 0) {
		if (!quiet)
			puts("All is well. Keep the line above with your papers: mso check --head compares it.");
		return DONE;
	}
	error_set(&err,
		"%d thing%s in this office %s not as mso left %s. Change nothing more and find out who else "
		"writes to the file, or whether the disk fails; then restore the newest backup from "
		"before: `mso restore` lists them.",
		broken, broken == 1 ? "" : "s", broken == 1 ? "is" : "are",
		broken == 1 ? "it" : "them");
	return call_refuse(&err);
}

/* One of the records that a printed line names. */
struct printed {
	bool private;
	int64_t record;
	struct buffer hash;
};

static bool compare_one(struct call *call, struct printed *printed, struct error *err)
{
	bool stands = check_head(
		call->store, printed->private, printed->record, buffer_text(&printed->hash), err);

	if (stands)
		printf("%s %" PRId64 " stands in the history as it was printed.\n",
			printed->private ? "Private record" : "Record", printed->record);
	buffer_free(&printed->hash);
	*printed = (struct printed){0};
	return stands;
}

/* False when the word is no number where one belongs. */
static bool take_word(struct printed *printed, const char *word)
{
	char *end;

	if (strcmp(word, "private") == 0)
		printed->private = true;
	else if (printed->record > 0)
		buffer_add(&printed->hash, word);
	else if (strcasecmp(word, "record") != 0)
		return (printed->record = strtoll(word, &end, 10)) > 0 && *end == '\0';
	return true;
}

/*
 * Compares what was printed as it was printed, "Record 2355, 134b 83d1; private record 75, 6ecf
 * f971", or a number and a hash alone.
 */
static int compare_heads(struct call *call)
{
	static const char between[] = " ,;";
	struct buffer text = {0};
	struct printed printed = {0};
	struct error err;
	bool right = true, stands = true;

	for (int i = 0; i < call->count; i++)
		buffer_format(&text, "%s ", call->arguments[i]);
	for (const char *at = buffer_text(&text); right && stands && *at != '\0';) {
		char word[80];
		size_t length;

		at += strspn(at, between);
		length = strcspn(at, between);
		snprintf(word, sizeof word, "%.*s", (int)length, at);
		at += length;
		if (printed.record > 0 && strcmp(word, "private") == 0)
			stands = compare_one(call, &printed, &err);
		right = length == 0 || take_word(&printed, word);
	}
	buffer_free(&text);
	if (right && stands)
		stands = compare_one(call, &printed, &err);
	buffer_free(&printed.hash);
	if (!right)
		return call_misused(call, "give the record's number and its hash, as printed.");
	return stands ? DONE : call_refuse(&err);
}

int command_check(struct call *call)
{
	bool head = call_option(call, "head") != NULL;

	if (!head && call->count > 0)
		return call_misused(
			call, "check looks at everything: leave \"%s\" away.", call->arguments[0]);
	if (head && call->count < 1)
		return call_misused(
			call, "--head takes the record's number and its hash, as printed.");
	return head ? compare_heads(call)
		    : check_all(call->store, call_option(call, "quiet") != NULL);
}
