/*
 * main.c - the command line: options, the table of commands, exit codes. Without a command it
 * opens the office, full screen. GPL-3.0-or-later.
 */
#include <locale.h>
#include <poll.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "core/fatal.h"
#include "core/text.h"
#include "report/home.h"
#include "screens/office_screen.h"
#include "ssh_command.h"
#include "store/backup.h"
#include "store/privilege.h"
#include "store/user_file.h"

#define VERSION "0.1"

enum { ANY_NUMBER = 1000000 };

const struct command commands[] = {
	{.name = "init",
		.usage = "[--demo] [--director LOGIN]",
		.help = "Makes the office file; you become its director.",
		.more = "--demo      fills it with a made-up office: clients, staff, budget, a year of "
			"meetings.\n"
			"--director  names the first director of the shared office; root does that, "
			"once, through `make install-office`.",
		.options = "demo director=",
		.without_office = true,
		.in_directory = true,
		.run = command_init},
	{.name = "list",
		.usage = "TYPE [--view VIEW] [--match WORDS] [--sort [-]FIELD]",
		.help = "Prints a list as text.",
		.more = "Without --view it is the list that the screen opens with; --view all has "
			"every record. A view kept with v in the list goes by its name.\n"
			"--match shows those in which all the words begin a word; --sort=-FIELD sorts "
			"downward.",
		.least = 1,
		.most = 1,
		.options = "view= match= sort=",
		.run = command_list},
	{.name = "show",
		.usage = "TYPE KEY",
		.help = "Prints one record, and how many others belong to it.",
		.more = "It ends with the actions open to you now; a request also says who may approve it and why.",
		.least = 2,
		.most = 2,
		.run = command_show},
	{.name = "find",
		.usage = "WORDS...",
		.help = "Finds records of all types by key, name or text.",
		.least = 1,
		.most = ANY_NUMBER,
		.run = command_find},
	{.name = "new",
		.usage = "TYPE FIELD=VALUE...",
		.help = "Makes a record and prints its key.",
		.more = "\"mso fields TYPE\" lists the fields.",
		.least = 1,
		.most = ANY_NUMBER,
		.run = command_new},
	{.name = "set",
		.usage = "TYPE KEY FIELD=VALUE...",
		.help = "Changes fields of a record.",
		.more = "FIELD= empties a field.",
		.least = 3,
		.most = ANY_NUMBER,
		.run = command_set},
	{.name = "delete",
		.usage = "TYPE KEY",
		.help = "Deletes a record that nothing refers to.",
		.more = "What was used is not deleted; it ends, closes or is cancelled.",
		.least = 2,
		.most = 2,
		.run = command_delete},
	{.name = "do",
		.usage = "TYPE KEY [ACTION [FIELD=VALUE...]]",
		.help = "Does an action: submit, approve, close, ...",
		.more = "Without ACTION it lists the actions, and why some are not for you now.",
		.least = 2,
		.most = ANY_NUMBER,
		.run = command_do},
	{.name = "history",
		.usage = "[TYPE KEY] [--since DATE]",
		.help = "Prints who changed what, and when.",
		.more = "Without a record: the last 200 changes in the office, or all since that day.",
		.most = 2,
		.options = "since=",
		.run = command_history},
	{.name = "backup",
		.usage = "[DIR]",
		.help = "Makes a checked copy of the office while others work in it.",
		.more = "It stays with the office; of the last 14 days and 12 months the newest are kept. The\n"
			"first sign-in of a day makes one by itself.\n"
			"DIR  puts a further copy there, such as on another disk.",
		.most = 1,
		.without_office = true,
		.in_directory = true,
		.run = command_backup},
	{.name = "restore",
		.usage = "[FILE]",
		.help = "Lists the backups, or puts one in the place of the office.",
		.more = "FILE is a path, or the name of a backup in the list. Everybody must have left the\n"
			"office. What it replaces is kept beside, and it tells what was newer in that.",
		.most = 1,
		.without_office = true,
		.in_directory = true,
		.run = command_restore},
	{.name = "user",
		.usage = "[add LOGIN ROLE [FIELD=VALUE...] | close LOGIN]",
		.help = "Lists, opens and closes the accounts of the office.",
		.more = "add    lets a login of this computer sign in, as director, staff, chair or "
			"viewer.\n"
			"close  ends that; what the person did stays. Only the director does either.",
		.most = ANY_NUMBER,
		.run = command_user},
	{.name = "check",
		.usage = "[--quiet] [--head RECORD HASH]",
		.help = "Looks whether the office file is whole and as mso left it.",
		.more = "It reads the pages, references, guards, the history's chain, the words of find, "
			"and asks the rules again of all that was decided. For the director, and for root.\n"
			"--quiet  prints only what is wrong (for cron).\n"
			"--head   looks whether the history still has what a report or this check printed,\n"
			"         given as it stands there: Record 1662, 3f2a 9c01",
		.most = 17,
		.options = "quiet head",
		.for_keeper = true,
		.run = command_check},
	{.name = "fields",
		.usage = "[TYPE] [--man]",
		.help = "Explains the fields of a type, or lists the types.",
		.more = "--man  writes the record reference of mso(5).",
		.most = 1,
		.options = "man",
		.without_office = true,
		.run = command_fields},
	{.name = "import",
		.usage = "TYPE FILE [--dry-run] [--errors FILE]",
		.help = "Reads records from CSV, all or nothing.",
		.more = "FILE - is standard input. Headings are field keys, labels or aliases; see "
			"mso(5).\n"
			"--dry-run  says what would be new, changed, unchanged or wrong, and saves "
			"nothing.\n"
			"--errors   writes the rows that are wrong, with the reason, to a CSV file.",
		.least = 2,
		.most = 2,
		.options = "dry-run errors=",
		.run = command_import},
	{.name = "export",
		.usage = "TYPE|all [-o FILE|DIR] [--view VIEW] [--match WORDS] [--raw]",
		.help = "Writes records as CSV, to standard output unless -o names a file.",
		.more = "all -o DIR  writes one file per type.\n"
			"--raw       leaves out the byte order mark and the apostrophe before "
			"formulas.",
		.least = 1,
		.most = 1,
		.options = "o= view= match= raw",
		.run = command_export},
	{0},
};

