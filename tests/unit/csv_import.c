/*
 * csv_import.c - what an import makes of a file: new, changed, unchanged, in conflict or wrong,
 * and that it is all or nothing. GPL-3.0-or-later.
 */
#include "csv_sample.h"

#include <unistd.h>

#include "csv/export.h"

static int64_t count_of(const char *type)
{
	struct record_query query = {.type = record_type_find(type)};

	return record_count(store, &query);
}

/* ---- new and changed ---- */

static void rows_without_a_key_are_new(void **state)
{
	(void)state;
	import_well("client", "name,phone\nLakeside,5550102233\nBay Ortho,\n", "2/0/0/0/0");
	expect("client", "C-0001", "phone", "(555) 010-2233");
	expect("client", "C-0002", "name", "Bay Ortho");
	expect("client", "C-0002", "status", "prospect");
	assert_true(store_exists(
		store, "SELECT 1 FROM audit WHERE type = 'client' AND key = :key", "C-0002"));
}

static void keys_go_on_after_an_import(void **state)
{
	struct record *record;

	(void)state;
	import_well("client", "name\na\nb\nc\n", "3/0/0/0/0");
	record = office_make(store, "client", "name", "d", NULL);
	assert_string_equal(record_key(record), "C-0004");
	record_free(record);
	import_well("client", "name\ne\n", "1/0/0/0/0");
	expect("client", "C-0005", "name", "e");
}

static void new_records_are_found_at_once(void **state)
{
	struct found found[4];
	int count;

	(void)state;
	import_well("client", "name,city\nLakeside,Marlow\nBay Ortho,Reno\n", "2/0/0/0/0");
	count = record_find(store, "marl", 4, found);
	assert_int_equal(count, 1);
	assert_string_equal(found[0].key, "C-0001");
	found_free(found, count);
}

static void a_known_key_changes_in_any_case(void **state)
{
	struct import_plan *plan;

	(void)state;
	import_well("client", "name,phone\nLakeside,5550102233\n", "1/0/0/0/0");
	plan = import_text("client", "key,phone\nc-0001,(555) 010-4410\n", "0/1/0/0/0");
	assert_int_equal(plan->kept_count, 1);
	assert_string_equal(plan->kept[0].key, "C-0001");
	assert_int_equal(plan->kept[0].change_count, 1);
	assert_string_equal(plan->kept[0].changes[0].before, "(555) 010-2233");
	assert_string_equal(plan->kept[0].changes[0].after, "(555) 010-4410");
	import_free(plan);
	expect("client", "C-0001", "name", "Lakeside");
	import_well("client", "key,phone\nC-0001,555-010-4410\n", "0/0/1/0/0");
}

static void an_unknown_key_is_wrong(void **state)
{
	(void)state;
	import_wrongly("client", "key,name\n,a\nC-0009,b\n", 3, "key", "no such client");
	import_well("client", "name\nLakeside\n", "1/0/0/0/0");
	import_wrongly("client", "key,name\nLakeside,b\n", 2, "key", "no such client");
}

static void an_unknown_natural_key_is_new(void **state)
{
	(void)state;
	import_well("account", "code,name,kind\n6120,Supplies,expense\n", "1/0/0/0/0");
	import_well("account", "code,name,kind\n6120,Office supplies,expense\n6130,Rent,exp\n",
		"1/1/0/0/0");
	expect("account", "6120", "name", "Office supplies");
	open_wrongly("account", "name,kind\nRent,expense\n", "no column code");
}

static void a_key_twice_is_wrong(void **state)
{
	(void)state;
	import_wrongly(
		"account", "code,name,kind\nab,A,expense\nAB,B,expense\n", 3, "code", "in line 2");
}

static void absent_columns_and_empty_cells_differ(void **state)
{
	(void)state;
	import_well("client", "name,phone,city\nLakeside,5550102233,Marlow\n", "1/0/0/0/0");
	import_well("client", "key,city\nC-0001,\n", "0/1/0/0/0");
	expect("client", "C-0001", "city", "");
	expect("client", "C-0001", "phone", "(555) 010-2233");
	import_wrongly("client", "key,name\nC-0001,\n", 2, "name", "required");
}

static void empty_cells_of_new_records_take_defaults(void **state)
{
	(void)state;
	import_well("client", "name,kind,status\na,,\n", "1/0/0/0/0");
	expect("client", "C-0001", "kind", "PC");
	expect("client", "C-0001", "status", "prospect");
	import_well("account", "code,name,kind,active\n6120,Supplies,expense,\n", "1/0/0/0/0");
	expect("account", "6120", "active", "yes");
}

