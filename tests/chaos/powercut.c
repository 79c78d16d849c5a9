/*
 * powercut.c - simulate power cuts and disk faults for one process.
 *
 * An LD_PRELOAD library. It stands between a program and the C library,
 * remembers for every file below one directory what a disk is bound to hold
 * (everything up to the last sync) and what it may or may not hold (everything
 * since), and at a chosen moment rewrites the directory to one of the states a
 * real power cut could have left, then kills the process with SIGKILL. The test
 * restarts the program on that directory and checks what survived.
 *
 *   gcc -std=gnu11 -O2 -Wall -Wextra -Werror -shared -fPIC -o powercut.so powercut.c
 *   POWERCUT_DIR=/tmp/data POWERCUT_AT=42 LD_PRELOAD=$PWD/powercut.so ./server
 *
 * Environment (without POWERCUT_DIR every call passes straight through):
 *
 *   POWERCUT_DIR=dir          watch the regular files and directories below dir;
 *                             it must exist. Names ending in "-shm" are ignored:
 *                             SQLite rebuilds that index after a crash.
 *   POWERCUT_PROGRAM=name     act only if the basename of /proc/self/exe is name
 *   POWERCUT_AT=N             cut at the N-th operation, from 1. Counted are
 *                             writes, truncates, syncs, unlinks and renames.
 *                             Creating a name (open, mkdir, link) is not: the
 *                             state after it is that before the next operation.
 *   POWERCUT_WHEN=before|after   the operation itself (default: before)
 *   POWERCUT_AFTER_MS=T       cut T milliseconds after the start
 *   (signal SIGUSR2)          cut now
 *   POWERCUT_KEEP=none|all|random:SEED
 *                             what becomes of changes that were not synced.
 *                             random: each is kept with probability 1/2, and a
 *                             quarter of the kept writes are torn at a sector
 *                             boundary. The choice depends on SEED and on the
 *                             order of the operations, nothing else.
 *   POWERCUT_STRICT_DIR=1     a new, renamed or removed name is durable only
 *                             after a sync of its directory. Without it, a sync
 *                             of a file also commits its own name, as on ext4.
 *   POWERCUT_IGNORE_SYNC=1    syncs are executed but not believed (lying disk)
 *   POWERCUT_COUNT_FILE=path  at normal exit, write the number of operations
 *   POWERCUT_LOG=path         at the cut, append one line saying where and what
 *   POWERCUT_FAIL_AT=N        let the N-th matching operation fail ...
 *   POWERCUT_FAIL_ERRNO=ENOSPC|EIO     ... with this error (default EIO)
 *   POWERCUT_FAIL_KIND=write|fsync|any ... counting only these (default any)
 *   POWERCUT_FAIL_STICKY=1    ... and all matching ones after it as well
 *
 * Model:
 *
 *   - A file's content and its name are separate things, as on a real file
 *     system: content is made durable by a sync of the file, a name by a sync
 *     of the directory that holds it. A rename is atomic and belongs to its
 *     target directory.
 *   - Files are recognised by inode at each call, not by tracking descriptors:
 *     dup, fcntl, inherited descriptors and links need no care that way.
 *   - One mutex is held around every watched operation, so at a cut no other
 *     thread is in the middle of one. The other threads are then frozen by a
 *     signal, so none can report anything based on rolled-back files.
 *   - What lies in the directory at program start counts as durable.
 *
 * Limits:
 *
 *   - One process only. Several processes changing the same files are out of
 *     scope; so is a forked child, which passes through (an exec'ed child that
 *     inherits the environment starts with a state of its own, hence
 *     POWERCUT_PROGRAM).
 *   - Only calls through the dynamic C library are seen: no io_uring, no direct
 *     system calls, no statically linked program. Files that turn up unseen are
 *     taken as durable when first noticed.
 *   - stdio output, writable shared mappings, O_TMPFILE, hole punching and
 *     moving a directory across the border of POWERCUT_DIR abort with a message.
 *     copy_file_range, sendfile and splice into a watched file report "not
 *     possible here", upon which callers fall back to read and write.
 *   - Symbolic links, modes, owners, times and extended attributes are not
 *     rolled back. Writes to a file after its last name was removed are ignored.
 *   - An injected fault fails the whole call; there are no short writes, and what
 *     a failed sync should have saved stays undecided until a later one succeeds.
 *   - The program must leave SIGUSR2 and SIGRTMAX-3 to us.
 *   - Everything is kept in memory; meant for directories of some 20 MB.
 *   - 64-bit Linux with glibc. Hooked calls are not thread cancellation points.
 */
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE /* its inline wrappers would clash with our definitions */

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

_Static_assert(sizeof(long) == 8, "system call arguments below assume 64 bits");

enum { SECTOR = 512, INODE_BUCKETS = 1024, MAX_DEPTH = 64 };

/* ------------------------------------------------------------------------ */
/* Configuration                                                            */

enum keep_mode { KEEP_NONE, KEEP_ALL, KEEP_RANDOM };
enum op_kind { OP_WRITE, OP_TRUNCATE, OP_SYNC, OP_UNLINK, OP_RENAME };
enum fault_kind { FAULT_WRITE, FAULT_SYNC, FAULT_ANY };

struct fault {
    unsigned long at; /* 0: no fault injection */
    unsigned long seen;
    int error;
    enum fault_kind kind;
    bool sticky;
};

struct config {
    char root[PATH_MAX];
    unsigned long cut_at; /* 0: no cut by count */
    bool cut_after_op;
    long after_ms; /* -1: no cut by time */
    enum keep_mode keep;
    uint64_t seed;
    bool strict_dir;
    bool ignore_sync;
    char *count_file;
    char *log_file;
    struct fault fault;
};

static struct config cfg;

/* Set once by the constructor; cleared in forked children. */
static volatile bool active;

/* Guards all state below and is held around every watched operation. */
static pthread_mutex_t state_mutex = PTHREAD_MUTEX_INITIALIZER;

static void lock(void) { pthread_mutex_lock(&state_mutex); }
static void unlock(void) { pthread_mutex_unlock(&state_mutex); }

static void say(const char *text)
{
    /* Raw, because our own write() is hooked. */
    if (syscall(SYS_write, 2, text, strlen(text)) < 0)
        return;
}

__attribute__((noreturn)) static void die(const char *what, const char *detail)
{
    say("powercut: ");
    say(what);
    if (detail) {
        say(": ");
        say(detail);
    }
    say("\n");
    abort();
}

static void *must(void *memory)
{
    if (!memory)
        die("out of memory", NULL);
    return memory;
}

/* ------------------------------------------------------------------------ */
/* File images                                                              */

struct image {
    unsigned char *bytes;
    size_t size;
    size_t capacity;
};

static void image_resize(struct image *img, size_t size)
{
    if (size > img->capacity) {
        size_t capacity = img->capacity ? img->capacity : 4096;
        while (capacity < size)
            capacity *= 2;
        img->bytes = must(realloc(img->bytes, capacity));
        img->capacity = capacity;
    }
    if (size > img->size)
        memset(img->bytes + img->size, 0, size - img->size);
    img->size = size;
}

static void image_write(struct image *img, size_t offset, const void *data, size_t len)
{
    if (len == 0)
        return;
    if (offset + len > img->size)
        image_resize(img, offset + len);
    memcpy(img->bytes + offset, data, len);
}

static struct image image_copy(const struct image *from)
{
    struct image copy = {0};
    image_write(&copy, 0, from->bytes, from->size);
    return copy;
}

/* ------------------------------------------------------------------------ */
/* Nodes: what an inode is to us                                            */

/* One change to a file's content. */
struct data_op {
    struct data_op *next;
    uint64_t seq;
    bool truncate; /* offset is then the new size */
    bool synced;   /* written with O_SYNC: durable although older ones are not */
    size_t offset;
    size_t len;
    unsigned char data[];
};

