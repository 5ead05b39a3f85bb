/*
 * figures.c - budget, actual, committed and available, read from the views that the rules rest
 * on too. GPL-3.0-or-later.
 */
#include "office/figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fatal.h"

/*
 * Others than the director read private accounts through views only, which leave them out;
 * account_figures holds all, so it is always joined with account_seen.
 */
static const char lines_sql[] =
	"SELECT l.key, l.account, a.name, a.kind, a.group_name, l.version,\n"
	"       l.jan, l.feb, l.mar, l.apr, l.may, l.jun,\n"
	"       l.jul, l.aug, l.sep, l.oct, l.nov, l.\"dec\", l.annual, b.fiscal_year,\n"
	"       coalesce((SELECT sum(c.open) FROM commitment_open c\n"
	"                 WHERE c.account = l.account AND c.fiscal_year = b.fiscal_year), 0)\n"
	"FROM budget b JOIN budget_line_seen l ON l.budget = b.key\n"
	"JOIN account_seen a ON a.code = l.account\n"
	"WHERE b.key = :key\n"
	"ORDER BY l.account";

static const char booked_sql[] =
	"SELECT x.account, CAST (substr(x.booked_on, 6, 2) AS INTEGER), sum(x.amount)\n"
	"FROM actual_seen x\n"
	"WHERE x.booked_on BETWEEN :year || '-01-01' AND :year || '-12-31'\n"
	"GROUP BY 1, 2 ORDER BY 1, 2";

static const char groups_sql[] =
	"SELECT CASE a.group_name WHEN '' THEN a.name ELSE a.group_name END AS heading,\n"
	"       sum(f.budget) AS budget, sum(f.actual), sum(f.committed)\n"
	"FROM account_figures f JOIN account_seen a ON a.code = f.account\n"
	"WHERE f.fiscal_year = :year AND a.kind <> 'revenue'\n"
	"GROUP BY heading COLLATE NOCASE\n"
	"ORDER BY sum(f.actual) + sum(f.committed) > sum(f.budget) DESC, budget DESC, heading\n"
	"LIMIT :most";

static const char revenue_plan_sql[] =
	"SELECT sum(l.jan), sum(l.feb), sum(l.mar), sum(l.apr), sum(l.may), sum(l.jun),\n"
	"       sum(l.jul), sum(l.aug), sum(l.sep), sum(l.oct), sum(l.nov), sum(l.\"dec\")\n"
	"FROM budget b JOIN budget_line_seen l ON l.budget = b.key\n"
	"JOIN account_seen a ON a.code = l.account\n"
	"WHERE b.status = 'adopted' AND b.fiscal_year = :year AND a.kind = 'revenue'";

/* CROSS JOIN: from the few accounts to their bookings, not through all bookings of the year. */
static const char revenue_booked_sql[] =
	"SELECT CAST (substr(x.booked_on, 6, 2) AS INTEGER), sum(x.amount)\n"
	"FROM account_seen a CROSS JOIN actual_seen x ON x.account = a.code\n"
	"WHERE a.kind = 'revenue' AND x.booked_on BETWEEN :year || '-01-01' AND :year || '-12-31'\n"
	"GROUP BY 1";

static const char available_sql[] =
	"SELECT available FROM account_room WHERE fiscal_year = :year AND account = :account";

