#ifndef SUMMA_CSQLITE_SHIM_H
#define SUMMA_CSQLITE_SHIM_H
#include <sqlite3.h>

// sqlite3_config takes a varying number of arguments, which Swift cannot call.

/// Ends the counting of SQLite's memory, for which each allocation takes a lock that all connections share.
/// Only before SQLite is first used; answers a result code.
static inline int summa_sqlite_leave_memory_uncounted(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
#endif
