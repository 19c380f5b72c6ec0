import type { SimDisk } from '../disks/data';
import { BLANK_TEMPLATE_ID, GIB } from '../seeds';
import type { SimNic } from '../vms/data';

export interface SimTemplate {
  id: string;
  name: string;
  description: string;
  comment: string;
  status: 'ok' | 'locked' | 'illegal';
  /** Null for Blank, which fits every cluster. */
  clusterId: string | null;
  sockets: number;
  cores: number;
  threads: number;
  memoryBytes: number;
  os: string;
  type: string;
  createdAt: number;
  /** Made of an image, and so of no VM, whose quota it would have. */
  isImported?: boolean;
  version: { number: number; name: string | null; baseId: string };
  nics: SimNic[];
  disks: SimDisk[];
}

export interface TemplatesData {
  templates: SimTemplate[];
}

export const templatesData = (): TemplatesData => ({
  templates: [simTemplate({ id: BLANK_TEMPLATE_ID, name: 'Blank', description: 'Blank template', clusterId: null })],
});

/** A whole template from a few facts. */
export function simTemplate(given: Partial<SimTemplate> & { id: string; name: string }): SimTemplate {
  return {
    ...{ description: '', comment: '', status: 'ok', clusterId: null, sockets: 1, cores: 1, threads: 1 },
    ...{ memoryBytes: GIB, os: 'other', type: 'server', createdAt: 1_700_000_000_000, nics: [], disks: [] },
    version: { number: 1, name: 'base version', baseId: given.id },
    ...given,
  };
}