const char *const figures_months[FIGURES_MONTHS] = {
	"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

/* ---- a budget ---- */

void figures_free(struct figures *figures)
{
	for (int i = 0; i < figures->count; i++) {
		struct figure *figure = &figures->rows[i];

		free(figure->line);
		free(figure->account);
		free(figure->name);
		free(figure->kind);
		free(figure->group);
	}
	free(figures->rows);
	*figures = (struct figures){0};
}

static void add_line(struct figures *figures, struct statement *row)
{
	struct figure *figure;

	figures->rows =
		memory_resize(figures->rows, ((size_t)figures->count + 1) * sizeof *figures->rows);
	figure = &figures->rows[figures->count++];
	*figure = (struct figure){0};
	figure->line = memory_text(statement_text(row, 0));
	figure->account = memory_text(statement_text(row, 1));
	figure->name = memory_text(statement_text(row, 2));
	figure->kind = memory_text(statement_text(row, 3));
	figure->group = memory_text(statement_text(row, 4));
	figure->version = statement_integer(row, 5);
	for (int month = 0; month < FIGURES_MONTHS; month++)
		figure->plan[month] = statement_integer(row, 6 + month);
	figure->budget = statement_integer(row, 18);
	figures->year = (int)statement_integer(row, 19);
	figure->committed = statement_integer(row, 20);
}

/* Both are in the order of the account codes. */
static void add_booked(struct figures *figures, struct statement *row)
{
	const char *account = statement_text(row, 0);
	int month = (int)statement_integer(row, 1) - 1;
	int64_t amount = statement_integer(row, 2);

	if (month < 0 || month >= FIGURES_MONTHS)
		return;
	for (int i = 0; i < figures->count; i++) {
		if (strcmp(figures->rows[i].account, account) != 0)
			continue;
		figures->rows[i].actual[month] += amount;
		figures->rows[i].booked += amount;
		return;
	}
}

static void bind_year(struct statement *statement, int year)
{
	char text[12];

	snprintf(text, sizeof text, "%04d", year);
	statement_bind_text(statement, ":year", text);
}

bool figures_of_budget(
	struct store *store, const char *budget, struct figures *figures, struct error *err)
{
	struct statement *statement = store_prepare(store, lines_sql, err);
	bool ok;

	figures_free(figures);
	if (statement == NULL)
		return false;
	statement_bind_text(statement, ":key", budget);
	while (statement_step(statement))
		add_line(figures, statement);
	ok = !statement_failed(statement, err);
	statement_end(statement);
	statement = ok && figures->count > 0 ? store_prepare(store, booked_sql, err) : NULL;
	if (statement == NULL)
		return ok && figures->count == 0;
	bind_year(statement, figures->year);
	while (statement_step(statement))
		add_booked(figures, statement);
	ok = !statement_failed(statement, err);
	statement_end(statement);
	return ok;
}

/* ---- arithmetic ---- */

int64_t figure_available(const struct figure *figure)
{
	return figure->budget - figure->booked - figure->committed;
}

static int64_t sum_of(const int64_t months[FIGURES_MONTHS], int first, int last)
{
	int64_t sum = 0;

	for (int month = first; month <= last && month < FIGURES_MONTHS; month++)
		sum += months[month];
	return sum;
}

int64_t figure_plan(const struct figure *figure, int first, int last)
{
	return sum_of(figure->plan, first, last);
}

int64_t figure_actual(const struct figure *figure, int first, int last)
{
	return sum_of(figure->actual, first, last);
}

int64_t figure_variance(const char *kind, int64_t plan, int64_t actual)
{
	return strcmp(kind, "revenue") == 0 ? actual - plan : plan - actual;
}

void figures_spread(int64_t amount, int64_t months[FIGURES_MONTHS])
{
	int64_t share = amount / FIGURES_MONTHS;

	for (int month = 0; month < FIGURES_MONTHS - 1; month++)
		months[month] = share;
	months[FIGURES_MONTHS - 1] = amount - share * (FIGURES_MONTHS - 1);
}

/* ---- the year ---- */

int figures_groups(struct store *store, int year, struct figure_group *out, int capacity)
{
	struct statement *statement = store_prepare(store, groups_sql, NULL);
	int count = 0;

	if (statement == NULL)
		return 0;
	statement_bind_integer(statement, ":year", year);
	statement_bind_integer(statement, ":most", capacity);
	while (count < capacity && statement_step(statement)) {
		struct figure_group *group = &out[count++];

		snprintf(group->name, sizeof group->name, "%s", statement_text(statement, 0));
		group->budget = statement_integer(statement, 1);
		group->actual = statement_integer(statement, 2);
		group->committed = statement_integer(statement, 3);
	}
	statement_end(statement);
	return count;
}

void figures_revenue(
	struct store *store, int year, int64_t plan[FIGURES_MONTHS], int64_t actual[FIGURES_MONTHS])
{
	struct statement *statement = store_prepare(store, revenue_plan_sql, NULL);

	memset(plan, 0, FIGURES_MONTHS * sizeof *plan);
	memset(actual, 0, FIGURES_MONTHS * sizeof *actual);
	if (statement != NULL) {
		statement_bind_integer(statement, ":year", year);
		if (statement_step(statement))
			for (int month = 0; month < FIGURES_MONTHS; month++)
				plan[month] = statement_integer(statement, month);
		statement_end(statement);
	}
	statement = store_prepare(store, revenue_booked_sql, NULL);
	if (statement == NULL)
		return;
	bind_year(statement, year);
	while (statement_step(statement)) {
		int month = (int)statement_integer(statement, 0) - 1;

		if (month >= 0 && month < FIGURES_MONTHS)
			actual[month] = statement_integer(statement, 1);
	}
	statement_end(statement);
}

void figures_route(struct store *store, const char *budget, struct buffer *out)
{
	char *words = store_text(store,
		"SELECT b.status || coalesce(' ' || g.held_on || ' by ' || m.key, '')\n"
		"FROM budget b LEFT JOIN motion m ON m.key = coalesce(b.board_motion, b.council_motion)\n"
		"LEFT JOIN meeting g ON g.key = m.meeting WHERE b.key = :key",
		budget);

	if (words != NULL)
		buffer_add(out, words);
	free(words);
}

bool figures_adopted(struct store *store, int year, struct buffer *key)
{
	char text[12];
	char *budget;

	snprintf(text, sizeof text, "%d", year);
	budget = store_text(store,
		"SELECT key FROM budget WHERE status = 'adopted' "
		"AND fiscal_year = CAST (:key AS INTEGER)",
		text);
	if (budget != NULL && key != NULL)
		buffer_add(key, budget);
	free(budget);
	return budget != NULL;
}

bool figures_available(struct store *store, int year, const char *account, int64_t *available)
{
	struct statement *statement = store_prepare(store, available_sql, NULL);
	bool found;

	if (statement == NULL)
		return false;
	statement_bind_integer(statement, ":year", year);
	statement_bind_text(statement, ":account", account);
	found = statement_step(statement);
	if (found)
		*available = statement_integer(statement, 0);
	statement_end(statement);
	return found;
}

bool figures_left_out(struct store *store)
{
	return store_exists(store,
		"SELECT 1 WHERE (SELECT count(code) FROM account) > (SELECT count(code) FROM account_seen)",
		NULL);
}
