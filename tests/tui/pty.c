/*
 * pty.c - a terminal for tests: pseudo terminal, libvterm as its screen, and the kernel's word
 * on whether the program waits. GPL-3.0-or-later.
 */
#include "pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "core/buffer.h"
#include "core/fatal.h"
#include "pty_parts.h"

enum {
	SHORT_WAIT = 200, /* milliseconds: less than this is the wait for the rest of a key */
};

void pty_give_up(const char *what)
{
	fatal("%s: %s", what, strerror(errno));
}

double pty_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- the terminal ---- */

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct pty *pty = user;

	if (property == VTERM_PROP_ALTSCREEN)
		pty->alternate = value->boolean;
	if (property == VTERM_PROP_CURSORVISIBLE)
		pty->cursor_visible = value->boolean;
	return 1;
}

static int on_bell(void *user)
{
	struct pty *pty = user;

	pty->bells++;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property, .bell = on_bell};

/* What the terminal says: keys, and answers to questions of the program. */
static void on_output(const char *bytes, size_t length, void *user)
{
	struct pty *pty = user;

	buffer_add_bytes(&pty->typing, bytes, length);
}

static void start_terminal(struct pty *pty)
{
	pty->terminal = vterm_new(pty->rows, pty->columns);
	vterm_set_utf8(pty->terminal, 1);
	vterm_output_set_callback(pty->terminal, on_output, pty);
	pty->screen = vterm_obtain_screen(pty->terminal);
	vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
	vterm_screen_enable_altscreen(pty->screen, 1);
	vterm_screen_reset(pty->screen, 1);
	pty->cursor_visible = true;
}

/* libvterm tells nobody about this mode; the last word of the program counts. */
static void note_paste_mode(struct pty *pty)
{
	const char *text = buffer_text(&pty->output);
	const char *on = NULL;
	const char *off = NULL;
	const char *at;

	for (at = text; (at = strstr(at, "\033[?2004")) != NULL; at += 7) {
		if (at[7] == 'h')
			on = at;
		if (at[7] == 'l')
			off = at;
	}
	if (on != NULL || off != NULL)
		pty->paste_asked = on > off;
}

/* Takes what the program wrote, waiting up to so many milliseconds; returns how many bytes. */
static size_t take(struct pty *pty, int milliseconds)
{
	struct pollfd output = {.fd = pty->master, .events = POLLIN};
	size_t total = 0;
	char bytes[65536];
	ssize_t got;

	if (pty->master < 0 || poll(&output, 1, milliseconds) <= 0)
		return 0;
	while ((got = read(pty->master, bytes, sizeof bytes)) > 0) {
		buffer_add_bytes(&pty->output, bytes, (size_t)got);
		vterm_input_write(pty->terminal, bytes, (size_t)got);
		total += (size_t)got;
	}
	if (total > 0)
		note_paste_mode(pty);
	return total;
}

/* Sends what was typed. */
static void send_typing(struct pty *pty)
{
	const char *bytes = buffer_text(&pty->typing);
	size_t left = pty->typing.length;

	while (left > 0 && pty->master >= 0) {
		ssize_t written = write(pty->master, bytes, left);

		if (written < 0 && errno != EAGAIN)
			break;
		if (written < 0) {
			/* It does not read: perhaps because nobody reads what it writes. */
			take(pty, 1);
			continue;
		}
		bytes += written;
		left -= (size_t)written;
	}
	buffer_clear(&pty->typing);
}

/* ---- starting ---- */

static void set_environment(const char *term, const char *const *env)
{
	static const char *const unset[] = {"LC_ALL", "LC_CTYPE", "LINES", "COLUMNS", "TMUX",
		"TERMINFO", "TERMINFO_DIRS", "NO_COLOR", "ESCDELAY", NULL};

	for (int i = 0; unset[i] != NULL; i++)
		unsetenv(unset[i]);
	setenv("LANG", "C.UTF-8", 1);
	setenv("TERM", term, 1);
	for (; env != NULL && *env != NULL; env++)
		putenv(memory_text(*env));
}