static void blank_rows_and_columns_are_no_matter(void **state)
{
	(void)state;
	import_well("client", "name,phone,,\nLakeside,,,\n,,,\n  ,,,\n", "1/0/0/0/0");
	import_wrongly("client", "name,,\nBay,,lost\n", 2, "", "cell 3 stands under no heading");
	import_wrongly("client", "name,phone\nBay\n", 2, "", "has 1 cells");
	import_wrongly("client", "name,phone\nBay,,x\n", 2, "", "under no heading");
}

/* ---- headings ---- */

static void headings_are_keys_labels_or_aliases(void **state)
{
	(void)state;
	import_well("client",
		"Client Name;E-MAIL;Zip Code;client since\nLakeside;a@b.example;90210;4/13/2019\n",
		"1/0/0/0/0");
	expect("client", "C-0001", "email", "a@b.example");
	expect("client", "C-0001", "zip", "90210");
	expect("client", "C-0001", "since", "2019-04-13");
}

static void wrong_headings_are_named(void **state)
{
	(void)state;
	open_wrongly("client", "name,fone,colour\n", "fone, colour");
	open_wrongly(
		"client", "name,Practice\n", "columns 1 \"name\" and 2 \"Practice\" mean the same");
	open_wrongly("client", "phone\n555\n", "no column name");
	open_wrongly("client", "", "is empty");
	open_wrongly("client", "n\u00e4me\xff\n", "not valid UTF-8");
	import_well("client", "name\nLakeside\n", "1/0/0/0/0");
	import_wrongly("client", "key,phone\nC-0001,\n,5550102233\n", 3, "",
		"needs what the file has no column for: name");
}

/* ---- references ---- */

static void references_go_by_key_or_name(void **state)
{
	(void)state;
	import_well("staff", "first_name,last_name\nMaria,Chen\nAda,Ruiz\n", "2/0/0/0/0");
	import_well("client", "name,manager\na,s-0002\nb,maria chen\nc,Maria Chen\n", "3/0/0/0/0");
	expect("client", "C-0001", "manager", "S-0002");
	expect("client", "C-0002", "manager", "S-0001");
	import_wrongly("client", "name,manager\nd,Nobody Known\n", 2, "manager",
		"no staff member \"Nobody Known\"");
	import_well("staff", "first_name,last_name\nMaria,Chen\n", "1/0/0/0/0");
	import_wrongly("client", "name,manager\nd,Maria Chen\n", 2, "manager", "more than one");
}

static void rows_may_refer_to_rows_above(void **state)
{
	(void)state;
	import_well("staff", "first_name,last_name,reports_to\nMaria,Chen,\nAda,Ruiz,Maria Chen\n",
		"2/0/0/0/0");
	expect("staff", "S-0002", "reports_to", "S-0001");
	import_wrongly("staff", "first_name,last_name,reports_to\nA,B,C D\nC,D,\n", 2, "reports_to",
		"no staff member \"C D\"");
}

/* ---- what the office keeps itself ---- */

static void make_request(void)
{
	record_free(office_make(
		store, "account", "code", "6120", "name", "Supplies", "kind", "expense", NULL));
	record_free(office_make(store, "vendor", "name", "Acme", NULL));
	import_well("request",
		"vendor,purpose,needed_by,tax,freight\nAcme,Toner,2026-11-30,exempt,10\n",
		"1/0/0/0/0");
	import_well("request-line",
		"request,item,account,quantity,unit_price\nPR-2026-0001,Toner,6120,4,72.35\n",
		"1/0/0/0/0");
}

static void only_actions_change_a_status(void **state)
{
	(void)state;
	make_request();
	import_wrongly("request", "key,status\nPR-2026-0001,approved\n", 2, "status",
		"mso do request KEY: approve, approve-chair, approve-paper, approve-motion");
	import_wrongly("request", "key,status\nPR-2026-0001,submitted\n", 2, "status",
		"(mso do request KEY: submit)");
	import_wrongly(
		"request", "key,status\nPR-2026-0001,\n", 2, "status", "here it is \"draft\"");
	import_well("request", "key,status,purpose\nPR-2026-0001,draft,More toner\n", "0/1/0/0/0");
	import_wrongly("request",
		"purpose,needed_by,tax,freight,status\na,2026-12-01,0,0,approved\n", 2, "status",
		"only an action changes it");
	import_well("request", "purpose,needed_by,tax,freight,status\na,2026-12-01,0,0,draft\n",
		"1/0/0/0/0");
}

