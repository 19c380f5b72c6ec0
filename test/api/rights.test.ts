import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN, basic, startApp, type RunningApp } from '../support/app';
import { routesOf } from '../support/routes';
import { rows } from '../support/sign-in';

/** The matrix of rights in docs/security.md; UPDATE_RIGHTS=1 writes what the service does into it, for review. */
const DOCUMENT = join(__dirname, '../../docs/security.md');
const TABLE = /(<!-- rights -->\n)[^]*(<!-- \/rights -->)/;
const ROLES = ['Ovirt', 'Uploader', 'Viewer'] as const;
const COLUMNS = ['nobody', ...ROLES, 'administrator'];
const PASSWORD = 'a-good-password';

/** Whether the guards let a caller through: what the handler then says of made-up values is another matter. */
async function mayCall(app: RunningApp, route: string, authorization?: string): Promise<boolean> {
  const [method = '', path = ''] = route.split(' ');
  const response = await app.anonymous(path.replace(/[:*]\w+/g, '999999999'), {
    method,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: ['GET', 'HEAD'].includes(method) ? undefined : '{}',
  });
  await response.arrayBuffer();
  return ![401, 403].includes(response.status);
}

it('every route serves exactly those whom docs/security.md names', async () => {
  const app = await startApp();
  try {
    const credentials: (string | undefined)[] = [undefined];
    for (const role of ROLES) {
      const [found] = await rows<{ id: number }>(app, 'SELECT id FROM roles WHERE name = ?', [role]);
      const user = { login: role, password: PASSWORD, role_ids: [found?.id] };
      expect((await app.post('/api/v2/users', { user })).status).toBe(201);
      credentials.push(basic(role, PASSWORD));
    }
    credentials.push(basic(ADMIN.login, ADMIN.password));
    const lines = [`| route | ${COLUMNS.join(' | ')} |`, `| --- | ${COLUMNS.map(() => '---').join(' | ')} |`];
    for (const route of routesOf(app)) {
      const answers: string[] = [];
      for (const each of credentials) answers.push((await mayCall(app, route, each)) ? 'yes' : '–');
      lines.push(`| \`${route}\` | ${answers.join(' | ')} |`);
    }
    const text = readFileSync(DOCUMENT, 'utf8');
    if (process.env.UPDATE_RIGHTS === '1')
      writeFileSync(DOCUMENT, text.replace(TABLE, `$1\n${lines.join('\n')}\n\n$2`));
    const documented = (TABLE.exec(readFileSync(DOCUMENT, 'utf8'))?.[0] ?? '')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const plain = (line: string) => line.replace(/\s+/g, ' ').trim();
    expect(lines.slice(2).map(plain)).toEqual(documented.map(plain));
    // a route that states no permission serves nobody, not even the administrator
    expect(lines.slice(2).filter((line) => !line.endsWith('yes |'))).toEqual([]);
  } finally {
    await app.close();
  }
}, 60_000);
