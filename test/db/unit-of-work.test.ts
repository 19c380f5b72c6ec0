import { Logger } from '@nestjs/common';
import type { Database } from '../../src/database';
import { openDatabase } from '../support/database';

Logger.overrideLogger(false);

describe('UnitOfWork', () => {
  let database: Database;
  let close: () => Promise<void>;
  beforeAll(async () => ({ database, close } = await openDatabase()));
  afterAll(() => close());

  const insert = (name: string) =>
    database.unitOfWork.run((tx) => tx.execute('INSERT INTO models (name) VALUES (?)', [name]));
  const names = async () =>
    (await database.query<{ name: string }>('SELECT name FROM models ORDER BY name')).map((row) => row.name);

  it('keeps works that share a commit apart: one that fails takes only itself back', async () => {
    const outcomes = await Promise.allSettled([
      insert('a'),
      database.unitOfWork.run(async (tx) => {
        await tx.execute('INSERT INTO models (name) VALUES (?)', ['lost']);
        throw new Error('no');
      }),
      insert('b'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await names()).toEqual(['a', 'b']);
  });

  it('runs afterCommit only for works that were committed', async () => {
    const seen: string[] = [];
    await Promise.allSettled([
      database.unitOfWork.run((tx) => Promise.resolve(tx.afterCommit(() => seen.push('kept')))),
      database.unitOfWork.run((tx) => {
        tx.afterCommit(() => seen.push('refused'));
        return Promise.reject(new Error('no'));
      }),
    ]);
    expect(seen).toEqual(['kept']);
  });

  it('what is committed is acknowledged, whatever afterCommit throws', async () => {
    const outcomes = await Promise.all([
      database.unitOfWork.run((tx) => {
        tx.afterCommit(() => {
          throw new Error('no');
        });
        return Promise.resolve('first');
      }),
      insert('after'),
      database.unitOfWork.run(() => Promise.resolve('last')),
    ]);
    expect(outcomes).toEqual(['first', 1, 'last']);
    expect(await names()).toContain('after');
  });

  it('runs a work that follows another at once', async () => {
    for (let n = 0; n < 5; n++) {
      await database.unitOfWork.run(() => Promise.resolve());
      await database.unitOfWork.run(() => Promise.resolve());
    }
    expect(await database.unitOfWork.run(() => Promise.resolve('done'))).toBe('done');
  });

  it('refuses a work inside a work instead of waiting for itself', async () => {
    await expect(database.unitOfWork.run(() => insert('c'))).rejects.toThrow(/inside another work/);
  });

  it('reads only what is committed', async () => {
    await database.unitOfWork.run(async (tx) => {
      await tx.execute('INSERT INTO models (name) VALUES (?)', ['unseen']);
      expect(await names()).not.toContain('unseen');
    });
    expect(await names()).toContain('unseen');
  });
});