static void a_status_may_be_given_at_first(void **state)
{
	(void)state;
	import_well("client", "name,status\na,active\n", "1/0/0/0/0");
	expect("client", "C-0001", "status", "active");
	import_wrongly("client", "key,status\nC-0001,former\n", 2, "status", "KEY: leave");
}

static void computed_cells_must_be_true(void **state)
{
	(void)state;
	make_request();
	import_well("request", "key,total\nPR-2026-0001,$299.40\n", "0/0/1/0/0");
	import_wrongly("request", "key,total\nPR-2026-0001,100.00\n", 2, "total",
		"the program works it out; here it is \"299.40\"");
	import_well("request-line",
		"request,item,account,unit_price,amount\nPR-2026-0001,Pen,6120,2.00,2\n",
		"1/0/0/0/0");
	import_wrongly("request-line",
		"request,item,account,unit_price,amount\nPR-2026-0001,Pen,6120,2.00,3\n", 2,
		"amount", "here it is \"2.00\"");
	import_wrongly("request", "key,requested_by\nPR-2026-0001,nobody\n", 2, "requested_by",
		"whoever makes the record");
}

static void parents_never_change(void **state)
{
	(void)state;
	make_request();
	import_well("request", "purpose,needed_by,tax,freight\nb,2026-12-01,0,0\n", "1/0/0/0/0");
	import_wrongly("request-line", "key,request\nPR-2026-0001/1,PR-2026-0002\n", 2, "request",
		"never changes");
}

static void rules_speak_through_an_import(void **state)
{
	struct error err;

	(void)state;
	make_request();
	if (!action_do(store, record_type_find("request"), "PR-2026-0001",
		    record_type_action(record_type_find("request"), "submit"), NULL, 0, NULL, &err))
		fail_msg("%s", err.text);
	import_wrongly("request-line",
		"request,item,account,unit_price\nPR-2026-0001,Pen,6120,2.00\n", 2, "",
		"PR-2026-0001");
	import_wrongly("request", "key,purpose\nPR-2026-0001,Other\n", 2, "", "PR-2026-0001");
}

static void twins_are_named(void **state)
{
	(void)state;
	import_well("vendor", "name\nAcme\n", "1/0/0/0/0");
	import_wrongly("vendor", "name\nacme\n", 2, "name", "V-0001");
}

static void private_columns_are_the_directors(void **state)
{
	(void)state;
	import_well("staff",
		"first_name,last_name,pay_basis,pay_rate\nMaria,Chen,year,80000\nA,B,,\n",
		"2/0/0/0/0");
	expect("staff", "S-0001", "pay_rate", "80000.00");
	expect("staff", "S-0002", "pay_rate", "");
	import_well("staff", "key,pay_rate\nS-0001,81000\nS-0002,40000\n", "0/2/0/0/0");
	expect("staff", "S-0002", "pay_rate", "40000.00");
	import_well("user", "login,role\nclerk,staff\nguest,viewer\n", "2/0/0/0/0");
	store_close(store);
	store = office_reopen("guest");
	open_wrongly("client", "name\na\n", "not yours to change");
	store_close(store);
	store = office_reopen("clerk");
	import_well("client", "name\na\n", "1/0/0/0/0");
	open_wrongly("staff", "key,pay_rate\nS-0001,1\n", "not yours to change");
}

/* ---- all or nothing ---- */

static void one_wrong_row_saves_nothing(void **state)
{
	struct record *record;

	(void)state;
	import_well("client", "name\nLakeside\n", "1/0/0/0/0");
	import_wrongly("client", "key,name,since\nC-0001,Changed,\n,New,\n,Wrong,02/30/2026\n", 4,
		"since", "02/30/2026");
	expect("client", "C-0001", "name", "Lakeside");
	assert_int_equal(count_of("client"), 1);
	record = office_make(store, "client", "name", "next", NULL);
	assert_string_equal(record_key(record), "C-0002");
	record_free(record);
}

