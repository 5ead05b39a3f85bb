/*
 * office_records.c - records: defaults, saving, keys, versions, references, private fields,
 * deleting. GPL-3.0-or-later.
 */
#include "office_file.h"

static struct store *store;

static struct record *load(const char *type, const char *key)
{
	struct error err;
	struct record *record = record_load(store, record_type_find(type), key, &err);

	if (record == NULL)
		fail_msg("%s", err.text);
	return record;
}

static void set(struct record *record, const char *field, const char *text)
{
	struct error err;

	if (!record_set(store, record, field, text, &err))
		fail_msg("%s", err.text);
}

static void save(struct record *record)
{
	struct error err;

	if (!record_save(store, record, &err))
		fail_msg("%s", err.text);
}

static void act_as(const char *login)
{
	store_close(store);
	store = office_reopen(login);
}

static void a_new_record_has_its_defaults(void **state)
{
	struct record *client = record_start(store, record_type_find("client"), NULL);

	(void)state;
	assert_int_equal(client->id, 0);
	assert_string_equal(record_key(client), "");
	assert_string_equal(record_state(client), "prospect");
	assert_string_equal(record_text(client, "kind"), "PC");
	assert_string_equal(record_text(client, "notes"), "");
	assert_int_equal(record_value(client, "since")->kind, VALUE_NULL);
	record_free(client);
}

static void a_saved_record_is_as_loaded(void **state)
{
	struct record *saved = office_make(store, "client", "name", "Lakeside Family", "phone",
		"5550102233", "physicians", "6", "notes", "two\nlines", NULL);
	struct record *loaded = load("client", record_key(saved));

	(void)state;
	assert_string_equal(record_key(saved), "C-0001");
	assert_int_equal(saved->version, 1);
	assert_int_equal(saved->id, loaded->id);
	for (int i = 0; saved->type->fields[i].key != NULL; i++) {
		assert_true(value_same(&saved->values[i], &loaded->values[i]));
		assert_true(value_same(&saved->loaded[i], &saved->values[i]));
	}
	assert_string_equal(record_text(loaded, "phone"), "(555) 010-2233");
	record_free(saved);
	record_free(loaded);
}

static void saving_nothing_writes_nothing(void **state)
{
	struct record *client = office_make(store, "client", "name", "Quiet", NULL);

	(void)state;
	save(client);
	set(client, "name", "Quiet");
	save(client);
	assert_int_equal(client->version, 1);
	set(client, "city", "Marlow");
	save(client);
	assert_int_equal(client->version, 2);
	set(client, "city", "");
	save(client);
	assert_string_equal(record_text(client, "city"), "");
	assert_int_equal(client->version, 3);
	record_free(client);
}

static void numbers_are_given_in_order_and_never_twice(void **state)
{
	struct record *first = office_make(store, "vendor", "name", "Acme", NULL);
	struct record *second = office_make(store, "vendor", "name", "Brown", NULL);
	struct error err;

	(void)state;
	assert_string_equal(record_key(first), "V-0001");
	assert_string_equal(record_key(second), "V-0002");
	assert_true(record_delete(store, second, &err));
	record_free(second);
	second = office_make(store, "vendor", "name", "Carter", NULL);
	assert_string_equal(record_key(second), "V-0003");
	record_free(first);
	record_free(second);
}

static void a_failed_save_gives_no_number(void **state)
{
	struct record *vendor = record_start(store, record_type_find("vendor"), NULL);
	struct record *other = office_make(store, "vendor", "name", "Unique Name", NULL);
	struct error err;

	(void)state;
	set(vendor, "name", "UNIQUE name");
	assert_false(record_save(store, vendor, &err));
	assert_string_equal(err.code, "unique");
	assert_string_equal(err.field, "name");
	assert_non_null(strstr(err.text, record_key(other)));
	assert_int_equal(vendor->id, 0);
	assert_string_equal(record_key(vendor), "");
	assert_false(store_in_transaction(store));
	set(vendor, "name", "Another Name");
	save(vendor);
	assert_string_equal(record_key(other), "V-0001");
	assert_string_equal(record_key(vendor), "V-0002");
	record_free(vendor);
	record_free(other);
}

static void required_fields_are_named(void **state)
{
	struct record *client = record_start(store, record_type_find("client"), NULL);
	struct error err;

	(void)state;
	assert_false(record_save(store, client, &err));
	assert_string_equal(err.field, "name");
	assert_string_equal(err.text, "Name is required.");
	assert_string_equal(err.code, "required");
	record_free(client);
}

