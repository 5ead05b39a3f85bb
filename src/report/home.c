/*
 * home.c - what Home shows: rows declared by role, each a view of a record type, so that the
 * count and the list that Enter opens are one and the same. GPL-3.0-or-later.
 */
#include "report/home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/fatal.h"
#include "office/authority.h"
#include "office/meetings.h"

enum { AUDIT_ROWS = 10000 };

/* A row of NEEDS YOU: whom it is for, the list behind it, and its words for one and for many. */
struct need {
	const char *roles;
	const char *type, *view;
	const char *one, *many;
	const char *sum; /* money field that is added up, or NULL */
};

static const struct need needs[] = {
	{"staff director", "request", "returned", "request returned to me",
		"requests returned to me", "total"},
	{"staff director", "request", "drafts", "draft of mine", "drafts of mine", "total"},
	{"staff", "request", "waiting", "request of mine waits", "requests of mine wait", "total"},
	{"chair", "motion", "mine", "motion for me to attest", "motions for me to attest", NULL},
	{"director", "motion", "voted", "motion voted, not attested", "motions voted, not attested",
		NULL},
	{"staff", "motion", "voted", "motion to attest from a sheet",
		"motions to attest from sheets", NULL},
	{"director", "action-item", "overdue", "action item overdue", "action items overdue", NULL},
	{"staff", "action-item", "soon", "action item of mine due soon",
		"action items of mine due soon", NULL},
	{"director", "budget", "waiting", "budget not adopted yet", "budgets not adopted yet",
		NULL},
	{"director", "user", "left", "login of somebody who left", "logins of people who left",
		NULL},
};

/*
 * What a new office needs first, in the order in which one builds on the other: a login is that of
 * somebody, a budget is made of accounts. A row goes as soon as there is a record of the type, or
 * when it is done otherwise. An office that buys is at work: who has no login by then needs none.
 */
static const struct step {
	const char *type, *view;
	const char *words;
	const char *done; /* that it is done, where one record is not enough; or NULL */
} steps[] = {
	{"staff", "all", "Add the staff", NULL},
	{"user", NULL, "Give each of the staff a login",
		"SELECT 1 WHERE EXISTS (SELECT 1 FROM request)\n"
		"OR (EXISTS (SELECT 1 FROM staff) AND NOT EXISTS (SELECT 1 FROM staff s\n"
		"WHERE s.status <> 'left' AND s.key NOT IN (SELECT u.staff FROM user u WHERE u.staff IS NOT NULL)))"},
	{"body", NULL, "Add the Council and the Board",
		"SELECT 1 WHERE (SELECT count(DISTINCT kind) FROM body WHERE kind <> 'committee') = 2"},
	{"member", "all", "Add members of Council and Board",
		"SELECT 1 WHERE (SELECT count(DISTINCT b.kind) FROM body b JOIN member p ON p.body = b.code\n"
		"WHERE b.kind <> 'committee') = 2"},
	{"account", "all", "Add the accounts", NULL},
	{"client", "all", "Add the clients", NULL},
	{"vendor", "all", "Add the vendors", NULL},
	{"budget", "all", "Plan the first budget", NULL},
};

static bool has_word(const char *words, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = words; (at = strstr(at, word)) != NULL; at += length)
		if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
			return true;
	return false;
}

/* ---- what waits ---- */

static struct home_need *add_need(struct home *home, const struct record_type *type)
{
	struct home_need *need;

	if (home->need_count == HOME_NEEDS)
		return NULL;
	need = &home->needs[home->need_count++];
	*need = (struct home_need){.type = type};
	return need;
}

static bool read_need(
	struct store *store, struct home *home, const struct need *row, struct error *err)
{
	const struct record_type *type = record_type_find(row->type);
	const struct view *view = record_type_view(type, row->view);
	struct buffer sql = {0};
	struct statement *statement;
	struct home_need *need;
	int64_t count = 0, sum = 0;

	if (view == NULL)
		fatal("%s has no view %s for Home", row->type, row->view);
	buffer_format(&sql, "SELECT count(*), %s%s%s FROM %s AS t WHERE %s",
		row->sum != NULL ? "coalesce(sum(t." : "", row->sum != NULL ? row->sum : "0",
		row->sum != NULL ? "), 0)" : "", type->source, view->where);
	statement = store_prepare(store, buffer_text(&sql), err);
	buffer_free(&sql);
	if (statement == NULL)
		return false;
	if (statement_step(statement)) {
		count = statement_integer(statement, 0);
		sum = statement_integer(statement, 1);
	}
	statement_end(statement);
	need = count > 0 ? add_need(home, type) : NULL;
	if (need == NULL)
		return true;
	need->view = row->view;
	need->has_sum = row->sum != NULL;
	need->sum = sum;
	snprintf(need->words, sizeof need->words, "%lld %.56s", (long long)count,
		count == 1 ? row->one : row->many);
	return true;
}

