/*
 * screens_form.c - typed texts and stored values through a form of a record, and the saves of a
 * sitting. GPL-3.0-or-later.
 */
#include "office_sample.h"

#include "screens/locks.h"
#include "screens/record_form.h"
#include "screens/screens.h"
#include "screens/session.h"

static struct record *load(struct store *store, const char *type, const char *key)
{
	struct error err;
	struct record *record = record_load(store, record_type_find(type), key, &err);

	if (record == NULL)
		fail_msg("%s", err.text);
	return record;
}

static void type_into(struct record_form *form, const char *key, const char *text)
{
	struct form *widget = record_form_form(form);

	form_focus(widget, record_form_index(form, key));
	form_set_text(widget, record_form_index(form, key), text);
	form_settle(widget);
}

static const char *text_of(struct record_form *form, const char *key)
{
	return form_text(record_form_form(form), record_form_index(form, key));
}

static void references_read_with_their_name(void **state)
{
	struct store *store = sample_open(NULL);
	struct record *record = load(store, "request", "PR-2026-0001");
	struct record_form *form = record_form_new(store, record, "total");

	(void)state;
	assert_string_equal(text_of(form, "vendor"), "V-0001 Acme Office Supply");
	assert_string_equal(text_of(form, "requested_by"), "A. Ruiz");
	assert_string_equal(record_text(record, "requested_by"), "clerk");
	assert_int_equal(record_form_index(form, "total"), -1);
	assert_int_equal(record_form_index(form, "key"), -1);
	assert_int_equal(record_form_index(form, "status"), -1);
	record_form_free(form);
	record_free(record);
	office_close(store);
}

static void what_nobody_types_is_shown_once_it_is_there(void **state)
{
	struct store *store = sample_open(NULL);
	struct record *record = load(store, "request", "PR-2026-0003");
	struct record_form *form = record_form_new(store, record, NULL);

	(void)state;
	assert_int_equal(record_form_index(form, "submitted_at"), -1);
	record_form_free(form);
	record_free(record);
	record = load(store, "request", "PR-2026-0001");
	form = record_form_new(store, record, NULL);
	assert_true(record_form_index(form, "submitted_at") >= 0);
	record_form_free(form);
	record_free(record);
	office_close(store);
}

static void short_input_is_written_out_on_leaving(void **state)
{
	struct store *store = sample_open("clerk");
	struct record *record = load(store, "request", "PR-2026-0003");
	struct record_form *form = record_form_new(store, record, NULL);
	struct error err;

	(void)state;
	assert_true(search_rebuild(store, &err)); /* the sample is written past the index */
	record_form_edit(form, record, true);
	type_into(form, "needed_by", "+9");
	assert_string_equal(text_of(form, "needed_by"), "2026-11-30");
	type_into(form, "vendor", "acme");
	assert_string_equal(text_of(form, "vendor"), "V-0001 Acme Office Supply");
	assert_true(record_form_apply(form, record));
	assert_string_equal(record_text(record, "vendor"), "V-0001");
	record_form_free(form);
	record_free(record);
	office_close(store);
}

/* Writes a name into a text of somebody else, where a search finds it too. */
static void mention(
	struct store *store, const char *type, const char *key, const char *field, const char *text)
{
	struct record *record = load(store, type, key);
	struct error err;

	if (!record_set(store, record, field, text, &err) || !record_save(store, record, &err))
		fail_msg("%s", err.text);
	record_free(record);
}

static void a_last_name_means_its_person_though_others_mention_it(void **state)
{
	struct store *store = sample_open(NULL);
	struct record *record = load(store, "action-item", "AI-0001");
	struct record_form *form = record_form_new(store, record, NULL);
	struct error err;

	(void)state;
	assert_true(search_rebuild(store, &err)); /* the sample is written past the index */
	mention(store, "staff", "S-0001", "emergency_name", "Li Chen");
	record_form_edit(form, record, true);
	type_into(form, "owner", "chen");
	assert_string_equal(text_of(form, "owner"), "S-0002 Mei Chen");
	/* What only stands elsewhere is found as before. */
	type_into(form, "owner", "li");
	assert_string_equal(text_of(form, "owner"), "S-0001 Ada Ruiz");
	record_form_free(form);
	record_free(record);
	office_close(store);
}

static void a_look_up_tells_names_before_mentions(void **state)
{
	struct store *store = sample_open(NULL);
	const struct field *owner = record_type_field(record_type_find("action-item"), "owner");
	const struct field *account =
		record_type_field(record_type_find("request-line"), "account");
	struct record *records[8];
	struct error err;
	int named, count;

	(void)state;
	assert_true(search_rebuild(store, &err));
	mention(store, "staff", "S-0001", "emergency_name", "Li Chen");
	count = look_up_records(store, owner, NULL, "chen", 8, records, &named);
	assert_int_equal(count, 2);
	assert_int_equal(named, 1);
	assert_string_equal(record_key(records[0]), "S-0002");
	assert_string_equal(record_key(records[1]), "S-0001");
	record_free(records[1]);
	record_free(records[0]);
	/* One letter is asked for in another way. */
	count = look_up_records(store, owner, NULL, "c", 1, records, &named);
	assert_int_equal(count, 1);
	assert_int_equal(named, 1);
	assert_string_equal(record_key(records[0]), "S-0002");
	record_free(records[0]);
	/* A page that is full keeps the named one. */
	count = look_up_records(store, owner, NULL, "chen", 1, records, &named);
	assert_int_equal(count, 1);
	assert_string_equal(record_key(records[0]), "S-0002");
	record_free(records[0]);
	count = look_up_records(store, owner, NULL, "", 8, records, &named);
	assert_int_equal(count, 2);
	while (count > 0)
		record_free(records[--count]);
	/* Where rows are private each is tested by itself: a group of accounts is no name. */
	count = look_up_records(store, account, NULL, "supplies", 8, records, &named);
	assert_int_equal(count, 2);
	assert_int_equal(named, 1);
	assert_string_equal(record_key(records[0]), "6120");
	while (count > 0)
		record_free(records[--count]);
	office_close(store);
}

