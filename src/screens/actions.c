/*
 * actions.c - begins actions: asks what they ask for, confirms decisions with whom and how much,
 * does them, and says what came of it. GPL-3.0-or-later.
 */
#include "screens/actions.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "office/recording.h"
#include "screens/ask.h"
#include "screens/record_extras.h"
#include "screens/record_rows.h"
#include "tui/dialog.h"
#include "tui/loop.h"

/* The action that was begun; there is one at a time, since what asks lies over all. */
static struct {
	struct store *store;
	const struct record_type *type;
	char *key; /* owned */
	const struct action *action;
	int64_t version;
	void (*done)(void *context);
	void *context;
} begun;

/* ---- letters ---- */

/* "a" is a character, "^E" a control key. */
static bool is_letter_of(const struct action *action, const struct event *event)
{
	const char *letter = action->letter;

	if (letter == NULL)
		return false;
	if (letter[0] == '^' && letter[1] != '\0')
		return event->kind == EVENT_KEY &&
		       event->key == KEY_CTRL(tolower((unsigned char)letter[1]));
	return event->kind == EVENT_CHAR && event->codepoint == (unsigned char)letter[0];
}

/*
 * While another records the meeting neither its minutes nor its motions move. Only who writes there
 * waits: the chair attests meanwhile. why may be NULL.
 */
static bool recorded_by_other(struct store *store, const struct record *record, struct buffer *why)
{
	char *key = record->id == 0 ? NULL : recording_key(store, record);
	bool by_other = key != NULL && record_may_write(store, record->type) &&
			recording_by_other(store, key, why);

	free(key);
	return by_other;
}

const struct action *action_for_event(
	struct store *store, const struct record *record, const struct event *event)
{
	const struct action *action = record->type->actions;

	for (; action != NULL && action->name != NULL; action++) {
		if (is_letter_of(action, event) && action_offered(store, action, record))
			return recorded_by_other(store, record, NULL) ? NULL : action;
	}
	return NULL;
}

bool action_refuse(struct store *store, const struct record *record, const struct event *event)
{
	const struct action *action = record->type->actions;
	struct buffer said = {0};
	struct error err;

	while (action != NULL && action->name != NULL && !is_letter_of(action, event))
		action++;
	if (action == NULL || action->name == NULL || record->id == 0)
		return false;
	/* Only the office knows why; with the version seen it never does more than refuse. */
	if (recorded_by_other(store, record, &said))
		message_set(ROLE_WARNING, buffer_text(&said));
	else if (!action_do(store, record->type, record_key(record), action, NULL, record->version,
			 &said, &err))
		message_set(ROLE_WARNING, err.text);
	buffer_free(&said);
	return true;
}

bool action_key(struct store *store, const struct record *record, const struct event *event,
	void (*done)(void *context), void *context)
{
	const struct action *action = action_for_event(store, record, event);

	if (action != NULL)
		action_start(store, record, action, done, context);
	return action != NULL;
}

void action_start(struct store *store, const struct record *record, const struct action *action,
	void (*done)(void *context), void *context)
{
	action_begin(
		store, record->type, record_key(record), action, record->version, done, context);
}

/* ---- what is offered ---- */

void offered_read(struct store *store, const struct record *record, struct offered *offered)
{
	const struct action *action = record == NULL ? NULL : record->type->actions;

	offered->count = 0;
	if (record != NULL && recorded_by_other(store, record, NULL))
		return;
	for (; action != NULL && action->name != NULL; action++) {
		if (offered->count < ACTIONS_MOST && action_offered(store, action, record))
			offered->actions[offered->count++] = action;
	}
}

int offered_hints(const struct offered *offered, struct hint *hints, int count, int capacity)
{
	for (int i = 0; i < offered->count && count < capacity; i++) {
		const struct action *action = offered->actions[i];

		if (action->letter != NULL)
			hints[count++] = (struct hint){action->letter, action->label};
	}
	return count;
}

void offered_commands(const struct offered *offered, struct command_list *list,
	void (*run)(void *context, int number), void *context)
{
	for (int i = 0; i < offered->count; i++) {
		const struct action *action = offered->actions[i];

		command_add(list, action->label, action->letter, run, context, i);
	}
}

/* ---- the summary of what is decided ---- */

static void add_value(struct store *store, const struct record *record, const struct field *field,
	struct buffer *out)
{
	const struct value *value = record_value(record, field->key);

	if (value_empty(value))
		return;
	buffer_format(out, "%s: ", field->label);
	record_value_text(store, field, value, out);
	buffer_add_char(out, '\n');
}

