/*
 * authority_board.c - puts a purchase request on the Board's next agenda. GPL-3.0-or-later.
 */
#include "office/authority.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/date.h"
#include "core/fatal.h"
#include "core/money.h"
#include "core/text.h"
#include "office/meetings.h"

/* "New chairs" becomes "new chairs" within a sentence, and "MRI coil" stays as it is. */
static void soften(char *text)
{
	if (isupper((unsigned char)text[0]) && islower((unsigned char)text[1]))
		text[0] = (char)tolower((unsigned char)text[0]);
}

static char *motion_words(struct store *store, const struct record *request, int64_t total)
{
	char *vendor = store_text(
		store, "SELECT name FROM vendor WHERE key = :key", record_text(request, "vendor"));
	char *purpose = memory_text(record_text(request, "purpose"));
	char amount[MONEY_TEXT];
	struct buffer words = {0};

	soften(purpose);
	buffer_format(&words, "To approve %s, %s%s%s, not to exceed %s.", record_key(request),
		vendor != NULL ? vendor : "", vendor != NULL ? ", " : "", purpose,
		money_format(total, amount));
	free(vendor);
	free(purpose);
	return buffer_take(&words);
}

/* An item of at most 160 characters: a long purpose stands in the motion alone. */
static bool add_item(struct store *store, const char *meeting, const struct record *request,
	struct buffer *key, struct error *err)
{
	struct buffer title = {0};
	bool ok;

	buffer_format(&title, "Purchase request %s: %s", record_key(request),
		record_text(request, "purpose"));
	if (text_length(buffer_text(&title)) > 160) {
		buffer_clear(&title);
		buffer_format(&title, "Purchase request %s", record_key(request));
	}
	ok = meeting_add_item(store, meeting, buffer_text(&title), key, err);
	buffer_free(&title);
	return ok;
}

static struct record *add_motion(struct store *store, const char *meeting, const char *item,
	const char *words, struct error *err)
{
	struct record *motion = record_start(store, record_type_find("motion"), meeting);

	if (record_set(store, motion, "agenda_item", item, err) &&
		record_set(store, motion, "text", words, err) && record_save(store, motion, err))
		return motion;
	record_free(motion);
	return NULL;
}

static bool add_subject(struct store *store, const char *motion, const char *request, int64_t total,
	struct error *err)
{
	struct record *subject = record_start(store, record_type_find("motion-subject"), motion);
	char amount[MONEY_TEXT];
	bool ok;

	ok = record_set(store, subject, "type", "request", err) &&
	     record_set(store, subject, "subject", request, err) &&
	     record_set(store, subject, "amount", money_plain(total, amount), err) &&
	     record_save(store, subject, err);
	record_free(subject);
	return ok;
}

static bool put_on_agenda(struct store *store, const struct record *request, const char *meeting,
	char motion_key[32], struct error *err)
{
	int64_t total = record_value(request, "total")->integer;
	char *words = motion_words(store, request, total);
	struct record *motion = NULL;
	struct buffer item = {0};
	bool ok;

	if (add_item(store, meeting, request, &item, err))
		motion = add_motion(store, meeting, buffer_text(&item), words, err);
	ok = motion != NULL &&
	     add_subject(store, record_key(motion), record_key(request), total, err);
	if (ok)
		snprintf(motion_key, 32, "%s", record_key(motion));
	record_free(motion);
	buffer_free(&item);
	free(words);
	return ok;
}

bool authority_to_board(
	struct store *store, const char *key, struct buffer *said, struct error *err)
{
	struct record *request = record_load(store, record_type_find("request"), key, err);
	char meeting[32], motion[32], date[11], when[24];
	bool ok = false;

	if (request == NULL)
		return false;
	if (!meeting_next_of_board(store, meeting, date)) {
		error_set(err, "No Board meeting is planned; add one first (Meetings, n).");
	} else {
		ok = put_on_agenda(store, request, meeting, motion, err);
		if (ok)
			buffer_format(said,
				"%s is on the Board's agenda of %s: motion %s, with its wording ready.",
				record_key(request), date_short(date, when), motion);
	}
	record_free(request);
	return ok;
}