/* ---- help ---- */

static const struct command *find_command(const char *name)
{
	for (const struct command *command = commands; command->name != NULL; command++) {
		if (strcmp(command->name, name) == 0)
			return command;
	}
	return NULL;
}

static void print_help(void)
{
	puts("mso - the office of a management services organization\n\n"
	     "Usage: mso [--db FILE] [--as LOGIN]              opens the office, full screen\n"
	     "       mso [--db FILE] [--as LOGIN] COMMAND ...\n");
	for (const struct command *command = commands; command->name != NULL; command++)
		printf("  %-9s %s\n", command->name, command->help);
	puts("  help      Explains a command: mso help import.\n\n"
	     "  --db FILE    the office file; else $XDG_DATA_HOME/mso/office.db\n"
	     "  --as LOGIN   acts as another user of the office. The file is yours, so roles are\n"
	     "               advisory in it; the history keeps both names\n"
	     "  --restricted reads and writes files in ~/mso-exports only; for people whom\n"
	     "               sshd lets do nothing else (ForceCommand)\n"
	     "  --version    prints the version\n\n"
	     "The program of a shared office has one file for all and takes neither --db nor --as.\n"
	     "Exit status: 0 done, 1 refused or failed (the reason is on standard error), 2 wrong usage.");
}

static void print_command_help(const struct command *command)
{
	printf("Usage: mso %s%s%s\n%s\n", command->name, command->usage[0] != '\0' ? " " : "",
		command->usage, command->help);
	if (command->more != NULL)
		printf("%s\n", command->more);
}

/* What was typed may hold anything. */
static int unknown(const char *what, const char *word)
{
	struct buffer safe = {0};

	text_print(&safe, word);
	fprintf(stderr, "mso: there is no %s \"%s\"; \"mso help\" lists them.\n", what,
		buffer_text(&safe));
	buffer_free(&safe);
	return WRONG_USAGE;
}

static int help(const char *name)
{
	const struct command *command = name != NULL ? find_command(name) : NULL;

	if (name != NULL && command == NULL && strcmp(name, "help") != 0)
		return unknown("command", name);
	if (command != NULL)
		print_command_help(command);
	else
		print_help();
	return DONE;
}

/* ---- options ---- */

/* Whether "name" or "name=" stands in the list of options: 0 no, 1 yes, 2 with a value. */
static int option_kind(const char *list, const char *name, size_t length)
{
	while (list != NULL && *list != '\0') {
		size_t word = strcspn(list, " ");
		bool valued = list[word - 1] == '=';

		if (word - valued == length && strncmp(list, name, length) == 0)
			return valued ? 2 : 1;
		list += word + strspn(list + word, " ");
	}
	return 0;
}

