// @ts-check
import { generate } from './load.mjs';

/** @typedef {Parameters<typeof generate>[0]} Load */

const ROUNDS = 5;
/** Rates are those of compiled code, ours and the yardstick's. */
const WARM_UP_SECONDS = 2;

/**
 * The service's rate and the yardstick's under the same load, in turns; the round of the median ratio counts, since
 * what else the machine does comes and goes.
 *
 * @param {{ service: { url: string }, yardstick: string, cookie: string, authorization: string }} bench
 * @param {Partial<Load> & { connections: number }} load
 * @returns {Promise<{ ratio: number, measured: string, yardstick: string }>}
 * @throws Error when the service refuses any request: a rate of refusals says nothing
 */
export async function beside({ service, yardstick, cookie, authorization }, { seconds = 2, ...load }) {
  const posts = load.maker !== undefined;
  /** @type {Load} */
  const ours = posts
    ? { ...load, url: `${service.url}${uploadPath(load.maker)}`, headers: { authorization } }
    : { ...load, url: service.url, headers: { cookie } };
  /** @type {Load} */
  const theirs = posts
    ? { ...load, url: `${yardstick}/parse` }
    : { ...load, url: yardstick, paths: [`/ready/${await sizeOf(ours)}`], headers: { cookie } };
  await generate({ ...theirs, seconds: WARM_UP_SECONDS });
  await generate({ ...ours, seconds: WARM_UP_SECONDS });
  const rounds = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const makerOptions = { ...load.makerOptions, startAt: (load.makerOptions?.startAt ?? 0) - round * 3_600_000 * 4 };
    const result = await generate({ ...ours, seconds, makerOptions });
    if (result.failed > 0) throw new Error(`${result.failed} of ${result.count} requests to ${ours.url} failed.`);
    const { perSecond } = await generate({ ...theirs, seconds, makerOptions });
    rounds.push({ ours: result.perSecond, theirs: perSecond, ratio: result.perSecond / perSecond });
  }
  const { ratio, ...rates } = rounds.sort((a, b) => a.ratio - b.ratio)[(ROUNDS - 1) / 2];
  const told = (perSecond) => `${perSecond.toFixed(0)}/s`;
  return { ratio, measured: `${told(rates.ours)} = ${ratio.toFixed(2)}`, yardstick: told(rates.theirs) };
}

function uploadPath(maker) {
  return maker === 'report' ? '/api/v2/config_reports' : '/api/v2/hosts/facts';
}

/** @param {Load} load */
async function sizeOf({ url, paths, headers }) {
  const response = await fetch(`${url}${paths[0]}`, { headers });
  const body = await response.arrayBuffer();
  if (!response.ok) throw new Error(`GET ${paths[0]} was answered with ${response.status}`);
  return body.byteLength;
}

/**
 * A line of the table; without a target it only informs.
 *
 * @param {string} name
 * @param {{ target?: string, measured: string, yardstick?: string, passed?: boolean }} outcome
 */
export function row(name, { target = '', measured, yardstick = '', passed }) {
  return { name, target, measured, yardstick, verdict: passed === undefined ? '' : passed ? 'pass' : 'FAIL' };
}