static _Noreturn void run_child(struct pty *pty, const struct pty_options *options)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	close(pty->master);
	if (options->detached)
		setsid();
	else if (login_tty(dup(pty->slave)) != 0)
		_exit(126);
	for (int i = 0; i <= STDERR_FILENO; i++)
		dup2(pty->slave, i);
	close(pty->slave);
	set_environment(options->term != NULL ? options->term : "xterm-256color", options->env);
	execvp(options->argv[0], (char *const *)options->argv);
	_exit(127);
}

struct pty *pty_start(const struct pty_options *options)
{
	struct pty *pty = memory_new(sizeof *pty);
	struct winsize size = {0};

	pty->rows = options->rows > 0 ? options->rows : 24;
	pty->columns = options->columns > 0 ? options->columns : 80;
	size.ws_row = (unsigned short)pty->rows;
	size.ws_col = (unsigned short)pty->columns;
	if (openpty(&pty->master, &pty->slave, NULL, NULL, &size) != 0)
		pty_give_up("openpty");
	start_terminal(pty);
	pty->process = fork();
	if (pty->process < 0)
		pty_give_up("fork");
	if (pty->process == 0)
		run_child(pty, options);
	/* Not for the programs that are started later. */
	fcntl(pty->master, F_SETFD, FD_CLOEXEC);
	fcntl(pty->slave, F_SETFD, FD_CLOEXEC);
	fcntl(pty->master, F_SETFL, O_NONBLOCK);
	pty_idle(pty);
	return pty;
}

static void close_line(struct pty *pty)
{
	if (pty->slave >= 0)
		close(pty->slave);
	if (pty->master >= 0)
		close(pty->master);
	pty->slave = -1;
	pty->master = -1;
}

void pty_free(struct pty *pty)
{
	if (pty == NULL)
		return;
	if (!pty->ended) {
		kill(pty->process, SIGKILL);
		waitpid(pty->process, &pty->status, 0);
	}
	close_line(pty);
	vterm_free(pty->terminal);
	buffer_free(&pty->typing);
	buffer_free(&pty->output);
	free(pty);
}

void pty_hang_up(struct pty *pty)
{
	pty_idle(pty);
	close_line(pty);
}

void pty_signal(struct pty *pty, int signal)
{
	kill(pty->process, signal);
}

/* ---- is it idle? ---- */

static bool read_proc(const struct pty *pty, const char *name, char *text, size_t size)
{
	char path[64];
	ssize_t got;
	int file;

	snprintf(path, sizeof path, "/proc/%d/%s", (int)pty->process, name);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false;
	got = read(file, text, size - 1);
	close(file);
	if (got <= 0)
		return false;
	text[got] = '\0';
	return true;
}

static long read_status(const struct pty *pty, const char *name)
{
	char text[8192];
	const char *found;

	if (!read_proc(pty, "status", text, sizeof text))
		return -1;
	found = strstr(text, name);
	return found != NULL ? strtol(found + strlen(name), NULL, 10) : -1;
}

long pty_sleeps(const struct pty *pty)
{
	return read_status(pty, "\nvoluntary_ctxt_switches:");
}

long pty_memory(const struct pty *pty)
{
	return read_status(pty, "\nVmRSS:");
}

