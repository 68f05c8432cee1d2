#ifndef SUMMA_CPOSTGRESQL_SHIM_H
#define SUMMA_CPOSTGRESQL_SHIM_H
#include <libpq-fe.h>
#endif
