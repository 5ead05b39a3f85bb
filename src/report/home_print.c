/*
 * home_print.c - Home as text, for a pipe, a mail, a screen reader. GPL-3.0-or-later.
 */
#include "report/home.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/money.h"
#include "core/text.h"
#include "office/check.h"

enum { TEXT_COLUMNS = 80, MONEY_COLUMN = 66 };

/* A line with words at the left and an amount that ends at column. */
static void add_row(struct buffer *out, const char *words, const char *amount, int column)
{
	int blank = column - text_width(words) - (int)strlen(amount);

	text_print(out, words);
	if (amount[0] != '\0')
		buffer_format(out, "%*s%s", blank > 1 ? blank : 1, "", amount);
	buffer_add_char(out, '\n');
}

static void print_drafts(const struct home *home, struct buffer *out)
{
	if (home->draft_count == 0)
		return;
	buffer_add(out, "YOU WERE WRITING\n");
	for (int i = 0; i < home->draft_count; i++) {
		buffer_add(out, "  ");
		text_print(out, home->drafts[i].words);
		buffer_add_char(out, '\n');
	}
	if (home->draft_total > home->draft_count)
		buffer_format(out, "  and %d more\n", home->draft_total - home->draft_count);
	buffer_add(out, "  It is kept, not saved: go on with it on Home, in a terminal.\n\n");
}

static void print_needs(const struct home *home, struct buffer *out)
{
	buffer_add(out, home->beginning ? "BEGIN HERE\n" : "NEEDS YOU\n");
	if (home->need_count == 0)
		buffer_add(out, "  Nothing waits for you.\n");
	for (int i = 0; i < home->need_count; i++) {
		char words[96], sum[MONEY_TEXT] = "";

		snprintf(words, sizeof words, "  %s", home->needs[i].words);
		if (home->needs[i].has_sum)
			money_format(home->needs[i].sum, sum);
		add_row(out, words, sum, MONEY_COLUMN);
	}
}

static void print_group(const struct figure_group *group, struct buffer *out)
{
	int64_t used = group->actual + group->committed;
	char line[160], used_text[MONEY_TEXT], budget[MONEY_TEXT], left[MONEY_TEXT];
	int width = text_width(group->name);

	snprintf(line, sizeof line, "%*s%14s of %14s %14s %4lld %%%s", width < 24 ? 24 - width : 1,
		"", money_format(used, used_text), money_format(group->budget, budget),
		money_format(group->budget - used, left),
		(long long)(group->budget > 0 ? used * 100 / group->budget : 0),
		used > group->budget ? " U" : "");
	buffer_add(out, "  ");
	text_print(out, group->name);
	buffer_format(out, "%s\n", line);
}

static void print_budget(const struct home *home, struct buffer *out)
{
	buffer_format(out, "\nBUDGET %d%s\n", home->year,
		home->left_out ? " (without private accounts)" : "");
	if (!home->adopted)
		buffer_format(out, "  No budget of %d is adopted.\n", home->year);
	else
		buffer_format(out, "  %-24s%14s    %14s %14s\n", "", "used", "budget", "available");
	for (int i = 0; i < home->group_count; i++)
		print_group(&home->groups[i], out);
}

static void print_changes(const struct home *home, struct buffer *out)
{
	if (home->change_count == 0)
		return;
	if (home->since[0] != '\0')
		buffer_format(out, "\nSINCE %s\n", home->since);
	else
		buffer_add(out, "\nLATELY\n");
	for (int i = 0; i < home->change_count; i++) {
		buffer_add(out, "  ");
		text_print(out, home->changes[i].words);
		buffer_add_char(out, '\n');
	}
}

bool home_received(const struct home *home)
{
	for (int month = 0; month <= home->last_month; month++)
		if (home->revenue[month] != 0)
			return true;
	return false;
}

void home_revenue_words(const struct home *home, struct buffer *out)
{
	static const char *const names[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	int64_t received = home->revenue[home->last_month], plan = home->planned[home->last_month];
	int64_t apart = received - plan, tenths;
	char amount[MONEY_TEXT];

	if (!home_received(home)) {
		buffer_format(out, "Nothing is booked in %d yet.", home->revenue_year);
		return;
	}
	buffer_format(out, "%s in %s", money_format(received, amount), names[home->last_month]);
	if (plan <= 0)
		return;
	tenths = (apart < 0 ? -apart : apart) * 1000 / plan;
	if (apart == 0)
		buffer_add(out, ", as budgeted");
	else
		buffer_format(out, ", %lld.%lld %% %s budget %s", (long long)(tenths / 10),
			(long long)(tenths % 10), apart < 0 ? "below" : "above",
			apart < 0 ? "U" : "F");
}

static void print_fees(const struct home *home, struct buffer *out)
{
	buffer_add(out, "\nFEES RECEIVED\n  ");
	home_revenue_words(home, out);
	buffer_add_char(out, '\n');
}

void home_print(struct store *store, struct buffer *out)
{
	struct home home = {0};
	struct error err;
	char date[24], heading[64];

	if (!home_load(store, &home, &err)) {
		buffer_format(out, "%s\n", err.text);
		return;
	}
	home_load_more(store, &home);
	snprintf(heading, sizeof heading, "Home of %s (%s)", store_actor(store), store_role(store));
	add_row(out, heading, date_long(store_today(store), date), TEXT_COLUMNS);
	buffer_add_char(out, '\n');
	print_drafts(&home, out);
	print_needs(&home, out);
	print_budget(&home, out);
	print_changes(&home, out);
	print_fees(&home, out);
	home_load_backup(store, &home);
	buffer_format(out, "\n%s\n", home.backup);
	buffer_add_char(out, '\n');
	check_print_head(store, 0, out);
	buffer_add(out,
		"\n\nTo open the office full screen, run mso in a terminal; over SSH with a terminal\n"
		"of its own: ssh -t host mso\n");
}