static void two_people_do_not_overwrite_each_other(void **state)
{
	struct record *mine = office_make(store, "client", "name", "Shared", NULL);
	struct record *theirs = load("client", record_key(mine));
	struct error err;

	(void)state;
	set(theirs, "city", "Theirs");
	save(theirs);
	set(mine, "city", "Mine");
	assert_false(record_save(store, mine, &err));
	assert_string_equal(err.code, "stale");
	assert_non_null(strstr(err.text, record_key(mine)));
	assert_non_null(strstr(err.text, store_actor(store)));
	assert_string_equal(record_text(mine, "city"), "Mine");
	assert_false(store_in_transaction(store));
	record_free(theirs);
	theirs = load("client", record_key(mine));
	assert_string_equal(record_text(theirs, "city"), "Theirs");
	assert_false(record_delete(store, mine, &err));
	assert_string_equal(err.code, "stale");
	assert_non_null(strstr(err.text, "(City) meanwhile, so it was not deleted."));
	record_free(mine);
	record_free(theirs);
}

static void a_record_deleted_meanwhile_is_said_so(void **state)
{
	struct record *mine = office_make(store, "client", "name", "Gone", NULL);
	struct record *theirs = load("client", record_key(mine));
	struct error err;

	(void)state;
	assert_true(record_delete(store, theirs, &err));
	set(mine, "city", "Marlow");
	assert_false(record_save(store, mine, &err));
	assert_string_equal(err.code, "stale");
	assert_non_null(strstr(err.text, "deleted"));
	assert_false(record_delete(store, mine, &err));
	assert_non_null(strstr(err.text, " was deleted by "));
	/* Nor is it unknown to who asks for it. */
	assert_null(record_load(store, mine->type, record_key(mine), &err));
	assert_non_null(strstr(err.text, " was deleted by "));
	record_free(mine);
	record_free(theirs);
}

static void records_are_found_by_key_label_and_name(void **state)
{
	struct record *vendor = office_make(store, "vendor", "name", "Zenith Office Supply", NULL);
	struct record *first = office_make(store, "client", "name", "Twin Practice", NULL);
	struct record *second = office_make(store, "client", "name", "twin practice", NULL);
	const struct record_type *vendors = record_type_find("vendor");
	const struct record_type *clients = record_type_find("client");
	struct value key = {.kind = VALUE_NULL};
	struct buffer text = {0};
	struct error err;

	(void)state;
	assert_true(record_resolve(store, vendors, record_key(vendor), &key, &err));
	buffer_format(&text, "v%s", record_key(vendor) + 1);
	assert_true(record_resolve(store, vendors, buffer_text(&text), &key, &err));
	assert_string_equal(key.text, record_key(vendor));
	buffer_format(&text, " Zenith Office Supply");
	assert_true(record_resolve(store, vendors, buffer_text(&text), &key, &err));
	assert_string_equal(key.text, record_key(vendor));
	assert_true(record_resolve(store, vendors, "zenith office supply", &key, &err));
	assert_string_equal(key.text, record_key(vendor));
	buffer_format(&text, " and more");
	assert_false(record_resolve(store, vendors, buffer_text(&text), &key, &err));
	assert_false(record_resolve(store, vendors, "Nobody", &key, &err));
	assert_non_null(strstr(err.text, "Nobody"));
	assert_false(record_resolve(store, clients, "Twin Practice", &key, &err));
	assert_non_null(strstr(err.text, record_key(first)));
	assert_non_null(strstr(err.text, record_key(second)));
	assert_null(record_load(store, clients, "C-99999", &err));
	assert_non_null(strstr(err.text, "There is no client \"C-99999\""));
	value_clear(&key);
	buffer_free(&text);
	record_free(vendor);
	record_free(first);
	record_free(second);
}

static void references_show_their_titles(void **state)
{
	struct record *client = office_make(store, "client", "name", "Label Practice", NULL);
	struct record *contact =
		office_make(store, "contact", "name", "Ada Ruiz", "client", "label practice", NULL);
	const struct field *field = record_type_field(contact->type, "client");
	struct buffer label = {0}, expected = {0};

	(void)state;
	assert_string_equal(record_text(contact, "client"), record_key(client));
	record_reference_label(store, field, record_value(contact, "client"), &label);
	buffer_format(&expected, "%s Label Practice", record_key(client));
	assert_string_equal(buffer_text(&label), buffer_text(&expected));
	buffer_free(&label);
	buffer_free(&expected);
	record_free(client);
	record_free(contact);
}

static void a_reference_must_be_there(void **state)
{
	struct record *contact = record_start(store, record_type_find("contact"), NULL);
	int client = record_type_field_index(contact->type, "client");
	struct error err;

	(void)state;
	set(contact, "name", "Nobody's");
	assert_false(record_set(store, contact, "client", "C-4711", &err));
	assert_string_equal(err.field, "client");
	value_set_text(&contact->values[client], "C-4711");
	assert_false(record_save(store, contact, &err));
	assert_string_equal(err.field, "client");
	assert_non_null(strstr(err.text, "C-4711"));
	record_free(contact);
}

