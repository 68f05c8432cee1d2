/* Cuts the power of `summa serve` as it enters its N-th fsync or fdatasync: what was written since a file's last sync is lost, in
 * part, as a disk loses it, and then the process is killed.
 *
 * Loaded with LD_PRELOAD. A kill alone loses nothing, since the kernel keeps what was written; so the blocks of 4 KiB that a write
 * touches are kept as they were until the file is synced, and put back by chance when the power goes. So are renames until their
 * directory is synced. Not lost: the names of new files, and what is written through mmap (SQLite's index of its log, which it
 * makes anew).
 *
 *   SUMMA_POWER_DIRECTORY  only files below it, and only their syncs, count
 *   SUMMA_POWER_FILE       eight bytes that count the syncs, for whoever wants to know how many there are
 *   SUMMA_POWER_AT         N; 0 for never
 *   SUMMA_POWER_SEED       which of the blocks are lost
 *   SUMMA_POWER_LIES       set: syncs are answered and nothing becomes durable, as a disk that lies
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 4096, LOSS_PERCENT = 60 };

/* A block as it was when the file was last synced. */
struct block {
    struct block *next;
    off_t at;
    ssize_t length;
    char bytes[BLOCK];
};

/* A file that has been written since it was last synced. */
struct file {
    struct file *next;
    dev_t device;
    ino_t inode;
    char path[PATH_MAX];
    off_t size;
    struct block *blocks;
};

/* A file that took another's name, whose directory was not synced since. `before` is the other one, under a name of ours. */
struct renamed {
    struct renamed *next;
    char path[PATH_MAX], before[PATH_MAX];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file *files;
static struct renamed *renames;
static const char *directory;
static int64_t cut_at, sync_count, *told_count;
static uint64_t chance;
static int is_lying;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_ftruncate)(int, off_t), (*real_fsync)(int), (*real_fdatasync)(int);
static int (*real_rename)(const char *, const char *);

__attribute__((constructor)) static void begin(int count, char **arguments) {
    *(void **)&real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    *(void **)&real_write = dlsym(RTLD_NEXT, "write");
    *(void **)&real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    *(void **)&real_fsync = dlsym(RTLD_NEXT, "fsync");
    *(void **)&real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    *(void **)&real_rename = dlsym(RTLD_NEXT, "rename");
    if (count < 2 || strcmp(arguments[1], "serve") != 0 || !getenv("SUMMA_POWER_DIRECTORY")) return;
    int file = open(getenv("SUMMA_POWER_FILE"), O_RDWR | O_CLOEXEC);
    told_count = mmap(NULL, sizeof *told_count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    cut_at = atoll(getenv("SUMMA_POWER_AT"));
    chance = (uint64_t)atoll(getenv("SUMMA_POWER_SEED")) * 2 + 1;
    is_lying = getenv("SUMMA_POWER_LIES") != NULL;
    directory = getenv("SUMMA_POWER_DIRECTORY");
}

static int is_lost(void) {
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    return (chance >> 33) % 100 < LOSS_PERCENT;
}

/* Whether a descriptor is of a regular file or directory that counts; then its path. */
static int is_ours(int descriptor, struct stat *status, char *path) {
    if (!directory || fstat(descriptor, status) != 0) return 0;
    if (!S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode)) return 0;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return strncmp(path, directory, strlen(directory)) == 0;
}

static struct file *unsynced(const struct stat *status, const char *path) {
    for (struct file *file = files; file; file = file->next)
        if (file->device == status->st_dev && file->inode == status->st_ino) return file;
    struct file *file = calloc(1, sizeof *file);
    file->device = status->st_dev, file->inode = status->st_ino, file->size = status->st_size;
    strcpy(file->path, path);
    file->next = files;
    return files = file;
}

/* Keeps the blocks of a range as they are now, unless they are kept already. */
static void keep(const struct stat *status, const char *path, off_t from, size_t count) {
    struct file *file = unsynced(status, path);
    int reading = open(path, O_RDONLY | O_CLOEXEC);
    for (off_t at = from / BLOCK * BLOCK; at < from + (off_t)count; at += BLOCK) {
        struct block *block = file->blocks;
        while (block && block->at != at) block = block->next;
        if (block) continue;
        block = calloc(1, sizeof *block);
        block->at = at;
        block->length = reading < 0 ? 0 : pread(reading, block->bytes, BLOCK, at);
        block->next = file->blocks;
        file->blocks = block;
    }
    if (reading >= 0) close(reading);
}

