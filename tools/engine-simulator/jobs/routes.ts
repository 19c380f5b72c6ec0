import type { Api } from '../api';
import { Int, type WireObject } from '../rest/encode';
import { ok, Refusal } from '../rest/answer';
import { itemOf, parameter, pathId } from '../rest/call';
import { follows } from '../rest/references';
import { listed } from '../rest/search';
import { demandAdministrator } from '../people/rights';
import type { SimJob, SimStep } from './data';

/** `/jobs`: the list and steps for administrators, one job for everybody who knows its id. */
export function register(api: Api): void {
  const { engine, base } = api;
  const { data } = engine;
  api.get('/jobs', (call) => {
    demandAdministrator(call);
    if (/\bstatus\s*=/.test(parameter(call, 'search'))) throw new Refusal(400, 'statementcallback; bad sql grammar []');
    const jobs = listed(call, data.jobs, { fields: { correlation_id: (job) => job.correlationId } });
    return ok({
      job: jobs.map((job) => ({ ...jobOf(base, job), ...(follows(call, 'steps') && { steps: stepsOf(base, job) }) })),
    });
  });
  api.get('/jobs/:id', (call) => {
    if (call.filtered && !data.jobs.some(({ id }) => id === pathId(call))) throw noJob();
    return ok(jobOf(base, itemOf(data.jobs, pathId(call))));
  });
  api.get('/jobs/:id/steps', (call) => {
    demandAdministrator(call);
    const job = itemOf(data.jobs, pathId(call));
    return ok(stepsOf(base, job));
  });
}

/** An engine trips over a job that is gone when it looks whose it was. */
const noJob = (): Refusal =>
  new Refusal(400, 'cannot invoke "org.ovirt.engine.core.common.job.job.getownerid()" because "jobwithsteps" is null');

function jobOf(base: string, job: SimJob): WireObject {
  const href = `${base}/jobs/${job.id}`;
  return {
    ...{ id: job.id, href, description: job.description, status: job.status, auto_cleared: true, external: false },
    ...{ start_time: job.startedAt, end_time: job.endedAt, last_updated: job.endedAt ?? job.startedAt },
    owner: { id: job.ownerId, href: `${base}/users/${job.ownerId}` },
    link: [{ rel: 'steps', href: `${href}/steps` }],
    actions: { link: ['clear', 'end'].map((rel) => ({ rel, href: `${href}/${rel}` })) },
  };
}

const stepsOf = (base: string, job: SimJob): WireObject => ({
  step: job.steps.map((step, index) => stepOf(base, job, step, index)),
});

function stepOf(base: string, job: SimJob, step: SimStep, index: number): WireObject {
  const jobHref = `${base}/jobs/${job.id}`;
  const href = `${jobHref}/steps/${step.id}`;
  return {
    ...{ id: step.id, href, description: step.description, type: step.type, status: step.status, external: false },
    ...{ number: new Int(index), start_time: step.startedAt, end_time: step.endedAt },
    progress: step.progress === undefined ? undefined : new Int(step.progress),
    parent_step:
      step.parentId === undefined ? undefined : { id: step.parentId, href: `${jobHref}/steps/${step.parentId}` },
    job: { id: job.id, href: jobHref },
    link: [{ rel: 'statistics', href: `${href}/statistics` }],
    actions: { link: [{ rel: 'end', href: `${href}/end` }] },
  };
}