/* Key and title, to whom (references that have tabs), how much (listed amounts), and why. */
static char *make_summary(struct store *store, const struct record *record)
{
	const struct field *title = record_type_title(record->type);
	const struct record_extra *extra = record_extra_of(record->type);
	struct buffer out = {0};

	buffer_add(&out, record_key(record));
	if (title != NULL && title != record_type_key(record->type)) {
		buffer_add(&out, "  ");
		record_format(record, title->key, &out);
	}
	buffer_add_char(&out, '\n');
	for (const struct field *field = record->type->fields; field->key != NULL; field++) {
		bool payee = field->type->edit == EDIT_REFERENCE && field->flags & FIELD_TAB;
		bool amount = field->type == &money_type && field->flags & FIELD_IN_LIST;

		if ((payee || amount) && !(field->flags & FIELD_PRIVATE))
			add_value(store, record, field, &out);
	}
	if (extra != NULL && extra->confirm != NULL) {
		extra->confirm(store, record, &out);
	} else if (extra != NULL && extra->explain != NULL) {
		buffer_add_char(&out, '\n');
		extra->explain(store, record, &out);
	}
	while (out.length > 0 && out.data[out.length - 1] == '\n')
		out.data[--out.length] = '\0';
	return buffer_take(&out);
}

/* ---- doing ---- */

static bool run(const char *const *answers, struct error *err)
{
	struct buffer said = {0};
	bool ok = action_do(begun.store, begun.type, begun.key, begun.action, answers,
		begun.version, &said, err);

	if (ok)
		message_set(ROLE_GOOD, buffer_text(&said));
	buffer_free(&said);
	return ok;
}

static void finished(void)
{
	if (begun.done != NULL)
		begun.done(begun.context);
}

static void run_at_once(void)
{
	struct error err;

	if (run(NULL, &err))
		finished();
	else
		message_set(ROLE_BAD, err.text);
}

static bool asked_answered(void *context, const char *const *answers, struct error *err)
{
	(void)context;
	return run(answers, err);
}

static void asked_done(void *context)
{
	(void)context;
	finished();
}

static void confirmed(void *context, size_t button)
{
	(void)context;
	if (button == 0)
		run_at_once();
}

static void confirm(const char *title, const char *summary)
{
	const char *label = begun.action->label;
	struct dialog dialog = {.title = title,
		.text = summary,
		.buttons = {{(char)tolower((unsigned char)label[0]), label}, {'n', "Not now"}},
		.harmless = 1,
		.answered = confirmed};

	dialog_open(&dialog);
}

static void ask_for(const char *title, const char *summary, const struct record *record)
{
	struct buffer prefill = {0};
	struct ask ask = {.title = title,
		.from = {.opener = "action",
			.type = begun.type->name,
			.key = begun.key,
			.words = {begun.action->name},
			.version = begun.version},
		.text = summary,
		.about = record,
		.does = begun.action->label,
		.fields = begun.action->asks,
		.answered = asked_answered,
		.done = asked_done};

	action_prefill(begun.store, begun.action, record, &prefill);
	if (prefill.length > 0)
		ask.prefill = buffer_text(&prefill);
	ask_open(begun.store, &ask);
	buffer_free(&prefill);
}

void action_begin(struct store *store, const struct record_type *type, const char *key,
	const struct action *action, int64_t version, void (*done)(void *context), void *context)
{
	struct error err;
	struct record *record = record_load(store, type, key, &err);
	struct buffer title = {0}, warning = {0};
	char *summary;

	if (record == NULL) {
		message_set(ROLE_BAD, err.text);
		return;
	}
	begun.store = store;
	begun.type = type;
	memory_replace(&begun.key, record_key(record));
	begun.action = action;
	begun.version = version;
	begun.done = done;
	begun.context = context;
	summary = make_summary(store, record);
	buffer_format(&title, "%s: %s", action->label, begun.key);
	action_warning(store, action, record, &warning);
	if (action->asks != NULL)
		ask_for(buffer_text(&title), summary, record);
	else if (action->decides)
		confirm(buffer_text(&title), summary);
	else if (warning.length > 0)
		confirm(buffer_text(&title), buffer_text(&warning));
	else
		run_at_once();
	buffer_free(&warning);
	free(summary);
	buffer_free(&title);
	record_free(record);
}

/* ---- going on with a draft ---- */

/* The page below shows what came of it. */
static void read_anew(void *context)
{
	struct page *page = page_full();

	(void)context;
	if (page != NULL && page->class->resumed != NULL)
		page->class->resumed(page);
}

bool action_ask_again(struct store *store, const struct ask_from *from, struct error *err)
{
	const struct record_type *type = record_type_find(from->type);
	const struct action *action =
		type != NULL ? record_type_action(type, from->words[0]) : NULL;
	struct record *record = type != NULL ? record_load(store, type, from->key, err) : NULL;
	bool offered;

	if (record == NULL)
		return false;
	offered = action != NULL && action_offered(store, action, record);
	if (offered) {
		record_open(store, type, from->key);
		action_start(store, record, action, read_anew, NULL);
	} else {
		error_set(err, "%s is %s now, so this is not to be done any more. d discards it.",
			from->key,
			record_state(record)[0] != '\0' ? record_state(record) : "changed");
	}
	record_free(record);
	return offered;
}
