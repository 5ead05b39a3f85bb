/*
 * ledger.c - adds the audit's lines up. GPL-3.0-or-later.
 */
#include "store/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"
#include "store/audit_line.h"

static bool is_same(const char *text, struct audit_part part)
{
	return strncmp(text, part.text, part.length) == 0 && text[part.length] == '\0';
}

static void take_out(struct ledger *ledger, struct ledger_entry *entry)
{
	free(entry->column);
	free(entry->literal);
	*entry = ledger->entries[--ledger->count];
}

static void add(struct ledger *ledger, struct audit_part column, struct audit_part literal, int way)
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

void ledger_lines(struct ledger *ledger, const char *lines, int way)
{
	struct audit_part column, literal;

	while (audit_line(&lines, &column, &literal)) {
		if (!is_same("NULL", literal) && !is_same("''", literal))
			add(ledger, column, literal, way);
	}
}

void ledger_row(struct ledger *ledger, int way)
{
	add(ledger, (struct audit_part){"", 0}, (struct audit_part){"", 0}, way);
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
		has = is_same(ledger->entries[i].column, (struct audit_part){column, length});
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
