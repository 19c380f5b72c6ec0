import { guid, IMAGE_DOMAIN_ID } from '../seeds';

/** A Glance server that the engine knows. */
export interface SimImageProvider {
  id: string;
  name: string;
  description: string;
  /** Nobody checks it. */
  url: string | null;
  requiresAuthentication: boolean;
  username: string | null;
  password: string | null;
  tenantName: string | null;
  authenticationUrl: string | null;
  /** Of its storage domain, which has its name. */
  domainId: string;
}

export interface SimGlanceImage {
  id: string;
  name: string;
  container: 'bare' | 'ova' | 'docker';
  format: 'qcow2' | 'raw' | 'iso' | 'vmdk';
  /** Of the file. */
  sizeBytes: number;
  /** Of the disk in it. */
  virtualBytes: number;
  /** Says to be a qcow2 and is none. */
  isBroken?: boolean;
}

/** A Glance that stands somewhere, with its Keystone where it has one. */
export interface SimGlance {
  /** What providers name it by; of one behind a path lists work, and no download. */
  url: string;
  images: SimGlanceImage[];
  keystone?: { username: string; password: string; tenantName: string };
}

export interface ImagesData {
  imageProviders: SimImageProvider[];
  /** Those that the engine and its hosts reach. */
  glances: SimGlance[];
}

export const GLANCE_URL = 'http://glance.example.com:9292';
export const IMAGE_PROVIDER_ID = guid(0xaa, 1);
const MIB = 1024 ** 2;

/** One provider with what a Glance may hold: images, and what cannot be imported. */
export const imagesData = (): ImagesData => ({
  imageProviders: [
    {
      ...{ id: IMAGE_PROVIDER_ID, name: 'glance', description: '', url: GLANCE_URL, domainId: IMAGE_DOMAIN_ID },
      ...{ requiresAuthentication: false, username: null, password: null, tenantName: null, authenticationUrl: null },
    },
  ],
  glances: [{ url: GLANCE_URL, images: sampleImages() }],
});

/** The images of a small Glance. */
const sampleImages = (): SimGlanceImage[] => [
  image(1, 'Fedora 43', { sizeBytes: 354_304 }),
  image(2, 'appliance', { container: 'ova', format: 'vmdk', sizeBytes: 4096 }),
  image(3, 'broken', { sizeBytes: 65_536, isBroken: true }),
  image(4, 'bundle', { container: 'docker', format: 'raw', sizeBytes: 5_570_560 }),
  image(5, 'cirros', { format: 'raw', sizeBytes: 32 * MIB, virtualBytes: 32 * MIB }),
  image(6, 'installer', { format: 'iso', sizeBytes: MIB }),
  image(7, 'tiny', { sizeBytes: 16 }),
];

const image = (n: number, name: string, more: Partial<SimGlanceImage>): SimGlanceImage => ({
  ...{ id: guid(0xac, n), name, container: 'bare', format: 'qcow2', sizeBytes: 0, virtualBytes: 64 * MIB },
  ...more,
});

/** What the hosts make of the next imports, one after the other; none: they succeed. */
export type ImportFailure =
  /** The volume cannot be made: the disk is gone at once. */
  | 'volume'
  /** The download fails: the disk is illegal, then gone. */
  | 'download'
  /** The host refuses to begin: the disk stays illegal for good. */
  | 'refused';
