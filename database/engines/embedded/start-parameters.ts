const SETTINGS = {
  // One process, on one file system in memory.
  max_worker_processes: '0',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  io_method: 'sync',
  exit_on_error: 'false',
  shared_buffers: '16MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '2MB',
  max_wal_size: '32MB',
  log_checkpoints: 'false',
  // As on the native engine.
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  default_text_search_config: 'pg_catalog.english',
} as const;

/** How PostgreSQL is started inside PGlite; `-F` is without fsync, which is nothing in memory. */
export const START_PARAMETERS: readonly string[] = [
  '--single',
  '-F',
  '-j',
  ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
];

/** As the native engine makes its data; and small files of the log, because each copy has its own. */
export const NEW_DATA = [
  '--wal-segsize=1',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];
