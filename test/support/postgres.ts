import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export const TEMPLATE = 'foreman_ovirt_template';

/** An empty database in place of one that may be there. @returns its URL */
export async function recreateDatabase(serverUrl: string, name: string): Promise<string> {
  await dropDatabase(serverUrl, name);
  await onServer(serverUrl, (server) => server.query(`CREATE DATABASE ${name}`));
  return urlOf(serverUrl, name);
}

/** A copy of the template; `drop` removes it even while connections to it are open. */
export async function copyTemplate(serverUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, async (server) => {
    const { rows } = await server.query<{ quick: boolean }>(
      "SELECT current_setting('server_version_num')::int >= 150000 AS quick",
    );
    // before PostgreSQL 15 the only way, and by far the quicker one where nothing has to reach a disk
    const strategy = rows[0]?.quick ? 'STRATEGY file_copy' : '';
    await server.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} ${strategy}`);
  });
  return { url: urlOf(serverUrl, name), drop: () => dropDatabase(serverUrl, name) };
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
