/*
 * rules.c - from the code of a broken rule to the sentence a person reads, with the figures of
 * the case. The store calls rules_explain when a statement is refused. GPL-3.0-or-later.
 */
#include "office/rules.h"

#include <stdio.h>
#include <string.h>

#include "office/record.h"

/* Field types that a placeholder may ask for, by their names. */
static const struct field_type *const shown_as[] = {
	&money_type, &quantity_type, &percent_type, &date_type, &moment_type};

const struct rule *rule_find(const char *code)
{
	for (const struct rule *rule = rules; rule->code != NULL; rule++) {
		if (strcmp(rule->code, code) == 0)
			return rule;
	}
	return NULL;
}

static void add_as(const char *type, struct statement *row, int column, struct buffer *out)
{
	struct value value = {.kind = VALUE_NULL};

	for (size_t i = 0; i < sizeof shown_as / sizeof *shown_as; i++) {
		struct field field = {.type = shown_as[i]};

		if (strcmp(field.type->name, type) != 0)
			continue;
		if (field.type->integer)
			value_set_integer(&value, statement_integer(row, column));
		else
			value_set_text(&value, statement_text(row, column));
		field_format(&field, &value, out);
		value_clear(&value);
		return;
	}
	buffer_add(out, statement_text(row, column));
}

/* Appends what the placeholder "name" or "name:type" stands for. row NULL: no figures. */
static void add_figure(
	const char *placeholder, const char *key, struct statement *row, struct buffer *out)
{
	char name[48];
	const char *colon = strchr(placeholder, ':');

	snprintf(name, sizeof name, "%.*s",
		(int)(colon == NULL ? strlen(placeholder) : (size_t)(colon - placeholder)),
		placeholder);
	for (int i = 0; row != NULL && i < statement_columns(row); i++) {
		if (strcmp(statement_column_name(row, i), name) != 0 || statement_is_null(row, i))
			continue;
		add_as(colon == NULL ? "" : colon + 1, row, i, out);
		return;
	}
	buffer_add(out, strcmp(name, "key") == 0 && key[0] != '\0' ? key : "?");
}

static void fill(const char *sentence, const char *key, struct statement *row, struct buffer *out)
{
	while (*sentence != '\0') {
		size_t plain = strcspn(sentence, "{");
		char placeholder[64];

		buffer_add_bytes(out, sentence, plain);
		sentence += plain;
		if (*sentence == '\0')
			return;
		size_t length = strcspn(++sentence, "}");
		snprintf(placeholder, sizeof placeholder, "%.*s", (int)length, sentence);
		add_figure(placeholder, key, row, out);
		sentence += length + (sentence[length] == '}');
	}
}

void rules_explain(struct store *store, const char *code, const char *key, struct error *err)
{
	const struct rule *rule = rule_find(code);
	struct statement *row = NULL;
	struct buffer text = {0};
	char field[sizeof err->field];
	char name[sizeof err->code];

	if (err == NULL)
		return;
	snprintf(name, sizeof name, "%s", code); /* code may lie in err */
	snprintf(field, sizeof field, "%s",
		rule != NULL && rule->field != NULL ? rule->field : err->field);
	key = key == NULL ? "" : key;
	if (rule == NULL) {
		error_field(err, field,
			"The office's rule \"%s\" forbids this, so nothing was changed.", name);
	} else {
		if (rule->figures != NULL)
			row = store_prepare(store, rule->figures, NULL);
		if (row != NULL && statement_has(row, ":key"))
			statement_bind_text(row, ":key", key);
		bool there = row != NULL && statement_step(row);
		fill(rule->sentence, key, there ? row : NULL, &text);
		statement_end(row);
		error_field(err, field, "%s", buffer_text(&text));
		buffer_free(&text);
	}
	memcpy(err->code, name, sizeof name);
}
