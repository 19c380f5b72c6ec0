import { randomUUID } from 'node:crypto';
import type { Api } from '../api';
import type { EngineData } from '../data';
import type { Engine } from '../engine';
import { attachmentOf, diskOf } from '../disks/representation';
import { tell } from '../events/events';
import { command } from '../jobs/jobs';
import { permissionsOn } from '../people/representation';
import { demand, visible, visibleOne } from '../people/rights';
import { complete, created, ok, refuse } from '../rest/answer';
import { pathId, wantsAll, type Call } from '../rest/call';
import type { WireObject } from '../rest/encode';
import { follows, reference } from '../rest/references';
import { listed, type SearchFields } from '../rest/search';
import { BLANK_TEMPLATE_ID } from '../seeds';
import { changesOf } from '../vms/changes';
import { nicOf } from '../vms/devices';
import { nicChanges } from '../vms/nics';
import { captureTemplate } from './capture';
import type { SimTemplate } from './data';
import { templateOf } from './representation';
import { templatePlace } from './rights';

/** `/templates` and what is below it. */
export function register(api: Api): void {
  const { engine, base } = api;
  const { data } = engine;
  const fields = searchFields(engine);
  api.get('/templates', (call) => {
    const seen = visible(call, data.templates, (template) => templatePlace(engine, template));
    return ok({ template: listed(call, seen, { fields }).map((template) => followed(call, template)) });
  });
  api.get('/templates/:id', (call) => ok(followed(call, visibleTemplate(call))));
  api.get('/templates/:id/nics', (call) => {
    const template = visibleTemplate(call);
    const owner = { template: reference(base, 'templates', template.id) };
    return ok({ nic: template.nics.map((nic) => ({ ...nicOf(base, 'templates', template.id, nic), ...owner })) });
  });
  if (engine.personality.major < 4) {
    const disksOf = (call: Call) => visibleTemplate(call).disks.map((disk) => diskOf(engine, base, disk));
    return api.get('/templates/:id/disks', (call) => ok({ disk: disksOf(call) }));
  }
  api.get('/templates/:id/diskattachments', (call) => {
    const { id, disks: all } = visibleTemplate(call);
    const disks = call.filtered ? [] : all; // a right on the template gives none on its disks
    const isFollowed = follows(call, 'disk');
    const attachments = disks.map((disk) => attachmentOf(engine, base, `${base}/templates/${id}`, disk, isFollowed));
    return ok({ disk_attachment: attachments });
  });
  api.post('/templates', 'Template', captureTemplate);
  api.put('/templates/:id', 'Template', (call) => {
    const template = visibleTemplate(call);
    demand(call, 'edit_template_properties', templatePlace(engine, template));
    Object.assign(template, changesOf(call.body));
    return ok(templateOf(engine, base, template, true));
  });
  api.delete('/templates/:id', removeTemplate);
  api.post('/templates/:id/nics', 'Nic', (call) => {
    const template = visibleTemplate(call);
    demand(call, 'edit_template_properties', templatePlace(engine, template));
    const nic = { id: randomUUID(), name: '', mac: '', addresses: [], ...nicChanges(engine, template.nics, call.body) };
    template.nics.push(nic);
    return created(base, `templates/${template.id}/nics`, nicOf(base, 'templates', template.id, nic));
  });
}

function searchFields({ data }: Engine): SearchFields<SimTemplate> {
  return {
    name: (template) => template.name,
    id: (template) => template.id,
    status: (template) => template.status,
    description: (template) => template.description,
    datacenter: (template) => dataCenterName(data, template.clusterId),
    cluster: (template) => data.clusters.find(({ id }) => id === template.clusterId)?.name,
  };
}

function dataCenterName({ clusters, dataCenters }: EngineData, clusterId: string | null): string | undefined {
  const cluster = clusters.find(({ id }) => id === clusterId);
  return dataCenters.find(({ id }) => id === cluster?.dataCenterId)?.name;
}

/** With what `?follow=` asks for. */
function followed(call: Call, template: SimTemplate): WireObject {
  const { engine, base } = call;
  const { id, nics, disks } = template;
  const attachments = disks.map((disk) =>
    attachmentOf(engine, base, `${base}/templates/${id}`, disk, follows(call, 'diskattachments.disk')),
  );
  return {
    ...templateOf(engine, base, template, wantsAll(call)),
    ...(follows(call, 'nics') && { nics: { nic: nics.map((nic) => nicOf(base, 'templates', id, nic)) } }),
    ...(follows(call, 'diskattachments') && { disk_attachments: { disk_attachment: attachments } }),
    ...(follows(call, 'permissions') && { permissions: permissionsOn(engine, base, id) }),
  };
}

function visibleTemplate(call: Call): SimTemplate {
  const { engine } = call;
  return visibleOne(call, engine.data.templates, pathId(call), (template) => templatePlace(engine, template));
}

/** A template that VMs use stays; one whose VMs are just gone does for some seconds, too. */
function removeTemplate(call: Call) {
  const { engine, base } = call;
  const template = visibleTemplate(call);
  demand(call, 'delete_template', templatePlace(engine, template));
  const { jobId } = command(call, `Removing Template ${template.name} from system`, (job) => {
    check(engine, template);
    tell(call, 'templateRemoving', { template });
    const { templates } = engine.data;
    if (template.disks.length === 0) return void templates.splice(templates.indexOf(template), 1);
    template.status = 'locked';
    job.finishAfter(engine.timing.disksGoing, () => templates.splice(templates.indexOf(template), 1));
  });
  return complete(base, jobId);
}

function check({ data }: Engine, template: SimTemplate): void {
  const { id, disks } = template;
  if (id === BLANK_TEMPLATE_ID) throw refuse(400, "Cannot remove Template. The relevant Cluster doesn't exist.");
  if (template.status === 'locked')
    throw refuse(409, 'Cannot remove Template. Template ${TemplateName} is being created.');
  const users = data.vms.filter((vm) => vm.templateId === id).map(({ name }) => name);
  if (users.length > 0) {
    const text = `Cannot delete Template. Template is being used by the following VMs: ${users.join(',')}.`;
    throw refuse(409, text);
  }
  const diskIds = disks.map((disk) => disk.id);
  const based = data.disks.filter(({ basedOn }) => basedOn !== undefined && diskIds.includes(basedOn));
  if (based.length === 0) return;
  const names = based.map((disk) => `${disk.name}  (${disk.id}) `).join(' ');
  throw refuse(409, `Cannot remove Template. The following Disk(s) are based on it: \n ${names}.`);
}
