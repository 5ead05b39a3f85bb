/*
 * ledger.c - adds the audit's lines up. GPL-3.0-or-later.
 */
#include "store/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"

struct part {
	const char *text;
	size_t length;
};

static bool is_same(const char *text, struct part part)
{
	return strncmp(text, part.text, part.length) == 0 && text[part.length] == '\0';
}

static void take_out(struct ledger *ledger, struct ledger_entry *entry)
{
	free(entry->column);
	free(entry->literal);
	*entry = ledger->entries[--ledger->count];
}

static void add(struct ledger *ledger, struct part column, struct part literal, int way)
{
	for (size_t i = 0; i < ledger->count; i++) {
		struct ledger_entry *entry = &ledger->entries[i];

		if (!is_same(entry->column, column) || !is_same(entry->literal, literal))
			continue;
		entry->count += way;
		if (entry->count == 0)
			take_out(ledger, entry);
		return;
	}
	if (ledger->count == ledger->room) {
		ledger->room = 2 * ledger->room + 16;
		ledger->entries =
			memory_resize(ledger->entries, ledger->room * sizeof *ledger->entries);
	}
	ledger->entries[ledger->count++] = (struct ledger_entry){
		memory_text_part(column.text, column.length),
		memory_text_part(literal.text, literal.length),
		way,
	};
}

/* How long the literal is; a quoted text may hold line ends itself. */
static size_t literal_length(const char *text)
{
	const char *at = text;

	if (*at != '\'')
		return strcspn(text, "\n");
	for (at++; *at != '\0' && (*at != '\'' || at[1] == '\''); at++)
		at += *at == '\'';
	return (size_t)(at - text) + (*at == '\'');
}

void ledger_lines(struct ledger *ledger, const char *lines, int way)
{
	while (*lines != '\0') {
		struct part column = {lines, strcspn(lines, "=\n")}, literal;

		lines += column.length + (lines[column.length] == '=');
		literal = (struct part){lines, literal_length(lines)};
		lines += literal.length;
		lines += *lines == '\n';
		if (!is_same("NULL", literal) && !is_same("''", literal))
			add(ledger, column, literal, way);
	}
}

void ledger_row(struct ledger *ledger, int way)
{
	add(ledger, (struct part){"", 0}, (struct part){"", 0}, way);
}

int ledger_rows(const struct ledger *ledger)
{
	for (size_t i = 0; i < ledger->count; i++) {
		if (*ledger->entries[i].column == '\0' && *ledger->entries[i].literal == '\0')
			return ledger->entries[i].count;
	}
	return 0;
}

bool ledger_has(const struct ledger *ledger, const char *column, size_t length)
{
	bool has = false;

	for (size_t i = 0; i < ledger->count && !has; i++)
		has = is_same(ledger->entries[i].column, (struct part){column, length});
	return has;
}

void ledger_clear(struct ledger *ledger)
{
	while (ledger->count > 0)
		take_out(ledger, &ledger->entries[ledger->count - 1]);
}

void ledger_free(struct ledger *ledger)
{
	ledger_clear(ledger);
	free(ledger->entries);
	*ledger = (struct ledger){0};
}
