import type { EngineCluster, EngineInstanceType, EngineTemplate } from '../../engine';
import { templateFit } from '../../compute-lists';
import { fieldOf, type FieldFaults, type FormField, type LinkView } from '../../view-kit';

/** What was typed. */
export type Typed = Record<string, string>;

/** Lists of the chosen engine; null while none is chosen, or it does not answer. */
export interface Offered {
  clusters: readonly EngineCluster[];
  templates: readonly EngineTemplate[];
  flavors: readonly EngineInstanceType[];
}

/** Locals of machines/new.hbs. */
export interface LaunchForm {
  action: string;
  resources: { href: string; label: string; current: boolean }[];
  resourceId: number | null;
  /** Why nothing can be chosen. */
  notice: string | null;
  fields: FormField[];
  more: FormField[];
  moreOpen: boolean;
  faults: string[];
  cancel: LinkView;
}

const MORE = ['host_name', 'ssh_keys', 'user_data', 'disk_gib', 'description'];
const GIB = 1024 ** 3;

const options = (values: { value: string; label: string }[], chosen: string) =>
  values.map(({ value, label }) => ({ value, label, selected: value === chosen }));

export function launchForm(
  {
    offered,
    typed,
    faults,
    notice,
  }: { offered: Offered | null; typed: Typed; faults: FieldFaults; notice: string | null },
  {
    resources,
    resourceId,
    urls,
  }: { resources: { id: number; name: string }[]; resourceId: number | null; urls: { url(path: string): string } },
): LaunchForm {
  const shown = new Set(['vm_name', 'cluster', 'template', 'flavor', 'memory_mib', 'sockets', 'cores', ...MORE]);
  return {
    action: urls.url('/virtual_machines'),
    resources: resources.map(({ id, name }) => ({
      label: name,
      href: urls.url(`/virtual_machines/new?compute_resource_id=${id}`),
      current: id === resourceId,
    })),
    resourceId,
    notice,
    fields: offered === null ? [] : mainFields(offered, typed, faults),
    more: moreFields(typed, faults),
    moreOpen: MORE.some((name) => (typed[name] ?? '') !== '' || faults[name] !== undefined),
    faults: Object.entries(faults).flatMap(([name, texts]) => (shown.has(name) ? [] : texts)),
    cancel: { label: 'Cancel', href: urls.url('/virtual_machines') },
  };
}

function mainFields(offered: Offered, typed: Typed, faults: FieldFaults): FormField[] {
  const { field, text } = fieldsOf(typed, faults);
  const asSize = { placeholder: 'as the size says' };
  return [
    text('vm_name', 'Name', { help: 'Letters, digits, ".", "_" and "-"', placeholder: 'web1', required: true }),
    field('cluster', { label: 'Cluster', choice: { options: clusterOptions(offered, typed) } }),
    field('template', { label: 'Template', choice: { options: templateOptions(offered, typed) } }),
    field('flavor', {
      label: 'Size',
      help: 'What is given below counts instead',
      choice: { options: flavorOptions(offered, typed) },
    }),
    text('memory_mib', 'Memory in MiB', asSize),
    text('sockets', 'Sockets', asSize),
    text('cores', 'Cores of each', asSize),
  ];
}

function moreFields(typed: Typed, faults: FieldFaults): FormField[] {
  const { text, area } = fieldsOf(typed, faults);
  return [
    text('disk_gib', 'Boot disk in GiB', { help: 'It grows before the first start', placeholder: "the template's" }),
    text('host_name', 'Host name', { help: 'What the guest calls itself', placeholder: 'web1.example.com' }),
    area('ssh_keys', 'SSH keys', { rows: 3, help: 'One a line' }),
    area('user_data', 'User data', { rows: 6, help: 'cloud-config, Ignition, or a script for the guest' }),
    text('description', 'Description', {}),
  ];
}

function fieldsOf(typed: Typed, faults: FieldFaults) {
  const field = fieldOf('virtual_machine', faults);
  return {
    field,
    text: (
      name: string,
      label: string,
      { placeholder, ...more }: { help?: string; placeholder?: string; required?: boolean },
    ) =>
      field(name, {
        label,
        ...more,
        text: { type: 'text', value: typed[name] ?? '', placeholder, autocomplete: 'off' },
      }),
    area: (name: string, label: string, { rows, help }: { rows: number; help: string }) =>
      field(name, { label, help, area: { value: typed[name] ?? '', rows } }),
  };
}

const clusterOptions = ({ clusters }: Offered, { cluster = '' }: Typed) =>
  options(
    clusters.map(({ id, name }) => ({ value: id, label: name })),
    cluster,
  );

function templateOptions({ templates, clusters }: Offered, { template = '' }: Typed) {
  const usable = templates.filter((one) => templateFit(one, undefined, clusters).fits);
  return options(
    usable.map(({ id, name, versionName, versionNumber }) => ({
      value: id,
      label: versionNumber > 1 ? `${name} (${versionName ?? `version ${versionNumber}`})` : name,
    })),
    template,
  );
}

function flavorOptions({ flavors }: Offered, { flavor = '' }: Typed) {
  const sized = flavors.map(({ id, name, memoryBytes, sockets, cores }) => ({
    value: id,
    label: `${name}: ${memoryBytes / GIB} GiB, ${sockets * cores} CPU${sockets * cores === 1 ? '' : 's'}`,
  }));
  return options([{ value: '', label: "The template's" }, ...sized], flavor);
}
