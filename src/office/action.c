/*
 * action.c - what can be done with a record, by the rows of its type's table of actions: offered
 * or refused with the reason, and done in one transaction. GPL-3.0-or-later.
 */
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "office/record.h"
#include "office/record_row.h"
#include "office/recording.h"
#include "office/search.h"

/* A state may have blanks itself, so a word counts wherever it stands between blanks or ends. */
bool action_lists(const char *list, const char *word)
{
	size_t length = strlen(word);

	if (list == NULL)
		return true;
	for (const char *at = list; length > 0 && (at = strstr(at, word)) != NULL; at++) {
		if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
			return true;
	}
	return false;
}

/* "draft returned" as "draft or returned". */
static void add_words(const char *list, struct buffer *out)
{
	while (*list != '\0') {
		size_t length = strcspn(list, " ");

		buffer_add_bytes(out, list, length);
		list += length + strspn(list + length, " ");
		if (*list != '\0')
			buffer_add(out, strchr(list, ' ') == NULL ? " or " : ", ");
	}
}

/* An expression of the action's own over the record's row; NULL: it cannot be read. */
static struct statement *over_row(
	struct store *store, const struct record *record, const char *expression)
{
	struct buffer sql = {0};
	struct statement *statement;

	buffer_format(&sql, "SELECT (%s) FROM %s AS t WHERE t.id = :id", expression,
		record->type->source);
	statement = store_prepare(store, buffer_text(&sql), NULL);
	buffer_free(&sql);
	if (statement != NULL)
		statement_bind_integer(statement, ":id", record->id);
	return statement;
}

static bool when_holds(
	struct store *store, const struct action *action, const struct record *record)
{
	struct statement *row;
	bool holds;

	if (action->when == NULL)
		return true;
	row = over_row(store, record, action->when);
	holds = row != NULL && statement_step(row) && statement_integer(row, 0) != 0;
	statement_end(row);
	return holds;
}

void action_prefill(struct store *store, const struct action *action, const struct record *record,
	struct buffer *out)
{
	struct statement *row =
		action->prefill == NULL ? NULL : over_row(store, record, action->prefill);

	if (row != NULL && statement_step(row))
		buffer_add(out, statement_text(row, 0));
	statement_end(row);
}

void action_warning(struct store *store, const struct action *action, const struct record *record,
	struct buffer *out)
{
	struct statement *row =
		action->warns == NULL ? NULL : over_row(store, record, action->warns);

	if (row != NULL && statement_step(row))
		buffer_add(out, statement_text(row, 0));
	statement_end(row);
}

bool action_offered(struct store *store, const struct action *action, const struct record *record)
{
	return record->id != 0 && action_lists(action->roles, store_role(store)) &&
	       action_lists(action->states, record_state(record)) &&
	       when_holds(store, action, record);
}

static bool refuse(const char *code, struct error *err, const char *text)
{
	error_set(err, "%s", text);
	if (err != NULL)
		memcpy(err->code, code, strlen(code) + 1);
	return false;
}

/* Why the action is not for this role or this state. */
static bool check_offered(struct store *store, const struct action *action,
	const struct record *record, struct error *err)
{
	const char *code = NULL;
	struct buffer text = {0};

	if (!action_lists(action->roles, store_role(store))) {
		code = "not-your-role";
		buffer_format(&text, "\"%s\" is for the ", action->label);
		add_words(action->roles, &text);
		buffer_format(&text, "; you are signed in as %s (%s).", store_actor(store),
			store_role(store)[0] == '\0' ? "no account" : store_role(store));
	} else if (!action_lists(action->states, record_state(record))) {
		code = "not-now";
		buffer_format(&text, "%s is %s; \"%s\" is for what is ", record_key(record),
			record_state(record), action->label);
		add_words(action->states, &text);
		buffer_add_char(&text, '.');
	}
	if (code != NULL)
		refuse(code, err, buffer_text(&text));
	buffer_free(&text);
	return code == NULL;
}

/* Against the action's condition, though no rule of the database has said why. */
static bool refuse_condition(
	const struct action *action, const struct record *record, struct error *err)
{
	struct buffer text = {0};

	buffer_format(&text, "\"%s\" is not possible for %s now, or not for you. %s", action->label,
		record_key(record), action->help);
	refuse("not-now", err, buffer_text(&text));
	buffer_free(&text);
	return false;
}

/* ---- answers ---- */

static int count_asks(const struct action *action)
{
	int count = 0;

	while (action->asks != NULL && action->asks[count].key != NULL)
		count++;
	return count;
}

static bool parse_answers(struct store *store, const struct action *action,
	const char *const *answers, struct value *values, struct error *err)
{
	for (int i = 0; i < count_asks(action); i++) {
		const struct field *field = &action->asks[i];
		const char *text = answers == NULL ? NULL : answers[i];

		if (text == NULL)
			text = field->def != NULL ? field->def : "";
		if (!field_parse(field, store, text, &values[i], err))
			return false;
	}
	return true;
}

