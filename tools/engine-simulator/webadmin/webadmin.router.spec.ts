import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import request from 'supertest';
import { personalityOf, versions, type WebadminVersion } from './personality';
import type { WebadminEngine } from './webadmin-engine';
import { webadminRouter } from './webadmin.router';

describe.each(versions)('Webadmin stand-in %s over HTTP', (version: WebadminVersion) => {
  const { context } = personalityOf(version);
  const ended: string[] = [];
  const engine: WebadminEngine = {
    login: (user, password) =>
      Promise.resolve(password === 'good' ? { userName: user, userId: 'id', credential: 'secret-1' } : undefined),
    logout: ({ credential }) => Promise.resolve(void ended.push(credential)),
    isAlive: ({ credential }) => !ended.includes(credential),
    vms: () => Promise.resolve([{ id: '1', name: '</script><b>', status: 'Up' }]),
    lists: () => Promise.resolve({}),
  };
  let dir: string;
  let app: express.Express;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'webadmin-'));
    await mkdir(join(dir, 'p-files/sub'), { recursive: true });
    await writeFile(
      join(dir, 'p.json'),
      '{ "name": "p", "url": "plugin/p/start.html", "resourcePath": "p-files" } // end',
    );
    await writeFile(join(dir, 'p-files/start.html'), 'start');
    await writeFile(join(dir, 'p-files/sub/a.js'), 'a');
    app = express().use(webadminRouter({ version, pluginDirs: [dir], assetsDir: dir, engine, warn: () => undefined }));
  });
  afterAll(() => rm(dir, { recursive: true }));

  it('serves a plugin’s files without login, uncached, and only those', async () => {
    const page = await request(app).get(`${context}/plugin/p/start.html`).expect(200, 'start');
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.headers.etag !== undefined).toBe(version !== '3.2');
    expect(page.headers['x-frame-options']).toBe(['3.2', '3.3', '3.4'].includes(version) ? undefined : 'SAMEORIGIN');
    await request(app).get(`${context}/plugin/p/sub/a.js`).expect(200);
    await request(app).get(`${context}/plugin/p/sub`).expect(404);
    await request(app).get(`${context}/plugin/p/..%2fp.json`).expect(404);
    await request(app).get(`${context}/plugin/q/start.html`).expect(404);
  });

  it('names the plugins and the user in its page, without letting data out of the script', async () => {
    const agent = request.agent(app);
    const before = await agent.get(`${context}/WebAdmin.html`).expect(200);
    expect(before.text).toContain('"name":"p","url":"plugin/p/start.html"');
    expect(before.text).not.toContain('secret-1');
    expect(before.text).not.toContain('</script><b>');

    await agent.post(`${context}/stand-in/login`).send({ user: 'u@internal', password: 'bad' }).expect(401);
    await agent.post(`${context}/stand-in/login`).send({ user: 'u@internal', password: 'good' }).expect(200);
    expect((await agent.get(`${context}/WebAdmin.html`)).text).toContain('"userName":"u@internal"');

    ended.length = 0;
    await agent.post(`${context}/stand-in/logout`).expect(204);
    expect(ended).toEqual(['secret-1']);
    expect((await agent.get(`${context}/WebAdmin.html`)).text).not.toContain('secret-1');
  });

  it('ends the session on the way to the engine’s start page, from 4.2 on', async () => {
    const agent = request.agent(app);
    ended.length = 0;
    await agent.post(`${context}/stand-in/login`).send({ user: 'u@internal', password: 'good' }).expect(200);
    if (version < '4.2') return void (await agent.get(`${context}/sso/logout`).expect(404));
    await agent.get(`${context}/sso/logout`).expect(302).expect('location', '/ovirt-engine/');
    expect(ended).toEqual(['secret-1']);
    const { text } = await agent.get('/ovirt-engine/').expect(200);
    expect(text).toContain(`href="${context}/WebAdmin.html"`);
  });

  it('asks for a login again when the engine has ended the session', async () => {
    const agent = request.agent(app);
    ended.length = 0;
    await agent.post(`${context}/stand-in/login`).send({ user: 'u@internal', password: 'good' }).expect(200);
    ended.push('secret-1');
    expect((await agent.get(`${context}/WebAdmin.html`)).text).not.toContain('secret-1');
  });
});
