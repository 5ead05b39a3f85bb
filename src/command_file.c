/*
 * command_file.c - the commands about files: init, import, export. GPL-3.0-or-later.
 */
#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "core/fatal.h"
#include "core/text.h"
#include "csv/export.h"
#include "csv/import.h"
#include "found.h"
#include "office/views.h"
#include "store/privilege.h"
#include "store/user_file.h"

/* ---- init ---- */

/* The shared office is made by root, for a director who can sign in. */
static bool check_founder(const char *director, struct error *err)
{
	if (getuid() != 0)
		return error_set(err,
			"The shared office is set up by whoever looks after this computer, with `make "
			"install-office`. You need not make one; ask the director for an account in it.");
	if (director == NULL)
		return error_set(err,
			"The shared office needs a first director: mso init --director "
			"LOGIN.");
	if (getpwnam(director) == NULL)
		return error_set(err,
			"This computer has no login %s, so nobody could direct the office. Name another, "
			"or make the login first.",
			director);
	return true;
}

int command_init(struct call *call)
{
	bool demo = call_option(call, "demo") != NULL;
	const char *director = call_option(call, "director");
	struct buffer text = {0};
	struct error err;

	if (call->office.as != NULL || (director != NULL && !privilege_shared()))
		return call_misused(call, "whoever makes an office is its director; leave %s away.",
			director != NULL ? "--director" : "--as");
	if (demo && privilege_shared())
		return call_misused(call, "the shared office is no demo; leave --demo away.");
	if (privilege_shared() && !check_founder(director, &err))
		return call_refuse(&err);
	call->office.director = director;
	if (!found_office(&call->office, demo, &err))
		return call_refuse(&err);
	call->saved = true;
	buffer_format(&text, "%s is in %s; ", demo ? "The made-up office" : "The office",
		call->office.path);
	if (director != NULL)
		buffer_format(&text, "its director is %s. mso opens it.", director);
	else
		buffer_add(&text, "you are its director. mso opens it.");
	say_buffer(&text);
	return DONE;
}

/* ---- import ---- */

static void say_rows(const struct import_plan *plan, bool wrong_ones, FILE *out)
{
	for (int i = 0; i < plan->kept_count; i++) {
		const struct import_row *row = &plan->kept[i];
		bool wrong = row->kind == IMPORT_ERROR || row->kind == IMPORT_CONFLICT;
		struct buffer line = {0};

		if (wrong != wrong_ones)
			continue;
		import_describe(row, &line);
		fprintf(out, "%s\n", buffer_text(&line));
		buffer_free(&line);
	}
}

static void say_counts(const struct import_plan *plan, FILE *out)
{
	for (int kind = 0; kind < IMPORT_KINDS; kind++)
		fprintf(out, "%s%s %" PRId64, kind > 0 ? "   " : "", import_kind_words[kind],
			plan->counts[kind]);
	fputc('\n', out);
}

/* Writes "practices.errors.csv" where it was asked for; what went wrong before stays the reason. */
static void write_errors(struct call *call, const struct import_plan *plan)
{
	const char *path = call_option(call, "errors");
	struct error err;

	if (path == NULL || import_is_clean(plan))
		return;
	if (import_write_errors(call->store, plan, path, &err)) {
		struct buffer name = {0}, safe = {0};

		user_file_name(path, &name);
		text_print(&safe, buffer_text(&name));
		fprintf(stderr, "The rows that are wrong are in %s.\n", buffer_text(&safe));
		buffer_free(&safe);
		buffer_free(&name);
	} else {
		call_refuse(&err);
	}
}

/* Headings alone do nothing, and that is probably not what was meant. */
static void say_no_rows(const struct import_plan *plan)
{
	if (plan->rows == 0)
		say("There is no row below the headings.");
}

static void warn_of_twins(const struct import_plan *plan)
{
	struct buffer text = {0}, safe = {0};

	import_describe_twins(plan, &text);
	text_print(&safe, buffer_text(&text));
	if (safe.length > 0)
		fprintf(stderr, "mso: %s\n", buffer_text(&safe));
	buffer_free(&text);
	buffer_free(&safe);
}

static int check(struct call *call, struct import_plan *plan)
{
	struct buffer text = {0};
	struct error err;

	if (!import_check(call->store, plan, &err))
		return call_refuse(&err);
	buffer_format(&text,
		"%s: UTF-8, %s, headings in line %" PRId64 ", %" PRId64
		" row%s; a dry run saves nothing",
		plan->name, plan->delimiter, plan->heading_line, plan->rows,
		plan->rows == 1 ? "" : "s");
	say_buffer(&text);
	say_no_rows(plan);
	say_counts(plan, stdout);
	say_rows(plan, false, stdout);
	if (plan->left_out)
		puts("and more, counted above");
	fflush(stdout);
	say_rows(plan, true, stderr);
	warn_of_twins(plan);
	write_errors(call, plan);
	return import_is_clean(plan) ? DONE : REFUSED;
}

static int commit(struct call *call, struct import_plan *plan)
{
	struct error err;

	if (import_commit(call->store, plan, &err)) {
		say_no_rows(plan);
		say_counts(plan, stdout);
		say(plan->counts[IMPORT_INSERT] + plan->counts[IMPORT_UPDATE] > 0
				? "Saved."
				: "Nothing had to be changed.");
		fflush(stdout);
		warn_of_twins(plan);
		return DONE;
	}
	say_rows(plan, true, stderr);
	if (plan->left_out && strcmp(err.code, "rows") == 0)
		fputs("and perhaps more\n", stderr);
	write_errors(call, plan);
	return call_refuse(&err);
}

int command_import(struct call *call)
{
	const struct record_type *type = call_type(call, call->arguments[0]);
	const char *errors = call_option(call, "errors");
	struct import_plan *plan;
	struct error err;
	int code;

	if (type == NULL)
		return WRONG_USAGE;
	plan = import_open(call->store, type, call->arguments[1], &err);
	if (plan == NULL)
		return call_refuse(&err);
	if (errors != NULL && !import_may_write_errors(plan, errors, &err))
		code = call_refuse(&err);
	else
		code = call_option(call, "dry-run") != NULL ? check(call, plan)
							    : commit(call, plan);
	import_free(plan);
	return code;
}

/* ---- export ---- */

static int export_everything(struct call *call, const char *directory, bool raw)
{
	struct error err;

	if (directory == NULL)
		return call_misused(call, "\"all\" needs a directory: mso export all -o DIR.");
	return export_all(call->store, directory, raw, &err) ? DONE : call_refuse(&err);
}

int command_export(struct call *call)
{
	struct record_query query = {.match = call_option(call, "match")};
	const char *path = call_option(call, "o"), *view = call_option(call, "view");
	bool raw = call_option(call, "raw") != NULL, ok;
	char *words = NULL;
	struct error err;

	if (strcmp(call->arguments[0], "all") == 0)
		return export_everything(call, path, raw);
	query.type = call_type(call, call->arguments[0]);
	if (query.type == NULL)
		return WRONG_USAGE;
	if (view != NULL && !view_named(call->store, view, &query, &words, &err))
		return call_misused(call, "%s", err.text);
	if (path != NULL && strcmp(path, "-") == 0)
		path = NULL;
	ok = export_file(call->store, &query, path, raw, &err);
	free(words);
	return ok ? DONE : call_refuse(&err);
}