/* Takes one option at words[*at]. False after saying what is wrong. */
static bool take_option(struct call *call, char **words, int *at)
{
	char *word = words[*at];
	char *name = word + 1 + (word[1] == '-');
	size_t length = strcspn(name, "=");
	int kind = option_kind(call->command->options, name, length);
	const char *value = name[length] == '=' ? name + length + 1 : NULL;

	name[length] = '\0';
	/* One dash for one letter, two for a word. */
	if (kind == 0 || (word[1] == '-') == (length == 1) || call->option_count == CALL_OPTIONS) {
		call_misused(call, "%s does not know %s.", call->command->name, word);
		return false;
	}
	if (kind == 2 && value == NULL)
		value = words[++*at];
	if ((kind == 2) != (value != NULL)) {
		call_misused(call, "%s %s.", word, kind == 2 ? "needs a value" : "takes no value");
		return false;
	}
	call->options[call->option_count].name = name;
	call->options[call->option_count++].value = value != NULL ? value : "";
	return true;
}

/* Sorts the words after the command into options and arguments. An exit code, or -1 to go on. */
static int sort_words(struct call *call, char **words)
{
	bool options = true;

	call->arguments = words;
	for (int i = 0; words[i] != NULL; i++) {
		if (options && strcmp(words[i], "--") == 0) {
			options = false;
		} else if (options && strcmp(words[i], "--help") == 0) {
			print_command_help(call->command);
			return DONE;
		} else if (options && words[i][0] == '-' && words[i][1] != '\0') {
			if (!take_option(call, words, &i))
				return WRONG_USAGE;
		} else {
			call->arguments[call->count++] = words[i];
		}
	}
	if (call->count < call->command->least)
		return call_misused(call, "%s needs more.", call->command->name);
	if (call->count > call->command->most)
		return call_misused(call,
			"\"%s\" is one word too many for %s; words that belong together stand in "
			"quotes.",
			call->arguments[call->command->most], call->command->name);
	return -1;
}

/* Takes an option before the command, with its value. False where another word stands. */
static bool take_global(char ***words, const char *name, const char **value)
{
	size_t length = strlen(name);
	char *word = **words;

	if (strncmp(word, name, length) != 0 || (word[length] != '=' && word[length] != '\0'))
		return false;
	*value = word[length] == '=' ? word + length + 1 : *++*words;
	if (*value == NULL || **value == '\0') {
		fprintf(stderr, "mso: %s needs a value; \"mso --help\" explains.\n", name);
		exit(WRONG_USAGE);
	}
	++*words;
	return true;
}

static bool take_restricted(char ***words)
{
	if (strcmp(**words, "--restricted") != 0)
		return false;
	privilege_restrict();
	++*words;
	return true;
}

/* The options before the command; returns what follows them. */
static char **take_globals(struct call *call, char **words)
{
	while (*words != NULL &&
		(take_global(&words, "--db", &call->office.path) ||
			take_global(&words, "--as", &call->office.as) || take_restricted(&words)))
		;
	return words;
}

/* Where others rely on who somebody is, or on which files are theirs, nobody chooses either. */
static bool check_globals(const struct call *call)
{
	const char *option = call->office.path != NULL ? "--db" : "--as";

	if ((call->office.path == NULL && call->office.as == NULL) ||
		(!privilege_shared() && !privilege_restricted()))
		return true;
	fprintf(stderr, "mso: %s is for private files; %s. Leave it away.\n", option,
		privilege_shared() ? "this program opens the shared office, as who you are"
				   : "with --restricted you are who you are, in your own office");
	return false;
}

/* ---- the office file ---- */

static char *absolute(const char *path)
{
	struct buffer text = {0};
	char *here = path[0] == '/' ? NULL : getcwd(NULL, 0);

	if (here != NULL)
		buffer_format(&text, "%s/", here);
	buffer_add(&text, path);
	free(here);
	return buffer_take(&text);
}

static char *default_path(void)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	struct buffer path = {0};

	if (home == NULL || home[0] != '/') {
		const struct passwd *account = getpwuid(getuid());

		home = account != NULL ? account->pw_dir : "";
	}
	/* A relative XDG_DATA_HOME is to be ignored. */
	if (data != NULL && data[0] == '/')
		buffer_format(&path, "%s/mso/office.db", data);
	else
		buffer_format(&path, "%s/.local/share/mso/office.db", home);
	return buffer_take(&path);
}