/* ---- doing ---- */

static bool run_set(struct action_call *call, struct error *err)
{
	struct buffer text = {0};
	struct statement *statement;
	bool ok;

	if (call->action->set == NULL)
		return true;
	buffer_format(&text, "UPDATE %s SET %s, version = version + 1 WHERE id = :record_id",
		call->type->table, call->action->set);
	statement = store_prepare(call->store, buffer_text(&text), err);
	buffer_free(&text);
	if (statement == NULL)
		return false;
	statement_bind_integer(statement, ":record_id", call->record->id);
	for (int i = 0; i < count_asks(call->action); i++) {
		const struct field *field = &call->action->asks[i];

		buffer_clear(&text);
		buffer_format(&text, ":%s", field->key);
		if (statement_has(statement, buffer_text(&text)))
			row_bind(statement, field, field->key, &call->answers[i]);
	}
	buffer_free(&text);
	store_about(call->store, record_key(call->record));
	ok = statement_run(statement, err);
	store_about(call->store, NULL);
	return ok;
}

/* What the placeholder stands for: {title}, or a field of the record by its key. */
static void add_named(
	struct store *store, const struct record *record, const char *name, struct buffer *out)
{
	const struct field *field = record_type_field(record->type, name);

	if (field == NULL && strcmp(name, "title") == 0)
		field = record_type_title(record->type);
	if (field == NULL)
		fatal("an action of %s says {%s}, which is no field", record->type->name, name);
	else if (field->type == &reference_type)
		record_reference_label(store, field, record_value(record, field->key), out);
	else
		record_format(record, field->key, out);
}

static void say_done(struct action_call *call)
{
	const char *text = call->action->done;

	if (text != NULL && text[0] != '\0' && call->said->length > 0)
		buffer_add_char(call->said, ' ');
	while (text != NULL && *text != '\0') {
		size_t plain = strcspn(text, "{");
		size_t length = strcspn(text + plain, "}");

		buffer_add_bytes(call->said, text, plain);
		text += plain;
		if (*text == '\0')
			return;
		char *name = memory_text_part(text + 1, length - 1);
		add_named(call->store, call->record, name, call->said);
		free(name);
		text += length + (text[length] == '}');
	}
}

/* Rules of the database may have changed more than the action did; others' privacy may follow. */
static bool read_anew(struct action_call *call, struct error *err)
{
	struct record *fresh = record_new(call->type);
	bool ok = true;

	/* Not there: the action ended the record, or hid it from who did it. */
	if (row_load(call->store, fresh, call->record->id, NULL)) {
		for (int i = 0; call->type->fields[i].key != NULL; i++)
			value_copy(&fresh->loaded[i], &call->record->loaded[i]);
		ok = search_follow(call->store, fresh, err);
		for (int i = 0; call->type->fields[i].key != NULL; i++)
			value_copy(&fresh->loaded[i], &fresh->values[i]);
		record_free(call->record);
		call->record = fresh;
	} else {
		record_free(fresh);
	}
	return ok;
}

static bool do_it(struct action_call *call, const char *const *answers, int64_t version,
	struct value *values, struct error *err)
{
	bool holds;

	recording_end_left(call->store, call->record);
	if (version != 0 && version != call->record->version)
		return record_stale(call->store, call->record, err);
	if (!check_offered(call->store, call->action, call->record, err))
		return false;
	/* The database's own rule says best why not: its sentence has the figures. */
	holds = when_holds(call->store, call->action, call->record);
	/* What it asks for is not the point where it cannot be done anyway. */
	if (!parse_answers(call->store, call->action, answers, values, err))
		return holds ? false : refuse_condition(call->action, call->record, err);
	if (!run_set(call, err))
		return false;
	if (!holds)
		return refuse_condition(call->action, call->record, err);
	if (call->action->run != NULL && !call->action->run(call, err))
		return false;
	if (!search_update(call->store, call->record, err) || !read_anew(call, err))
		return false;
	say_done(call);
	return true;
}

bool action_do(struct store *store, const struct record_type *type, const char *key,
	const struct action *action, const char *const *answers, int64_t version,
	struct buffer *said, struct error *err)
{
	int count = count_asks(action);
	struct value *values = memory_new(((size_t)count + 1) * sizeof *values);
	struct buffer words = {0};
	struct action_call call = {
		.store = store, .type = type, .action = action, .answers = values, .said = &words};
	bool ok = false;

	error_clear(err);
	if (store_begin(store, err)) {
		call.record = record_load(store, type, key, err);
		ok = call.record != NULL && do_it(&call, answers, version, values, err);
		ok = store_finish(store, ok, err);
	}
	if (ok && said != NULL)
		buffer_add(said, buffer_text(&words));
	record_free(call.record);
	for (int i = 0; i < count; i++)
		value_clear(&values[i]);
	free(values);
	buffer_free(&words);
	return ok;
}
