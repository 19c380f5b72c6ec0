import { engineData, type EngineData, type EngineSimulator } from '../../tools/engine-simulator';
import { engineRecordings } from '../support/engine-recordings';
import { ADMIN_ID, EngineBench, READER_ID } from '../support/engine-simulators';
import { RecordedSequence, differences, seconds, type Step } from '../support/recorded-sequence';

const bench = new EngineBench();
afterEach(() => bench.close());

/** Recordings that the simulator does not agree with, and why. */
const APART: Record<string, string> = {
  '53-glance/disk-name-taken-delete': 'the end of an import holds its disk for some seconds more',
  '53-glance/disk-name-taken-no-alias-delete': 'the same',
  '53-glance/disk-name-taken-afterwards': 'shown by disk-name-taken-no-alias-afterwards',
  '53-glance/disk-name-taken-attach': 'shown by disk-name-taken-no-alias-attach',
  '53-glance/template-add-name-taken': 'of the capture of a VM',
  '53-glance/template-add-name-taken-no-alias': 'the same',
};

/** Recordings of a folder that are neither played nor known to differ. */
const forgotten = (folder: string, steps: readonly Step[]) =>
  engineRecordings(folder).filter((name) => !steps.includes(name) && !(name in APART));

/** Answers of a real engine that the simulated one gives, too; see test/fixtures/engine. */
const of = (folder: string, names: string): string[] => names.split(' ').map((name) => `${folder}/${name}`);

/** Without the provider that is there at first. */
function withoutProviders(): EngineData {
  const data = engineData();
  data.imageProviders = [];
  data.storageDomains = data.storageDomains.filter(({ type }) => type !== 'image');
  return data;
}

/** The domain of the provider of this name stands for a recorded one. */
const domain =
  (recordedId: string, name: string): Step =>
  (replay, engine) => {
    const found = engine.data.storageDomains.find((one) => one.name === name);
    if (found) replay.stands(recordedId, found.id);
  };

describe('providers of images', () => {
  const bytes = { virtualBytes: 2 ** 20, container: 'bare', format: 'qcow2' } as const;
  const data = () => ({
    ...withoutProviders(),
    storageDomains: [],
    glances: [
      {
        url: 'http://127.0.0.1:9292',
        keystone: { username: 'ovirt', password: 'right', tenantName: 'ovirt' },
        images: [
          { ...bytes, id: '11111111-1111-4111-8111-111111111111', name: 'CentOS 9', sizeBytes: 1_234_567 },
          { ...bytes, id: '22222222-2222-4222-8222-222222222222', name: 'raw image', sizeBytes: 2_097_152 },
        ],
      },
    ],
  });
  const steps: Step[] = [
    ...of('04-image-providers', 'add add-again add-same-url-other-name add-no-name add-no-url get get-unknown'),
    ...of('04-image-providers', 'add-no-authentication-field add-unreachable testconnectivity images image'),
    ...of('04-image-providers', 'testconnectivity-unreachable images-unreachable image-unknown certificates'),
    ...of('04-image-providers', 'add-bad-authentication-url add-with-authentication add-v3-authentication-url'),
    ...of('04-image-providers', 'testconnectivity-authenticated images-authenticated list storagedomains'),
    domain('a24972ac-0919-472d-a0a8-b3670ce21ff6', 'lab-glance'),
    domain('e6495859-fb10-4992-b193-01feca769151', 'auth-glance'),
    domain('e84aa1de-b5e5-4bf3-95d0-824a49b41115', 'dead-glance'),
    domain('2b2e7e28-5001-49c7-9edd-f7c2d144c4c0', 'noauthfield'),
    domain('22174fd9-d9e9-43c1-8e6a-022daa4d3828', 'nourl'),
    ...of('04-image-providers', 'storagedomain storagedomain-image storagedomain-lab-glance-images'),
    ...of('04-image-providers', 'storagedomain-auth-glance-images storagedomain-dead-glance-images'),
    ...of('04-image-providers', 'storagedomain-noauthfield-images storagedomain-nourl-images'),
    ...of('04-image-providers', 'import-no-storage-domain import-no-cluster import-unknown-storage-domain-name'),
    ...of('04-image-providers', 'import-unknown-storage-domain import-into-image-domain import-unknown-image'),
    '04-image-providers/import-through-storage-domain',
    ...of('04-image-providers', 'put-without-password put-without-password-then-get put-without-password-then-test'),
    ...of('04-image-providers', 'put-with-tenant put-with-tenant-then-get put-wrong-password'),
    ...of('04-image-providers', 'put-wrong-password-then-test password-1-put-right password-2-test'),
    ...of('04-image-providers', 'password-3-put-without password-4-test password-5-put-without-tenant'),
    ...of('04-image-providers', 'password-6-get password-7-test password-8-put-tenant-again password-9-test'),
    ...of('04-image-providers', 'put-name storagedomains-after-rename delete delete-again'),
  ];

  it('are made, changed, tested and listed as at the recorded engine', async () => {
    const engine = await bench.start({ version: '4.5', data: data() });
    expect(await differences(new RecordedSequence(engine, ADMIN_ID), engine, steps)).toEqual({});
    expect(forgotten('04-image-providers', steps)).toEqual([]);
  });
});