static void every_wrong_row_is_counted(void **state)
{
	struct buffer text = {0};
	struct import_plan *plan;

	(void)state;
	buffer_add(&text, "name,npi,zip\n");
	for (int i = 0; i < 3000; i++)
		buffer_format(&text, "n%d,%s\n", i, i % 2 == 0 ? "12,x" : ",90210");
	plan = import_text("client", buffer_text(&text), "1500/0/0/0/1500");
	assert_true(plan->left_out);
	assert_string_equal(plan->kept[0].column, "npi");
	assert_string_equal(plan->kept[0].value, "12");
	assert_int_equal(plan->kept[1].line, 2);
	assert_string_equal(plan->kept[1].column, "zip");
	assert_int_equal(count_of("client"), 0);
	import_free(plan);
	buffer_free(&text);
}

static void a_dry_run_saves_nothing_and_says_all(void **state)
{
	struct import_plan *plan;
	struct buffer line = {0};
	struct error err;

	(void)state;
	import_well("client", "name\nLakeside\n", "1/0/0/0/0");
	plan = plan_of("client", "key,name\nC-0001,Lakeside Family\n,Marlow Pediatrics\n");
	assert_true(import_check(store, plan, &err));
	assert_int_equal(plan->counts[IMPORT_UPDATE], 1);
	assert_int_equal(plan->counts[IMPORT_INSERT], 1);
	import_describe(&plan->kept[0], &line);
	assert_string_equal(buffer_text(&line),
		"line 2: C-0001 Lakeside Family, name: Lakeside -> Lakeside Family");
	buffer_clear(&line);
	import_describe(&plan->kept[1], &line);
	assert_string_equal(buffer_text(&line), "line 3: new Marlow Pediatrics");
	expect("client", "C-0001", "name", "Lakeside");
	assert_int_equal(count_of("client"), 1);
	assert_true(import_commit(store, plan, &err));
	expect("client", "C-0002", "name", "Marlow Pediatrics");
	buffer_free(&line);
	import_free(plan);
}

static void a_stale_version_is_a_conflict(void **state)
{
	struct import_plan *plan;
	struct buffer user = {0};

	(void)state;
	import_well("client", "name,phone\nLakeside,5550102233\n", "1/0/0/0/0");
	import_well("client", "key,city\nC-0001,Marlow\n", "0/1/0/0/0");
	plan = import_text("client", "key,phone,version\nC-0001,5550104410,1\n", "0/0/0/1/0");
	assert_non_null(strstr(plan->kept[0].text, "was changed here since"));
	assert_non_null(strstr(plan->kept[0].text, store_actor(store)));
	import_free(plan);
	import_well("staff", "first_name,last_name\nAda,Ruiz\n", "1/0/0/0/0");
	buffer_format(&user, "login,staff\n%s,S-0001\n", store_actor(store));
	import_well("user", buffer_text(&user), "0/1/0/0/0");
	buffer_free(&user);
	plan = import_text("client", "key,phone,version\nC-0001,5550104410,1\n", "0/0/0/1/0");
	assert_non_null(strstr(plan->kept[0].text, "(A. Ruiz, "));
	import_free(plan);
	import_well("client", "key,phone,version\nC-0001,5550102233,1\n", "0/0/1/0/0");
	import_well("client", "key,phone,version\nC-0001,5550104410,2\n", "0/1/0/0/0");
	import_wrongly("client", "key,phone,version\nC-0001,,two\n", 2, "version", "version");
}

/* Changes a record as another would, between the check of an import and its commit. */
static void change_meanwhile(const char *type, const char *key, const char *field, const char *text)
{
	struct record *record = record_load(store, record_type_find(type), key, NULL);
	struct error err;

	assert_non_null(record);
	assert_true(record_set(store, record, field, text, &err));
	assert_true(record_save(store, record, &err));
	record_free(record);
}

static void what_changed_since_the_check_is_not_written_over(void **state)
{
	struct import_plan *plan;
	struct error err;

	(void)state;
	import_well(
		"client", "name,phone\na,5550102233\nb,5550102234\nc,5550102235\n", "3/0/0/0/0");
	/* The second row is unchanged when it is checked, and would not be later. */
	plan = plan_of(
		"client", "key,phone\nC-0001,5550104410\nC-0002,5550102234\nC-0003,5550102235\n");
	assert_true(import_check(store, plan, &err));
	assert_int_equal(plan->counts[IMPORT_UNCHANGED], 2);
	change_meanwhile("client", "C-0002", "phone", "5550109090");
	assert_false(import_commit(store, plan, &err));
	assert_string_equal(err.code, "stale");
	assert_non_null(strstr(err.text, "C-0002 was changed by "));
	assert_non_null(strstr(err.text, "(Phone) since this was checked, so nothing was saved."));
	expect("client", "C-0001", "phone", "(555) 010-2233");
	expect("client", "C-0002", "phone", "(555) 010-9090");
	/* Another check makes the plan anew, and what it says is done; what no row touches is free.
	 */
	assert_true(import_check(store, plan, &err));
	assert_int_equal(plan->counts[IMPORT_UPDATE], 2);
	change_meanwhile("client", "C-0003", "city", "Marlow");
	assert_true(import_commit(store, plan, &err));
	expect("client", "C-0002", "phone", "(555) 010-2234");
	import_free(plan);
}

