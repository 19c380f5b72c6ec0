import type { EngineCluster } from '../engine';
import { domainFit, templateFit, type FittedDomain, type FittedTemplate } from './fit';

const GIB = 1024 ** 3;

const cluster = (more: Partial<EngineCluster> = {}): EngineCluster => ({
  id: 'c1',
  name: 'Default',
  dataCenterId: 'd1',
  version: { major: 4, minor: 7 },
  architecture: 'x86_64',
  runsVms: true,
  ...more,
});
const neighbour = cluster({ id: 'c2', name: 'edge' });
const elsewhere = cluster({ id: 'c3', name: 'far', dataCenterId: 'd2' });
const clusters = [cluster(), neighbour, elsewhere];

describe('a template', () => {
  const template = (more: Partial<FittedTemplate> = {}): FittedTemplate => ({
    status: 'ok',
    architecture: 'x86_64',
    clusterId: 'c1',
    ...more,
  });

  it.each([
    ['its own cluster', template(), cluster()],
    ['another cluster of its data center', template(), neighbour],
    ['anywhere', template(), undefined],
    ['a cluster that has no CPU type yet', template(), cluster({ architecture: null })],
    ['every cluster when it is Blank', template({ architecture: null, clusterId: null }), elsewhere],
    ['a cluster when its own is not seen', template({ clusterId: 'hidden' }), elsewhere],
  ])('fits %s', (_, of, into) => {
    expect(templateFit(of, into, clusters)).toEqual({ fits: true, reason: null });
  });

  it.each([
    ['while it is locked', template({ status: 'locked' }), undefined, 'is locked'],
    ['when it is illegal', template({ status: 'illegal' }), cluster(), 'state is illegal'],
    ['into another data center', template(), elsewhere, 'another data center'],
    [
      'another architecture',
      template({ architecture: 'ppc64' }),
      cluster(),
      'is for ppc64, cluster Default has x86_64',
    ],
    ['a cluster of Gluster alone', template(), cluster({ runsVms: false }), 'runs no VMs'],
  ])('does not fit %s', (_, of, into, reason) => {
    expect(templateFit(of, into, clusters)).toEqual({ fits: false, reason: expect.stringContaining(reason) as string });
  });
});

describe('a storage domain', () => {
  const domain = (more: Partial<FittedDomain> = {}): FittedDomain => ({
    type: 'data',
    status: 'active',
    backup: false,
    availableBytes: 100 * GIB,
    blockerGib: 5,
    dataCenterIds: ['d1'],
    ...more,
  });

  it.each([
    ['as much as leaves the critical space', domain(), 95 * GIB],
    ['anything when its state is not told', domain({ status: null }), GIB],
    ['anything when its sizes are not told', domain({ availableBytes: null }), 1024 * GIB],
  ])('takes %s', (_, of, bytes) => {
    expect(domainFit(of, bytes)).toEqual({ fits: true, reason: null });
  });

  it.each([
    ['one byte more', domain(), 95 * GIB + 1, '95 GIB'],
    ['when less than the critical space is left', domain({ availableBytes: 4 * GIB }), 0, '0 GiB'],
    ['when it is in maintenance', domain({ status: 'maintenance' }), 0, 'state is maintenance'],
    ['when it holds ISO files', domain({ type: 'iso' }), 0, 'type is iso'],
    ['when it is for backups', domain({ backup: true }), 0, 'backups'],
    ['when there is no room at all', domain({ availableBytes: 5 * GIB }), 0, 'is full'],
  ])('does not take %s', (_, of, bytes, reason) => {
    const fit = domainFit(of, bytes);
    expect(fit.fits).toBe(false);
    expect(fit.reason?.toLowerCase()).toContain(reason.toLowerCase());
  });
});