static void a_wrong_text_keeps_its_field_and_says_why(void **state)
{
	struct store *store = sample_open("clerk");
	struct record *record = load(store, "request", "PR-2026-0003");
	struct record_form *form = record_form_new(store, record, NULL);
	int index = record_form_index(form, "needed_by");

	(void)state;
	record_form_edit(form, record, true);
	type_into(form, "needed_by", "02/30/2026");
	assert_string_not_equal(form_error(record_form_form(form), index), "");
	assert_false(record_form_apply(form, record));
	assert_int_equal(form_focus_index(record_form_form(form)), index);
	assert_string_equal(record_text(record, "needed_by"), "2026-12-04");
	record_form_free(form);
	record_free(record);
	office_close(store);
}

static void what_is_missing_is_marked_beside_other_mistakes(void **state)
{
	struct store *store = sample_open("clerk");
	struct record *record = record_start(store, record_type_find("meeting"), NULL);
	struct record_form *form = record_form_new(store, record, NULL);
	int date = record_form_index(form, "held_on");

	(void)state;
	record_form_edit(form, record, true);
	type_into(form, "body", "BD");
	type_into(form, "starts_at", "25:99");
	assert_false(record_form_apply(form, record));
	assert_string_equal(form_error(record_form_form(form), date), "Date is required.");
	assert_int_equal(form_focus_index(record_form_form(form)), date);
	type_into(form, "held_on", "2026-12-15");
	assert_false(record_form_apply(form, record));
	assert_int_equal(
		form_focus_index(record_form_form(form)), record_form_index(form, "starts_at"));
	record_form_free(form);
	record_free(record);
	office_close(store);
}

static void what_is_submitted_or_somebody_elses_is_locked_with_its_lines(void **state)
{
	struct store *store = sample_open("clerk");
	struct record *submitted = load(store, "request", "PR-2026-0001");
	struct record *line = load(store, "request-line", "PR-2026-0001/1");
	struct record *draft = load(store, "request", "PR-2026-0003");
	struct buffer why = {0};

	(void)state;
	assert_true(record_locked(store, submitted, &why));
	assert_non_null(strstr(buffer_text(&why), "submitted"));
	assert_true(record_locked(store, line, NULL));
	assert_false(record_locked(store, draft, NULL));
	store_close(store);
	store = office_reopen(NULL);
	assert_true(record_locked(store, draft, NULL));
	buffer_free(&why);
	record_free(submitted);
	record_free(line);
	record_free(draft);
	office_close(store);
}

static void a_save_is_taken_back_unless_somebody_changed_it_since(void **state)
{
	struct store *store = sample_open("clerk");
	struct record *record = load(store, "vendor", "V-0002");
	struct buffer said = {0};
	struct error err;

	(void)state;
	assert_false(session_can_undo(record->type, "V-0002"));
	assert_true(record_set(store, record, "name", "Dell Inc.", &err));
	assert_true(session_save(store, record, &err));
	assert_true(session_can_undo(record->type, "V-0002"));
	assert_string_equal(record_text(session_last(record->type), "name"), "Dell Inc.");
	assert_true(session_undo(store, record->type, "V-0002", &said, &err));
	record_free(record);
	record = load(store, "vendor", "V-0002");
	assert_string_equal(record_text(record, "name"), "Dell");
	assert_true(record_set(store, record, "name", "Dell Ltd.", &err));
	assert_true(session_save(store, record, &err));
	assert_true(record_set(store, record, "name", "Somebody's", &err));
	assert_true(record_save(store, record, &err));
	assert_false(session_undo(store, record->type, "V-0002", &said, &err));
	buffer_free(&said);
	record_free(record);
	office_close(store);
}

static void a_new_record_is_told_once(void **state)
{
	struct store *store = sample_open("clerk");
	const struct record_type *type = record_type_find("client");
	struct record *record = record_start(store, type, NULL);
	unsigned long seen = 0;
	struct error err;

	(void)state;
	session_made(type, &seen);
	assert_true(record_set(store, record, "name", "Midway Family Medicine", &err));
	assert_true(session_save(store, record, &err));
	assert_string_equal(session_made(type, &seen), record_key(record));
	assert_null(session_made(type, &seen));
	record_free(record);
	office_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_read_with_their_name),
		cmocka_unit_test(what_nobody_types_is_shown_once_it_is_there),
		cmocka_unit_test(short_input_is_written_out_on_leaving),
		cmocka_unit_test(a_last_name_means_its_person_though_others_mention_it),
		cmocka_unit_test(a_look_up_tells_names_before_mentions),
		cmocka_unit_test(a_wrong_text_keeps_its_field_and_says_why),
		cmocka_unit_test(what_is_missing_is_marked_beside_other_mistakes),
		cmocka_unit_test(what_is_submitted_or_somebody_elses_is_locked_with_its_lines),
		cmocka_unit_test(a_save_is_taken_back_unless_somebody_changed_it_since),
		cmocka_unit_test(a_new_record_is_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
