import type { AppError } from '../common/app-error';
import type { ComputeResource, ComputeResourceInput } from '../compute-resources';
import { EngineError, readCertificates, type CertificateInfo, type DataCenter, type ProbeResult } from '../engine';
import type { Urls } from '../web';
import { type LinkView, fieldOf, type FieldFaults, type FormField } from '../view-kit';
import { connectionView, type ConnectionView } from './connection.view';

/** What the form shows: what was typed, or what is registered. */
export interface FormState {
  values: Partial<ComputeResourceInput>;
  faults: FieldFaults;
  /** What saving or testing was refused with. */
  fault?: AppError;
  probe: ProbeResult | null;
  /** The compute resource that is edited. */
  editing?: ComputeResource;
  /** Saving was tried: the engine's fault can be passed over. */
  saving: boolean;
}

/** Locals of admin/compute-resource-form.hbs. */
export interface ComputeResourceFormPage {
  heading: string;
  action: string;
  testAction: string;
  id: string;
  who: FormField[];
  trust: FormField;
  more: FormField[];
  /** Who may change what in the engine. */
  acting: FormField[];
  expert: FormField[];
  expertOpen: boolean;
  authorities: { subject: string; fingerprint: string }[];
  connection?: ConnectionView;
  /** Where the engine's fault can be passed over. */
  saveAnyway: boolean;
  cancel: LinkView;
  submit: string;
}

const OLD_TLS_RISK =
  'Allows TLS 1.0, SHA-1 and 1024-bit keys. Who can listen or interfere between here and the engine can then take engine sessions and this password with moderate effort. Only for engines before 4.0 on a network you trust.';

export function computeResourceForm(state: FormState, urls: Urls): ComputeResourceFormPage {
  const { values, probe, editing, faults } = state;
  const field = fieldOf('compute_resource', faults);
  const list = urls.url('/compute_resources');
  const itself = editing && urls.url(`/compute_resources/${editing.id}`);
  return {
    heading: editing ? `Edit ${editing.name}` : 'Register an oVirt engine',
    action: itself ?? list,
    testAction: urls.url('/compute_resources/test_connection'),
    id: editing ? String(editing.id) : '',
    who: whoFields(field, state),
    trust: field('public_key', {
      label: 'CA certificate',
      help: 'Leave empty when the engine has a certificate that this machine trusts already. Otherwise test the connection: the CA is shown for you to confirm. Or paste it (PEM).',
      area: { value: values.publicKey ?? '', rows: 3, placeholder: '-----BEGIN CERTIFICATE-----' },
    }),
    authorities: authoritiesIn(values.publicKey ?? ''),
    more: moreFields(field, state),
    acting: actingFields(field, state),
    expert: [
      field('insecure_tls', {
        label: 'Old TLS',
        risk: OLD_TLS_RISK,
        check: { checked: values.insecureTls ?? false },
      }),
    ],
    expertOpen: values.insecureTls === true || (probe?.ok === false && probe.problem === 'tls_failed'),
    connection: probe ? connectionView(probe) : undefined,
    saveAnyway: state.saving && probe?.ok === false,
    cancel: { label: 'Cancel', href: itself ?? list },
    submit: editing ? 'Save' : 'Register',
  };
}

type Field = ReturnType<typeof fieldOf>;

function whoFields(field: Field, { values, editing }: FormState): FormField[] {
  return [
    field('name', {
      label: 'Name',
      help: 'How it is called here and in searches, such as "production".',
      required: true,
      focus: !editing && !values.name,
      text: { type: 'text', value: values.name ?? '', autocomplete: 'off' },
    }),
    field('url', {
      label: 'Engine address',
      help: 'The host name is enough; use the one that people open webadmin with.',
      required: true,
      text: {
        type: 'text',
        value: values.url ?? '',
        placeholder: 'https://engine.example.com/ovirt-engine/api',
        autocomplete: 'off',
      },
    }),
    field('user', {
      label: 'User',
      help: 'With its profile, such as admin@internal. It reads virtual machines and data centers: from 4.0 on, role ReadOnlyAdmin is enough.',
      required: true,
      text: { type: 'text', value: values.username ?? '', placeholder: 'admin@internal', autocomplete: 'off' },
    }),
    field('password', {
      label: 'Password',
      help: editing ? 'Leave empty to keep the present one.' : 'Kept encrypted, and never shown again.',
      required: !editing,
      keep: true,
      text: { type: 'password', value: '', autocomplete: 'new-password' },
    }),
  ];
}

function moreFields(field: Field, { values, probe, editing }: FormState): FormField[] {
  return [
    field('datacenter', {
      label: 'Data center',
      help: probe?.ok ? undefined : 'To choose from, after the connection was tested.',
      choice: { options: dataCenterOptions(values.datacenter ?? '', probe?.ok ? probe.dataCenters : null, editing) },
    }),
    field('addresses', {
      label: 'Further addresses of webadmin',
      help: 'When people also open it by an alias or an IP address: one a line, such as https://ovirt.example.com. Sign-in works from these addresses, and our pages may be shown inside them.',
      area: { value: (values.addresses ?? []).join('\n'), rows: 2 },
    }),
    field('description', {
      label: 'Description',
      text: { type: 'text', value: values.description ?? '', autocomplete: 'off' },
    }),
  ];
}

function actingFields(field: Field, { values }: FormState): FormField[] {
  return [
    field('engine_writes', {
      label: 'Changes in the engine',
      help: 'Who may make, start, stop or remove virtual machines here does so as themselves, with the rights that the engine gives them. Unticked: the engine is only read.',
      check: { checked: values.engineWrites ?? false },
    }),
    field('service_account_acts', {
      label: 'Local administrators act as the user above',
      risk: 'Administrators who are not known to the engine then see and change everything that this user may. The audit trail names them both. Give that user no more rights than such administrators should have.',
      check: { checked: values.serviceAccountActs ?? false },
    }),
  ];
}

function dataCenterOptions(chosen: string, known: DataCenter[] | null, editing?: ComputeResource) {
  const present = known?.some(({ id, name }) => id === chosen || name === chosen) ?? false;
  const kept =
    chosen === '' || present
      ? []
      : [{ value: chosen, label: known ? `${labelOf(chosen, editing)} (not there)` : labelOf(chosen, editing) }];
  const listed = (known ?? []).map(({ id, name, status }) => ({
    value: id,
    label: status === null || status === 'up' ? name : `${name} (${status})`,
  }));
  const chosenId = known?.find(({ name }) => name === chosen)?.id ?? chosen;
  return [{ value: '', label: 'None' }, ...kept, ...listed].map((option) => ({
    ...option,
    selected: option.value === chosenId,
  }));
}

const labelOf = (chosen: string, editing?: ComputeResource) =>
  editing?.datacenterId === chosen ? (editing.datacenterName ?? chosen) : chosen;

/** For a person to compare; what cannot be read is told as the field's fault when it is used. */
function authoritiesIn(pem: string): Pick<CertificateInfo, 'subject' | 'fingerprint'>[] {
  if (pem.trim() === '') return [];
  try {
    return readCertificates(pem);
  } catch (error) {
    if (error instanceof EngineError) return [];
    throw error;
  }
}
