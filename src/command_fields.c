/*
 * command_fields.c - what every type of record holds, out of the field tables: for people, and as
 * the part of the manual (mso.5) that no hand writes. GPL-3.0-or-later.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "core/text.h"

/* ---- words ---- */

/* Appends ", word" or "word". */
static void add_word(struct buffer *out, const char *word)
{
	buffer_format(out, "%s%s", out->length > 0 ? ", " : "", word);
}

static void add_list(struct buffer *out, const char *const *words)
{
	for (int i = 0; words[i] != NULL; i++)
		buffer_format(out, "%s%s", i > 0 ? ", " : "", words[i]);
}

/* "Type: choice of PC, PLLC, solo", "Type: reference to staff", "Type: text". */
static void add_kind(const struct field *field, struct buffer *out)
{
	buffer_format(out, "Type: %s", field->type->name);
	if (field->choices != NULL) {
		buffer_add(out, " of ");
		add_list(out, field->choices);
	} else if (field->refers != NULL) {
		buffer_format(out, " to %s", field->refers);
	}
}

static void add_rules(const struct record_type *type, const struct field *field, struct buffer *out)
{
	bool given_key = field->flags & FIELD_KEY && type->key_rule != KEY_NATURAL;

	if (given_key || field->flags & FIELD_COMPUTED)
		add_word(out, "given by the program");
	else if (field->flags & FIELD_CREATOR)
		add_word(out, "whoever makes the record");
	else if (field->flags & FIELD_ACTION)
		add_word(out, field->flags & FIELD_AT_FIRST ? "given when new, then by action"
							    : "by action");
	else if (field->flags & (FIELD_FIXED | FIELD_PARENT))
		add_word(out, "never changes");
	if (field->flags & FIELD_REQUIRED && !given_key)
		add_word(out, "required");
	if (field->flags & FIELD_UNIQUE)
		add_word(out, "unique");
	if (field->flags & FIELD_PRIVATE)
		add_word(out, "director only");
	if (field->def != NULL &&
		!(field->flags & FIELD_ACTION && !(field->flags & FIELD_AT_FIRST)))
		buffer_format(out, "%sdefault %s", out->length > 0 ? ", " : "",
			strcmp(field->def, "t") == 0 ? "today" : field->def);
}

static void add_sentence(
	const struct record_type *type, const struct field *field, struct buffer *out)
{
	struct buffer rules = {0};

	add_kind(field, out);
	add_rules(type, field, &rules);
	if (rules.length > 0)
		buffer_format(out, "; %s", buffer_text(&rules));
	buffer_add_char(out, '.');
	buffer_free(&rules);
}

static void add_aliases(const struct field *field, struct buffer *out)
{
	if (field->aliases == NULL)
		return;
	buffer_add(out, "CSV also: ");
	add_list(out, field->aliases);
	buffer_add_char(out, '.');
}

static void add_views(const struct record_type *type, struct buffer *out)
{
	if (type->views == NULL)
		return;
	buffer_add(out, "Views: ");
	for (const struct view *view = type->views; view->name != NULL; view++)
		buffer_format(out, "%s%s", view == type->views ? "" : ", ", view->name);
	buffer_add_char(out, '.');
}

/* Types in the order of the menu. Returns the next after this place, or NULL. */
static const struct record_type *next_type(int after)
{
	const struct record_type *next = NULL;

	for (int i = 0; record_types[i] != NULL; i++) {
		if (record_types[i]->order > after &&
			(next == NULL || record_types[i]->order < next->order))
			next = record_types[i];
	}
	return next;
}

/* ---- for people ---- */

static void list_types(void)
{
	const struct record_type *type = NULL;

	while ((type = next_type(type != NULL ? type->order : INT32_MIN)) != NULL) {
		struct buffer line = {0};

		add_cell(&line, type->name, 16, false);
		text_print(&line, type->help);
		puts(buffer_text(&line));
		buffer_free(&line);
	}
}

/* How much of the text goes on a line of so many bytes: to its last blank, or one long word. */
static int line_length(const char *text, int most)
{
	int length = (int)strlen(text), end = most;

	if (length <= most)
		return length;
	while (end > 0 && text[end] != ' ')
		end--;
	return end > 0 ? end : (int)strcspn(text, " ");
}

static void write_indented(const char *text, int indent)
{
	while (*text != '\0') {
		int length = line_length(text, 79 - indent);

		printf("%*s%.*s\n", indent, "", length, text);
		text += length;
		text += strspn(text, " ");
	}
}

static void describe_actions(const struct record_type *type)
{
	for (const struct action *action = type->actions; action != NULL && action->name != NULL;
		action++) {
		printf("\nmso do %s KEY %s (%s)\n", type->name, action->name, action->label);
		write_indented(action->help, 4);
	}
}

