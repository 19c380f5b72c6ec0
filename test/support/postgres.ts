import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Any number that nobody else of this cluster locks. */
const templateLock = 4711;

/**
 * The migrated database that test files copy, made by whichever worker comes first while the others wait.
 *
 * @param serverUrl the cluster's URL as in `DATABASE_URL` (scripts/postgres.mjs)
 * @param migrate brings the empty database at the given URL to the current schema and closes its connections
 * @returns the template's URL, for `createDatabase`
 */
export async function ensureTemplate(serverUrl: string, migrate: (url: string) => Promise<void>): Promise<string> {
  const name = 'foreman_ovirt_template';
  const url = urlOf(serverUrl, name);
  await onServer(serverUrl, async (server) => {
    await server.query('SELECT pg_advisory_lock($1)', [templateLock]);
    const { rowCount } = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return;
    const unfinished = `${name}_unfinished`;
    await server.query(`DROP DATABASE IF EXISTS ${unfinished}`);
    await server.query(`CREATE DATABASE ${unfinished}`);
    await migrate(urlOf(serverUrl, unfinished));
    await server.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
  });
  return url;
}

/** A copy of the template for one test file; `drop` removes it even while connections to it are open. */
export async function createDatabase(templateUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const template = new URL(templateUrl).pathname.slice(1);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(templateUrl, (server) => server.query(`CREATE DATABASE ${name} TEMPLATE "${template}"`));
  return { url: urlOf(templateUrl, name), drop: () => dropDatabase(templateUrl, name) };
}

/** An empty database whose texts sort as people of a language expect, as many installations have it. */
export async function createDatabaseOfLocale(
  serverUrl: string,
  locale: string,
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, (server) =>
    server.query(`CREATE DATABASE ${name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE '${locale}'`),
  );
  return { url: urlOf(serverUrl, name), drop: () => dropDatabase(serverUrl, name) };
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await onServer(serverUrl, (server) => server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

async function onServer<T>(serverUrl: string, work: (server: Client) => Promise<T>): Promise<T> {
  const server = new Client({ connectionString: urlOf(serverUrl, 'postgres') });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}