/* Typed keys: new when it was checked and there now, or there and gone. */
static void what_came_or_went_since_the_check_is_not_written_over(void **state)
{
	const char *const text = "code,name,kind\n6120,Supplies,expense\n";
	struct import_plan *plan = plan_of("account", text);
	struct record *record;
	struct error err;

	(void)state;
	assert_true(import_check(store, plan, &err));
	import_well("account", "code,name,kind\n6120,Paper,expense\n", "1/0/0/0/0");
	assert_false(import_commit(store, plan, &err));
	assert_string_equal(err.code, "stale");
	assert_non_null(strstr(err.text, "6120 was made by "));
	expect("account", "6120", "name", "Paper");
	assert_true(import_check(store, plan, &err));
	assert_int_equal(plan->counts[IMPORT_UPDATE], 1);
	record = record_load(store, record_type_find("account"), "6120", &err);
	assert_true(record_delete(store, record, &err));
	record_free(record);
	assert_false(import_commit(store, plan, &err));
	assert_string_equal(err.code, "stale");
	assert_non_null(strstr(err.text, "6120 was deleted by "));
	assert_int_equal(count_of("account"), 0);
	import_free(plan);
}

/* ---- bad files ---- */

static void damaged_files_name_the_line(void **state)
{
	static const char nul[] = "name,notes\na,b\nc\0d,e\n";
	struct buffer large = {0};
	struct import_plan *plan;
	struct error err;

	(void)state;
	import_wrongly("client", "name,notes\na,b\n\"c,d\n", 3, "", "never closed");
	import_wrongly("client", "name,notes\né,b\ncaf\xe9,d\n", 3, "name", "not valid UTF-8");
	import_wrongly("client", "name,notes\na\x1b[31m,b\n", 2, "name", "U+001B");
	import_wrongly("client", "name,notes\na,\xe2\x80\xae\n", 2, "notes", "U+202E");
	plan = plan_of_bytes("client", nul, sizeof nul - 1);
	assert_false(import_commit(store, plan, &err));
	assert_int_equal(plan->kept[plan->kept_count - 1].line, 3);
	import_free(plan);
	buffer_add(&large, "name,notes\na,");
	for (int i = 0; i < 10 << 16; i++)
		buffer_add(&large, "sixteen letters ");
	import_wrongly("client", buffer_text(&large), 2, "", "1 MiB");
	buffer_free(&large);
	assert_int_equal(count_of("client"), 0);
}

static void line_breaks_come_as_line_feeds(void **state)
{
	(void)state;
	import_well("client", "name,notes\r\na,\"one\r\ntwo\rthree\"\r\n", "1/0/0/0/0");
	expect("client", "C-0001", "notes", "one\ntwo\nthree");
	import_wrongly("client", "name\n\"a\nb\"\n", 2, "name", "line break");
}

static void the_office_file_is_never_opened(void **state)
{
	struct record_query query = {.type = record_type_find("client")};
	struct error err;
	char journal[120];

	(void)state;
	assert_null(import_open(store, query.type, office_path, &err));
	assert_non_null(strstr(err.text, "office file itself"));
	snprintf(journal, sizeof journal, "%s-wal", office_path);
	assert_null(import_open(store, query.type, journal, &err));
	assert_non_null(strstr(err.text, "office file itself"));
	assert_false(export_file(store, &query, office_path, false, &err));
	assert_non_null(strstr(err.text, "office file itself"));
	assert_null(import_open(store, query.type, office_directory, &err));
	assert_null(import_open(store, query.type, "/dev/null", &err));
	assert_null(import_open(store, query.type, "/nowhere.csv", &err));
}

/* ---- back and forth ---- */

static const char *file_named(const char *name)
{
	static char path[160];

	snprintf(path, sizeof path, "%s/%s", office_directory, name);
	return path;
}

