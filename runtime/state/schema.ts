/** The tables, and how those of a former runtime become today's. */

/** Raised by one with every change of the tables; a file from a newer runtime is refused instead of damaged. */
export const SCHEMA_VERSION = 2;

const JOBS = `
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL, event TEXT NOT NULL, batch INTEGER,
  annotations INTEGER NOT NULL DEFAULT 0, due_at INTEGER,
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
  attempts INTEGER NOT NULL DEFAULT 0, progress REAL, message TEXT, version TEXT, metrics TEXT,
  created_at INTEGER NOT NULL, started_at INTEGER, finished_at INTEGER, detail TEXT
) STRICT;
CREATE INDEX jobs_by_status ON jobs (status, project);
CREATE INDEX jobs_by_project ON jobs (project, id);
`;

const JOB_LINES_AND_ACTIVATIONS = `
CREATE TABLE job_lines (
  job INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, level TEXT NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (job, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE activation_requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT, project TEXT NOT NULL, version TEXT NOT NULL, refused TEXT, served TEXT
) STRICT;
`;

const TABLES = `
CREATE TABLE projects (
  id TEXT PRIMARY KEY, label_config TEXT NOT NULL DEFAULT '', extra_params TEXT, pinned TEXT, seen_at INTEGER NOT NULL,
  activated TEXT
) STRICT;
CREATE TABLE strings (
  project TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (project, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE tasks (
  seq INTEGER PRIMARY KEY, project TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, batch INTEGER, UNIQUE (project, id)
) STRICT;
CREATE TABLE annotations (
  seq INTEGER PRIMARY KEY, project TEXT NOT NULL, id TEXT NOT NULL, task TEXT NOT NULL, body TEXT NOT NULL,
  skipped INTEGER NOT NULL, UNIQUE (project, id)
) STRICT;
CREATE INDEX tasks_in_order ON tasks (project, seq);
CREATE INDEX annotations_by_task ON annotations (project, task, seq);
${JOBS}
CREATE TABLE versions (
  project TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, job INTEGER NOT NULL UNIQUE, workdir TEXT NOT NULL,
  train_output TEXT NOT NULL, created_at INTEGER NOT NULL, metrics TEXT, promoted INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (project, number)
) STRICT;
${JOB_LINES_AND_ACTIVATIONS}
`;

/** From version n to n + 1, at n - 1. SQLite cannot change a CHECK: such a table is made anew. */
const STEPS: readonly string[] = [
  `
ALTER TABLE projects ADD COLUMN activated TEXT;
ALTER TABLE versions ADD COLUMN metrics TEXT;
ALTER TABLE versions ADD COLUMN promoted INTEGER NOT NULL DEFAULT 1;
ALTER TABLE jobs RENAME TO jobs_1;
DROP INDEX jobs_by_status;
DROP INDEX jobs_by_project;
${JOBS}
INSERT INTO jobs (id, project, event, batch, due_at, status, attempts, created_at, started_at, finished_at, detail)
  SELECT id, project, event, batch, created_at, status, attempts, created_at, started_at, finished_at, detail FROM jobs_1;
DROP TABLE jobs_1;
${JOB_LINES_AND_ACTIVATIONS}
`,
];

/** The SQL that brings a file of this version (0: an empty one) to today's tables. */
export function upgradeFrom(version: number): string {
  const change = version === 0 ? TABLES : STEPS.slice(version - 1).join('');
  return `${change} PRAGMA user_version = ${SCHEMA_VERSION};`;
}
