/*
 * authority.c - who may approve a purchase request, in words. The rules stand in
 * data/migrations/0005-purchasing.sql. GPL-3.0-or-later.
 */
#include "office/authority.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/money.h"
#include "office/figures.h"
#include "office/meetings.h"

/* What the explanation rests on, read once. */
struct standing {
	const struct authority_request *request;
	struct authority_share shares[AUTHORITY_LINES];
	int count;
	int64_t total;
	int64_t limit;
	int year;
	bool of_director;
	bool over_limit;
	bool over_budget;            /* some account has no room, or stands in no adopted budget */
	const char *private_account; /* one that nothing may be bought on, or NULL */
	char motion[32];             /* binding Board motion about the request; "" for none */
	int64_t ceiling;             /* of that motion */
};

/* ---- shares ---- */

/* Sums that nobody can mean stay at the largest amount instead of wrapping. */
static int64_t add(int64_t left, int64_t right)
{
	int64_t sum;

	if (!__builtin_add_overflow(left, right, &sum))
		return sum;
	return left < 0 ? -MONEY_MAX : MONEY_MAX;
}

static int64_t times(int64_t amount, int64_t count)
{
	int64_t product;

	if (!__builtin_mul_overflow(amount, count, &product))
		return product;
	return amount < 0 ? -MONEY_MAX : MONEY_MAX;
}

static struct authority_share *share_of(
	struct authority_share *shares, int *count, const char *account)
{
	for (int i = 0; i < *count; i++)
		if (strcmp(shares[i].account, account) == 0)
			return &shares[i];
	shares[*count] = (struct authority_share){0};
	snprintf(shares[*count].account, sizeof shares[*count].account, "%s", account);
	return &shares[(*count)++];
}

/* The largest amount first, equal ones by account. */
static int compare_shares(const void *left, const void *right)
{
	const struct authority_share *a = left, *b = right;

	if (a->amount != b->amount)
		return a->amount < b->amount ? 1 : -1;
	return strcmp(a->account, b->account);
}

/* In floating point as the view does it, so that both cut at the same cent. */
static int64_t part_of(int64_t extra, int64_t amount, int64_t lines)
{
	return lines > 0 ? (int64_t)((double)extra * ((double)amount / (double)lines)) : 0;
}

int authority_shares(
	const struct authority_request *request, struct authority_share *shares, int64_t *total)
{
	int64_t lines = 0, left = request->extra;
	int count = 0;

	for (int i = 0; i < request->count; i++) {
		struct authority_share *share = share_of(shares, &count, request->lines[i].account);

		share->amount = add(share->amount, request->lines[i].amount);
	}
	for (int i = 0; i < count; i++) {
		shares[i].amount = times(shares[i].amount, request->payments);
		lines = add(lines, shares[i].amount);
	}
	qsort(shares, (size_t)count, sizeof *shares, compare_shares);
	*total = 0;
	for (int i = 0; i < count; i++) {
		int64_t part = part_of(request->extra, shares[i].amount, lines);

		shares[i].share = add(shares[i].amount, part);
		left -= part;
	}
	if (count > 0)
		shares[0].share = add(shares[0].share, left);
	for (int i = 0; i < count; i++)
		*total = add(*total, shares[i].share);
	return count;
}

/* ---- reading ---- */

static void read_head(struct statement *row, struct authority_request *request)
{
	snprintf(request->key, sizeof request->key, "%s", statement_text(row, 0));
	snprintf(request->requested_by, sizeof request->requested_by, "%s", statement_text(row, 1));
	snprintf(request->needed_by, sizeof request->needed_by, "%s", statement_text(row, 2));
	snprintf(request->vendor, sizeof request->vendor, "%s", statement_text(row, 3));
	request->payments = statement_integer(row, 4);
	request->extra = statement_integer(row, 5);
	request->charges_known = true;
}