static void forget(const struct stat *status) {
    for (struct file **place = &files; *place; place = &(*place)->next) {
        struct file *file = *place;
        if (file->device != status->st_dev || file->inode != status->st_ino) continue;
        while (file->blocks) {
            struct block *block = file->blocks;
            file->blocks = block->next;
            free(block);
        }
        *place = file->next;
        free(file);
        return;
    }
}

static void forget_renames(const char *synced) {
    for (struct renamed **place = &renames; *place;) {
        struct renamed *renamed = *place;
        size_t length = (size_t)(strrchr(renamed->path, '/') - renamed->path);
        if (strlen(synced) != length || strncmp(synced, renamed->path, length) != 0) {
            place = &renamed->next;
            continue;
        }
        unlink(renamed->before);
        *place = renamed->next;
        free(renamed);
    }
}

/* The power goes. Blocks go back to what they were, by chance; a file that had grown ends where it did, by chance too. */
static void cut(void) {
    for (struct file *file = files; file; file = file->next) {
        int writing = open(file->path, O_WRONLY | O_CLOEXEC);
        if (writing < 0) continue;
        for (struct block *block = file->blocks; block; block = block->next)
            if (block->length >= 0 && is_lost()) real_pwrite(writing, block->bytes, BLOCK, block->at);
        struct stat now;
        if (fstat(writing, &now) == 0 && (now.st_size < file->size || is_lost())) real_ftruncate(writing, file->size);
        close(writing);
    }
    for (struct renamed *renamed = renames; renamed; renamed = renamed->next)
        if (is_lost()) real_rename(renamed->before, renamed->path);
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static int synced(int descriptor, int (*real)(int)) {
    struct stat status;
    char path[PATH_MAX];
    if (!is_ours(descriptor, &status, path)) return real(descriptor);
    pthread_mutex_lock(&lock);
    *told_count = ++sync_count;
    if (sync_count == cut_at) cut();
    int result = is_lying ? 0 : real(descriptor);
    if (result == 0 && !is_lying) S_ISDIR(status.st_mode) ? forget_renames(path) : forget(&status);
    pthread_mutex_unlock(&lock);
    return result;
}

int fsync(int descriptor) { return synced(descriptor, real_fsync); }

int fdatasync(int descriptor) { return synced(descriptor, real_fdatasync); }

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off_t at) {
    struct stat status;
    char path[PATH_MAX];
    if (!is_ours(descriptor, &status, path)) return real_pwrite(descriptor, bytes, count, at);
    pthread_mutex_lock(&lock);
    keep(&status, path, at, count);
    ssize_t result = real_pwrite(descriptor, bytes, count, at);
    pthread_mutex_unlock(&lock);
    return result;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t at) { return pwrite64(descriptor, bytes, count, at); }

ssize_t write(int descriptor, const void *bytes, size_t count) {
    struct stat status;
    char path[PATH_MAX];
    if (!is_ours(descriptor, &status, path)) return real_write(descriptor, bytes, count);
    pthread_mutex_lock(&lock);
    int appends = fcntl(descriptor, F_GETFL) & O_APPEND;
    keep(&status, path, appends ? status.st_size : lseek(descriptor, 0, SEEK_CUR), count);
    ssize_t result = real_write(descriptor, bytes, count);
    pthread_mutex_unlock(&lock);
    return result;
}

int ftruncate64(int descriptor, off_t size) {
    struct stat status;
    char path[PATH_MAX];
    if (!is_ours(descriptor, &status, path)) return real_ftruncate(descriptor, size);
    pthread_mutex_lock(&lock);
    if (size < status.st_size) keep(&status, path, size, (size_t)(status.st_size - size));
    else unsynced(&status, path);
    int result = real_ftruncate(descriptor, size);
    pthread_mutex_unlock(&lock);
    return result;
}

int ftruncate(int descriptor, off_t size) { return ftruncate64(descriptor, size); }

int rename(const char *from, const char *to) {
    if (!directory || strncmp(to, directory, strlen(directory)) != 0) return real_rename(from, to);
    pthread_mutex_lock(&lock);
    struct renamed *renamed = calloc(1, sizeof *renamed);
    strcpy(renamed->path, to);
    snprintf(renamed->before, PATH_MAX, "%s.before-power-%p", to, (void *)renamed);
    int was_there = link(to, renamed->before) == 0;
    int result = real_rename(from, to);
    if (result == 0 && was_there) {
        renamed->next = renames;
        renames = renamed;
    } else {
        unlink(renamed->before);
        free(renamed);
    }
    pthread_mutex_unlock(&lock);
    return result;
}
