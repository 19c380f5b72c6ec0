import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Memo, Signals } from '../database';
import {
  EngineClients,
  EngineIdentity,
  probeEngine,
  type EngineClient,
  type EngineReader,
  type EngineSettings,
  type PasswordTry,
  type ProbeResult,
  type ServiceAccount,
} from '../engine';
import type { ComputeResource } from './compute-resource.entity';
import { webOrigin, webOrigins } from './compute-resource.input';
import { ComputeResourceStore, settingsOf } from './compute-resource.store';
import { PasswordAttempts } from './password-attempts';

/** An engine people sign in with: all its compute resources together. */
export interface RegisteredEngine {
  /** Row id in `engines`. */
  engineId: number;
  /** Null for engines that have none or have not told it yet. */
  instanceId: string | null;
  /** Names of its compute resources. */
  label: string;
  /** Row id of the eldest of them. */
  computeResourceId: number;
  /** Origins under which its webadmin is reached; the first is where its API is asked. */
  origins: string[];
  enabled: boolean;
  ontheflyRegister: boolean;
  loginPrefix: string;
  acceptReadableUser: boolean;
  /** The user who said where its API is; null where nobody knows. */
  registrarId: number | null;
  /**
   * The client of the compute resource with this origin, so that what was given to one address goes to no other; of the
   * eldest one when no origin is told.
   */
  clientOf(origin?: string): EngineClient;
}

/**
 * Whether another engine answered than the one that is registered. Ids of one engine's users say nothing of another's,
 * though the administrator's is the same at all.
 * @param answered the instance id it told; null tells nothing
 */
export function isAnotherEngine({ instanceId }: RegisteredEngine, answered: string | null): boolean {
  return instanceId !== null && answered !== null && instanceId !== answered;
}

/** The registered engines, with one client each. */
@Injectable()
export class EngineRegistry implements OnApplicationShutdown {
  private readonly clients = new EngineClients((origin) => this.boundAt(origin));
  private readonly engines = new Memo(() => this.load());

  constructor(
    private readonly store: ComputeResourceStore,
    private readonly attempts: PasswordAttempts,
    signals: Signals,
  ) {
    signals.on('engines', () => this.engines.forget());
  }

  async list(): Promise<RegisteredEngine[]> {
    return (await this.engines.get('all')) ?? [];
  }

  /** The engine whose webadmin has this origin (`https://engine.example.com`), enabled or not. */
  async byOrigin(origin: string): Promise<RegisteredEngine | null> {
    const [engine, ...others] = (await this.list()).filter(({ origins }) => origins.includes(origin));
    return others.length === 0 ? (engine ?? null) : null; // two that claim it: nobody knows whose sessions these are
  }

  /** The engine of a compute resource, by id or name, and where its API is; null when there is none. */
  async byComputeResource(key: string): Promise<{ engine: RegisteredEngine; origin: string } | null> {
    const resource = await this.store.find(key);
    const engine = resource && (await this.list()).find(({ engineId }) => engineId === resource.engineId);
    const [origin] = resource === null ? [] : webOrigins(resource);
    return engine && origin !== undefined ? { engine, origin } : null;
  }

  /** The origins whose pages may frame ours. */
  async frameAncestors(): Promise<string[]> {
    return [...new Set((await this.list()).flatMap(({ origins }) => origins))];
  }

  /** A compute resource's engine, to be asked as somebody. @throws AppError not_found, unavailable */
  async engine(computeResourceId: number): Promise<EngineClient> {
    return this.clients.get(settingsOf(await this.store.get(computeResourceId)));
  }

  /** The compute resource's own account, to watch what is waited for there: reading alone. @throws AppError not_found, unavailable */
  async watcher(computeResourceId: number): Promise<EngineIdentity> {
    return EngineIdentity.serviceAccount(this.store.accountOf(await this.store.get(computeResourceId)));
  }

  /** Reads a compute resource's engine with its service account. @throws AppError not_found, unavailable */
  async accountReader(computeResourceId: number): Promise<EngineReader> {
    const resource = await this.store.get(computeResourceId);
    return this.clients.get(settingsOf(resource)).withAccount(this.store.accountOf(resource));
  }

  /**
   * Tries how a service account reaches its engine.
   * @throws AppError too_many_requests before a wrong password might lock the account at an engine that is known here
   */
  async probe(settings: EngineSettings & ServiceAccount): Promise<ProbeResult> {
    return probeEngine(settings, { tryPassword: this.boundAt(webOrigin(settings.url)) });
  }

  /** Whatever passwords are tried for, they count together. */
  private boundAt(origin: string): PasswordTry {
    return async (user, send) => {
      const engine = (await this.list()).find(({ origins }) => origins.includes(origin));
      return engine === undefined ? send() : this.attempts.run(engine.engineId, user, send);
    };
  }

  /** Call after each change: drops what is remembered, and the connections to these addresses. */
  async forget(...urls: string[]): Promise<void> {
    this.engines.forget();
    await Promise.all(urls.map((url) => this.clients.forget(url)));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.clients.close();
  }

  private async load(): Promise<RegisteredEngine[]> {
    const resources = (await this.store.listWithEngines()).sort((a, b) => a.id - b.id);
    const eldest = resources.filter(
      ({ engineId }, index) => resources.findIndex((of) => of.engineId === engineId) === index,
    );
    return eldest.map((first) =>
      this.engineOf(
        first,
        resources.filter(({ engineId }) => engineId === first.engineId),
      ),
    );
  }

  private engineOf(first: ComputeResource, all: ComputeResource[]): RegisteredEngine {
    const { engineId, engine, enabled, ontheflyRegister, loginPrefix, acceptReadableUser, registrarId } = first;
    const origins = all.flatMap(webOrigins);
    return {
      engineId,
      instanceId: engine?.instanceId ?? null,
      label: all.map(({ name }) => name).join(', '),
      computeResourceId: first.id,
      origins: [...new Set(origins)],
      enabled,
      ontheflyRegister,
      loginPrefix,
      acceptReadableUser,
      registrarId,
      clientOf: (origin = '') =>
        this.clients.get(settingsOf(all.find((resource) => webOrigins(resource).includes(origin)) ?? first)),
    };
  }
}