/* "due in 2 days", "due today", "3 days late": they fit in half of 80 columns. */
static void say_due(const char *due_on, const char *today, char out[32])
{
	long long days = (long long)(date_days(due_on) - date_days(today));

	if (days == 0)
		snprintf(out, 32, "due today");
	else if (days > 0)
		snprintf(out, 32, "due in %lld day%s", days, days == 1 ? "" : "s");
	else
		snprintf(out, 32, "%lld day%s late", -days, days == -1 ? "" : "s");
}

static void read_minutes(struct store *store, struct home *home)
{
	struct meeting_due first;
	int count = meetings_due(store, &first);
	struct home_need *need = count > 0 ? add_need(home, record_type_find("meeting")) : NULL;
	char due[32];

	if (need == NULL)
		return;
	say_due(first.due_on, store_today(store), due);
	if (count == 1) {
		snprintf(need->words, sizeof need->words, "%.40s minutes %.30s", first.body, due);
		snprintf(need->key, sizeof need->key, "%s", first.key);
	} else {
		snprintf(need->words, sizeof need->words, "%d minutes to write, %s", count, due);
		need->view = "minutes";
	}
}

static void read_next_meeting(struct store *store, struct home *home)
{
	struct meeting_due next;
	struct home_need *need =
		meetings_next(store, &next) ? add_need(home, record_type_find("meeting")) : NULL;
	char when[24];

	if (need == NULL)
		return;
	snprintf(need->words, sizeof need->words, "%.40s meets on %s", next.body,
		date_short(next.due_on, when));
	need->view = "coming";
}

/* ---- decisions ---- */

struct decisions {
	int64_t count, sum;
};

static void add_decisions(
	struct home *home, const struct decisions *decisions, const char *view, const char *words)
{
	struct home_need *need =
		decisions->count > 0 ? add_need(home, record_type_find("request")) : NULL;

	if (need == NULL)
		return;
	need->view = view;
	need->has_sum = true;
	need->sum = decisions->sum;
	snprintf(need->words, sizeof need->words, "%lld request%s %s", (long long)decisions->count,
		decisions->count == 1 ? "" : "s", words);
}

/*
 * Requests for the actor to decide, and those that only the Board may: as the views "decide" and
 * "board" list them, but tested one by one, for the views look at all requests there ever were.
 */
static void read_decisions(struct store *store, struct home *home, enum authority mine)
{
	struct statement *row = store_prepare(store,
		"SELECT key, total, requested_by = actor() FROM request WHERE status = 'submitted'",
		NULL);
	struct decisions own = {0}, board = {0};

	while (row != NULL && statement_step(row)) {
		enum authority who = authority_of(store, statement_text(row, 0));
		struct decisions *decisions = who == AUTHORITY_BOARD ? &board : &own;

		if (who != AUTHORITY_BOARD && (who != mine || statement_integer(row, 2) != 0))
			continue;
		decisions->count++;
		decisions->sum += statement_integer(row, 1);
	}
	statement_end(row);
	if (mine != AUTHORITY_CHAIR ||
		store_exists(
			store, "SELECT 1 FROM board_chair WHERE login = :key", store_actor(store)))
		add_decisions(home, &own, "decide", "to decide");
	if (mine == AUTHORITY_DIRECTOR)
		add_decisions(home, &board, "board", "for the Board");
}

static bool step_done(struct store *store, const struct step *step)
{
	struct buffer sql = {0};
	bool done;

	if (step->done != NULL)
		return store_exists(store, step->done, NULL);
	buffer_format(&sql, "SELECT 1 FROM %s LIMIT 1", record_type_find(step->type)->source);
	done = store_exists(store, buffer_text(&sql), NULL);
	buffer_free(&sql);
	return done;
}

/* The director builds the office; others wait for it. */
static void read_steps(struct store *store, struct home *home)
{
	int others = home->need_count;

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct home_need *need;

		if (step_done(store, &steps[i]))
			continue;
		need = add_need(home, record_type_find(steps[i].type));
		if (need == NULL)
			break;
		need->view = steps[i].view;
		need->begins = true;
		snprintf(need->words, sizeof need->words, "%s", steps[i].words);
	}
	home->beginning = others == 0 && home->need_count > 0;
}

