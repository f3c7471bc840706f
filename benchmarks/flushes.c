/* Counts the flushes a process asks for. Loaded before libc, it passes every call on. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_ulong flushes;

unsigned long count_flushes(void) { return atomic_load(&flushes); }

static int pass_on(const char *name, int file) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    atomic_fetch_add(&flushes, 1);
    return real == NULL ? -1 : real(file);
}

int fsync(int file) { return pass_on("fsync", file); }
int fdatasync(int file) { return pass_on("fdatasync", file); }
