#ifndef SUMMA_CSQLITE_SHIM_H
#define SUMMA_CSQLITE_SHIM_H
#include <sqlite3.h>
#endif