static bool read_needs(struct store *store, struct home *home, struct error *err)
{
	const char *role = store_role(store);
	bool writes = strcmp(role, "director") == 0 || strcmp(role, "staff") == 0;

	home->need_count = 0;
	if (strcmp(role, "director") == 0)
		read_decisions(store, home, AUTHORITY_DIRECTOR);
	else if (strcmp(role, "chair") == 0)
		read_decisions(store, home, AUTHORITY_CHAIR);
	for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
		if (has_word(needs[i].roles, role) && !read_need(store, home, &needs[i], err))
			return false;
	if (writes)
		read_minutes(store, home);
	else
		read_next_meeting(store, home);
	home->beginning = false;
	if (strcmp(role, "director") == 0)
		read_steps(store, home);
	return true;
}

/* ---- figures ---- */

static void read_budget(struct store *store, struct home *home)
{
	struct buffer key = {0};

	home->year = date_year(store_today(store));
	home->adopted = figures_adopted(store, home->year, &key);
	snprintf(home->budget, sizeof home->budget, "%s", buffer_text(&key));
	buffer_free(&key);
	home->group_count =
		home->adopted ? figures_groups(store, home->year, home->groups, HOME_GROUPS) : 0;
	home->left_out = figures_left_out(store);
}

/*
 * The last whole month is the one before today's, in January that of last year. One in which
 * nothing is booked yet says nothing.
 */
static void read_revenue(struct store *store, struct home *home)
{
	int month = date_month(store_today(store)) - 2;

	home->revenue_year = month < 0 ? home->year - 1 : home->year;
	home->last_month = month < 0 ? FIGURES_MONTHS - 1 : month;
	figures_revenue(store, home->revenue_year, home->planned, home->revenue);
	while (home->last_month > 0 && home->revenue[home->last_month] == 0)
		home->last_month--;
}

/* ---- visits ---- */

/* A row whose visit began within ten minutes is the one going on. */
static const char visit_sql[] =
	"SELECT CASE WHEN fresh THEN last_at ELSE at END,\n"
	"       CASE WHEN fresh THEN last_audit ELSE audit END, fresh\n"
	"FROM (SELECT visit.*, julianday(now()) - julianday(at) < 10.0 / 1440 AS fresh\n"
	"      FROM visit WHERE login = :login)";

static void read_since(struct store *store, struct home *home)
{
	struct statement *row = store_prepare(store, visit_sql, NULL);

	home->since_known = true;
	if (row == NULL)
		return;
	statement_bind_text(row, ":login", store_actor(store));
	if (statement_step(row)) {
		if (statement_text(row, 0)[0] != '\0')
			store_local_time(statement_text(row, 0), home->since);
		home->since_audit = statement_integer(row, 1);
	}
	statement_end(row);
}

bool home_visit(struct store *store, struct error *err)
{
	static const char first[] =
		"INSERT INTO visit (login, at, audit, last_at, last_audit)\n"
		"VALUES (actor(), now(), coalesce((SELECT id FROM audit_seen ORDER BY id DESC LIMIT 1), 0), '', 0)";
	static const char again[] =
		"UPDATE visit SET last_at = at, last_audit = audit, at = now(),\n"
		"       audit = coalesce((SELECT id FROM audit_seen ORDER BY id DESC LIMIT 1), 0)\n"
		"WHERE login = actor()";
	struct statement *row = store_prepare(store, visit_sql, err);
	bool known, fresh;

	if (row == NULL)
		return false;
	statement_bind_text(row, ":login", store_actor(store));
	known = statement_step(row);
	fresh = known && statement_integer(row, 2) != 0;
	statement_end(row);
	if (fresh)
		return true;
	if (!store_begin(store, err))
		return false;
	return store_finish(store, store_run(store, known ? again : first, err), err);
}

/* ---- all of it ---- */

bool home_load(struct store *store, struct home *home, struct error *err)
{
	if (!read_needs(store, home, err))
		return false;
	read_budget(store, home);
	read_revenue(store, home);
	/* Without them Home is Home still; the page says why there are none. */
	home_load_drafts(store, home, NULL);
	if (!home->since_known)
		read_since(store, home);
	home->loaded_more = false;
	return true;
}

bool home_load_more(struct store *store, struct home *home)
{
	if (home->loaded_more)
		return false;
	home->change_count = changes_since(store, home->since_audit, AUDIT_ROWS, home->changes,
		HOME_CHANGES, &home->changes_cut);
	home->loaded_more = true;
	return true;
}