struct node {
    struct node *hash_next;
    dev_t dev;
    ino_t ino;
    bool is_dir;
    bool hashed;
    mode_t mode;
    unsigned refs;       /* from entries and name operations */
    unsigned live_names; /* entries that show this node to the program */
    struct image durable;
    struct data_op *ops; /* since the last sync, oldest first */
    struct data_op **ops_end;
    bool settled; /* durable is final; used only while planning a cut */
};

static struct node *inodes[INODE_BUCKETS];
static struct node *root_node;
static uint64_t next_seq;

static struct node **bucket(dev_t dev, ino_t ino)
{
    return &inodes[(ino ^ dev) % INODE_BUCKETS];
}

static struct node *node_find(const struct stat *st)
{
    struct node *n = *bucket(st->st_dev, st->st_ino);
    while (n && (n->dev != st->st_dev || n->ino != st->st_ino))
        n = n->hash_next;
    return n;
}

static struct node *node_new(const struct stat *st)
{
    struct node *n = must(calloc(1, sizeof *n));
    struct node **head = bucket(st->st_dev, st->st_ino);
    n->dev = st->st_dev;
    n->ino = st->st_ino;
    n->is_dir = S_ISDIR(st->st_mode);
    n->mode = st->st_mode & 07777;
    n->ops_end = &n->ops;
    n->hash_next = *head;
    n->hashed = true;
    *head = n;
    return n;
}

/* The kernel may give the inode number to another file from now on. */
static void node_forget_inode(struct node *n)
{
    if (!n->hashed)
        return;
    struct node **link = bucket(n->dev, n->ino);
    while (*link != n)
        link = &(*link)->hash_next;
    *link = n->hash_next;
    n->hashed = false;
}

static void node_drop_ops(struct node *n)
{
    while (n->ops) {
        struct data_op *op = n->ops;
        n->ops = op->next;
        free(op);
    }
    n->ops_end = &n->ops;
}

/* Let *slot refer to n (or to nothing), keeping the reference counts right. */
static void node_assign(struct node **slot, struct node *n)
{
    struct node *old = *slot;
    if (n)
        n->refs++;
    *slot = n;
    if (old && --old->refs == 0 && old != root_node) {
        node_forget_inode(old);
        node_drop_ops(old);
        free(old->durable.bytes);
        free(old);
    }
}

static void data_op_apply(struct image *img, const struct data_op *op)
{
    if (op->truncate)
        image_resize(img, op->offset);
    else
        image_write(img, op->offset, op->data, op->len);
}

static void node_fold_first_op(struct node *n)
{
    struct data_op *op = n->ops;
    data_op_apply(&n->durable, op);
    n->ops = op->next;
    if (!n->ops)
        n->ops_end = &n->ops;
    free(op);
}

static void node_add_op(struct node *n, struct data_op *op)
{
    op->seq = next_seq++;
    op->next = NULL;
    *n->ops_end = op;
    n->ops_end = &op->next;
    /* A synced write can be settled only once nothing older is undecided:
     * replaying an older one later would bury it. */
    while (n->ops && n->ops->synced)
        node_fold_first_op(n);
}

static void record_truncate(struct node *n, size_t size)
{
    struct data_op *op = must(calloc(1, sizeof *op));
    op->truncate = true;
    op->offset = size;
    node_add_op(n, op);
}

/* ------------------------------------------------------------------------ */
/* Entries: names in directories                                            */

/* A name, with the node it shows now and the one it shows after a cut. */
struct entry {
    struct entry *next;
    struct node *dir;
    struct node *live;
    struct node *durable;
    struct node *restored; /* used only while planning a cut */
    unsigned pending;      /* name operations that refer to this entry */
    bool marked;           /* scratch for commit_marked() */
    char name[];
};

struct name_set {
    struct entry *entry;
    struct node *to; /* NULL: the name goes away */
};

/* One atomic change to names; a rename changes two. */
struct name_op {
    struct name_op *next;
    struct name_op *prev;
    uint64_t seq;
    struct node *home; /* the directory whose sync makes this durable */
    bool marked;
    int count;
    struct name_set set[2];
};

static struct entry *entries;
static struct name_op *name_ops; /* not durable yet, oldest first */
static struct name_op *name_ops_last;

static struct entry *entry_find(const struct node *dir, const char *name)
{
    struct entry *e = entries;
    while (e && (e->dir != dir || strcmp(e->name, name) != 0))
        e = e->next;
    return e;
}

static struct entry *entry_get(struct node *dir, const char *name)
{
    struct entry *e = entry_find(dir, name);
    if (e)
        return e;
    e = must(calloc(1, sizeof *e + strlen(name) + 1));
    strcpy(e->name, name);
    node_assign(&e->dir, dir);
    e->next = entries;
    entries = e;
    return e;
}

static void entry_drop_if_unused(struct entry *e)
{
    if (e->live || e->durable || e->pending)
        return;
    struct entry **link = &entries;
    while (*link != e)
        link = &(*link)->next;
    *link = e->next;
    node_assign(&e->dir, NULL);
    free(e);
}

static void entry_set_live(struct entry *e, struct node *n)
{
    if (n)
        n->live_names++;
    if (e->live)
        e->live->live_names--;
    node_assign(&e->live, n);
}

/* A name that is on disk for good: found at the start, or made by others. */
static void entry_add_durable(struct node *dir, const char *name, struct node *n)
{
    struct entry *e = entry_get(dir, name);
    entry_set_live(e, n);
    node_assign(&e->durable, n);
}

static const char *node_name(const struct node *n)
{
    for (struct entry *e = entries; e; e = e->next)
        if (e->live == n)
            return e->name;
    return n == root_node ? "." : "?";
}

static struct name_op *name_op_new(struct node *home)
{
    struct name_op *op = must(calloc(1, sizeof *op));
    node_assign(&op->home, home);
    return op;
}

static void name_op_add(struct name_op *op, struct entry *e, struct node *to)
{
    struct name_set *s = &op->set[op->count++];
    s->entry = e;
    e->pending++;
    node_assign(&s->to, to);
}

/* The program sees the change from now on; the disk does not yet. */
static void name_op_record(struct name_op *op)
{
    struct node *replaced[2] = {NULL, NULL};

    for (int i = 0; i < op->count; i++) {
        node_assign(&replaced[i], op->set[i].entry->live);
        entry_set_live(op->set[i].entry, op->set[i].to);
    }
    /* Only now: within a swap a node has no name for a moment. */
    for (int i = 0; i < op->count; i++) {
        if (replaced[i] && replaced[i]->live_names == 0)
            node_forget_inode(replaced[i]);
        node_assign(&replaced[i], NULL);
    }
    op->seq = next_seq++;
    op->prev = name_ops_last;
    *(name_ops_last ? &name_ops_last->next : &name_ops) = op;
    name_ops_last = op;
}

static void name_op_commit(struct name_op *op)
{
    *(op->prev ? &op->prev->next : &name_ops) = op->next;
    *(op->next ? &op->next->prev : &name_ops_last) = op->prev;
    for (int i = 0; i < op->count; i++) {
        struct entry *e = op->set[i].entry;
        node_assign(&e->durable, op->set[i].to);
        node_assign(&op->set[i].to, NULL);
        e->pending--;
        entry_drop_if_unused(e);
    }
    node_assign(&op->home, NULL);
    free(op);
}

/* ------------------------------------------------------------------------ */
/* What a sync makes durable                                                */

static bool touches_marked_entry(const struct name_op *op)
{
    for (int i = 0; i < op->count; i++)
        if (op->set[i].entry->marked)
            return true;
    return false;
}

static void mark_entries(const struct name_op *op, bool mark)
{
    for (int i = 0; i < op->count; i++)
        op->set[i].entry->marked = mark;
}

/* Commit the marked operations and those they build on: a file system does not
 * write the newest state of a name to disk and an older one afterwards. */