static void what_is_referred_to_is_not_deleted(void **state)
{
	struct record *client = office_make(store, "client", "name", "Referred", NULL);
	struct record *contact =
		office_make(store, "contact", "name", "Ada", "client", record_key(client), NULL);
	struct error err;

	(void)state;
	assert_false(record_delete(store, client, &err));
	assert_string_equal(err.code, "foreign-key");
	assert_non_null(strstr(err.text, record_key(contact)));
	assert_non_null(strstr(err.text, client->type->instead));
	assert_true(record_delete(store, contact, &err));
	assert_true(record_delete(store, client, &err));
	record_free(client);
	record_free(contact);
}

static void whatever_is_referred_to_says_what_to_do_instead(void **state)
{
	int referred = 0;

	(void)state;
	for (int i = 0; record_types[i] != NULL; i++) {
		for (const struct field *field = record_types[i]->fields; field->key != NULL;
			field++) {
			if (field->type != &reference_type || !field_stored(field))
				continue;
			assert_non_null(field_refers(field)->instead);
			referred++;
		}
	}
	assert_true(referred > 20);
}

static void a_part_begins_with_its_parent(void **state)
{
	struct record *client = office_make(store, "client", "name", "Parent", NULL);
	struct record *contact =
		record_start(store, record_type_find("contact"), record_key(client));

	(void)state;
	assert_string_equal(record_text(contact, "client"), record_key(client));
	record_free(client);
	record_free(contact);
}

static void keys_follow_their_rules(void **state)
{
	struct record *body = office_make(store, "body", "code", "XB", "name", "Extra Board",
		"kind", "committee", "quorum", "3", NULL);
	struct record *meeting =
		office_make(store, "meeting", "body", "xb", "held_on", "2027-01-12", NULL);
	struct record *second =
		office_make(store, "meeting", "body", "XB", "held_on", "2027-02-12", NULL);
	struct record *item = office_make(
		store, "agenda-item", "meeting", record_key(second), "title", "Reports", NULL);
	struct record *request = office_make(store, "request", "purpose", "Toner", "needed_by",
		"2027-11-30", "tax", "exempt", "freight", "0", NULL);

	(void)state;
	assert_string_equal(record_key(meeting), "XB-2027-01");
	assert_string_equal(record_key(second), "XB-2027-02");
	assert_memory_equal(record_key(item), "XB-2027-02/", 11);
	assert_string_equal(strrchr(record_key(item), '1'), "1");
	assert_string_equal(record_key(request), "PR-2026-0001");
	assert_string_equal(record_text(request, "requested_by"), store_actor(store));
	assert_string_equal(record_text(request, "tax"), "exempt");
	assert_int_equal(record_value(request, "freight")->kind, VALUE_INTEGER);
	record_free(body);
	record_free(meeting);
	record_free(second);
	record_free(item);
	record_free(request);
}

static void what_is_not_typed_is_refused_unless_it_says_the_same(void **state)
{
	struct record *client = office_make(store, "client", "name", "Fixed", NULL);
	struct error err;

	(void)state;
	assert_false(record_set(store, client, "key", "C-9999", &err));
	assert_string_equal(err.field, "key");
	assert_true(record_set(store, client, "key", record_key(client), &err));
	assert_false(record_set(store, client, "status", "former", &err));
	assert_non_null(strstr(err.text, "action"));
	assert_true(record_set(store, client, "status", "prospect", &err));
	assert_false(record_set(store, client, "colour", "red", &err));
	assert_non_null(strstr(err.text, "colour"));
	record_free(client);
}

static void a_status_may_be_given_at_first_where_the_row_says_so(void **state)
{
	struct record *client =
		office_make(store, "client", "name", "Active", "status", "active", NULL);

	(void)state;
	assert_string_equal(record_state(client), "active");
	record_free(client);
}

static void private_fields_are_the_directors(void **state)
{
	struct record *user = office_make(store, "user", "login", "clerk", "role", "staff", NULL);
	struct record *person = office_make(store, "staff", "first_name", "Ada", "last_name",
		"Ruiz", "pay_basis", "hour", "pay_rate", "25.00", NULL);
	char key[16];
	struct error err;

	(void)state;
	snprintf(key, sizeof key, "%s", record_key(person));
	assert_int_equal(record_value(person, "pay_rate")->integer, 2500);
	set(person, "pay_rate", "26");
	save(person);
	assert_int_equal(person->version, 2);
	assert_int_equal(record_value(person, "pay_rate")->integer, 2600);
	set(person, "pay_rate", "");
	set(person, "phone", "5550102233");
	save(person);
	assert_int_equal(record_value(person, "pay_rate")->kind, VALUE_NULL);
	set(person, "pay_rate", "27");
	save(person);
	record_free(person);

	act_as("clerk");
	person = load("staff", key);
	assert_int_equal(record_value(person, "pay_rate")->kind, VALUE_NULL);
	assert_int_equal(record_value(person, "pay_basis")->kind, VALUE_NULL);
	assert_false(record_set(store, person, "pay_rate", "30", &err));
	assert_non_null(strstr(err.text, "director"));
	assert_false(record_may_set(store, person, record_type_field(person->type, "pay_rate")));
	assert_false(record_may_write(store, person->type));
	assert_true(record_may_write(store, record_type_find("client")));
	set(person, "phone", "5550104444");
	assert_false(record_save(store, person, &err));
	assert_string_equal(err.code, "not-your-role");
	assert_non_null(strstr(err.text, "clerk"));
	record_free(person);

	act_as(NULL);
	person = load("staff", key);
	assert_int_equal(record_value(person, "pay_rate")->integer, 2700);
	assert_string_equal(record_text(person, "pay_basis"), "hour");
	record_free(person);
	record_free(user);
}

