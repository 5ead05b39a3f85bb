/*
 * request_extras.c - who may approve a purchase request, said while it is written: the request's
 * own fields and each of its lines. GPL-3.0-or-later.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/money.h"
#include "office/authority.h"
#include "screens/record_extras.h"

/* ---- from fields to what authority.h tests ---- */

/* An amount; 0 for "included", "exempt" and what is not given yet. */
static int64_t cents_of(const struct record *record, const char *field)
{
	const struct value *value = record_value(record, field);

	return value->kind == VALUE_INTEGER ? value->integer : 0;
}

static void take_head(const struct record *request, struct authority_request *out)
{
	snprintf(out->key, sizeof out->key, "%s", record_key(request));
	snprintf(out->requested_by, sizeof out->requested_by, "%s",
		record_text(request, "requested_by"));
	snprintf(out->needed_by, sizeof out->needed_by, "%s", record_text(request, "needed_by"));
	snprintf(out->vendor, sizeof out->vendor, "%s", record_text(request, "vendor"));
	out->payments = cents_of(request, "payments");
	out->charges_known = !value_empty(record_value(request, "tax")) &&
			     !value_empty(record_value(request, "freight"));
	if (!money_add(cents_of(request, "tax"), cents_of(request, "freight"), &out->extra) ||
		!money_add(out->extra, cents_of(request, "fees"), &out->extra))
		out->extra = MONEY_MAX;
}

/* The saved lines with the head as it is typed. */
static void take_request(
	struct store *store, const struct record *request, struct authority_request *out)
{
	if (record_key(request)[0] == '\0' || !authority_read(store, record_key(request), out))
		*out = (struct authority_request){0};
	take_head(request, out);
}

/* Adds to what is asked of an account; an account without an amount left is not asked. */
static void add_amount(struct authority_request *request, const char *account, int64_t amount)
{
	int i = 0;

	while (i < request->count && strcmp(request->lines[i].account, account) != 0)
		i++;
	if (i == AUTHORITY_LINES)
		return;
	if (i == request->count) {
		request->lines[i] = (struct authority_line){0};
		snprintf(
			request->lines[i].account, sizeof request->lines[i].account, "%s", account);
		request->count++;
	}
	if (!money_add(request->lines[i].amount, amount, &request->lines[i].amount))
		request->lines[i].amount = amount < 0 ? -MONEY_MAX : MONEY_MAX;
	if (request->lines[i].amount == 0)
		request->lines[i] = request->lines[--request->count];
}

/* What a line counts for the total as it is typed: a discount lowers it, a credit never does. */
static int64_t typed_amount(const struct record *line)
{
	const char *kind = record_text(line, "kind");
	int64_t amount;

	if (strcmp(kind, "credit") == 0)
		return 0;
	if (!money_multiply(cents_of(line, "quantity"), cents_of(line, "unit_price"), &amount))
		amount = MONEY_MAX;
	return strcmp(kind, "discount") == 0 ? -amount : amount;
}

/* ---- lines ---- */

void request_explain(struct store *store, const struct record *request, struct buffer *out)
{
	struct authority_request typed;

	authority_decided(store, request, out);
	if (!authority_open(request))
		return;
	take_request(store, request, &typed);
	authority_explain(store, &typed, out);
}

/* One request under a motion: "PR-2026-0107 Display and wall mount, 1,889.75, approved". */
static bool add_approved(const struct record *request, void *context)
{
	struct buffer *out = context;
	char total[MONEY_TEXT];

	buffer_format(out, "%s%s %s, %s, %s.\n", out->length == 0 ? "Approved under it: " : "",
		record_key(request), record_text(request, "purpose"),
		money_format(cents_of(request, "total"), total), record_state(request));
	return true;
}

void motion_approved(struct store *store, const struct record *motion, struct buffer *out)
{
	const struct record_query query = {.type = record_type_find("request"),
		.parent_field = "motion",
		.parent = record_key(motion)};

	if (motion->id != 0)
		record_each(store, &query, add_approved, out, NULL);
}

static void add_charge(const struct record *request, const char *field, struct buffer *out)
{
	if (value_empty(record_value(request, field)))
		return;
	buffer_format(out, "%s ", record_type_field(request->type, field)->label);
	record_format(request, field, out);
	buffer_add(out, "   ");
}

void request_sum(struct store *store, const struct record *request, struct buffer *out)
{
	struct authority_request typed;
	struct authority_share shares[AUTHORITY_LINES];
	char total[MONEY_TEXT];
	int64_t sum;

	take_request(store, request, &typed);
	authority_shares(&typed, shares, &sum);
	if (typed.payments > 1)
		buffer_format(out, "%d payments   ", (int)typed.payments);
	add_charge(request, "tax", out);
	add_charge(request, "freight", out);
	if (cents_of(request, "fees") != 0)
		add_charge(request, "fees", out);
	buffer_format(out, "Total %s", money_format(sum, total));
}

void request_line_explain(struct store *store, const struct record *line, struct buffer *out)
{
	const struct record_type *type = record_type_find("request");
	struct record *request = record_load(store, type, record_text(line, "request"), NULL);
	struct authority_request typed;
	char total[MONEY_TEXT], amount[MONEY_TEXT];
	struct authority_share shares[AUTHORITY_LINES];
	bool charged = record_text(line, "account")[0] != '\0';
	int64_t sum;

	if (request == NULL)
		return;
	if (!authority_open(request)) {
		record_free(request);
		return;
	}
	take_request(store, request, &typed);
	if (line->id != 0) {
		struct record *saved = record_load(store, line->type, record_key(line), NULL);

		if (saved != NULL)
			add_amount(
				&typed, record_text(saved, "account"), -cents_of(saved, "amount"));
		record_free(saved);
	}
	if (charged)
		add_amount(&typed, record_text(line, "account"), typed_amount(line));
	authority_shares(&typed, shares, &sum);
	authority_explain(store, &typed, out);
	buffer_format(out, "This line: %s.", money_format(typed_amount(line), amount));
	/* Without an account it is charged nowhere yet, and no sum would be the request's. */
	if (charged)
		buffer_format(out, " The request with it: %s.", money_format(sum, total));
	buffer_add(out, "\n");
	record_free(request);
}
