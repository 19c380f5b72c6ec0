// @ts-check
import { readFileSync } from 'node:fs';
import { beside, row } from './compare.mjs';
import { generate } from './load.mjs';
import { spread } from './spread.mjs';

/** Uploads over 8 connections beside a route that only parses the same bodies. */
export async function uploadRows(bench) {
  const startAt = Date.now();
  const measure = (maker) =>
    beside(bench, { connections: 8, maker, makerOptions: { hosts: 1_000, startAt: Date.now() } });
  const report = await measure('report');
  const unchanged = await measure('unchangedFacts');
  const first = await measure('newFacts');
  const memory = await memoryRow(bench, startAt - 86_400_000);
  return [
    row('report upload, 20 log lines', { target: '≥ 0.25', ...report, passed: report.ratio >= 0.25 }),
    row('200 facts, unchanged', { target: '≥ 0.25', ...unchanged, passed: unchanged.ratio >= 0.25 }),
    row('200 facts, first time', { target: '≥ 0.083', ...first, passed: first.ratio >= 0.25 / 3 }),
    memory,
  ];
}

/**
 * Resident memory during each quarter of many reports: the median, as garbage waits to be collected at any instant. A
 * quarter more goes before them, in which the caches of fixed size (SQLite's pages, texts, names) fill.
 */
async function memoryRow({ service, authorization }, startAt) {
  const amount = 100_000;
  const quarters = [];
  for (let quarter = 0; quarter <= 4; quarter += 1) {
    const makerOptions = { hosts: 1_000, startAt: startAt - quarter * 7_000 * (amount / 4_000) };
    const url = `${service.url}/api/v2/config_reports`;
    const load = { url, headers: { authorization }, connections: 8, amount: amount / 4, maker: 'report', makerOptions };
    const samples = [];
    const sampler = setInterval(() => samples.push(residentMb(service.pid)), 100);
    const { failed } = await generate(load);
    clearInterval(sampler);
    if (failed > 0) throw new Error(`${failed} of ${amount / 4} report uploads failed.`);
    quarters.push(spread(samples).median);
  }
  const [warmUp, first, ...more] = quarters;
  const growth = more.at(-1) / first;
  const told = [first, ...more].map((mb) => mb.toFixed(0)).join(', ');
  const measured = `${told} MB (${warmUp.toFixed(0)} before)`;
  const target = 'flat (≤ +15 %)';
  return row(`memory over ${amount} reports`, { target, measured, passed: growth <= 1.15 });
}

/** Megabytes of physical memory that the process holds (Linux). */
export function residentMb(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}
