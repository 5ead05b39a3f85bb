/*
 * rules.h - what a broken rule means in words. Triggers raise a code; a row here says the sentence
 * with the figures of the case. rules_explain is declared in record.h. GPL-3.0-or-later.
 */
#ifndef OFFICE_RULES_H
#define OFFICE_RULES_H

struct rule {
	const char *code;  /* as the trigger raises it */
	const char *field; /* key of the field it belongs to, or NULL: the whole record */
	/*
	 * What happened, why, what to do. {name} is a column of the figures' first row,
	 * {name:money} the same as the field type money, quantity, percent, date or moment shows
	 * it; {key} is the record's key. What is not known reads "?".
	 */
	const char *sentence;
	const char *figures; /* SELECT with :key where it needs it, or NULL */
};

extern const struct rule rules[]; /* ends with code NULL */

const struct rule *rule_find(const char *code); /* NULL: none */

#endif
