/*
 * signals.c - signals held back except while waiting, the end of a terminal noticed, and the last
 * acts of a program that dies of a bug. GPL-3.0-or-later.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "core/fatal.h"
#include "tui/screen.h"

static const int caught[] = {SIGWINCH, SIGHUP, SIGTERM, SIGINT, SIGQUIT};
enum { CAUGHT = sizeof caught / sizeof caught[0] };

static struct sigaction before[CAUGHT];
static struct sigaction stop_before;
static sigset_t mask_before;
static sigset_t mask_waiting;
static bool started;
static bool hung_up;
static volatile sig_atomic_t seen;

static void note(int signal)
{
	if (signal == SIGWINCH)
		seen |= SIGNAL_RESIZE;
	else if (signal == SIGHUP)
		seen |= SIGNAL_HANG_UP;
	else
		seen |= SIGNAL_STOP;
}

/* ---- a bug ---- */

static const int deadly[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
enum { DEADLY = sizeof deadly / sizeof deadly[0], RESTORE_MOST = 256, OWN_STACK = 65536 };

static struct sigaction deadly_before[DEADLY];
static struct termios modes_before;
static bool modes_known;
static char restoring[RESTORE_MOST];
static volatile size_t restoring_length; /* 0: the terminal is not ours */
static stack_t stack_before;
static pid_t process;

void signals_restore_with(const char *bytes, size_t length)
{
	restoring_length = 0;
	if (length > sizeof restoring)
		length = sizeof restoring;
	if (length > 0)
		memcpy(restoring, bytes, length);
	restoring_length = length;
}

/* Async-signal-safe, as all of this. What cannot be written is lost anyway. */
static void say(int file, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(file, bytes, length);

		if (written <= 0)
			return;
		bytes += written;
		length -= (size_t)written;
	}
}

static void put_terminal_back(void)
{
	static const char words[] =
		"mso: a fault in the program ended it. What was saved is saved; start mso again, and "
		"Home offers what you were writing.\n";

	if (restoring_length == 0)
		return;
	say(STDOUT_FILENO, restoring, restoring_length);
	restoring_length = 0;
	if (modes_known)
		tcsetattr(STDIN_FILENO, TCSANOW, &modes_before);
	say(STDERR_FILENO, words, sizeof words - 1);
}

/* The signal comes again behind it and ends the program as if nobody had caught it. */
static void die(int signal)
{
	for (int i = 0; i < DEADLY; i++)
		sigaction(deadly[i], &deadly_before[i], NULL);
	if (getpid() == process) {
		fatal_keep_now();
		put_terminal_back();
	}
	raise(signal);
}

/* On a stack of its own: the fault may be that there is no room left on the other. */
static void catch_bugs(void)
{
	static char stack[OWN_STACK];
	const stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
	struct sigaction action = {.sa_handler = die, .sa_flags = SA_ONSTACK};

	process = getpid();
	modes_known = tcgetattr(STDIN_FILENO, &modes_before) == 0;
	sigaltstack(&own, &stack_before);
	sigfillset(&action.sa_mask);
	for (int i = 0; i < DEADLY; i++)
		sigaction(deadly[i], &action, &deadly_before[i]);
}

static void leave_bugs(void)
{
	restoring_length = 0;
	for (int i = 0; i < DEADLY; i++)
		sigaction(deadly[i], &deadly_before[i], NULL);
	sigaltstack(&stack_before, NULL);
}

/* ---- beginning and end ---- */

void signals_start(void)
{
	struct sigaction action = {.sa_handler = note};
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigset_t held;

	if (started)
		return;
	started = true;
	seen = 0;
	sigemptyset(&held);
	sigemptyset(&action.sa_mask);
	for (int i = 0; i < CAUGHT; i++) {
		sigaddset(&held, caught[i]);
		sigaddset(&action.sa_mask, caught[i]);
	}
	sigprocmask(SIG_BLOCK, &held, &mask_before);
	mask_waiting = mask_before;
	for (int i = 0; i < CAUGHT; i++) {
		sigdelset(&mask_waiting, caught[i]);
		sigaction(caught[i], &action, &before[i]);
	}
	/* ncurses would draw from within its handler of SIGTSTP. ^Z is a key here. */
	sigaction(SIGTSTP, &ignore, &stop_before);
	catch_bugs();
}

void signals_stop(void)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	if (!started)
		return;
	started = false;
	leave_bugs();
	for (int i = 0; i < CAUGHT; i++) {
		/* First ignored: one that is held back would end the program before it is done. */
		sigaction(caught[i], &ignore, NULL);
		if (caught[i] != SIGHUP || !hung_up)
			sigaction(caught[i], &before[i], NULL);
	}
	sigaction(SIGTSTP, &stop_before, NULL);
	sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

/* Only this tells "nothing to read" from "gone": curses returns ERR for both, at once. */
static bool terminal_gone(short events)
{
	int waiting = 0;

	if (events & (POLLHUP | POLLERR | POLLNVAL))
		return true;
	return (events & POLLIN) && (ioctl(STDIN_FILENO, FIONREAD, &waiting) != 0 || waiting == 0);
}

unsigned signals_wait(int milliseconds, bool *ready)
{
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
	struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
	int found = ppoll(&input, 1, milliseconds < 0 ? NULL : &limit, &mask_waiting);
	unsigned now = (unsigned)seen; /* the handlers are held back again */

	seen = 0;
	*ready = found > 0 && (input.revents & POLLIN);
	if (found > 0 && terminal_gone(input.revents))
		now |= SIGNAL_HANG_UP;
	/* Anything but a signal would fail again at once, for ever. */
	if (found < 0 && errno != EINTR)
		now |= SIGNAL_HANG_UP;
	hung_up = hung_up || (now & SIGNAL_HANG_UP);
	return now;
}
