import { Database } from '../../src/database';
import { hostFields } from '../../src/hosts/host-search.fields';
import { compileOrder, compileSearch, parseSearch } from '../../src/search';
import { LOCALES, openDatabase } from '../support/database';

const NAMES = ['web-10', 'web1', 'web2', 'web_10', 'weba', 'ümlaut', '東京', '😀'];

describe.each(LOCALES)('texts in a database of locale %s', (locale) => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ database, close } = await openDatabase(locale));
    await database.unitOfWork.run(async (tx) => {
      for (const name of [...NAMES].reverse())
        await tx.execute('INSERT INTO hosts (name, comment, created_at, updated_at) VALUES (?, ?, 1, 1)', [name, name]);
    });
  });
  afterAll(() => close());

  const find = async (search: string, order: string) => {
    const now = new Date(0);
    const where = compileSearch(parseSearch(search), hostFields, { dialect: database.dialect, now });
    const rows = await database.query<{ name: string }>(
      `SELECT hosts.name FROM hosts WHERE ${where.sql} ORDER BY ${compileOrder(order, hostFields)}`,
      where.params,
    );
    return rows.map(({ name }) => name);
  };

  it.each(['name', 'comment'])('sort by code point: %s', async (field) => {
    expect(await find('', field)).toEqual(NAMES);
    expect(await find('', `${field} desc`)).toEqual([...NAMES].reverse());
  });

  it.each(['name', 'comment'])('compare in the order they sort in: %s', async (field) => {
    for (const [place, name] of NAMES.entries()) {
      expect(await find(`${field} < "${name}"`, field)).toEqual(NAMES.slice(0, place));
      expect(await find(`${field} >= "${name}"`, field)).toEqual(NAMES.slice(place));
    }
  });

  it('are sorted and compared by their indexes', async () => {
    const plan = async (sql: string) => {
      if (database.dialect === 'sqlite') return JSON.stringify(await database.query(`EXPLAIN QUERY PLAN ${sql}`));
      return database.unitOfWork.run(async (tx) => {
        await tx.execute('SET LOCAL enable_seqscan = off'); // of so few rows it would read all
        return JSON.stringify(await tx.query(`EXPLAIN ${sql}`));
      });
    };
    const byName = await plan('SELECT id FROM hosts ORDER BY hosts.name LIMIT 2');
    expect(byName).toContain('uq_hosts_name');
    expect(byName).not.toMatch(/Sort|TEMP B-TREE/);
    expect(await plan("SELECT id FROM hosts WHERE hosts.name > 'web' ORDER BY hosts.name")).toContain('uq_hosts_name');
    expect(await plan("SELECT id FROM hosts WHERE hosts.uuid = 'x'")).toContain('idx_hosts_uuid');
  });

  it('have the schema that the entities declare', async () => {
    expect(await database.drift()).toEqual([]);
  });
});
