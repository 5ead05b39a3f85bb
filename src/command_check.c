/*
 * command_check.c - mso check: one line for each thing that was looked at, and exit 1 when
 * something is wrong. With --head, whether a printed record still stands. GPL-3.0-or-later.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	if (!quiet)
		say_heads(&heads);
	if (broken == 0) {
		if (!quiet)
			puts("All is well. Keep the line above with your papers: mso check --head compares it.");
		return DONE;
	}
	error_set(&err,
		"%d thing%s in this office %s not as mso left %s. Leave the file as it is, look at the "
		"newest backup that is whole, and find out who else writes to the file.",
		broken, broken == 1 ? "" : "s", broken == 1 ? "is" : "are",
		broken == 1 ? "it" : "them");
	return call_refuse(&err);
}

static int compare_head(struct call *call)
{
	struct buffer hash = {0};
	char *end;
	int64_t record = strtoll(call->arguments[0], &end, 10);
	struct error err;
	bool there;

	if (*end != '\0' || record < 1)
		return call_misused(call, "give the record's number and its hash, as printed.");
	for (int i = 1; i < call->count; i++)
		buffer_add(&hash, call->arguments[i]);
	there = check_head(call->store, record, buffer_text(&hash), &err);
	buffer_free(&hash);
	if (!there)
		return call_refuse(&err);
	printf("Record %" PRId64 " stands in the history as it was printed.\n", record);
	return DONE;
}

int command_check(struct call *call)
{
	bool head = call_option(call, "head") != NULL;

	if (!head && call->count > 0)
		return call_misused(
			call, "check looks at everything: leave \"%s\" away.", call->arguments[0]);
	if (head && call->count < 2)
		return call_misused(
			call, "--head takes the record's number and its hash, as printed.");
	return head ? compare_head(call)
		    : check_all(call->store, call_option(call, "quiet") != NULL);
}
