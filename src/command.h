/*
 * command.h - the commands of the command line: one row each, and what their functions share.
 * GPL-3.0-or-later.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>

#include "core/buffer.h"
#include "core/error.h"
#include "office/record.h"
#include "store/store.h"

enum { DONE = 0, REFUSED = 1, WRONG_USAGE = 2 }; /* exit codes */

struct call;

struct command {
	const char *name;
	const char *usage;   /* after the name */
	const char *help;    /* one line */
	const char *more;    /* further lines of `mso help NAME`, or NULL */
	int least, most;     /* arguments, options not counted */
	const char *options; /* "view= dry-run": those it takes, "=" for a value; or NULL */
	bool without_office; /* runs before there is an office */
	bool in_directory;   /* that one has business in the office's directory all the same */
	bool for_keeper;     /* root may run it without an account */
	int (*run)(struct call *call);
};

/* All commands in the order of the help; the last has name NULL. */
extern const struct command commands[];

enum { CALL_OPTIONS = 8 };

/* A command as it was typed. */
struct call {
	const struct command *command;
	struct store *store; /* NULL when without_office */
	struct store_options office;
	char **arguments;
	int count;
	struct {
		const char *name;  /* without dashes */
		const char *value; /* "" for one that takes none */
	} options[CALL_OPTIONS];
	int option_count;
	bool saved; /* something is saved now that was not before, whatever else fails */
};

/* The option's value, or NULL when it was not given. */
const char *call_option(const struct call *call, const char *name);

/* The type an argument names, or NULL after saying which there are. */
const struct record_type *call_type(const struct call *call, const char *name);

/* Splits "FIELD=VALUE" in place; false after saying how it is written. */
bool call_pair(const struct call *call, char *argument, char **field, char **value);

/*
 * The record that arguments 0 and 1 name, by its key or whole name; the caller frees it. NULL after
 * saying why not, and which records were perhaps meant.
 */
struct record *call_record(const struct call *call, const struct record_type *type);

/* Sets the fields that the arguments from first on name. DONE, or an exit code after saying why. */
int call_set_fields(struct call *call, struct record *record, int first);

/*
 * Says what is wrong on standard error. Return REFUSED and WRONG_USAGE. Where a field is missing,
 * fields (ends with key NULL; NULL: none) tell by which name a command takes it.
 */
int call_refuse(const struct error *err);
int call_refuse_field(const struct error *err, const struct field *fields);
int call_misused(const struct call *call, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Writes text fit for a terminal, and a line end. */
void say(const char *text);
void say_buffer(struct buffer *text); /* and frees it */

/* Appends text with blanks up to width cells, cut with "…" when it is wider; right-aligned or not.
 */
void add_cell(struct buffer *line, const char *text, int width, bool right);

int command_list(struct call *call);
int command_show(struct call *call);
int command_backup(struct call *call);
int command_restore(struct call *call);
int command_find(struct call *call);
int command_history(struct call *call);
int command_fields(struct call *call);
int command_new(struct call *call);
int command_set(struct call *call);
int command_delete(struct call *call);
int command_do(struct call *call);
int command_import(struct call *call);
int command_export(struct call *call);
int command_init(struct call *call);
int command_check(struct call *call);
int command_user(struct call *call);

#endif
