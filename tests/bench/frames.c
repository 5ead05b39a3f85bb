/*
 * frames.c - times full-screen programs on a terminal of their own: from start to the last byte
 * of the first complete frame, bytes per key, memory, wake-ups while idle. GPL-3.0-or-later.
 *
 *	frames RUNS [-k KEYS] MARK END COMMAND...  [-- [-k KEYS] MARK END COMMAND...]...
 *
 * Every COMMAND is started RUNS times, turn about with the others; KEYS are typed ahead at once
 * (\r is Enter, \e Escape). A frame is complete when MARK and END, the end of its last line, are on
 * the screen, and settled when nothing more comes for 30 ms: what is counted behind the frame is on
 * it then. Prints "frame NUMBER median least" and "settled NUMBER median least" per command, in
 * milliseconds, then for the last one: bytes of Down, Page Down, memory, and wake-ups in two idle
 * seconds.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum { ROWS = 24, COLUMNS = 80, MOST_RUNS = 200, MOST_PROGRAMS = 8, QUIET = 30, PATIENCE = 60000 };

struct program {
	const char *keys;
	const char *mark, *end;
	char **command;
	double frames[MOST_RUNS], settled[MOST_RUNS];
};

struct session {
	pid_t pid;
	int terminal;
	VTerm *screen;
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void answer(const char *bytes, size_t length, void *context)
{
	struct session *session = context;

	if (write(session->terminal, bytes, length) < 0)
		return;
}

static bool shows(const struct session *session, const char *mark)
{
	char line[COLUMNS * 4 + 1];

	for (int row = 0; row < ROWS; row++) {
		VTermRect place = {row, row + 1, 0, COLUMNS};
		size_t length = vterm_screen_get_text(
			vterm_obtain_screen(session->screen), line, sizeof line - 1, place);

		for (size_t i = 0; i < length; i++) {
			if (line[i] == '\0')
				line[i] = ' ';
		}
		line[length] = '\0';
		if (strstr(line, mark) != NULL)
			return true;
	}
	return false;
}

/* Bytes that came at once within the patience, 0 for none; *last is when they came. */
static long take_piece(struct session *session, int patience, double *last)
{
	struct pollfd poller = {session->terminal, POLLIN, 0};
	char bytes[65536];
	ssize_t length;

	if (poll(&poller, 1, patience) <= 0)
		return 0;
	length = read(session->terminal, bytes, sizeof bytes);
	if (length <= 0)
		return 0;
	*last = now();
	vterm_input_write(session->screen, bytes, (size_t)length);
	return length;
}

/* Bytes that came within the patience, until it was quiet; *last is when the last of them came. */
static long take(struct session *session, int patience, double *last)
{
	long all = 0, length;

	while ((length = take_piece(session, all == 0 ? patience : QUIET, last)) > 0)
		all += length;
	return all;
}

static void start(struct session *session, char **command)
{
	struct winsize size = {.ws_row = ROWS, .ws_col = COLUMNS};
	VTermScreen *screen;

	session->screen = vterm_new(ROWS, COLUMNS);
	vterm_set_utf8(session->screen, 1);
	vterm_output_set_callback(session->screen, answer, session);
	screen = vterm_obtain_screen(session->screen);
	vterm_screen_enable_altscreen(screen, 1);
	vterm_screen_reset(screen, 1);
	session->pid = forkpty(&session->terminal, NULL, NULL, &size);
	if (session->pid == 0) {
		execvp(command[0], command);
		_exit(127);
	}
}

static void stop(struct session *session)
{
	kill(session->pid, SIGKILL);
	waitpid(session->pid, NULL, 0);
	close(session->terminal);
	vterm_free(session->screen);
}

static void type(struct session *session, const char *keys)
{
	for (; *keys != '\0'; keys++) {
		char key = *keys;

		if (key == '\\' && keys[1] != '\0')
			key = *++keys == 'r' ? '\r' : '\033';
		if (write(session->terminal, &key, 1) != 1)
			return;
	}
}