static void a_record_with_private_fields_is_deleted_with_them(void **state)
{
	struct record *person = office_make(
		store, "staff", "first_name", "Bo", "last_name", "Lund", "pay_rate", "25.00", NULL);
	struct error err;

	(void)state;
	if (!record_delete(store, person, &err))
		fail_msg("%s", err.text);
	assert_false(store_exists(
		store, "SELECT 1 FROM staff_pay WHERE staff = :key", record_key(person)));
	record_free(person);
}

static void staff_keep_what_is_partly_private(void **state)
{
	struct record *actual, *contact;
	struct found found[2];
	struct error err;

	(void)state;
	record_free(office_make(store, "user", "login", "clerk", "role", "staff", NULL));
	record_free(office_make(
		store, "account", "code", "6120", "name", "Supplies", "kind", "expense", NULL));
	record_free(office_make(store, "account", "code", "6010", "name", "Payroll", "kind",
		"expense", "private", "yes", NULL));
	record_free(office_make(store, "client", "name", "Lakeside", NULL));

	act_as("clerk");
	actual = office_make(store, "actual", "account", "supplies", "booked_on", "2026-11-02",
		"amount", "12.00", "text", "Toner", NULL);
	assert_int_equal(record_find(store, "toner", 2, found), 1);
	found_free(found, 1);
	set(actual, "text", "Paper");
	save(actual);
	assert_int_equal(record_find(store, "paper", 2, found), 1);
	found_free(found, 1);
	assert_false(record_set(store, actual, "account", "6010", &err));
	assert_non_null(strstr(err.text, "no account \"6010\""));
	contact = office_make(store, "contact", "name", "Ada", "client", "C-0001", NULL);
	if (!record_delete(store, contact, &err))
		fail_msg("%s", err.text);
	record_free(contact);
	record_free(actual);
}

static void children_come_in_menu_order(void **state)
{
	struct child_list children[32];
	int count = record_type_children(record_type_find("client"), children, 32);

	(void)state;
	assert_true(count >= 2);
	for (int i = 1; i < count; i++)
		assert_true(children[i - 1].type->order <= children[i].type->order);
	assert_string_equal(children[0].type->name, "contact");
	assert_int_equal(record_type_children(record_type_find("client"), children, 1), 1);
}

static int open_office(void **state)
{
	(void)state;
	store = office_open();
	return 0;
}

static int close_office(void **state)
{
	(void)state;
	office_close(store);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_new_record_has_its_defaults, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			a_saved_record_is_as_loaded, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			saving_nothing_writes_nothing, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			numbers_are_given_in_order_and_never_twice, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			a_failed_save_gives_no_number, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			required_fields_are_named, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			two_people_do_not_overwrite_each_other, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			a_record_deleted_meanwhile_is_said_so, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			records_are_found_by_key_label_and_name, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			references_show_their_titles, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			a_reference_must_be_there, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			what_is_referred_to_is_not_deleted, open_office, close_office),
		cmocka_unit_test(whatever_is_referred_to_says_what_to_do_instead),
		cmocka_unit_test_setup_teardown(
			a_part_begins_with_its_parent, open_office, close_office),
		cmocka_unit_test_setup_teardown(keys_follow_their_rules, open_office, close_office),
		cmocka_unit_test_setup_teardown(
			what_is_not_typed_is_refused_unless_it_says_the_same, open_office,
			close_office),
		cmocka_unit_test_setup_teardown(
			a_status_may_be_given_at_first_where_the_row_says_so, open_office,
			close_office),
		cmocka_unit_test_setup_teardown(
			private_fields_are_the_directors, open_office, close_office),
		cmocka_unit_test_setup_teardown(a_record_with_private_fields_is_deleted_with_them,
			open_office, close_office),
		cmocka_unit_test_setup_teardown(
			staff_keep_what_is_partly_private, open_office, close_office),
		cmocka_unit_test(children_come_in_menu_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
