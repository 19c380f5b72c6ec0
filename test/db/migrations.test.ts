import { openDatabase } from '../support/database';

describe('migrations', () => {
  it('give exactly what the entities declare, and go down and up again', async () => {
    const { database, close } = await openDatabase();
    expect(await database.drift()).toEqual([]);
    await database.revertAll();
    await database.migrate();
    expect(await database.drift()).toEqual([]);
    await close();
  });
});
