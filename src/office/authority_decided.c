/*
 * authority_decided.c - what became of a purchase request once it is decided: by whom, on whose
 * authority, when and why. GPL-3.0-or-later.
 */
#include "office/authority.h"

#include <string.h>

#include "office/people.h"

bool authority_open(const struct record *request)
{
	const char *status = record_state(request);

	return strcmp(status, "draft") == 0 || strcmp(status, "returned") == 0 ||
	       strcmp(status, "submitted") == 0;
}

static void add_label(
	struct store *store, const struct record *request, const char *field, struct buffer *out)
{
	record_reference_label(
		store, record_type_field(request->type, field), record_value(request, field), out);
}

/* "Entered by A. Ruiz on 2026-03-04 13:20." */
static void add_who_and_when(
	struct store *store, const struct record *request, const char *did, struct buffer *out)
{
	buffer_add(out, did);
	buffer_add(out, " by ");
	person_short(store, record_text(request, "decided_by"), out);
	buffer_add(out, " on ");
	record_format(request, "decided_at", out);
	buffer_add(out, ".\n");
}

static void add_reason(const struct record *request, struct buffer *out)
{
	if (record_text(request, "decision_note")[0] != '\0')
		buffer_format(out, "Reason: %s\n", record_text(request, "decision_note"));
}

/* The evidence that the decision rests on: a motion and its meeting, or the sheet that the chair
 * signed. */
static void add_evidence(struct store *store, const struct record *request, struct buffer *out)
{
	if (!value_empty(record_value(request, "motion"))) {
		buffer_add(out, "By motion ");
		add_label(store, request, "motion", out);
		buffer_add(out, "\nAt ");
		add_label(store, request, "meeting", out);
		buffer_add(out, ".\n");
	}
	if (!value_empty(record_value(request, "signed_by"))) {
		buffer_add(out, "Signed by ");
		add_label(store, request, "signed_by", out);
		buffer_add(out, " on ");
		record_format(request, "signed_on", out);
		buffer_format(out, "; the sheet lies: %s\n", record_text(request, "sheet"));
	}
}

static void tell_approved(struct store *store, const struct record *request, struct buffer *out)
{
	buffer_format(
		out, "Approved on the authority of the %s.\n", record_text(request, "authority"));
	add_evidence(store, request, out);
	add_who_and_when(store, request, "Entered", out);
}

void authority_decided(struct store *store, const struct record *request, struct buffer *out)
{
	const char *status = record_state(request);

	if (strcmp(status, "approved") == 0) {
		tell_approved(store, request, out);
	} else if (strcmp(status, "returned") == 0) {
		buffer_format(out, "Returned: %s\n", record_text(request, "decision_note"));
	} else if (strcmp(status, "rejected") == 0) {
		add_who_and_when(store, request, "Rejected", out);
		add_reason(request, out);
	} else if (strcmp(status, "cancelled") == 0) {
		buffer_add(out, "Cancelled.\n");
		add_reason(request, out);
		if (record_text(request, "authority")[0] != '\0') {
			buffer_add(out, "It had been approved before. ");
			tell_approved(store, request, out);
		}
	}
}

void authority_tell(struct store *store, const struct record *request, struct buffer *out)
{
	struct authority_request saved;

	authority_decided(store, request, out);
	if (authority_open(request) && authority_read(store, record_key(request), &saved))
		authority_explain(store, &saved, out);
}