static void import_file(const char *type, const char *path, const char *counts)
{
	FILE *file = fopen(path, "rb");
	struct buffer text = {0};
	int c;

	assert_non_null(file);
	while ((c = getc(file)) != EOF)
		buffer_add_char(&text, (char)c);
	fclose(file);
	import_well(type, buffer_text(&text), counts);
	buffer_free(&text);
}

static const char *const hostile[] = {"=1+1", "+1", "-5", "@cmd", "'quoted", "'=x", "\" ,;\"",
	"a\"b", "日本語の医院", "Núñez, O'Neil", "😀 emoji", "1E+18", "00042", "1/2", "TRUE", "＝1",
	"' =1", "-", "sep=;", "a;b\tc", NULL};

static void hostile_values_come_back_the_same(void **state)
{
	struct record_query query = {.type = record_type_find("client")};
	struct error err;

	(void)state;
	for (int i = 0; hostile[i] != NULL; i++) {
		char notes[200];
		bool tab = strchr(hostile[i], '\t') != NULL;

		snprintf(notes, sizeof notes, "%s\n=next \"line\"\n,", hostile[i]);
		record_free(office_make(store, "client", "name", tab ? "tab" : hostile[i], "notes",
			notes, "city", tab ? "" : hostile[i], NULL));
	}
	assert_true(export_file(store, &query, file_named("c.csv"), false, &err));
	import_file("client", file_named("c.csv"), "0/0/20/0/0");
	/* Without guards a file cannot tell whose apostrophe it is; all others are the same. */
	assert_true(
		store_run(store, "DELETE FROM client WHERE name = '''=x' OR name = ''' =1'", &err));
	assert_true(export_file(store, &query, file_named("raw.csv"), true, &err));
	import_file("client", file_named("raw.csv"), "0/0/18/0/0");
}

static void every_type_comes_back_unchanged(void **state)
{
	(void)state;
	make_request();
	import_well("staff", "first_name,last_name,pay_rate\nMaria,Chen,80000\n", "1/0/0/0/0");
	import_well("client", "name,manager,notes\n\"a, b\",S-0001,\"=x\ny\"\n", "1/0/0/0/0");
	import_well("contact", "client,name\nC-0001,Dr. Osei\n", "1/0/0/0/0");
	import_well("body", "code,name,kind,quorum\nBD,Board,board,2\n", "1/0/0/0/0");
	import_well("member", "body,person,role\nBD,Dr. Osei,chair\n", "1/0/0/0/0");
	import_well("meeting", "body,held_on\nBD,2026-11-30\n", "1/0/0/0/0");
	import_well("agenda-item", "meeting,title\nBD-2026-01,Requests\n", "1/0/0/0/0");
	import_well("attendance", "meeting,member\nBD-2026-01,Dr. Osei\n", "1/0/0/0/0");
	import_well("motion", "meeting,text\nBD-2026-01,To approve.\n", "1/0/0/0/0");
	import_well("motion-subject",
		"motion,type,subject,amount\nBD-2026-01/M1,request,PR-2026-0001,400\n",
		"1/0/0/0/0");
	import_well("action-item", "what,due_on\nAsk for a quote,12/1/2026\n", "1/0/0/0/0");
	import_well("budget", "fiscal_year,title\n2026,Operating budget\n", "1/0/0/0/0");
	import_well("budget-line", "budget,account,jan\nB-2026-0001,Supplies,1200\n", "1/0/0/0/0");
	import_well("actual", "booked_on,account,amount,text\n2026-01-02,6120,-12.50,-refund\n",
		"1/0/0/0/0");
	import_well("position", "title\nClerk\n", "1/0/0/0/0");
	for (int i = 0; record_types[i] != NULL; i++) {
		struct record_query query = {.type = record_types[i]};
		struct error err;
		char counts[40];

		snprintf(counts, sizeof counts, "0/0/%d/0/0", (int)record_count(store, &query));
		assert_string_not_equal(counts, "0/0/0/0/0");
		if (!export_file(store, &query, file_named("x.csv"), false, &err))
			fail_msg("%s", err.text);
		import_file(record_types[i]->name, file_named("x.csv"), counts);
	}
}

static void all_types_go_to_a_directory(void **state)
{
	struct error err;

	(void)state;
	record_free(office_make(store, "client", "name", "Lakeside", NULL));
	assert_true(export_all(store, file_named("all"), false, &err));
	assert_int_equal(access(file_named("all/client.csv"), R_OK), 0);
	assert_int_equal(access(file_named("all/request-line.csv"), R_OK), 0);
}