bool authority_read(struct store *store, const char *key, struct authority_request *request)
{
	struct statement *row = store_prepare(store,
		"SELECT key, requested_by, needed_by, vendor, payments,\n"
		"       CASE typeof(tax) WHEN 'integer' THEN tax ELSE 0 END\n"
		"       + CASE typeof(freight) WHEN 'integer' THEN freight ELSE 0 END + fees\n"
		"FROM request WHERE key = :key",
		NULL);
	bool found;

	*request = (struct authority_request){0};
	if (row == NULL)
		return false;
	statement_bind_text(row, ":key", key);
	found = statement_step(row);
	if (found)
		read_head(row, request);
	statement_end(row);
	row = found ? store_prepare(store,
			      "SELECT account, sum(amount) FROM request_line WHERE request = :key\n"
			      "GROUP BY account",
			      NULL)
		    : NULL;
	if (row == NULL)
		return false;
	statement_bind_text(row, ":key", request->key);
	while (request->count < AUTHORITY_LINES && statement_step(row)) {
		struct authority_line *line = &request->lines[request->count++];

		snprintf(line->account, sizeof line->account, "%s", statement_text(row, 0));
		line->amount = statement_integer(row, 1);
	}
	statement_end(row);
	return true;
}

static bool is_director(struct store *store, const char *login)
{
	return store_exists(
		store, "SELECT 1 FROM user WHERE login = :key AND role = 'director'", login);
}

/* The binding Board motion about the request with the highest ceiling. */
static void read_motion(struct store *store, struct standing *standing)
{
	struct statement *row = store_prepare(store,
		"SELECT motion, amount FROM binding\n"
		"WHERE body_kind = 'board' AND type = 'request' AND subject = :key\n"
		"ORDER BY amount DESC, motion LIMIT 1",
		NULL);

	if (row == NULL)
		return;
	statement_bind_text(row, ":key", standing->request->key);
	if (statement_step(row)) {
		snprintf(standing->motion, sizeof standing->motion, "%s", statement_text(row, 0));
		standing->ceiling = statement_integer(row, 1);
	}
	statement_end(row);
}

/* What an approved request has committed itself is room that it may count on. */
static int64_t own_commitment(struct store *store, const char *key, const char *account)
{
	struct statement *row = store_prepare(store,
		"SELECT open FROM commitment_open WHERE request = :key AND account = :account",
		NULL);
	int64_t open = 0;

	if (row == NULL)
		return 0;
	statement_bind_text(row, ":key", key);
	statement_bind_text(row, ":account", account);
	if (statement_step(row))
		open = statement_integer(row, 0);
	statement_end(row);
	return open;
}

static bool read_available(struct store *store, const struct standing *standing,
	const char *account, int64_t *available)
{
	if (!figures_available(store, standing->year, account, available))
		return false;
	*available = add(*available, own_commitment(store, standing->request->key, account));
	return true;
}

/* Nothing is bought on private accounts, whoever asks. */
static bool is_private(struct store *store, const char *account)
{
	return !store_exists(
		store, "SELECT 1 FROM account_seen WHERE code = :key AND private = 0", account);
}

static void read_standing(
	struct store *store, const struct authority_request *request, struct standing *standing)
{
	*standing = (struct standing){.request = request};
	standing->count = authority_shares(request, standing->shares, &standing->total);
	standing->limit = store_integer(
		store, "SELECT amount FROM policy WHERE name = :key", "approval-limit", 0);
	standing->of_director = is_director(store, request->requested_by);
	standing->over_limit = standing->total > standing->limit;
	if (!date_valid(request->needed_by))
		return;
	standing->year = date_year(request->needed_by);
	for (int i = 0; i < standing->count; i++) {
		const struct authority_share *share = &standing->shares[i];
		int64_t available = 0;

		if (standing->private_account == NULL && is_private(store, share->account))
			standing->private_account = share->account;
		if (!read_available(store, standing, share->account, &available) ||
			available < share->share)
			standing->over_budget = true;
	}
	if (request->key[0] != '\0')
		read_motion(store, standing);
}