long pty_processor(const struct pty *pty)
{
	struct timespec used;
	clockid_t clock;

	if (clock_getcpuclockid(pty->process, &clock) != 0 || clock_gettime(clock, &used) != 0)
		return -1;
	return (long)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

pid_t pty_process(const struct pty *pty)
{
	return pty->process;
}

bool pty_ended(struct pty *pty)
{
	if (!pty->ended && waitpid(pty->process, &pty->status, WNOHANG) == pty->process)
		pty->ended = true;
	return pty->ended;
}

/*
 * Is everything read that was sent along the line? What is written at one end reaches the other
 * through a kernel worker: right after a write the queue still looks empty. poll waits for that
 * worker before it says no.
 */
static bool nothing_queued(int line)
{
	struct pollfd input = {.fd = line, .events = POLLIN};

	return poll(&input, 1, 0) == 0;
}

/* Does a ppoll with this timeout (in the program's memory) wait, or only look? */
static bool really_waits(const struct pty *pty, unsigned long timeout)
{
	struct timespec wait = {1, 0};
	struct iovec here = {&wait, sizeof wait};
	struct iovec there = {(void *)timeout, sizeof wait};

	if (timeout == 0)
		return true;
	if (process_vm_readv(pty->process, &here, 1, &there, 1, 0) != sizeof wait)
		return true;
	/* Even a look may sleep for a moment, while the kernel brings typing along. */
	return wait.tv_sec > 0 || wait.tv_nsec > 0;
}

/* Asleep in a system call that waits for keys? */
static bool waits_for_keys(const struct pty *pty)
{
	unsigned long argument[3] = {0};
	char text[256];
	long call;

	if (!read_proc(pty, "syscall", text, sizeof text))
		return false;
	if (sscanf(text, "%ld %lx %lx %lx", &call, &argument[0], &argument[1], &argument[2]) < 2)
		return false; /* "running" */
	if (call == SYS_read)
		return argument[0] == 0;
	if (call == SYS_ppoll)
		return really_waits(pty, argument[2]);
#ifdef SYS_poll
	if (call == SYS_poll)
		return (int)argument[2] < 0 || (int)argument[2] >= SHORT_WAIT;
#endif
	return false;
}

/* A signal on its way, such as that of a new size? */
static bool signal_pending(const struct pty *pty)
{
	char text[8192];
	const char *found;

	if (!read_proc(pty, "status", text, sizeof text))
		return false;
	found = strstr(text, "\nShdPnd:");
	return found != NULL && strtoull(found + 8, NULL, 16) != 0;
}

static bool is_idle(struct pty *pty)
{
	/* In this order: what it reads it may answer, and then the answer has to be taken. */
	return nothing_queued(pty->slave) && !signal_pending(pty) && waits_for_keys(pty) &&
	       take(pty, 0) == 0 && pty->typing.length == 0;
}

bool pty_idle(struct pty *pty)
{
	double until = pty_now() + PTY_PATIENCE / 1000.0;

	while (pty->master >= 0) {
		send_typing(pty);
		take(pty, 0);
		if (pty_ended(pty)) {
			while (take(pty, 0) > 0)
				continue;
			return true;
		}
		if (is_idle(pty))
			return true;
		if (pty_now() > until)
			return false;
		take(pty, 1);
	}
	return true;
}

static bool wait_for(struct pty *pty, const char *text, bool there)
{
	double until = pty_now() + PTY_PATIENCE / 1000.0;

	while (pty_shows(pty, text) != there) {
		if ((pty_ended(pty) && take(pty, 0) == 0) || pty_now() > until)
			return pty_shows(pty, text) == there;
		take(pty, 20);
	}
	return true;
}

bool pty_wait(struct pty *pty, const char *text)
{
	return wait_for(pty, text, true);
}

bool pty_wait_gone(struct pty *pty, const char *text)
{
	return wait_for(pty, text, false);
}

int pty_exit_status(struct pty *pty)
{
	double until = pty_now() + PTY_PATIENCE / 1000.0;

	/* Its last words are read meanwhile: it could not end while the line is full. */
	while (!pty_ended(pty)) {
		if (pty_now() > until)
			return PTY_GONE;
		if (pty->master >= 0)
			take(pty, 1);
		else
			poll(NULL, 0, 1);
	}
	while (take(pty, 0) > 0)
		continue;
	return WIFSIGNALED(pty->status) ? 256 + WTERMSIG(pty->status) : WEXITSTATUS(pty->status);
}

/* ---- typing ---- */

static const struct {
	const char *name;
	VTermKey key;
} keys[] = {
	{"Up", VTERM_KEY_UP},
	{"Down", VTERM_KEY_DOWN},
	{"Left", VTERM_KEY_LEFT},
	{"Right", VTERM_KEY_RIGHT},
	{"Home", VTERM_KEY_HOME},
	{"End", VTERM_KEY_END},
	{"PageUp", VTERM_KEY_PAGEUP},
	{"PageDown", VTERM_KEY_PAGEDOWN},
	{"Insert", VTERM_KEY_INS},
	{"Delete", VTERM_KEY_DEL},
	{"Backspace", VTERM_KEY_BACKSPACE},
	{"Tab", VTERM_KEY_TAB},
	{"Enter", VTERM_KEY_ENTER},
	{"Esc", VTERM_KEY_ESCAPE},
};

static bool send_plain_key(struct pty *pty, const char *name, VTermModifier modifier)
{
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (strcmp(keys[i].name, name) == 0) {
			vterm_keyboard_key(pty->terminal, keys[i].key, modifier);
			return true;
		}
	return false;
}

/* One key by its name, without the angle brackets. */
static void send_key(struct pty *pty, const char *name)
{
	char bytes[8];

	if (send_plain_key(pty, name, VTERM_MOD_NONE))
		return;
	if (strncmp(name, "C-", 2) == 0 && send_plain_key(pty, name + 2, VTERM_MOD_CTRL))
		return;
	if (strcmp(name, "S-Tab") == 0) {
		buffer_add(&pty->typing, "\033[Z");
	} else if (strcmp(name, "Space") == 0) {
		buffer_add(&pty->typing, " ");
	} else if (strcmp(name, "lt") == 0) {
		buffer_add(&pty->typing, "<");
	} else if (strncmp(name, "C-", 2) == 0 && strlen(name) == 3) {
		bytes[0] = (char)(name[2] & 31);
		buffer_add_bytes(&pty->typing, bytes, 1);
	} else if (strncmp(name, "A-", 2) == 0 && strlen(name) == 3) {
		bytes[0] = '\033';
		bytes[1] = name[2];
		buffer_add_bytes(&pty->typing, bytes, 2);
	} else if (name[0] == 'F' && atoi(name + 1) >= 1 && atoi(name + 1) <= 12) {
		vterm_keyboard_key(pty->terminal, (VTermKey)VTERM_KEY_FUNCTION(atoi(name + 1)),
			VTERM_MOD_NONE);
	} else {
		fatal("no key is called <%s>", name);
	}
}

bool pty_type(struct pty *pty, const char *text)
{
	if (*text == '\0')
		return pty_idle(pty);
	pty_idle(pty);
	while (*text != '\0') {
		const char *end = *text == '<' ? strchr(text, '>') : NULL;

		if (end != NULL) {
			char *name = memory_text_part(text + 1, (size_t)(end - text - 1));

			send_key(pty, name);
			free(name);
			text = end + 1;
		} else {
			size_t length = 1 + strcspn(text + 1, "<");

			buffer_add_bytes(&pty->typing, text, length);
			text += length;
		}
	}
	return pty_idle(pty);
}

bool pty_bytes_type(struct pty *pty, const char *bytes, size_t length)
{
	pty_idle(pty);
	buffer_add_bytes(&pty->typing, bytes, length > 0 ? length : strlen(bytes));
	return pty_idle(pty);
}

bool pty_paste(struct pty *pty, const char *text)
{
	pty_idle(pty);
	if (pty->paste_asked)
		buffer_add(&pty->typing, "\033[200~");
	buffer_add(&pty->typing, text);
	if (pty->paste_asked)
		buffer_add(&pty->typing, "\033[201~");
	return pty_idle(pty);
}

bool pty_resize(struct pty *pty, int rows, int columns)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

	/* The same size again is no event, and waiting for one would be in vain. */
	if (rows == pty->rows && columns == pty->columns)
		return pty_idle(pty);
	pty_idle(pty);
	pty->rows = rows;
	pty->columns = columns;
	vterm_set_size(pty->terminal, rows, columns);
	ioctl(pty->master, TIOCSWINSZ, &size);
	return pty_idle(pty);
}

/* ---- measuring ---- */

void pty_mark(struct pty *pty)
{
	pty_idle(pty);
	buffer_clear(&pty->output);
}

size_t pty_bytes(struct pty *pty)
{
	return pty->output.length;
}

static int by_size(const void *left, const void *right)
{
	size_t a = *(const size_t *)left, b = *(const size_t *)right;

	return a < b ? -1 : a > b;
}

size_t pty_measure(struct pty *pty, const char *key, size_t *bytes, size_t presses)
{
	for (size_t i = 0; i < presses; i++) {
		pty_mark(pty);
		pty_type(pty, key);
		bytes[i] = pty_bytes(pty);
	}
	qsort(bytes, presses, sizeof *bytes, by_size);
	return bytes[presses / 2];
}

const char *pty_output(struct pty *pty)
{
	return buffer_text(&pty->output);
}
