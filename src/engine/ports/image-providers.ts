import type { CallOptions } from '../engine-client';
import type { WriteOptions } from './calls';
import type { EngineIdentity } from './identity';

/**
 * A Glance server that the engine knows. Administrators alone see it. Before 3.6 its storage domain stands for it, of which
 * id and name alone are told.
 */
export interface EngineImageProvider {
  id: string;
  name: string;
  description: string | null;
  /** Null where nobody gave one: the engine takes that, too. */
  url: string | null;
  requiresAuthentication: boolean;
  username: string | null;
  tenantName: string | null;
  authenticationUrl: string | null;
}

export interface NewImageProvider extends Omit<EngineImageProvider, 'id'> {
  password?: string;
}

export interface EngineImage {
  id: string;
  name: string;
  /** `disk`, `iso`, …; null where unknown. */
  type: string | null;
  sizeBytes: number | null;
}

export interface ImageImport {
  storageDomainId: string;
  diskName?: string;
  /** Makes a template of it, of which nothing is seen before the download has ended. */
  template?: { name: string; clusterId: string };
}

/** Created, changed, removed and tested from 4.2 on. */
export interface EngineImageProviders {
  list(as: EngineIdentity, options?: CallOptions): Promise<EngineImageProvider[]>;
  get(as: EngineIdentity, id: string, options?: CallOptions): Promise<EngineImageProvider | null>;
  create(as: EngineIdentity, provider: NewImageProvider, options: WriteOptions): Promise<EngineImageProvider>;
  /** The engine forgets a tenant that is left out; it keeps everything else that is null or absent, such as the password. */
  update(
    as: EngineIdentity,
    id: string,
    provider: NewImageProvider,
    options: WriteOptions,
  ): Promise<EngineImageProvider>;
  remove(as: EngineIdentity, id: string, options: WriteOptions): Promise<void>;
  /** Whether the engine reaches it. @throws EngineError fault with the engine's words where it does not */
  test(as: EngineIdentity, id: string, options: WriteOptions): Promise<void>;
  images(as: EngineIdentity, providerId: string, options?: CallOptions): Promise<EngineImage[]>;
  /**
   * For administrators alone, whatever roles others have; in 3.x not by a session, which is asked as ordinary users are. Before
   * 3.6 the engine chooses the names.
   * @returns the disk that is downloaded to; null before 4.2, where events alone tell it
   */
  import(
    as: EngineIdentity,
    providerId: string,
    imageId: string,
    wanted: ImageImport,
    options: WriteOptions,
  ): Promise<{ diskId: string | null }>;
}
