/*
 * actions.c - begins actions: asks what they ask for, confirms decisions with whom and how much,
 * does them, and says what came of it. GPL-3.0-or-later.
 */
#include "screens/actions.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "office/history.h"
#include "office/recording.h"
#include "screens/ask.h"
#include "tui/dialog.h"
#include "tui/loop.h"

/* The action that was begun; there is one at a time, since what asks lies over all. */
static struct {
	struct store *store;
	const struct record_type *type;
	char *key; /* owned */
	const struct action *action;
	int64_t version; /* as it was shown */
	char *seen;      /* what was shown besides, as make_seen has it; owned */
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

/* ---- what was seen ---- */

/*
 * The number of entries in the history of the record and its parts, and behind a line end the words
 * of the question: the summary, or what there is to warn of; none where nothing is asked. Caller
 * frees.
 */
static char *make_seen(const struct record *record)
{
	bool sums_up = begun.action->asks != NULL || begun.action->decides;
	char *summary = sums_up ? action_summary(begun.store, record) : NULL;
	struct buffer seen = {0};

	buffer_format(&seen, "%lld\n%s",
		(long long)history_count(begun.store, begun.type, begun.key),
		sums_up ? summary : "");
	if (!sums_up)
		action_warning(begun.store, begun.action, record, &seen);
	free(summary);
	return buffer_take(&seen);
}

static const char *question(void)
{
	return strchr(begun.seen, '\n') + 1;
}

static void look(const struct record *record)
{
	free(begun.seen);
	begun.seen = make_seen(record);
	begun.version = record->version;
}

/*
 * Parts of a record, and what else its question tells of, change without its version. What can be
 * done no more at all the office refuses in better words.
 */
static bool is_as_seen(struct error *err)
{
	struct record *record = record_load(begun.store, begun.type, begun.key, NULL);
	bool same = true;

	if (record != NULL && record->version == begun.version &&
		action_offered(begun.store, begun.action, record)) {
		char *seen = make_seen(record);

		same = strcmp(seen, begun.seen) == 0;
		free(seen);
	}
	if (!same)
		record_stale(begun.store, record, err);
	record_free(record);
	return same;
}

/* Who has changed what since it was seen. */
static void say_changed(const struct record *record, struct error *err)
{
	struct buffer words = {0};

	if (record->version != begun.version ||
		history_count(begun.store, begun.type, begun.key) != strtoll(begun.seen, NULL, 10))
		history_newest(begun.store, begun.type, begun.key, &words);
	else
		buffer_add(&words, "What this rests on was changed");
	error_set(err, "%s, after this was asked. Nothing is done yet; this is how it stands now.",
		buffer_text(&words));
	buffer_free(&words);
}

/* Another was faster: looks at what it is now, if it can still be done. */
static bool look_again(struct error *err)
{
	struct record *record;
	bool again;

	if (strcmp(err->code, "stale") != 0)
		return false;
	record = record_load(begun.store, begun.type, begun.key, NULL);
	again = record != NULL && action_offered(begun.store, begun.action, record);
	if (again) {
		say_changed(record, err);
		look(record);
	}
	record_free(record);
	return again;
}

/* ---- doing ---- */

static bool run(const char *const *answers, struct error *err)
{
	struct buffer said = {0};
	bool ok = false;

	if (store_begin(begun.store, err)) {
		ok = is_as_seen(err) && action_do(begun.store, begun.type, begun.key, begun.action,
						answers, begun.version, &said, err);
		ok = store_finish(begun.store, ok, err);
	}
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

/* Where the question and what is typed into it belong; its texts are those of what was begun. */
static struct ask_from asked_from(void)
{
	return (struct ask_from){.opener = "action",
		.type = begun.type->name,
		.key = begun.key,
		.words = {begun.action->name},
		.version = begun.version,
		.seen = begun.seen};
}

static bool asked_answered(void *context, const char *const *answers, struct error *err)
{
	bool ok = run(answers, err);

	(void)context;
	if (!ok && look_again(err)) {
		const struct ask_from from = asked_from();

		ask_renew(&from, question());
	}
	return ok;
}

static void asked_done(void *context)
{
	(void)context;
	finished();
}

static void confirm(const char *first);

static void confirmed(void *context, size_t button)
{
	struct error err;

	(void)context;
	if (button != 0)
		return;
	if (run(NULL, &err))
		finished();
	else if (look_again(&err))
		confirm(err.text);
	else
		message_set(ROLE_BAD, err.text);
}

/* first: what to tell before the question, or NULL. */
static void confirm(const char *first)
{
	const char *label = begun.action->label;
	struct buffer title = {0}, text = {0};

	buffer_format(&title, "%s: %s", label, begun.key);
	if (first != NULL)
		buffer_format(&text, "%s\n\n", first);
	buffer_add(&text, question());
	dialog_open(&(struct dialog){.title = buffer_text(&title),
		.text = buffer_text(&text),
		.buttons = {{(char)tolower((unsigned char)label[0]), label}, {'n', "Not now"}},
		.harmless = 1,
		.answered = confirmed});
	buffer_free(&text);
	buffer_free(&title);
}

static void ask_for(const struct record *record)
{
	struct buffer title = {0}, prefill = {0};
	struct ask ask = {.from = asked_from(),
		.text = question(),
		.about = record,
		.does = begun.action->label,
		.fields = begun.action->asks,
		.answered = asked_answered,
		.done = asked_done};

	action_prefill(begun.store, begun.action, record, &prefill);
	if (prefill.length > 0)
		ask.prefill = buffer_text(&prefill);
	buffer_format(&title, "%s: %s", begun.action->label, begun.key);
	ask.title = buffer_text(&title);
	ask_open(begun.store, &ask);
	buffer_free(&prefill);
	buffer_free(&title);
}

void action_begin(struct store *store, const struct record_type *type, const char *key,
	const struct action *action, int64_t version, void (*done)(void *context), void *context)
{
	struct error err;
	struct record *record = record_load(store, type, key, &err);

	if (record == NULL) {
		message_set(ROLE_BAD, err.text);
		return;
	}
	begun.store = store;
	begun.type = type;
	memory_replace(&begun.key, record_key(record));
	begun.action = action;
	look(record);
	begun.version = version;
	begun.done = done;
	begun.context = context;
	if (action->asks != NULL)
		ask_for(record);
	else if (question()[0] != '\0')
		confirm(NULL);
	else
		run_at_once();
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