static void describe(const struct record_type *type)
{
	struct buffer text = {0};

	printf("%s: %s\n", type->name, type->help);
	for (const struct field *field = type->fields; field->key != NULL; field++) {
		printf("\n%s (%s)\n", field->key, field->label);
		write_indented(field->help, 4);
		buffer_clear(&text);
		add_sentence(type, field, &text);
		write_indented(buffer_text(&text), 4);
		buffer_clear(&text);
		add_aliases(field, &text);
		write_indented(buffer_text(&text), 4);
	}
	buffer_clear(&text);
	add_views(type, &text);
	if (text.length > 0)
		putchar('\n');
	write_indented(buffer_text(&text), 0);
	describe_actions(type);
	buffer_free(&text);
}

/* ---- for the manual ---- */

/* Appends text as man(7) takes it: no control line by chance, hyphens that can be searched for. */
static void add_man(struct buffer *out, const char *text, int length)
{
	for (int i = 0; i < length; i++) {
		if (text[i] == '\\')
			buffer_add(out, "\\e");
		else if (text[i] == '-')
			buffer_add(out, "\\-");
		else if ((text[i] == '.' || text[i] == '\'') && i == 0)
			buffer_format(out, "\\&%c", text[i]);
		else
			buffer_add_char(out, text[i]);
	}
}

/* Writes a macro with its argument, or a text in lines that an editor shows whole. */
static void man_line(const char *macro, const char *text)
{
	while (*text != '\0') {
		int length = macro[0] != '\0' ? (int)strlen(text) : line_length(text, 76);
		struct buffer line = {0};

		buffer_add(&line, macro);
		add_man(&line, text, length);
		puts(buffer_text(&line));
		buffer_free(&line);
		text += length;
		text += strspn(text, " ");
	}
}

static void man_field(const struct record_type *type, const struct field *field)
{
	struct buffer text = {0};

	puts(".TP");
	man_line(".B ", field->key);
	man_line("", field->help);
	add_sentence(type, field, &text);
	man_line("", buffer_text(&text));
	buffer_clear(&text);
	add_aliases(field, &text);
	if (text.length > 0)
		man_line("", buffer_text(&text));
	buffer_free(&text);
}

static void man_words(const char *before, const char *words, struct buffer *out)
{
	buffer_add(out, before);
	for (const char *c = words; *c != '\0'; c++) {
		if (*c == ' ')
			buffer_add(out, ", ");
		else
			buffer_add_char(out, *c);
	}
	buffer_add_char(out, '.');
}

static void man_action(const struct action *action)
{
	struct buffer text = {0};

	puts(".TP");
	man_line(".B ", action->name);
	man_line("", action->help);
	if (action->roles != NULL)
		man_words("For: ", action->roles, &text);
	if (action->states != NULL)
		man_words(text.length > 0 ? " While: " : "While: ", action->states, &text);
	for (const struct field *ask = action->asks; ask != NULL && ask->key != NULL; ask++)
		buffer_format(&text, "%s%s%s", ask == action->asks ? " Asks for: " : ", ", ask->key,
			ask[1].key == NULL ? "." : "");
	if (text.length > 0)
		man_line("", buffer_text(&text));
	buffer_free(&text);
}

static void man_type(const struct record_type *type)
{
	struct buffer views = {0};

	man_line(".SS ", type->name);
	man_line("", type->help);
	add_views(type, &views);
	if (views.length > 0)
		man_line("", buffer_text(&views));
	buffer_free(&views);
	for (const struct field *field = type->fields; field->key != NULL; field++)
		man_field(type, field);
	if (type->actions == NULL)
		return;
	puts(".PP\nActions:");
	for (const struct action *action = type->actions; action->name != NULL; action++)
		man_action(action);
}

enum { KINDS_MOST = 64 };

/* Adds the kinds of the type's fields that are not listed yet. */
static int add_kinds(const struct record_type *type, const struct field_type **kinds, int count)
{
	for (const struct field *field = type->fields; field->key != NULL; field++) {
		int place = 0;

		while (place < count && kinds[place] != field->type)
			place++;
		if (place == count && count < KINDS_MOST)
			kinds[count++] = field->type;
	}
	return count;
}

static void man_kinds(void)
{
	const struct field_type *kinds[KINDS_MOST];
	const struct record_type *type = NULL;
	int count = 0;

	while ((type = next_type(type != NULL ? type->order : INT32_MIN)) != NULL)
		count = add_kinds(type, kinds, count);
	puts(".SS Types of fields");
	for (int i = 0; i < count; i++) {
		puts(".TP");
		man_line(".B ", kinds[i]->name);
		man_line("", kinds[i]->help);
	}
}

int command_fields(struct call *call)
{
	const struct record_type *type = NULL;

	if (call->count > 0 && (type = call_type(call, call->arguments[0])) == NULL)
		return WRONG_USAGE;
	if (call_option(call, "man") == NULL) {
		if (type != NULL)
			describe(type);
		else
			list_types();
		return DONE;
	}
	if (type != NULL) {
		man_type(type);
		return DONE;
	}
	man_kinds();
	while ((type = next_type(type != NULL ? type->order : INT32_MIN)) != NULL)
		man_type(type);
	return DONE;
}