/* Milliseconds from the start to the last byte of the frame, and until it has settled. */
static void frame(
	struct session *session, const struct program *program, double *complete, double *settled)
{
	double begun = now(), last = begun;
	bool whole = false;

	start(session, program->command);
	if (program->keys != NULL)
		type(session, program->keys);
	while (!whole) {
		take_piece(session, QUIET, &last);
		whole = shows(session, program->mark) && shows(session, program->end);
		if (!whole && now() - begun > PATIENCE) {
			fprintf(stderr, "%s: no \"%s\" and \"%s\" on the screen\n",
				program->command[0], program->mark, program->end);
			exit(EXIT_FAILURE);
		}
	}
	*complete = last - begun;
	take(session, QUIET, &last);
	*settled = last - begun;
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

static void print_times(const char *word, int number, double *times, int runs)
{
	qsort(times, (size_t)runs, sizeof *times, compare);
	printf("%s %d %.2f %.2f\n", word, number, times[runs / 2], times[0]);
}

static long status_of(pid_t pid, const char *name)
{
	char path[64], line[256];
	long value = -1;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	file = fopen(path, "r");
	while (file != NULL && fgets(line, sizeof line, file) != NULL) {
		if (strncmp(line, name, strlen(name)) == 0 && line[strlen(name)] == ':')
			value = strtol(line + strlen(name) + 1, NULL, 10);
	}
	if (file != NULL)
		fclose(file);
	return value;
}

/* Median bytes of one key pressed many times. */
static double key_bytes(struct session *session, VTermKey key, int times)
{
	double bytes[256], last = 0;
	int kept = 0;

	for (int i = 0; i < times && kept < 256; i++) {
		vterm_keyboard_key(session->screen, key, VTERM_MOD_NONE);
		bytes[kept++] = (double)take(session, 1000, &last);
	}
	qsort(bytes, (size_t)kept, sizeof *bytes, compare);
	return kept == 0 ? 0 : bytes[kept / 2];
}

static void look_closer(const struct program *program)
{
	struct session session;
	double last, complete, settled;
	long before;

	frame(&session, program, &complete, &settled);
	take(&session, 200, &last);
	printf("bytes down %.0f\n", key_bytes(&session, VTERM_KEY_DOWN, 100));
	printf("bytes page-down %.0f\n", key_bytes(&session, VTERM_KEY_PAGEDOWN, 60));
	printf("memory KiB %ld\n", status_of(session.pid, "VmRSS"));
	take(&session, 500, &last);
	before = status_of(session.pid, "voluntary_ctxt_switches");
	take(&session, 2000, &last);
	printf("wake-ups in 2 s %ld\n", status_of(session.pid, "voluntary_ctxt_switches") - before);
	stop(&session);
}

int main(int argc, char **argv)
{
	static struct program programs[MOST_PROGRAMS];
	int count = 0, runs = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 0;

	if (runs < 1 || runs > MOST_RUNS)
		return 2;
	signal(SIGPIPE, SIG_IGN);
	setenv("TERM", "xterm-256color", 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	for (int i = 2; i < argc && count < MOST_PROGRAMS; i++) {
		struct program *program = &programs[count++];

		if (strcmp(argv[i], "-k") == 0) {
			program->keys = argv[i + 1];
			i += 2;
		}
		program->mark = argv[i++];
		program->end = argv[i++];
		program->command = &argv[i];
		while (i < argc && strcmp(argv[i], "--") != 0)
			i++;
		argv[i] = NULL;
	}
	for (int run = -2; run < runs; run++) {
		for (int i = 0; i < count; i++) {
			struct session session;
			double complete, settled;

			frame(&session, &programs[i], &complete, &settled);
			stop(&session);
			if (run >= 0) {
				programs[i].frames[run] = complete;
				programs[i].settled[run] = settled;
			}
		}
	}
	for (int i = 0; i < count; i++) {
		print_times("frame", i, programs[i].frames, runs);
		print_times("settled", i, programs[i].settled, runs);
	}
	look_closer(&programs[count - 1]);
	return EXIT_SUCCESS;
}
