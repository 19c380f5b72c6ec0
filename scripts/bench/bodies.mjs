// @ts-check
/** Makers of upload bodies by name; each call of a maker gives the next body. They run in the load generator. */
export const makers = {
  report,
  unchangedFacts,
  newFacts,
  emptyObjects: same(() => `{"login":{"login":"x","password":"y","z":[${'{},'.repeat(86_000)}{}]}}`),
  mostFacts: () => () => manyFacts(20_000, 'v'.repeat(480)),
  tooManyFacts: same(() => manyFacts(700_000, 'v')),
  mostLines: () => () => manyLines(20_000, 'x'.repeat(350)),
  tooManyLines: same(() => manyLines(75_000, 'x')),
  tooManyMetrics: same(() => `{"config_report":{"metrics":{"time":{${members(600_000, 1)}}}}}`),
  brackets: same(() => '['.repeat(10_000_000)),
  strangeEngine: ({ startAt }) => {
    let count = 0;
    return () =>
      JSON.stringify({
        compute_resource: {
          name: `strange-${startAt}-${(count += 1)}`,
          provider: 'Ovirt',
          url: process.env.STRANGE_ENGINE,
          user: 'admin@internal',
          password: 'password',
        },
      });
  },
};

/** A maker of one body, made once. */
function same(make) {
  return () => {
    const body = make();
    return () => body;
  };
}

let made = 0;

function manyFacts(count, value) {
  return `{"name":"large-${Date.now()}-${(made += 1)}.example.com","facts":{${members(count, JSON.stringify(value))}}}`;
}

function manyLines(count, text) {
  const reportedAt = new Date(Date.now() - halfHour).toISOString();
  const lines = Array.from({ length: count }, (_, index) => line(`File[/srv/${index}]`, `${index} ${text}`)).join(',');
  return `{"config_report":{"host":"large-${(made += 1)}.example.com","reported_at":"${reportedAt}","status":{},"logs":[${lines}]}}`;
}

function members(count, value) {
  return Array.from({ length: count }, (_, index) => `"n${index}":${value}`).join(',');
}

const halfHour = 1_800_000;

/** Reports of 20 log lines for many hosts in turn; a host's reports lie 7 s apart. Four texts of each are new. */
function report({ hosts, startAt }) {
  const lines = Array.from({ length: 16 }, (_, index) =>
    line(`/Stage[main]/Profile::Base/File[/etc/app.d/${index}.conf]/content`, `content changed by rule ${index}`),
  ).join(',');
  let count = 0;
  return () => {
    const turn = Math.floor(count / hosts);
    const host = hostName((count % hosts) + 1);
    const reportedAt = new Date(startAt - halfHour - turn * 7_000).toISOString();
    count += 1;
    const own = [0, 1, 2, 3]
      .map((index) =>
        line(
          `/Stage[main]/Profile::Site/File[/srv/${index}]/content`,
          `defined content as '{sha256}${count}-${index}'`,
        ),
      )
      .join(',');
    const status = '{"applied":4,"restarted":1,"failed":0,"failed_restarts":0,"skipped":0,"pending":0}';
    const metrics = '{"time":{"config_retrieval":1.25,"file":0.75,"total":6.5},"resources":{"total":180}}';
    return `{"config_report":{"host":"${host}","reported_at":"${reportedAt}","status":${status},"metrics":${metrics},"logs":[${lines},${own}]}}`;
  };
}

function line(source, message) {
  return JSON.stringify({ log: { level: 'notice', sources: { source }, messages: { message } } });
}

/** The same 200 facts of the same 100 hosts again and again. */
function unchangedFacts() {
  const bodies = Array.from({ length: 100 }, (_, index) => facts(hostName(index + 1), index));
  let count = 0;
  return () => bodies[count++ % bodies.length];
}

/** The first 200 facts of a host that nobody knew. */
function newFacts({ startAt }) {
  let count = 0;
  return () => facts(`new-${startAt}-${(count += 1)}.example.com`, count);
}

/** Made once, so that the load generator has little to do; every third fact is the host's own. */
const factsTemplate = JSON.stringify({
  name: '@name@',
  certname: '@name@',
  facts: {
    operatingsystem: 'Rocky',
    operatingsystemrelease: '9.4',
    architecture: 'x86_64',
    ipaddress: '192.0.2.10',
    macaddress: '00:1a:4a:16:01:52',
    domain: 'example.com',
    fqdn: '@name@',
    kernel: 'Linux',
    productname: 'oVirt Node',
    environment: 'production',
    ...Object.fromEntries(
      Array.from({ length: 190 }, (_, index) => [
        `custom_fact_${index}`,
        index % 3 ? `value ${index}` : `@seed@${index}`,
      ]),
    ),
  },
});

function facts(name, seed) {
  return factsTemplate.replaceAll('@name@', name).replaceAll('@seed@', String(seed));
}

/** The n-th host of the filled database (filling.mjs). */
export function hostName(n) {
  return `host${String(n).padStart(6, '0')}.example.com`;
}

export function hostUuid(n) {
  return `5a4c1b20-0000-4000-8000-${String(n).padStart(12, '0')}`;
}