/* ---- sentences ---- */

static void add_line(struct buffer *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void add_line(struct buffer *out, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	buffer_format_list(out, format, arguments);
	va_end(arguments);
	buffer_add_char(out, '\n');
}

/* What is owed before anybody can be asked. Returns true when an amount can be tested. */
static bool explain_missing(const struct standing *standing, struct buffer *out)
{
	const struct authority_request *request = standing->request;
	bool testable = request->count > 0 && standing->total > 0 &&
			date_valid(request->needed_by) && standing->private_account == NULL;
	struct buffer missing = {0};

	if (request->count == 0)
		buffer_add(&missing, ", a line with item, account and price");
	else if (standing->total <= 0)
		buffer_add(&missing, ", a total above 0.00");
	if (standing->private_account != NULL)
		buffer_format(&missing, ", another account than %s, which is private",
			standing->private_account);
	if (request->vendor[0] == '\0')
		buffer_add(&missing, ", the vendor");
	if (!date_valid(request->needed_by))
		buffer_add(&missing, ", the date needed by");
	if (!request->charges_known)
		buffer_add(&missing, ", tax and freight");
	if (!testable)
		add_line(out, "Nobody can approve this yet.");
	if (missing.length > 0 && !testable)
		add_line(out, "Missing: %s.", buffer_text(&missing) + 2);
	else if (missing.length > 0)
		add_line(out, "Before it can be submitted: %s.", buffer_text(&missing) + 2);
	buffer_free(&missing);
	return testable;
}

static void explain_limit(const struct standing *standing, struct buffer *out)
{
	char total[MONEY_TEXT], limit[MONEY_TEXT], over[MONEY_TEXT];

	money_format(standing->total, total);
	money_format(standing->limit, limit);
	if (standing->over_limit)
		add_line(out, "%s is above the limit of %s by %s.", total, limit,
			money_format(standing->total - standing->limit, over));
	else
		add_line(out, "%s is within the limit of %s.", total, limit);
}

/* "6120 Supplies"; only the number where the rest is private. */
static void account_label(struct store *store, const char *account, struct buffer *out)
{
	char *name = store_text(store, "SELECT name FROM account_seen WHERE code = :key", account);

	buffer_add(out, account);
	if (name != NULL)
		buffer_format(out, " %s", name);
	free(name);
}

static void explain_room(const char *label, const struct authority_share *share, int64_t available,
	struct buffer *out)
{
	char room[MONEY_TEXT], rest[MONEY_TEXT];

	money_format(available, room);
	if (available >= share->share)
		add_line(out, "%s: %s available, %s after this.", label, room,
			money_format(available - share->share, rest));
	else
		add_line(out, "%s: %s available, %s too little.", label, room,
			money_format(share->share - available, rest));
}

static void explain_account(struct store *store, const struct standing *standing,
	const struct authority_share *share, struct buffer *out)
{
	struct buffer text = {0};
	const char *label;
	int64_t available = 0;

	account_label(store, share->account, &text);
	label = buffer_text(&text);
	if (!figures_adopted(store, standing->year, NULL))
		add_line(out, "%s: no budget of %d is adopted, so the Board decides.", label,
			standing->year);
	else if (!read_available(store, standing, share->account, &available))
		add_line(out, "%s is not in the adopted budget of %d: the Board decides.", label,
			standing->year);
	else
		explain_room(label, share, available, out);
	buffer_free(&text);
}

/* What to do where no motion covers the request yet. */
static void explain_way_to_board(
	struct store *store, const struct standing *standing, struct buffer *out)
{
	const char *key = standing->request->key;
	char meeting[32], motion[32], date[11], when[24];
	bool submitted = store_exists(
		store, "SELECT 1 FROM request WHERE key = :key AND status = 'submitted'", key);
	bool may = strcmp(store_role(store), "director") == 0 ||
		   strcmp(store_role(store), "staff") == 0;

	if (meeting_motion_about(store, key, motion, date)) {
		add_line(out, "It is on the Board's agenda of %s: motion %s.",
			date_short(date, when), motion);
		return;
	}
	if (!meeting_next_of_board(store, meeting, date)) {
		add_line(out, "No motion covers it yet, and no Board meeting is planned.");
		if (may)
			add_line(out, "Add one first: Meetings, n.");
		return;
	}
	date_short(date, when);
	if (submitted && may) {
		add_line(out,
			"No motion covers it yet. ^B puts it on the Board's agenda of %s, with the motion's "
			"wording ready.",
			when);
	} else if (may) {
		add_line(out,
			"No motion covers it yet. Once submitted, ^B puts it on the agenda of %s.",
			when);
	} else {
		add_line(out, "No motion covers it yet. The Board meets on %s.", when);
	}
}

/* The Board had voted on something else. */
static void explain_overtaken(
	struct store *store, const struct standing *standing, struct buffer *out)
{
	char *motion = store_text(store,
		"SELECT max(motion) FROM overtaken WHERE type = 'request' AND subject = :key",
		standing->request->key);

	if (motion != NULL && motion[0] != '\0')
		add_line(out, "%s was about it before it was changed.", motion);
	free(motion);
}

static bool may_change(struct store *store, const char *key)
{
	char *status = store_text(store, "SELECT status FROM request WHERE key = :key", key);
	bool may = status != NULL && action_lists(record_type_find("request")->lock.open, status);

	free(status);
	return may;
}

static void explain_motion(struct store *store, const struct standing *standing, struct buffer *out)
{
	char ceiling[MONEY_TEXT], short_by[MONEY_TEXT];

	if (standing->motion[0] == '\0') {
		if (standing->over_limit || standing->over_budget) {
			explain_overtaken(store, standing, out);
			explain_way_to_board(store, standing, out);
		}
		return;
	}
	money_format(standing->ceiling, ceiling);
	if (standing->ceiling >= standing->total)
		add_line(out, "%s covers it up to %s.", standing->motion, ceiling);
	else
		add_line(out, "%s covers only %s, %s less than the total.", standing->motion,
			ceiling, money_format(standing->total - standing->ceiling, short_by));
	if (may_change(store, standing->request->key))
		add_line(out, "With another vendor, purpose, account or item it needs a new one.");
}

static enum authority who_of(const struct standing *standing)
{
	if (standing->over_limit || standing->over_budget)
		return AUTHORITY_BOARD;
	return standing->of_director ? AUTHORITY_CHAIR : AUTHORITY_DIRECTOR;
}

enum authority authority_of(struct store *store, const char *key)
{
	struct authority_request request;
	struct standing standing;

	if (!authority_read(store, key, &request))
		return AUTHORITY_NOBODY_YET;
	read_standing(store, &request, &standing);
	return who_of(&standing);
}

enum authority authority_explain(
	struct store *store, const struct authority_request *request, struct buffer *out)
{
	struct standing standing;
	struct buffer missing = {0};
	enum authority who;

	read_standing(store, request, &standing);
	if (!explain_missing(&standing, &missing)) {
		buffer_add(out, buffer_text(&missing));
		buffer_free(&missing);
		return AUTHORITY_NOBODY_YET;
	}
	who = who_of(&standing);
	if (who == AUTHORITY_DIRECTOR)
		add_line(out, "The director may approve this.");
	else if (who == AUTHORITY_CHAIR)
		add_line(out, "The chair of the Board may approve this: it is the director's own.");
	else
		add_line(out, "Only the Board may approve this.");
	explain_limit(&standing, out);
	for (int i = 0; i < standing.count; i++)
		explain_account(store, &standing, &standing.shares[i], out);
	explain_motion(store, &standing, out);
	buffer_add(out, buffer_text(&missing));
	buffer_free(&missing);
	return who;
}