/* ---- running ---- */

/* Without a terminal the home page goes out as text. */
static int print_home(struct store *store)
{
	struct buffer page = {0};

	home_print(store, &page);
	fputs(buffer_text(&page), stdout);
	buffer_free(&page);
	return DONE;
}

static int open_screen(struct store *store)
{
	struct error err;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return print_home(store);
	return office_screen(store, &err) ? DONE : call_refuse(&err);
}

static int run_call(struct call *call)
{
	struct error err;
	int code;

	if (call->command != NULL && call->command->without_office) {
		if (!call->command->in_directory)
			privilege_drop();
		return call->command->run(call);
	}
	/* Before the office is opened: see there. */
	if (call->command == NULL && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		backup_daily(&call->office);
	call->office.keeper = call->command != NULL && call->command->for_keeper;
	call->store = store_open(&call->office, &err);
	if (call->store == NULL)
		return call_refuse(&err);
	store_explain(call->store, rules_explain);
	code = call->command != NULL ? call->command->run(call) : open_screen(call->store);
	call->saved = call->command != NULL && store_has_saved(call->store);
	store_close(call->store);
	return code;
}

/* True when standard output is a pipe that nobody reads any more, as after "| head". */
static bool reader_has_gone(void)
{
	struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};

	return poll(&output, 1, 0) > 0 && output.revents & POLLERR;
}

/* What standard output could not take is a failure, unless nobody wants it. */
static int finish_output(const struct call *call, int code)
{
	bool written = fflush(stdout) == 0 && !ferror(stdout);

	if (written || code != DONE || reader_has_gone())
		return code;
	if (call->saved)
		fputs("mso: This is done and saved, but standard output could not be written; is "
		      "the disk full? Do not do it again: `mso history` shows it.\n",
			stderr);
	else
		fputs("mso: standard output could not be written; is the disk full?\n", stderr);
	return REFUSED;
}

/* What the kernel can take away from a process that others rely on. */
static void confine(const char *office)
{
	char *directory = memory_text_part(office, (size_t)(strrchr(office, '/') - office));
	const char *const folders[] = {directory, user_file_folder(), NULL};

	if (privilege_shared() || privilege_restricted())
		privilege_confine(privilege_restricted() ? folders : NULL);
	free(directory);
}

static int run_words(struct call *call, char **words)
{
	int code;

	if (*words != NULL && (strcmp(*words, "--help") == 0 || strcmp(*words, "-h") == 0))
		return help(NULL);
	if (*words != NULL && strcmp(*words, "--version") == 0) {
		puts("mso " VERSION);
		return DONE;
	}
	if (*words != NULL && strcmp(*words, "help") == 0)
		return help(words[1]);
	if (*words != NULL) {
		call->command = find_command(*words);
		if (call->command == NULL)
			return unknown(**words == '-' ? "option" : "command", *words);
		code = sort_words(call, words + 1);
		if (code >= 0)
			return code;
	}
	return run_call(call);
}

/* With --restricted alone, the words that ssh brought; NULL after saying what is wrong. */
static char **find_words(struct call *call, char **words)
{
	const char *sent = privilege_ssh_command();
	struct error err;
	char **brought;

	words = take_globals(call, words);
	if (*words != NULL || !privilege_restricted() || sent == NULL)
		return words;
	brought = ssh_command_words(sent, &err);
	if (brought == NULL)
		call_refuse(&err);
	return brought == NULL ? NULL : take_globals(call, brought);
}

static int run(struct call *call, char **words)
{
	char *place;
	int code;

	words = find_words(call, words);
	if (words == NULL || !check_globals(call))
		return WRONG_USAGE;
	if (privilege_shared())
		place = memory_text(privilege_office());
	else
		place = call->office.path != NULL ? absolute(call->office.path) : default_path();
	call->office.path = place;
	call->office.today = getenv("MSO_TODAY");
	confine(place);
	code = run_words(call, words);
	free(place);
	return code;
}

int main(int count, char **words)
{
	struct call call = {0};

	privilege_start();
	(void)count;
	setlocale(LC_CTYPE, "");
	return finish_output(&call, run(&call, words + 1));
}
