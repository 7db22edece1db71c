/* What a program asks of the disk below one folder: written to a log, counted, and made to fail at a chosen call.

   Loaded with LD_PRELOAD; idle until disk_begin() is called (through ctypes). Kinds of failure: 1 the disk is full,
   2 it has become read-only, 3 fsync fails, 4 the process dies half-way through a write, 5 a write takes only half.
   The log is read by disk.py. Shared-memory files (-shm) are no state of the disk: SQLite makes them anew. */
#define _GNU_SOURCE 1
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FULL = 1, READ_ONLY, SYNC_FAILS, DIES, SHORT };

static char root[PATH_MAX];
static size_t root_length;
static int log_file = -1, fault;
static long first, last, calls;

#define REAL(type, name, ...) \
    static type (*real_##name)(__VA_ARGS__); \
    if (!real_##name) real_##name = dlsym(RTLD_NEXT, #name)

void disk_begin(const char *folder, const char *log, int kind, long from, long count) {
    root_length = strlen(strcpy(root, folder));
    fault = kind, first = from, last = count < 0 ? LONG_MAX : from + count - 1, calls = 0;
    REAL(int, open64, const char *, int, ...);
    if (*log) log_file = real_open64(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

long disk_calls(void) { return calls; }

static int is_ours(const char *path) {
    size_t length = path ? strlen(path) : 0;
    return root_length && length >= root_length && !memcmp(path, root, root_length)
        && (path[root_length] == '/' || !path[root_length])
        && !(length > 4 && !strcmp(path + length - 4, "-shm"));
}

static int path_of(int fd, char *path) {
    if (!root_length || fd < 0) return 0;
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    char *deleted = strstr(path, " (deleted)");
    if (deleted) *deleted = 0;
    return is_ours(path);
}

static uint64_t number_of(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : found.st_ino;
}

static void put(char kind, uint64_t file, uint64_t at, const void *data, uint32_t size) {
    if (log_file < 0) return;
    REAL(ssize_t, write, int, const void *, size_t);
    unsigned char head[21];
    head[0] = kind;
    memcpy(head + 1, &file, 8), memcpy(head + 9, &at, 8), memcpy(head + 17, &size, 4);
    real_write(log_file, head, sizeof head);
    if (size) real_write(log_file, data, size);
}

static void put_names(char kind, uint64_t file, const char *one, const char *other) {
    char both[2 * PATH_MAX];
    int size = snprintf(both, sizeof both, "%s\t%s", one, other);
    put(kind, file, 0, both, size);
}

/* Whether the call that is about to happen must fail; errno says how. */
static int refused(int is_write, int needs_space) {
    calls++;
    if (!fault || calls < first || calls > last) return 0;
    if (fault == FULL && needs_space) return errno = ENOSPC, 1;
    if (fault == READ_ONLY && is_write) return errno = EROFS, 1;
    return 0;
}

static void die_if_chosen(void) {
    if (fault == DIES && calls == first) kill(getpid(), SIGKILL);
}

static ssize_t written(int fd, const void *data, size_t size, uint64_t at, ssize_t (*go)(int, const void *, size_t, off_t)) {
    if (refused(1, 1)) return -1;
    if (fault == DIES && calls == first) {
        go(fd, data, size / 2, at);
        kill(getpid(), SIGKILL);
    }
    if (fault == SHORT && calls >= first && calls <= last && size > 1) size /= 2;
    ssize_t done = go(fd, data, size, at);
    if (done > 0) put('W', number_of(fd), at, data, done);
    return done;
}

static ssize_t go_on(int fd, const void *data, size_t size, off_t at) {
    (void)at;
    REAL(ssize_t, write, int, const void *, size_t);
    return real_write(fd, data, size);
}

static ssize_t go_at(int fd, const void *data, size_t size, off_t at) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off_t);
    return real_pwrite64(fd, data, size, at);
}

ssize_t write(int fd, const void *data, size_t size) {
    char path[PATH_MAX];
    if (fd == 1 && root_length) {
        /* An acknowledgement: logged before anybody hears it, so that none is ever missed. */
        put('A', 0, 0, data, size);
        return go_on(fd, data, size, 0);
    }
    if (!path_of(fd, path)) return go_on(fd, data, size, 0);
    off_t at = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    return written(fd, data, size, at, go_on);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off_t at) {
    char path[PATH_MAX];
    return path_of(fd, path) ? written(fd, data, size, at, go_at) : go_at(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }

int ftruncate64(int fd, off_t size) {
    char path[PATH_MAX];
    REAL(int, ftruncate64, int, off_t);
    if (!path_of(fd, path)) return real_ftruncate64(fd, size);
    if (refused(1, 0)) return -1;
    die_if_chosen();
    int done = real_ftruncate64(fd, size);
    if (!done) put('T', number_of(fd), size, "", 0);
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int (*go)(int)) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return go(fd);
    calls++;
    die_if_chosen();
    if (fault == SYNC_FAILS && calls >= first && calls <= last) return errno = EIO, -1;
    int done = go(fd);
    struct stat found;
    if (!done && !fstat(fd, &found)) {
        if (S_ISDIR(found.st_mode)) put_names('D', found.st_ino, path, "");
        else put('S', found.st_ino, 0, "", 0);
    }
    return done;
}

int fsync(int fd) {
    REAL(int, fsync, int);
    return synced(fd, real_fsync);
}

int fdatasync(int fd) {
    REAL(int, fdatasync, int);
    return synced(fd, real_fdatasync);
}

static int opened(int folder, const char *path, int flags, mode_t mode) {
    REAL(int, openat64, int, const char *, int, ...);
    int writes = (flags & O_ACCMODE) != O_RDONLY, ours = writes && is_ours(path);
    if (!ours) return real_openat64(folder, path, flags, mode);
    int is_new = (flags & O_CREAT) && access(path, F_OK);
    if (is_new || (flags & O_TRUNC)) {
        if (refused(1, is_new)) return -1;
        die_if_chosen();
    }
    int fd = real_openat64(folder, path, flags, mode);
    if (fd >= 0 && is_new) put_names('C', number_of(fd), path, "");
    else if (fd >= 0 && (flags & O_TRUNC)) put('T', number_of(fd), 0, "", 0);
    return fd;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return opened(folder, path, flags, mode); }

int rename(const char *one, const char *other) {
    REAL(int, rename, const char *, const char *);
    int ours = is_ours(one);
    if (ours && refused(1, 0)) return -1;
    if (ours) die_if_chosen();
    int done = real_rename(one, other);
    if (ours && !done) put_names('R', 0, one, other);
    return done;
}

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    int ours = is_ours(path) && !access(path, F_OK);
    if (ours && refused(1, 0)) return -1;
    if (ours) die_if_chosen();
    int done = real_unlink(path);
    if (ours && !done) put_names('U', 0, path, "");
    return done;
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t);
    int ours = is_ours(path) && access(path, F_OK);
    if (ours && refused(1, 1)) return -1;
    if (ours) die_if_chosen();
    int done = real_mkdir(path, mode);
    if (ours && !done) put_names('M', 0, path, "");
    return done;
}