static void corrected_errors_can_be_imported(void **state)
{
	struct import_plan *plan;
	struct buffer text = {0};
	struct error err;
	FILE *file;
	char *zip;
	int c;

	(void)state;
	plan = import_text("client", "name,zip,notes\na,90210,\nb,x,\"'=1\"\nc,y,\nd,90210,\ne,z\n",
		"2/0/0/0/3");
	assert_true(import_write_errors(store, plan, file_named("e.csv"), &err));
	import_free(plan);
	file = fopen(file_named("e.csv"), "rb");
	while ((c = getc(file)) != EOF)
		buffer_add_char(&text, (char)c);
	fclose(file);
	assert_non_null(
		strstr(buffer_text(&text), "\"b\",\"x\",\"'=1\",3,\"zip\",\"zip \"\"x\"\": "));
	assert_null(strstr(buffer_text(&text), "\"d\""));
	while ((zip = strstr(text.data, ",\"x\",")) != NULL ||
		(zip = strstr(text.data, ",\"y\",")) != NULL)
		memcpy(zip + 1, "   ", 3);
	*strstr(text.data, "\"e\"") = '\0';
	import_well("client", text.data, "2/0/0/0/0");
	expect("client", "C-0001", "notes", "=1");
	buffer_free(&text);
}

static void write_file(const char *name, const char *text)
{
	FILE *file = fopen(file_named(name), "wb");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void must_hold(const char *name, const char *text)
{
	char found[120] = "";
	FILE *file = fopen(file_named(name), "rb");

	assert_non_null(file);
	assert_true(fread(found, 1, sizeof found - 1, file) > 0);
	fclose(file);
	assert_string_equal(found, text);
}

static void must_not_write_errors(const struct import_plan *plan, const char *name)
{
	struct error err;

	assert_false(import_write_errors(store, plan, file_named(name), &err));
	if (strstr(err.text, "is the file that is imported") == NULL ||
		strstr(err.text, "another name") == NULL)
		fail_msg("%s", err.text);
}

/* The good rows are in there, and nowhere else. */
static void wrong_rows_never_replace_the_file_they_are_from(void **state)
{
	static const char rows[] = "name,npi\nLakeside,\nBay,12\n";
	struct import_plan *plan;
	struct error err;
	char source[160];

	(void)state;
	write_file("g.csv", rows);
	snprintf(source, sizeof source, "%s", file_named("g.csv"));
	assert_int_equal(symlink("g.csv", file_named("symbolic.csv")), 0);
	assert_int_equal(link(source, file_named("hard.csv")), 0);
	plan = import_open(store, record_type_find("client"), source, &err);
	assert_non_null(plan);
	assert_true(import_check(store, plan, &err));
	must_not_write_errors(plan, "g.csv");
	must_not_write_errors(plan, "symbolic.csv");
	must_not_write_errors(plan, "hard.csv");
	/* A program that saved it anew meanwhile has made another file of the name. */
	write_file("saved.csv", "name\nMore\n");
	assert_int_equal(rename(file_named("saved.csv"), source), 0);
	must_not_write_errors(plan, "g.csv");
	must_not_write_errors(plan, "symbolic.csv");
	must_not_write_errors(plan, "hard.csv");
	must_hold("g.csv", "name\nMore\n");
	must_hold("hard.csv", rows);
	write_file("old.csv", "replaced");
	assert_true(import_write_errors(store, plan, file_named("old.csv"), &err));
	import_free(plan);
}

/* ---- names that are there already ---- */

static void twins(const char *type, const char *text, const char *told)
{
	struct import_plan *plan = plan_of(type, text);
	struct buffer line = {0};
	struct error err;

	assert_true(import_check(store, plan, &err));
	assert_true(import_is_clean(plan));
	import_describe_twins(plan, &line);
	assert_string_equal(buffer_text(&line), told);
	/* The same is told of what is done, and it is done. */
	buffer_clear(&line);
	assert_true(import_commit(store, plan, &err));
	import_describe_twins(plan, &line);
	assert_string_equal(buffer_text(&line), told);
	buffer_free(&line);
	import_free(plan);
}

static void names_that_are_there_are_told_and_not_refused(void **state)
{
	struct import_plan *plan;
	struct buffer line = {0};
	struct error err;

	(void)state;
	import_well("client", "name\nLakeside\nBay\nBay\n", "3/0/0/0/0");
	twins("client", "name\nMarlow\nbay\n",
		"1 new record has the name of one that is there already: line 3 C-0002. To change "
		"those instead, give their keys in the file.");
	assert_int_equal(count_of("client"), 5);
	twins("client", "key,name\nC-0001,Lakeside East\n,Lakeside\n,Marlow\n,Reno\n,Bay\n",
		"2 new records have the names of others that are there already: line 4 C-0004, line "
		"6 C-0002. To change those instead, give their keys in the file.");
	plan = plan_of("client", "name\nReno\n");
	assert_true(import_check(store, plan, &err));
	assert_string_equal(plan->kept[0].twin, "C-0008");
	import_describe(&plan->kept[0], &line);
	assert_string_equal(buffer_text(&line), "line 2: new Reno (like C-0008)");
	buffer_free(&line);
	import_free(plan);
}

/* People of one name may work in two practices; what has no name is the same in all, or another. */
static void twins_belong_to_the_same(void **state)
{
	(void)state;
	import_well("client", "name\nLakeside\nBay\n", "2/0/0/0/0");
	twins("contact", "client,name\nC-0001,Mei Chen\n", "");
	twins("contact", "client,name\nC-0002,Mei Chen\n", "");
	twins("contact", "client,name\nC-0001,Ada Ruiz\nC-0001,Mei Chen\n",
		"1 new record has the name of one that is there already: line 3 P-0001. To change "
		"those instead, give their keys in the file.");
	import_well("account", "code,name,kind\n6120,Supplies,expense\n", "1/0/0/0/0");
	twins("actual", "account,booked_on,text,amount\n6120,2026-01-05,Rent,5\n", "");
	twins("actual", "account,booked_on,text,amount\n6120,2026-02-05,Rent,5\n", "");
	twins("actual", "account,booked_on,text,amount\n6120,2026-02-05,Rent,6\n", "");
	twins("actual",
		"account,booked_on,text,amount\n6120,2026-02-05,Rent,7\n6120,2026-02-05,Rent,5\n",
		"1 new record is there already, the same in all: line 3 A-0002. Perhaps the file was "
		"imported before.");
}

#define OFFICE_TEST(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OFFICE_TEST(rows_without_a_key_are_new),
		OFFICE_TEST(keys_go_on_after_an_import),
		OFFICE_TEST(new_records_are_found_at_once),
		OFFICE_TEST(a_known_key_changes_in_any_case),
		OFFICE_TEST(an_unknown_key_is_wrong),
		OFFICE_TEST(an_unknown_natural_key_is_new),
		OFFICE_TEST(a_key_twice_is_wrong),
		OFFICE_TEST(absent_columns_and_empty_cells_differ),
		OFFICE_TEST(empty_cells_of_new_records_take_defaults),
		OFFICE_TEST(blank_rows_and_columns_are_no_matter),
		OFFICE_TEST(headings_are_keys_labels_or_aliases),
		OFFICE_TEST(wrong_headings_are_named),
		OFFICE_TEST(references_go_by_key_or_name),
		OFFICE_TEST(rows_may_refer_to_rows_above),
		OFFICE_TEST(only_actions_change_a_status),
		OFFICE_TEST(a_status_may_be_given_at_first),
		OFFICE_TEST(computed_cells_must_be_true),
		OFFICE_TEST(parents_never_change),
		OFFICE_TEST(rules_speak_through_an_import),
		OFFICE_TEST(twins_are_named),
		OFFICE_TEST(private_columns_are_the_directors),
		OFFICE_TEST(one_wrong_row_saves_nothing),
		OFFICE_TEST(every_wrong_row_is_counted),
		OFFICE_TEST(a_dry_run_saves_nothing_and_says_all),
		OFFICE_TEST(a_stale_version_is_a_conflict),
		OFFICE_TEST(what_changed_since_the_check_is_not_written_over),
		OFFICE_TEST(what_came_or_went_since_the_check_is_not_written_over),
		OFFICE_TEST(damaged_files_name_the_line),
		OFFICE_TEST(line_breaks_come_as_line_feeds),
		OFFICE_TEST(the_office_file_is_never_opened),
		OFFICE_TEST(hostile_values_come_back_the_same),
		OFFICE_TEST(every_type_comes_back_unchanged),
		OFFICE_TEST(all_types_go_to_a_directory),
		OFFICE_TEST(corrected_errors_can_be_imported),
		OFFICE_TEST(wrong_rows_never_replace_the_file_they_are_from),
		OFFICE_TEST(names_that_are_there_are_told_and_not_refused),
		OFFICE_TEST(twins_belong_to_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
