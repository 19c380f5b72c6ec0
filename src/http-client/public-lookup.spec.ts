import { publicLookup } from './public-lookup';

const PUBLIC = { address: '93.184.215.14', family: 4 };
const LOOPBACK = { address: '127.0.0.1', family: 4 };
const MAPPED = { address: '::ffff:10.0.0.1', family: 6 };

/** Names change their mind: each time they are the next of these. */
function lookingUp(...answers: (typeof PUBLIC)[][]) {
  const resolve = (_name: string, _options: object, done: (error: null, found: (typeof PUBLIC)[]) => void) =>
    done(null, answers.shift() ?? []);
  const lookup = publicLookup(resolve as never);
  return (options: { all: boolean }) =>
    new Promise((resolved, reject) =>
      lookup('name.example', options, (error, found) => (error ? reject(error) : resolved(found))),
    );
}

describe('publicLookup', () => {
  it.each([
    [true, [PUBLIC]],
    [false, PUBLIC.address],
  ])('of what a name has gives what is public (all: %j)', async (all, found) => {
    await expect(lookingUp([LOOPBACK, MAPPED, PUBLIC])({ all })).resolves.toEqual(found);
  });

  it.each([[[LOOPBACK]], [[MAPPED]], [[]]])('refuses a name with nothing public: %j', async (found) => {
    await expect(lookingUp(found)({ all: true })).rejects.toMatchObject({ code: 'EADDRNOTALLOWED' });
  });

  it('looks again each time, so that a name that was public is refused when it is no more', async () => {
    const look = lookingUp([PUBLIC], [LOOPBACK]);
    await expect(look({ all: true })).resolves.toEqual([PUBLIC]);
    await expect(look({ all: true })).rejects.toMatchObject({ code: 'EADDRNOTALLOWED' });
  });
});