static void commit_marked(void)
{
    for (struct name_op *op = name_ops_last; op; op = op->prev) {
        if (!op->marked && !touches_marked_entry(op))
            continue;
        op->marked = true;
        mark_entries(op, true);
    }
    for (struct name_op *op = name_ops; op; op = op->next)
        mark_entries(op, false);
    for (struct name_op *op = name_ops, *next; op; op = next) {
        next = op->next;
        if (op->marked)
            name_op_commit(op);
    }
}

/* Mark what gave the node its names, and the directories above it theirs. */
static void mark_names_of(const struct node *n, int depth)
{
    if (n == root_node || depth > MAX_DEPTH)
        return;
    for (struct name_op *op = name_ops; op; op = op->next)
        for (int i = 0; i < op->count; i++)
            if (op->set[i].to == n)
                op->marked = true;
    for (struct entry *e = entries; e; e = e->next)
        if (e->live == n)
            mark_names_of(e->dir, depth + 1);
}

static void names_synced_with(const struct node *n)
{
    if (cfg.strict_dir || !name_ops)
        return;
    mark_names_of(n, 0);
    commit_marked();
}

static void file_synced(struct node *n)
{
    while (n->ops)
        node_fold_first_op(n);
    names_synced_with(n);
}

static void dir_synced(struct node *dir)
{
    for (struct name_op *op = name_ops; op; op = op->next)
        if (op->home == dir)
            op->marked = true;
    commit_marked();
    names_synced_with(dir);
}

static void everything_synced(void)
{
    for (struct name_op *op = name_ops; op; op = op->next)
        op->marked = true;
    commit_marked();
    for (int i = 0; i < INODE_BUCKETS; i++)
        for (struct node *n = inodes[i]; n; n = n->hash_next)
            while (n->ops)
                node_fold_first_op(n);
}

/* ------------------------------------------------------------------------ */
/* Finding the watched object behind a path or a descriptor                 */

/* The directory and the last component of a path. */
struct place {
    struct stat parent;
    char name[NAME_MAX + 1];
};

static bool is_ignored_name(const char *name)
{
    size_t len = strlen(name);
    return len >= 4 && strcmp(name + len - 4, "-shm") == 0;
}

/* False if the path cannot lie in the watched tree. */
static bool locate(int dirfd, const char *path, struct place *place)
{
    char parent[PATH_MAX];
    size_t len = strlen(path);

    while (len > 1 && path[len - 1] == '/')
        len--;
    size_t start = len;
    while (start > 0 && path[start - 1] != '/')
        start--;
    if (len - start == 0 || len - start > NAME_MAX || start + 1 >= sizeof parent)
        return false;
    memcpy(place->name, path + start, len - start);
    place->name[len - start] = '\0';
    if (strcmp(place->name, ".") == 0 || strcmp(place->name, "..") == 0)
        return false;
    memcpy(parent, path, start);
    strcpy(parent + start, start ? "" : ".");
    return fstatat(dirfd, parent, &place->parent, 0) == 0 &&
           place->parent.st_dev == root_node->dev;
}

/* The watched directory that holds the name, or NULL if the name is none of
 * our business. Call with the lock held. */
static struct node *watched_parent(int dirfd, const char *path, struct place *place)
{
    if (!locate(dirfd, path, place) || is_ignored_name(place->name))
        return NULL;
    struct node *dir = node_find(&place->parent);
    return dir && dir->is_dir ? dir : NULL;
}

static void load_image(struct image *img, int fd)
{
    unsigned char chunk[65536];
    ssize_t got;
    size_t at = 0;

    while ((got = pread(fd, chunk, sizeof chunk, (off_t)at)) > 0) {
        image_write(img, at, chunk, (size_t)got);
        at += (size_t)got;
    }
    if (got < 0)
        die("cannot read a watched file", strerror(errno));
}

static struct node *node_from_path(int dirfd, const char *path, const struct stat *st)
{
    struct node *n = node_new(st);
    if (st->st_size == 0)
        return n;
    int fd = (int)syscall(SYS_openat, dirfd, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        die("cannot open a watched file", path);
    load_image(&n->durable, fd);
    syscall(SYS_close, fd);
    return n;
}

/* A file that appeared without us seeing it: take it as it is, as durable. */
static struct node *adopt_path(int dirfd, const char *path)
{
    struct place place;
    struct stat st;
    struct node *dir = watched_parent(dirfd, path, &place);

    if (!dir || fstatat(dirfd, path, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(st.st_mode))
        return NULL;
    struct node *n = node_find(&st);
    if (!n)
        n = node_from_path(dirfd, path, &st);
    entry_add_durable(dir, place.name, n);
    return n;
}

static struct node *adopt_fd(int fd, const struct stat *st)
{
    char link[64], path[PATH_MAX];
    struct place place;
    struct stat named;

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    if (len <= 0)
        return NULL;
    path[len] = '\0';
    if (strncmp(path, cfg.root, strlen(cfg.root)) != 0) /* the common case, so be quick */
        return NULL;
    struct node *dir = watched_parent(AT_FDCWD, path, &place);
    /* The second check fails for a file that has been removed. */
    if (!dir || stat(path, &named) < 0 || named.st_ino != st->st_ino)
        return NULL;
    if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY)
        return adopt_path(AT_FDCWD, path);
    /* Read through the program's own descriptor: closing another one of the
     * same file would drop the POSIX locks the program holds on it. */
    struct node *n = node_new(st);
    load_image(&n->durable, fd);
    entry_add_durable(dir, place.name, n);
    return n;
}

/* Cheap test without the lock; everything that fails it is passed through. */
static bool maybe_watched(int fd, struct stat *st)
{
    int saved = errno;
    bool maybe = active && fstat(fd, st) == 0 && st->st_dev == root_node->dev &&
                 (S_ISREG(st->st_mode) || S_ISDIR(st->st_mode));
    errno = saved;
    return maybe;
}

static struct node *node_for_fd(int fd, const struct stat *st)
{
    struct node *n = node_find(st);
    return n || !S_ISREG(st->st_mode) ? n : adopt_fd(fd, st);
}

/* Take in all that lies below a directory, at program start. */
static void scan(struct node *dir, const char *path)
{
    DIR *d = opendir(path);
    struct dirent *item;

    if (!d)
        die("cannot list", path);
    while ((item = readdir(d))) {
        char below[PATH_MAX];
        struct stat st;
        const char *name = item->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || is_ignored_name(name))
            continue;
        if (snprintf(below, sizeof below, "%s/%s", path, name) >= (int)sizeof below)
            die("path too long below", path);
        if (lstat(below, &st) < 0 || st.st_dev != root_node->dev)
            continue;
        if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
            continue;
        struct node *n = node_find(&st); /* known already: a second hard link */
        if (!n)
            n = S_ISDIR(st.st_mode) ? node_new(&st) : node_from_path(AT_FDCWD, below, &st);
        entry_add_durable(dir, name, n);
        if (n->is_dir)
            scan(n, below);
    }
    closedir(d);
}

/* ------------------------------------------------------------------------ */
/* The cut, part 1: decide what survives                                    */

/* Removing or making one thing on disk. Prepared in full before any thread is
 * frozen, because a frozen thread may own the heap's lock. */
struct step {
    char *path;
    bool is_dir;
    mode_t mode;
    struct image content;
};

struct plan {
    struct step *remove;
    size_t removals;
    struct step *create;
    size_t creations;
    unsigned long kept;
    unsigned long undecided;
};

enum view { VIEW_LIVE, VIEW_RESTORED };

