/*
 * command_write.c - the commands that change one record: new, set, delete, do.
 * GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "core/fatal.h"
#include "core/text.h"

int command_new(struct call *call)
{
	const struct record_type *type = call_type(call, call->arguments[0]);
	struct record *record;
	struct error err;
	int code;

	if (type == NULL)
		return WRONG_USAGE;
	record = record_start(call->store, type, NULL);
	code = call_set_fields(call, record, 1);
	if (code == DONE && !record_save(call->store, record, &err))
		code = call_refuse_field(&err, type->fields);
	if (code == DONE)
		say(record_key(record));
	record_free(record);
	return code;
}

int command_set(struct call *call)
{
	const struct record_type *type = call_type(call, call->arguments[0]);
	struct record *record;
	struct error err;
	int64_t version;
	int code;

	if (type == NULL)
		return WRONG_USAGE;
	record = call_record(call, type);
	if (record == NULL)
		return REFUSED;
	version = record->version;
	code = call_set_fields(call, record, 2);
	if (code == DONE && !record_save(call->store, record, &err))
		code = call_refuse_field(&err, type->fields);
	if (code == DONE) {
		struct buffer text = {0};

		buffer_format(&text, "%s is %s.", record_key(record),
			record->version == version ? "as it was" : "saved");
		say_buffer(&text);
	}
	record_free(record);
	return code;
}

int command_delete(struct call *call)
{
	const struct record_type *type = call_type(call, call->arguments[0]);
	struct record *record;
	struct buffer text = {0};
	struct error err;
	int code = DONE;

	if (type == NULL)
		return WRONG_USAGE;
	record = call_record(call, type);
	if (record == NULL)
		return REFUSED;
	buffer_format(&text, "%s is deleted.", record_key(record));
	if (record_delete(call->store, record, &err))
		say(buffer_text(&text));
	else
		code = call_refuse(&err);
	buffer_free(&text);
	record_free(record);
	return code;
}

/* ---- do ---- */

/* Why an action is not offered, in a few words. */
static void add_reason(struct store *store, const struct action *action,
	const struct record *record, struct buffer *out)
{
	if (!action_lists(action->roles, store_role(store)))
		buffer_format(out, "not for you, but for: %s", action->roles);
	else if (!action_lists(action->states, record_state(record)))
		buffer_format(
			out, "not while it is %s, but: %s", record_state(record), action->states);
	else
		buffer_add(out, "not for this record by you now; trying it says why");
}

static void list_action(
	struct store *store, const struct action *action, const struct record *record)
{
	bool offered = action_offered(store, action, record);
	struct buffer line = {0};

	add_cell(&line, action->name, 16, false);
	if (offered) {
		text_print(&line, action->help);
		for (const struct field *ask = action->asks; ask != NULL && ask->key != NULL; ask++)
			buffer_format(&line, "%s%s=%s", ask == action->asks ? " Asks for: " : " ",
				ask->key,
				ask->flags & FIELD_REQUIRED && ask->def == NULL ? "VALUE"
										: "[VALUE]");
	} else {
		buffer_add_char(&line, '(');
		add_reason(store, action, record, &line);
		buffer_add_char(&line, ')');
	}
	puts(buffer_text(&line));
	buffer_free(&line);
}

static int list_actions(struct call *call, const struct record_type *type)
{
	struct record *record = call_record(call, type);
	const struct action *action = type->actions;

	if (record == NULL)
		return REFUSED;
	if (action == NULL)
		printf("%s have no actions.\n", type->plural);
	for (int offered = 1; offered >= 0; offered--) {
		for (action = type->actions; action != NULL && action->name != NULL; action++) {
			if (action_offered(call->store, action, record) == (offered == 1))
				list_action(call->store, action, record);
		}
	}
	record_free(record);
	return DONE;
}

static int misuse_action(const struct call *call, const struct record_type *type, const char *name)
{
	const struct action *action = type->actions;
	struct buffer known = {0};

	for (; action != NULL && action->name != NULL; action++)
		buffer_format(&known, "%s%s", known.length > 0 ? ", " : "", action->name);
	call_misused(call, "%s have no action \"%s\". They have: %s.", type->plural, name,
		known.length > 0 ? buffer_text(&known) : "none");
	buffer_free(&known);
	return WRONG_USAGE;
}

static int count_asks(const struct action *action)
{
	int count = 0;

	while (action->asks != NULL && action->asks[count].key != NULL)
		count++;
	return count;
}

/* Sorts FIELD=VALUE arguments into what the action asks for. */
static bool read_answers(struct call *call, const struct action *action, const char **answers)
{
	int asks = count_asks(action);

	for (int i = 3; i < call->count; i++) {
		char *field, *value;
		int place = 0;

		if (!call_pair(call, call->arguments[i], &field, &value))
			return false;
		while (place < asks && strcmp(action->asks[place].key, field) != 0)
			place++;
		if (place == asks) {
			call_misused(call,
				"\"%s\" does not ask for \"%s\"; \"mso do TYPE KEY\" shows what it "
				"asks for.",
				action->name, field);
			return false;
		}
		answers[place] = value;
	}
	return true;
}

static int do_action(struct call *call, const struct record_type *type, const struct action *action,
	const char *const *answers)
{
	struct record *record = call_record(call, type);
	struct buffer said = {0};
	struct error err;
	int code = DONE;

	if (record == NULL)
		return REFUSED;
	if (action_do(call->store, type, record_key(record), action, answers, 0, &said, &err))
		say(buffer_text(&said));
	else
		code = call_refuse_field(&err, action->asks);
	buffer_free(&said);
	record_free(record);
	return code;
}

int command_do(struct call *call)
{
	const struct record_type *type = call_type(call, call->arguments[0]);
	const struct action *action;
	const char **answers;
	int code = WRONG_USAGE;

	if (type == NULL)
		return WRONG_USAGE;
	if (call->count == 2)
		return list_actions(call, type);
	action = record_type_action(type, call->arguments[2]);
	if (action == NULL)
		return misuse_action(call, type, call->arguments[2]);
	answers = memory_new(((size_t)count_asks(action) + 1) * sizeof *answers);
	if (read_answers(call, action, answers))
		code = do_action(call, type, action, answers);
	free(answers);
	return code;
}