describe('imports', () => {
  const DATA_DOMAIN = '349b6a30-ca09-4702-bb45-16a6380dde22';
  const PROVIDER = 'c8b5ea2e-8433-4ee4-b9af-ba75986277f0';
  const ids = (engine: EngineSimulator) => ({
    [DATA_DOMAIN]: engine.data.storageDomains[0]?.id ?? '',
    'fd32d22b-d473-4631-af4e-67d1e0534204': engine.data.clusters[0]?.id ?? '',
    'e9f8cf41-5519-46d7-9b0b-662363965da3': engine.data.vms.find(({ name }) => name === 'empty')?.id ?? '',
  });

  /** The Glances of the recording, one behind Keystone and one behind a path. */
  function data(): EngineData {
    const given = withoutProviders();
    const [first] = given.storageDomains;
    if (first) first.name = 'fake-data';
    const recorded: Record<string, string> = {
      'Fedora 43': 'aab9b643-d72a-4e8f-8e8b-eed140fbdfff',
      appliance: '8f567ab3-75b6-4ae0-8b44-65e991bab13c',
      broken: 'a13c9a52-9145-475e-8501-775a78c6d2a4',
      bundle: 'dd465292-cdda-4eee-8b23-4da0c25fabb7',
      cirros: 'f4cf8327-ebfc-428f-8cbc-d91efab2c6db',
      installer: 'a20c4bf4-3ca6-4d5f-8578-ebb4a69c950b',
      tiny: '9e601a84-38f6-45a4-82d3-dde5fbf97ebe',
    };
    const [glance] = given.glances;
    const images = (glance?.images ?? []).map((image) => ({ ...image, id: recorded[image.name] ?? image.id }));
    const provider = {
      ...{ description: '', requiresAuthentication: false, username: null, password: null, tenantName: null },
      ...{ authenticationUrl: null, domainId: '' },
    };
    const keystone = { username: 'ovirt', password: 'secret', tenantName: 'ovirt' };
    const [glanceUrl, closedUrl, pathUrl] = [
      'http://glance.example:9292',
      'http://glance2.example:9292',
      'http://g/image',
    ];
    given.glances = [
      { url: glanceUrl, images },
      { url: closedUrl, images, keystone },
      { url: pathUrl, images },
    ];
    given.imageProviders = [
      { ...provider, id: '20086397-f598-4ab7-a530-5b65ad497e00', name: 'path', url: pathUrl },
      {
        ...{ ...provider, id: '57c2ae34-c53b-4b70-838c-f747cfeb673c', name: 'wrong', url: closedUrl },
        ...{ requiresAuthentication: true, username: 'ovirt', password: 'wrong', tenantName: 'other' },
      },
    ];
    return given;
  }

  const steps: Step[] = [
    ...of('53-glance', 'provider-add provider-add-name-again provider-add-url-again provider-add-unreachable'),
    ...of('53-glance', 'provider-add-auth-url-without-port provider-test provider-test-unreachable provider-images'),
    ...of('53-glance', 'provider-images-unreachable provider-certificates provider-add-with-keystone'),
    ...of('53-glance', 'provider-test-with-keystone provider-update-without-password provider-test-after-update'),
    ...of('53-glance', 'provider-test-wrong-password provider-behind-path-images provider-delete providers'),
    domain('ee7d4c2b-fc44-4717-8ca5-c67964800180', 'glance-2xjgs'),
    ...of('53-glance', 'storagedomain-of-provider images image image-unknown import-no-domain import-unknown'),
    ...of('53-glance', 'import-appliance import-broken import-bundle import-installer import-tiny'),
    ...of('53-glance', 'import-template-no-cluster import-with-keystone import-behind-path import-disk disk-locked'),
    seconds(12),
    ...of('53-glance', 'disk-ok import-template template-disk-locked templates-while-importing'),
    seconds(12),
    ...of('53-glance', 'template-disk-ok'),
    seconds(4),
    template('21b9ca57-632c-4c7d-a23e-c9db9ca65749', 'glance-2xjgs-tpl'),
    ...of('53-glance', 'template template-diskattachments import-raw-unnamed'),
    seconds(20),
    ...of('53-glance', 'disk-raw-unnamed template-unnamed import-name-taken disk-name-taken-locked'),
    seconds(20),
    ...of('53-glance', 'disk-name-taken-ok templates-name-taken import-name-taken-no-alias'),
    '53-glance/disk-name-taken-no-alias-locked',
    seconds(20),
    ...of('53-glance', 'disk-name-taken-no-alias-ok templates-name-taken-no-alias disk-name-taken-no-alias-attach'),
    '53-glance/disk-name-taken-no-alias-afterwards',
    failing('download'),
    ...of('53-glance', 'import-download-failed disk-download-failed-locked'),
    seconds(12),
    '53-glance/disk-download-failed-illegal',
    failing('download'),
    ...of('53-glance', 'import-download-failed-template disk-download-failed-template-locked'),
    seconds(12),
    '53-glance/disk-download-failed-template-illegal',
    failing('volume'),
    ...of('53-glance', 'import-volume-failed disk-volume-failed-locked'),
    seconds(12),
    '53-glance/disk-volume-failed-gone',
    failing('refused'),
    ...of('53-glance', 'import-verb-refused disk-verb-refused-locked'),
    seconds(60),
    '53-glance/disk-verb-refused-illegal',
    (replay) =>
      replay.stands('8cce9363-be96-421e-b1e3-c2898ed5836d', replay.idOf('87b9ccf9-a33b-4e63-9880-c102ba0287ea')),
    '53-glance/disk-delete-verb-refused',
  ];

  it('succeed, fail and leave behind what they do at the recorded engine', async () => {
    const engine = await bench.start({ version: '4.5', data: data() });
    const replay = new RecordedSequence(engine, ADMIN_ID, ids(engine));
    expect(await differences(replay, engine, steps)).toEqual({});
    expect(forgotten('53-glance', steps)).toEqual([]);
  });

  it('are for administrators alone, who alone see providers; everybody lists images', async () => {
    const engine = await bench.start({ version: '4.5' });
    const domainId = engine.data.storageDomains.find(({ type }) => type === 'image')?.id ?? '';
    const replay = new RecordedSequence(engine, READER_ID, {
      'db7a7125-972d-4bf9-8df4-285b4bd88d6c': domainId,
      'e6495859-fb10-4992-b193-01feca769151': domainId,
      [DATA_DOMAIN]: engine.data.storageDomains[0]?.id ?? '',
      [PROVIDER]: engine.data.imageProviders[0]?.id ?? '',
    });
    const recordings = [
      ...of('58-rights', 'glance-import glance-images'),
      ...of('07-rights', 'userrole-provider-get userrole-provider-add userrole-image-domain-images'),
    ];
    expect(await differences(replay, engine, recordings)).toEqual({});
  });
});

function failing(how: 'download' | 'volume' | 'refused'): Step {
  return (_replay, engine) => engine.control.failImports(how);
}

function template(recordedId: string, name: string): Step {
  return (replay, engine) =>
    replay.stands(recordedId, engine.data.templates.find((one) => one.name === name)?.id ?? '');
}