/* splitmix64: the fate of an operation is a function of seed and number. */
static uint64_t dice(uint64_t seq)
{
    uint64_t z = cfg.seed + (seq + 1) * 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static bool survives(struct plan *plan, uint64_t seq)
{
    bool kept = cfg.keep == KEEP_ALL || (cfg.keep == KEEP_RANDOM && (dice(seq) & 1));
    plan->undecided++;
    plan->kept += kept;
    return kept;
}

/* Apply a kept write, or only the part before or after a sector boundary. */
static void apply_perhaps_torn(struct image *img, const struct data_op *op)
{
    uint64_t roll = dice(op->seq) >> 1;
    size_t end = op->offset + op->len;
    size_t first = (op->offset / SECTOR + 1) * SECTOR;
    bool tear = cfg.keep == KEEP_RANDOM && !op->truncate && first < end && roll % 4 == 0;

    if (!tear) {
        data_op_apply(img, op);
        return;
    }
    size_t boundaries = (end - 1 - first) / SECTOR + 1;
    size_t tear_at = first + (roll >> 8) % boundaries * SECTOR;
    if (roll & 4)
        image_write(img, op->offset, op->data, tear_at - op->offset);
    else
        image_write(img, tear_at, op->data + (tear_at - op->offset), end - tear_at);
}

/* Settle the node's open operations, so that its image is the one to restore. */
static void settle_content(struct plan *plan, struct node *n)
{
    for (struct data_op *op = n->ops; op; op = op->next) {
        if (op->synced)
            data_op_apply(&n->durable, op);
        else if (survives(plan, op->seq))
            apply_perhaps_torn(&n->durable, op);
    }
}

static void settle_names(struct plan *plan)
{
    for (struct entry *e = entries; e; e = e->next)
        e->restored = e->durable;
    for (struct name_op *op = name_ops; op; op = op->next) {
        if (!survives(plan, op->seq))
            continue;
        for (int i = 0; i < op->count; i++)
            op->set[i].entry->restored = op->set[i].to;
    }
}

static struct node *seen_in(const struct entry *e, enum view view)
{
    return view == VIEW_LIVE ? e->live : e->restored;
}

/* The path of a directory in one of the views; false if it hangs in the air,
 * as do the files of a directory whose own creation is lost. */
static bool dir_path(const struct node *dir, enum view view, char *out, int depth)
{
    if (dir == root_node) {
        strcpy(out, cfg.root);
        return true;
    }
    for (struct entry *e = entries; e && depth < MAX_DEPTH; e = e->next) {
        if (seen_in(e, view) != dir)
            continue;
        if (!dir_path(e->dir, view, out, depth + 1))
            return false;
        size_t len = strlen(out);
        return snprintf(out + len, PATH_MAX - len, "/%s", e->name) < (int)(PATH_MAX - len);
    }
    return false;
}

/* The path under which a view shows an entry, or NULL. */
static char *entry_path(const struct entry *e, enum view view)
{
    char path[PATH_MAX];
    char *full;
    if (!seen_in(e, view) || !dir_path(e->dir, view, path, 0))
        return NULL;
    if (asprintf(&full, "%s/%s", path, e->name) < 0)
        die("out of memory", NULL);
    return full;
}

static struct step make_step(char *path, struct node *n, const struct stat *now)
{
    struct step step = {.path = path, .is_dir = n->is_dir, .mode = n->mode};
    if (now)
        step.mode = now->st_mode & 07777; /* chmod is not rolled back */
    if (!n->is_dir)
        step.content = image_copy(&n->durable);
    return step;
}

static void plan_entry(struct plan *plan, const struct entry *e)
{
    char *before = entry_path(e, VIEW_LIVE);
    char *after = entry_path(e, VIEW_RESTORED);
    bool stays = before && after && e->live == e->restored && strcmp(before, after) == 0;
    struct stat st;
    bool known = before && lstat(before, &st) == 0;

    if (stays && (e->live->is_dir || !e->live->ops)) {
        free(before);
        free(after);
        return;
    }
    if (after)
        plan->create[plan->creations++] =
            make_step(after, e->restored, known && e->live == e->restored ? &st : NULL);
    if (before)
        plan->remove[plan->removals++] = (struct step){.path = before, .is_dir = e->live->is_dir};
}

static int by_path_length(const void *a, const void *b)
{
    size_t x = strlen(((const struct step *)a)->path);
    size_t y = strlen(((const struct step *)b)->path);
    return (x > y) - (x < y);
}

/* Through the entries, because a node may have left the inode table already. */
static void settle_all_contents(struct plan *plan)
{
    for (struct entry *e = entries; e; e = e->next) {
        struct node *n = e->restored;
        if (!n || n->settled)
            continue;
        settle_content(plan, n);
        n->settled = true;
    }
}

static void make_plan(struct plan *plan)
{
    size_t count = 0;
    for (struct entry *e = entries; e; e = e->next)
        count++;
    plan->remove = must(calloc(count + 1, sizeof *plan->remove));
    plan->create = must(calloc(count + 1, sizeof *plan->create));
    settle_names(plan);
    settle_all_contents(plan);
    for (struct entry *e = entries; e; e = e->next)
        plan_entry(plan, e);
    /* Shorter paths first, so that directories come before what is in them. */
    qsort(plan->remove, plan->removals, sizeof *plan->remove, by_path_length);
    qsort(plan->create, plan->creations, sizeof *plan->create, by_path_length);
}

/* ------------------------------------------------------------------------ */
/* The cut, part 2: freeze, restore, die                                    */
/* From here on only system calls and the stack: no heap, no stdio.         */

struct raw_dirent {
    uint64_t ino;
    int64_t next;
    unsigned short reclen;
    unsigned char type;
    char name[];
};

/* Call visit for each name in a directory; returns how many there were. */
static int for_each_name(const char *path, void (*visit)(int dirfd, const char *name))
{
    _Alignas(struct raw_dirent) char buffer[8192];
    int count = 0;
    long got;
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return 0;
    while ((got = syscall(SYS_getdents64, fd, buffer, sizeof buffer)) > 0) {
        for (long at = 0; at < got;) {
            const struct raw_dirent *item = (const void *)(buffer + at);
            at += item->reclen;
            if (strcmp(item->name, ".") == 0 || strcmp(item->name, "..") == 0)
                continue;
            count++;
            if (visit)
                visit(fd, item->name);
        }
    }
    syscall(SYS_close, fd);
    return count;
}

static void sleep_ms(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    syscall(SYS_nanosleep, &t, NULL);
}

static atomic_int frozen_threads;

static int freeze_signal(void) { return SIGRTMAX - 3; }

static void stay_frozen(int signal)
{
    (void)signal;
    atomic_fetch_add(&frozen_threads, 1);
    for (;;)
        sleep_ms(1000000);
}

static void freeze_one(int dirfd, const char *name)
{
    (void)dirfd;
    long tid = 0;
    for (; *name; name++)
        tid = tid * 10 + (*name - '0');
    if (tid != syscall(SYS_gettid))
        syscall(SYS_tgkill, getpid(), tid, freeze_signal());
}

/* Gives up after about half a second: a thread that blocks all signals or hangs
 * in the kernel still cannot do a watched operation, the mutex being ours. */
static void freeze_other_threads(void)
{
    struct sigaction sa = {.sa_handler = stay_frozen};
    sigfillset(&sa.sa_mask);
    sigaction(freeze_signal(), &sa, NULL);
    for (int round = 0; round < 250; round++) {
        /* Repeated, since a thread may have started another one meanwhile. */
        int others = for_each_name("/proc/self/task", round % 10 ? NULL : freeze_one) - 1;
        if (atomic_load(&frozen_threads) >= others)
            return;
        sleep_ms(2);
    }
}

static void remove_name(int dirfd, const char *name)
{
    syscall(SYS_unlinkat, dirfd, name, 0);
}

static void undo(const struct step *step)
{
    if (!step->is_dir) {
        syscall(SYS_unlinkat, AT_FDCWD, step->path, 0);
        return;
    }
    for_each_name(step->path, remove_name); /* ignored files left in it */
    syscall(SYS_unlinkat, AT_FDCWD, step->path, AT_REMOVEDIR);
}

static void redo(const struct step *step)
{
    if (step->is_dir) {
        syscall(SYS_mkdirat, AT_FDCWD, step->path, step->mode);
        return;
    }
    int fd = (int)syscall(SYS_openat, AT_FDCWD, step->path,
                          O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        die("cannot restore", step->path);
    for (size_t at = 0; at < step->content.size;) {
        long put = syscall(SYS_write, fd, step->content.bytes + at, step->content.size - at);
        if (put <= 0)
            die("cannot restore", step->path);
        at += (size_t)put;
    }
    syscall(SYS_fchmod, fd, step->mode); /* the process' umask must not matter */
    syscall(SYS_close, fd);
}

static void carry_out(const struct plan *plan)
{
    for (size_t i = plan->removals; i-- > 0;)
        undo(&plan->remove[i]);
    for (size_t i = 0; i < plan->creations; i++)
        redo(&plan->create[i]);
}

/* Write or append one short text to a file outside the watched directory. */
static void write_note(const char *path, int flags, const char *text)
{
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0644);
    if (fd < 0 || syscall(SYS_write, fd, text, strlen(text)) < 0)
        say("powercut: cannot write a report file\n");
    if (fd >= 0)
        syscall(SYS_close, fd);
}

/* Never returns. Call with the lock held; it stays held. */
__attribute__((noreturn)) static void cut(const char *where)
{
    struct plan plan = {0};
    char note[512];

    make_plan(&plan);
    snprintf(note, sizeof note, "cut %s; kept %lu of %lu changes not synced\n", where, plan.kept,
             plan.undecided);
    freeze_other_threads();
    carry_out(&plan);
    if (cfg.log_file)
        write_note(cfg.log_file, O_APPEND, note);
    for (;;)
        syscall(SYS_kill, getpid(), SIGKILL);
}

/* ------------------------------------------------------------------------ */
/* Counting operations, injecting faults                                    */

static unsigned long op_count;

static void cut_at_op(const char *when, enum op_kind kind, const char *name)
{
    static const char *const kinds[] = {"write", "truncate", "sync", "unlink", "rename"};
    char where[NAME_MAX + 100];
    snprintf(where, sizeof where, "%s operation %lu (%s %s)", when, op_count, kinds[kind], name);
    cut(where);
}

static bool fault_strikes(enum op_kind kind)
{
    struct fault *f = &cfg.fault;
    if (f->at == 0 || (f->kind == FAULT_WRITE && kind != OP_WRITE) ||
        (f->kind == FAULT_SYNC && kind != OP_SYNC))
        return false;
    f->seen++;
    return f->seen == f->at || (f->sticky && f->seen > f->at);
}

/* To be called before each watched operation, with the lock held. False, with
 * errno set, if the operation is to fail instead of being performed. */
static bool begin_op(enum op_kind kind, const char *name)
{
    op_count++;
    if (op_count == cfg.cut_at && !cfg.cut_after_op)
        cut_at_op("before", kind, name);
    if (!fault_strikes(kind))
        return true;
    errno = cfg.fault.error;
    return false;
}

static void end_op(enum op_kind kind, const char *name)
{
    if (op_count == cfg.cut_at && cfg.cut_after_op)
        cut_at_op("after", kind, name);
}

/* ------------------------------------------------------------------------ */
/* Writing                                                                  */

/* All variants of write in one. */
struct write_call {
    int fd;
    const struct iovec *iov;
    int count;
    bool positioned; /* at offset, else at the descriptor's own position */
    off_t offset;
    int flags; /* RWF_* */
};

static ssize_t raw_write(const struct write_call *c)
{
    if (c->flags) /* -1 is the kernel's word for "own position" here */
        return syscall(SYS_pwritev2, c->fd, c->iov, c->count, c->positioned ? c->offset : -1, 0,
                       c->flags);
    if (c->count == 1 && c->positioned)
        return syscall(SYS_pwrite64, c->fd, c->iov->iov_base, c->iov->iov_len, c->offset);
    if (c->count == 1)
        return syscall(SYS_write, c->fd, c->iov->iov_base, c->iov->iov_len);
    if (c->positioned)
        return syscall(SYS_pwritev, c->fd, c->iov, c->count, c->offset, 0);
    return syscall(SYS_writev, c->fd, c->iov, c->count);
}

static void record_write(struct node *n, const struct write_call *c, size_t done, off_t old_size)
{
    int mode = fcntl(c->fd, F_GETFL);
    struct data_op *op = must(calloc(1, sizeof *op + done));

    /* On Linux, pwrite on an O_APPEND descriptor appends, too. */
    if ((mode & O_APPEND) || (c->flags & RWF_APPEND))
        op->offset = (size_t)old_size;
    else if (c->positioned)
        op->offset = (size_t)c->offset;
    else
        op->offset = (size_t)lseek(c->fd, 0, SEEK_CUR) - done;
    for (int i = 0; op->len < done; i++) {
        size_t part = c->iov[i].iov_len;
        if (part > done - op->len)
            part = done - op->len;
        memcpy(op->data + op->len, c->iov[i].iov_base, part);
        op->len += part;
    }
    /* O_SYNC includes the bit of O_DSYNC. */
    op->synced = !cfg.ignore_sync && ((mode & O_DSYNC) || (c->flags & (RWF_DSYNC | RWF_SYNC)));
    bool synced = op->synced; /* op may be gone after the next line */
    node_add_op(n, op);
    if (synced)
        names_synced_with(n);
}

static ssize_t do_write(const struct write_call *c)
{
    struct stat st;
    if (!maybe_watched(c->fd, &st))
        return raw_write(c);
    lock();
    struct node *n = node_for_fd(c->fd, &st);
    if (!n || n->is_dir) {
        unlock();
        return raw_write(c);
    }
    const char *name = node_name(n);
    ssize_t done = -1;
    if (begin_op(OP_WRITE, name)) {
        fstat(c->fd, &st); /* again: the size may have changed before we got the lock */
        done = raw_write(c);
        if (done > 0)
            record_write(n, c, (size_t)done, st.st_size);
    }
    end_op(OP_WRITE, name);
    unlock();
    return done;
}

static ssize_t write_buffer(int fd, const void *data, size_t len, bool positioned, off_t offset)
{
    struct iovec iov = {(void *)(uintptr_t)data, len};
    struct write_call c = {fd, &iov, 1, positioned, offset, 0};
    return do_write(&c);
}

ssize_t write(int fd, const void *data, size_t len)
{
    return write_buffer(fd, data, len, false, 0);
}

ssize_t pwrite(int fd, const void *data, size_t len, off_t offset)
{
    return write_buffer(fd, data, len, true, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t offset)
{
    return write_buffer(fd, data, len, true, offset);
}

ssize_t writev(int fd, const struct iovec *iov, int count)
{
    struct write_call c = {fd, iov, count, false, 0, 0};
    return do_write(&c);
}

ssize_t pwritev2(int fd, const struct iovec *iov, int count, off_t offset, int flags)
{
    struct write_call c = {fd, iov, count, offset != -1, offset, flags};
    return do_write(&c);
}

ssize_t pwritev64v2(int fd, const struct iovec *iov, int count, off64_t offset, int flags)
{
    return pwritev2(fd, iov, count, offset, flags);
}

ssize_t pwritev(int fd, const struct iovec *iov, int count, off_t offset)
{
    struct write_call c = {fd, iov, count, true, offset, 0};
    return do_write(&c);
}

ssize_t pwritev64(int fd, const struct iovec *iov, int count, off64_t offset)
{
    return pwritev(fd, iov, count, offset);
}

static bool is_watched_file(int fd)
{
    struct stat st;
    if (!maybe_watched(fd, &st))
        return false;
    lock();
    struct node *n = node_for_fd(fd, &st);
    bool watched = n && !n->is_dir;
    unlock();
    return watched;
}

/* Copies inside the kernel: we would have to read the data back. Every caller
 * has to be prepared for these errors and copies by hand then. */

ssize_t copy_file_range(int in, off64_t *in_at, int out, off64_t *out_at, size_t len,
                        unsigned flags)
{
    if (is_watched_file(out)) {
        errno = EXDEV;
        return -1;
    }
    return syscall(SYS_copy_file_range, in, in_at, out, out_at, len, flags);
}

ssize_t sendfile(int out, int in, off_t *at, size_t len)
{
    if (is_watched_file(out)) {
        errno = EINVAL;
        return -1;
    }
    return syscall(SYS_sendfile, out, in, at, len);
}

ssize_t sendfile64(int out, int in, off64_t *at, size_t len) { return sendfile(out, in, at, len); }

ssize_t splice(int in, off64_t *in_at, int out, off64_t *out_at, size_t len, unsigned flags)
{
    if (is_watched_file(out)) {
        errno = EINVAL;
        return -1;
    }
    return syscall(SYS_splice, in, in_at, out, out_at, len, flags);
}

void *mmap(void *addr, size_t len, int prot, int flags, int fd, off_t offset)
{
    bool shared = (flags & MAP_TYPE) != MAP_PRIVATE && !(flags & MAP_ANONYMOUS);
    if (active && shared && (prot & PROT_WRITE) && is_watched_file(fd))
        die("writable shared mapping of a watched file is not supported", NULL);
    return (void *)syscall(SYS_mmap, addr, len, prot, flags, fd, offset);
}

void *mmap64(void *addr, size_t len, int prot, int flags, int fd, off64_t offset)
{
    return mmap(addr, len, prot, flags, fd, offset);
}

/* ------------------------------------------------------------------------ */
/* Changing the size                                                        */

int ftruncate(int fd, off_t size)
{
    struct stat st;
    if (!maybe_watched(fd, &st))
        return (int)syscall(SYS_ftruncate, fd, size);
    lock();
    struct node *n = node_for_fd(fd, &st);
    if (!n || n->is_dir) {
        unlock();
        return (int)syscall(SYS_ftruncate, fd, size);
    }
    const char *name = node_name(n);
    int result = -1;
    if (begin_op(OP_TRUNCATE, name)) {
        result = (int)syscall(SYS_ftruncate, fd, size);
        if (result == 0)
            record_truncate(n, (size_t)size);
    }
    end_op(OP_TRUNCATE, name);
    unlock();
    return result;
}

int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }

int truncate(const char *path, off_t size)
{
    /* The descriptor variant does all the work. An extra descriptor is closed
     * here, which drops POSIX locks; nobody locks a file he truncates by name. */
    int fd = active ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return (int)syscall(SYS_truncate, path, size);
    int result = ftruncate(fd, size);
    int saved = errno;
    syscall(SYS_close, fd);
    errno = saved;
    return result;
}

int truncate64(const char *path, off64_t size) { return truncate(path, size); }

/* Performs one of the two ways to allocate and returns 0 or an error number. */
typedef int allocate_fn(int fd, int mode, off_t offset, off_t len);

static int raw_fallocate(int fd, int mode, off_t offset, off_t len)
{
    return syscall(SYS_fallocate, fd, mode, offset, len) == 0 ? 0 : errno;
}

static int raw_posix_fallocate(int fd, int mode, off_t offset, off_t len)
{
    /* The C library's own: it knows what to do where the kernel cannot. */
    static int (*real)(int, off_t, off_t);
    (void)mode;
    if (!real)
        *(void **)&real = must(dlsym(RTLD_NEXT, "posix_fallocate"));
    return real(fd, offset, len);
}

static int do_allocate(allocate_fn *allocate, int fd, int mode, off_t offset, off_t len)
{
    struct stat st;
    if (!maybe_watched(fd, &st))
        return allocate(fd, mode, offset, len);
    lock();
    struct node *n = node_for_fd(fd, &st);
    if (!n || n->is_dir) {
        unlock();
        return allocate(fd, mode, offset, len);
    }
    if (mode & ~FALLOC_FL_KEEP_SIZE)
        die("fallocate that changes content is not supported", node_name(n));
    const char *name = node_name(n);
    int error;
    if (begin_op(OP_TRUNCATE, name)) {
        fstat(fd, &st);
        error = allocate(fd, mode, offset, len);
        if (error == 0 && !(mode & FALLOC_FL_KEEP_SIZE) && offset + len > st.st_size)
            record_truncate(n, (size_t)(offset + len));
    } else {
        error = errno;
    }
    end_op(OP_TRUNCATE, name);
    unlock();
    return error;
}

int fallocate(int fd, int mode, off_t offset, off_t len)
{
    int error = do_allocate(raw_fallocate, fd, mode, offset, len);
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}

int fallocate64(int fd, int mode, off64_t offset, off64_t len)
{
    return fallocate(fd, mode, offset, len);
}

int posix_fallocate(int fd, off_t offset, off_t len)
{
    return do_allocate(raw_posix_fallocate, fd, 0, offset, len);
}

int posix_fallocate64(int fd, off64_t offset, off64_t len)
{
    return posix_fallocate(fd, offset, len);
}

/* ------------------------------------------------------------------------ */
/* Syncing                                                                  */

static int do_sync(long call, int fd)
{
    struct stat st;
    if (!maybe_watched(fd, &st))
        return (int)syscall(call, fd);
    lock();
    struct node *n = node_for_fd(fd, &st);
    if (!n) {
        unlock();
        return (int)syscall(call, fd);
    }
    const char *name = node_name(n);
    int result = -1;
    if (begin_op(OP_SYNC, name)) {
        result = (int)syscall(call, fd);
        if (result == 0 && !cfg.ignore_sync)
            n->is_dir ? dir_synced(n) : file_synced(n);
    }
    end_op(OP_SYNC, name);
    unlock();
    return result;
}

int fsync(int fd) { return do_sync(SYS_fsync, fd); }

int fdatasync(int fd) { return do_sync(SYS_fdatasync, fd); }

/* sync and syncfs; sync cannot report an error, its callers drop the result. */
static int do_sync_all(long call, int fd)
{
    if (!active)
        return (int)syscall(call, fd);
    lock();
    int result = -1;
    if (begin_op(OP_SYNC, "everything")) {
        result = (int)syscall(call, fd);
        if (result == 0 && !cfg.ignore_sync)
            everything_synced();
    }
    end_op(OP_SYNC, "everything");
    unlock();
    return result;
}

void sync(void) { do_sync_all(SYS_sync, -1); }

int syncfs(int fd)
{
    struct stat st;
    return maybe_watched(fd, &st) ? do_sync_all(SYS_syncfs, fd) : (int)syscall(SYS_syncfs, fd);
}

/* ------------------------------------------------------------------------ */
/* Creating names                                                           */

enum newness { BRAND_NEW, NEW_NAME_ONLY };

/* A name has just been created: record it, and the object if it is new, too. */
static void record_created(struct node *dir, const char *name, int dirfd, const char *path,
                           enum newness newness)
{
    struct stat st;
    if (fstatat(dirfd, path, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
        (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
        return;
    struct node *n = node_find(&st);
    if (n && newness == BRAND_NEW) { /* its inode number was freed unseen by us */
        node_forget_inode(n);
        n = NULL;
    }
    if (!n)
        n = S_ISDIR(st.st_mode) ? node_new(&st) : node_from_path(dirfd, path, &st);
    struct name_op *op = name_op_new(dir);
    name_op_add(op, entry_get(dir, name), n);
    name_op_record(op);
}

static bool needs_mode(int flags)
{
    return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
}

/* Opening for writing changes something only if it creates or empties a file;
 * all other opens are not looked at. */
static int do_open(int dirfd, const char *path, int flags, mode_t mode)
{
    struct place place;
    struct stat before;

    if (!active || !(needs_mode(flags) || (flags & O_TRUNC)))
        return (int)syscall(SYS_openat, dirfd, path, flags, mode);
    lock();
    struct node *dir = watched_parent(dirfd, path, &place);
    bool existed = fstatat(dirfd, path, &before, 0) == 0;
    struct node *n = existed ? node_find(&before) : NULL;
    if ((flags & O_TMPFILE) == O_TMPFILE && n)
        die("O_TMPFILE is not supported in", path);
    if (!n && existed && dir)
        n = adopt_path(dirfd, path);
    bool exclusive = (flags & O_CREAT) && (flags & O_EXCL);
    bool empties = n && !n->is_dir && (flags & O_TRUNC) && before.st_size > 0 && !exclusive;
    bool creates = dir && !existed && (flags & O_CREAT);
    if (!empties && !creates) {
        unlock();
        return (int)syscall(SYS_openat, dirfd, path, flags, mode);
    }
    int fd = -1;
    if (!empties || begin_op(OP_TRUNCATE, place.name)) {
        fd = (int)syscall(SYS_openat, dirfd, path, flags, mode);
        if (fd >= 0 && empties)
            record_truncate(n, 0);
        if (fd >= 0 && creates)
            record_created(dir, place.name, dirfd, path, BRAND_NEW);
    }
    if (empties)
        end_op(OP_TRUNCATE, place.name);
    unlock();
    return fd;
}

#define TAKE_MODE(flags, mode)                                                                     \
    mode_t mode = 0;                                                                               \
    if (needs_mode(flags)) {                                                                       \
        va_list args;                                                                              \
        va_start(args, flags);                                                                     \
        mode = va_arg(args, mode_t);                                                               \
        va_end(args);                                                                              \
    }

int open(const char *path, int flags, ...)
{
    TAKE_MODE(flags, mode)
    return do_open(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    TAKE_MODE(flags, mode)
    return do_open(AT_FDCWD, path, flags, mode);
}

int openat(int dirfd, const char *path, int flags, ...)
{
    TAKE_MODE(flags, mode)
    return do_open(dirfd, path, flags, mode);
}

int openat64(int dirfd, const char *path, int flags, ...)
{
    TAKE_MODE(flags, mode)
    return do_open(dirfd, path, flags, mode);
}

int creat(const char *path, mode_t mode)
{
    return do_open(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int creat64(const char *path, mode_t mode) { return creat(path, mode); }

/* What programs built with _FORTIFY_SOURCE call; these never create. */
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int dirfd, const char *path, int flags);
int __openat64_2(int dirfd, const char *path, int flags);

int __open_2(const char *path, int flags) { return do_open(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return do_open(AT_FDCWD, path, flags, 0); }
int __openat_2(int dirfd, const char *path, int flags) { return do_open(dirfd, path, flags, 0); }
int __openat64_2(int dirfd, const char *path, int flags) { return do_open(dirfd, path, flags, 0); }

int mkdirat(int dirfd, const char *path, mode_t mode)
{
    struct place place;
    if (!active)
        return (int)syscall(SYS_mkdirat, dirfd, path, mode);
    lock();
    struct node *dir = watched_parent(dirfd, path, &place);
    int result = (int)syscall(SYS_mkdirat, dirfd, path, mode);
    if (result == 0 && dir)
        record_created(dir, place.name, dirfd, path, BRAND_NEW);
    unlock();
    return result;
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int linkat(int from_dirfd, const char *from, int dirfd, const char *path, int flags)
{
    struct place place;
    if (!active)
        return (int)syscall(SYS_linkat, from_dirfd, from, dirfd, path, flags);
    lock();
    struct node *dir = watched_parent(dirfd, path, &place);
    int result = (int)syscall(SYS_linkat, from_dirfd, from, dirfd, path, flags);
    if (result == 0 && dir)
        record_created(dir, place.name, dirfd, path, NEW_NAME_ONLY);
    unlock();
    return result;
}

int link(const char *from, const char *path) { return linkat(AT_FDCWD, from, AT_FDCWD, path, 0); }

/* ------------------------------------------------------------------------ */
/* Removing and renaming                                                    */

/* The watched entry a path names, or NULL. */
static struct entry *watched_entry(int dirfd, const char *path)
{
    struct place place;
    struct node *dir = watched_parent(dirfd, path, &place);
    if (!dir)
        return NULL;
    struct entry *e = entry_find(dir, place.name);
    if (e && e->live)
        return e;
    return adopt_path(dirfd, path) ? entry_find(dir, place.name) : NULL;
}

int unlinkat(int dirfd, const char *path, int flags)
{
    if (!active)
        return (int)syscall(SYS_unlinkat, dirfd, path, flags);
    lock();
    struct entry *e = watched_entry(dirfd, path);
    if (!e) {
        unlock();
        return (int)syscall(SYS_unlinkat, dirfd, path, flags);
    }
    int result = -1;
    if (begin_op(OP_UNLINK, e->name)) {
        result = (int)syscall(SYS_unlinkat, dirfd, path, flags);
        if (result == 0) {
            struct name_op *op = name_op_new(e->dir);
            name_op_add(op, e, NULL);
            name_op_record(op);
        }
    }
    end_op(OP_UNLINK, e->name);
    unlock();
    return result;
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }

int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int remove(const char *path)
{
    struct stat st;
    bool is_dir = lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
    return unlinkat(AT_FDCWD, path, is_dir ? AT_REMOVEDIR : 0);
}

/* Both ends of a rename as far as they are watched. */
struct rename_call {
    int from_dirfd;
    const char *from;
    int to_dirfd;
    const char *to;
    unsigned flags;
    struct entry *source;   /* NULL: comes from outside */
    struct node *to_dir;    /* NULL: goes outside */
    struct place to_place;
};

static int raw_rename(const struct rename_call *c)
{
    return (int)syscall(SYS_renameat2, c->from_dirfd, c->from, c->to_dirfd, c->to, c->flags);
}

static void refuse_unsupported_rename(const struct rename_call *c)
{
    struct stat st;
    bool crosses = !c->source || !c->to_dir;
    if (c->flags & ~(unsigned)(RENAME_NOREPLACE | RENAME_EXCHANGE))
        die("this kind of rename is not supported", c->from);
    if (!crosses)
        return;
    if ((c->flags & RENAME_EXCHANGE) ||
        (fstatat(c->from_dirfd, c->from, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode)))
        die("rename across the border of the watched directory is not supported", c->from);
}

static void record_rename(struct rename_call *c)
{
    if (!c->source) { /* its content counts as durable, its name does not */
        record_created(c->to_dir, c->to_place.name, c->to_dirfd, c->to, NEW_NAME_ONLY);
        return;
    }
    struct name_op *op = name_op_new(c->to_dir ? c->to_dir : c->source->dir);
    struct node *moved = c->source->live;
    struct node *other = NULL;
    if (c->to_dir) {
        struct entry *target = entry_get(c->to_dir, c->to_place.name);
        if (c->flags & RENAME_EXCHANGE)
            other = target->live;
        name_op_add(op, target, moved);
    }
    name_op_add(op, c->source, other);
    name_op_record(op);
}

/* Two links to one file: such a rename succeeds and does nothing. */
static bool rename_is_noop(const struct rename_call *c)
{
    if (!c->source || !c->to_dir)
        return false;
    struct entry *target = entry_find(c->to_dir, c->to_place.name);
    return target && target->live == c->source->live;
}

static int do_rename(struct rename_call *c)
{
    if (!active)
        return raw_rename(c);
    lock();
    c->source = watched_entry(c->from_dirfd, c->from);
    c->to_dir = watched_parent(c->to_dirfd, c->to, &c->to_place);
    if ((!c->source && !c->to_dir) || rename_is_noop(c)) {
        unlock();
        return raw_rename(c);
    }
    refuse_unsupported_rename(c);
    const char *name = c->source ? c->source->name : c->to_place.name;
    int result = -1;
    if (begin_op(OP_RENAME, name)) {
        result = raw_rename(c);
        if (result == 0)
            record_rename(c);
    }
    end_op(OP_RENAME, name);
    unlock();
    return result;
}

int renameat2(int from_dirfd, const char *from, int to_dirfd, const char *to, unsigned flags)
{
    struct rename_call c = {
        .from_dirfd = from_dirfd, .from = from, .to_dirfd = to_dirfd, .to = to, .flags = flags};
    return do_rename(&c);
}

int renameat(int from_dirfd, const char *from, int to_dirfd, const char *to)
{
    return renameat2(from_dirfd, from, to_dirfd, to, 0);
}

int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

/* ------------------------------------------------------------------------ */
/* stdio: its writes happen inside the C library, out of our sight          */

static bool mode_writes(const char *mode) { return strpbrk(mode, "wa+") != NULL; }

static void refuse_stdio(const char *path, const char *mode)
{
    struct place place;
    if (!active || !path || !mode_writes(mode))
        return;
    int saved = errno;
    lock();
    bool watched = watched_parent(AT_FDCWD, path, &place) != NULL;
    unlock();
    if (watched)
        die("writing through stdio is not supported", path);
    errno = saved;
}

#define NEXT(name) must(dlsym(RTLD_NEXT, name))

FILE *fopen(const char *path, const char *mode)
{
    FILE *(*real)(const char *, const char *);
    refuse_stdio(path, mode);
    *(void **)&real = NEXT("fopen");
    return real(path, mode);
}

FILE *fopen64(const char *path, const char *mode) { return fopen(path, mode); }

FILE *freopen(const char *path, const char *mode, FILE *stream)
{
    FILE *(*real)(const char *, const char *, FILE *);
    refuse_stdio(path, mode);
    *(void **)&real = NEXT("freopen");
    return real(path, mode, stream);
}

FILE *freopen64(const char *path, const char *mode, FILE *stream)
{
    return freopen(path, mode, stream);
}

FILE *fdopen(int fd, const char *mode)
{
    FILE *(*real)(int, const char *);
    if (mode_writes(mode) && is_watched_file(fd))
        die("writing through stdio is not supported", "fdopen");
    *(void **)&real = NEXT("fdopen");
    return real(fd, mode);
}

/* ------------------------------------------------------------------------ */
/* Triggers by time and by signal                                           */

static sem_t cut_requested;

static void request_cut(int signal)
{
    (void)signal;
    sem_post(&cut_requested); /* one of the few things a handler may do */
}

static void *wait_for_trigger(void *unused)
{
    struct timespec deadline;
    int result;

    (void)unused;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    deadline.tv_sec += cfg.after_ms / 1000;
    deadline.tv_nsec += cfg.after_ms % 1000 * 1000000;
    if (deadline.tv_nsec >= 1000000000) {
        deadline.tv_sec++;
        deadline.tv_nsec -= 1000000000;
    }
    do
        result = cfg.after_ms < 0 ? sem_wait(&cut_requested)
                                  : sem_clockwait(&cut_requested, CLOCK_MONOTONIC, &deadline);
    while (result < 0 && errno == EINTR);
    lock();
    cut(result == 0 ? "by signal" : "by time");
}

static void start_triggers(void)
{
    struct sigaction sa = {.sa_handler = request_cut, .sa_flags = SA_RESTART};
    sigset_t all, old;
    pthread_t thread;

    sem_init(&cut_requested, 0, 0);
    sigaction(SIGUSR2, &sa, NULL);
    /* The program's own signals shall not be delivered to our thread. */
    sigfillset(&all);
    sigdelset(&all, freeze_signal());
    pthread_sigmask(SIG_SETMASK, &all, &old);
    if (pthread_create(&thread, NULL, wait_for_trigger, NULL) != 0)
        die("cannot start the trigger thread", NULL);
    pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

/* ------------------------------------------------------------------------ */
/* Start and end                                                            */

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static bool setting_flag(const char *name)
{
    const char *value = setting(name);
    if (!value || strcmp(value, "0") == 0)
        return false;
    if (strcmp(value, "1") != 0)
        die("must be 0 or 1", name);
    return true;
}

static unsigned long parse_number(const char *name, const char *text)
{
    char *end;
    errno = 0;
    unsigned long number = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno)
        die("not a number", name);
    return number;
}

static unsigned long setting_number(const char *name)
{
    const char *value = setting(name);
    return value ? parse_number(name, value) : 0;
}

/* The position of the setting in a list of words; the first is the default. */
static int setting_choice(const char *name, const char *const words[])
{
    const char *value = setting(name);
    for (int i = 0; words[i]; i++)
        if (strcmp(value ? value : words[0], words[i]) == 0)
            return i;
    die("unknown value of", name);
}

/* A copy, because the program may change its environment. */
static char *setting_path(const char *name)
{
    const char *value = setting(name);
    return value ? must(strdup(value)) : NULL;
}

static void read_keep(void)
{
    const char *value = setting("POWERCUT_KEEP");
    if (!value || strcmp(value, "none") == 0) {
        cfg.keep = KEEP_NONE;
    } else if (strcmp(value, "all") == 0) {
        cfg.keep = KEEP_ALL;
    } else if (strncmp(value, "random:", 7) == 0) {
        cfg.keep = KEEP_RANDOM;
        cfg.seed = parse_number("POWERCUT_KEEP", value + 7);
    } else {
        die("unknown value of", "POWERCUT_KEEP");
    }
}

static void read_fault(void)
{
    static const char *const errors[] = {"EIO", "ENOSPC", NULL};
    static const char *const kinds[] = {"any", "write", "fsync", NULL};
    static const int error_numbers[] = {EIO, ENOSPC};
    static const enum fault_kind fault_kinds[] = {FAULT_ANY, FAULT_WRITE, FAULT_SYNC};

    cfg.fault.at = setting_number("POWERCUT_FAIL_AT");
    cfg.fault.error = error_numbers[setting_choice("POWERCUT_FAIL_ERRNO", errors)];
    cfg.fault.kind = fault_kinds[setting_choice("POWERCUT_FAIL_KIND", kinds)];
    cfg.fault.sticky = setting_flag("POWERCUT_FAIL_STICKY");
}

static void read_settings(void)
{
    static const char *const when[] = {"before", "after", NULL};

    cfg.cut_at = setting_number("POWERCUT_AT");
    cfg.cut_after_op = setting_choice("POWERCUT_WHEN", when) == 1;
    cfg.after_ms = setting("POWERCUT_AFTER_MS") ? (long)setting_number("POWERCUT_AFTER_MS") : -1;
    cfg.strict_dir = setting_flag("POWERCUT_STRICT_DIR");
    cfg.ignore_sync = setting_flag("POWERCUT_IGNORE_SYNC");
    cfg.count_file = setting_path("POWERCUT_COUNT_FILE");
    cfg.log_file = setting_path("POWERCUT_LOG");
    read_keep();
    read_fault();
}

static bool is_our_program(void)
{
    const char *wanted = setting("POWERCUT_PROGRAM");
    char exe[PATH_MAX];

    if (!wanted)
        return true;
    ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (len <= 0)
        return false;
    exe[len] = '\0';
    const char *slash = strrchr(exe, '/');
    return strcmp(slash ? slash + 1 : exe, wanted) == 0;
}

static void pass_through_in_child(void) { active = false; }

__attribute__((constructor)) static void start(void)
{
    const char *dir = setting("POWERCUT_DIR");
    struct stat st;

    if (!dir || !is_our_program())
        return;
    if (!realpath(dir, cfg.root) || stat(cfg.root, &st) < 0 || !S_ISDIR(st.st_mode))
        die("POWERCUT_DIR must be an existing directory", dir);
    read_settings();
    root_node = node_new(&st);
    scan(root_node, cfg.root);
    pthread_atfork(NULL, NULL, pass_through_in_child);
    start_triggers();
    active = true;
}

__attribute__((destructor)) static void finish(void)
{
    char text[32];
    if (!active || !cfg.count_file)
        return;
    lock();
    snprintf(text, sizeof text, "%lu\n", op_count);
    unlock();
    write_note(cfg.count_file, O_TRUNC, text);
}
