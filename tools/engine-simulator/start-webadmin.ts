import { startEngineSimulator, type EngineSimulator, type EngineSimulatorOptions, type EngineVersion } from '.';
import { serviceProxy } from './service-proxy';
import { webadminRouter } from './webadmin/webadmin.router';
import type { WebadminVersion } from './webadmin/personality';
import { webadminEngineOf } from './webadmin-engine-adapter';

export interface WebadminOriginOptions extends Omit<EngineSimulatorOptions, 'version' | 'mount'> {
  version: WebadminVersion;
  /** Where the finished build has the UI plugins. */
  pluginsDir: string;
  /** Where it has the stand-in's browser code. */
  assetsDir: string;
  /** The service that lives under a path of this origin; none when it has an origin of its own. */
  service?: { origin: string; path: string };
  /** Directory of `<plugin>-config.json` files. */
  userConfigDir?: string;
  /** Told about plugins that are left out. */
  warn?: (text: string) => void;
}

/** The simulated engine behind each webadmin: its own version, or the next that behaves alike. */
const engineVersions: Record<WebadminVersion, EngineVersion> = {
  '3.2': '3.2',
  '3.3': '3.3',
  '3.4': '3.4',
  '3.5': '3.6',
  '3.6': '3.6',
  '4.0': '4.1',
  '4.1': '4.1',
  '4.2': '4.5',
  '4.3': '4.5',
  '4.4': '4.5',
  '4.5': '4.5',
};

/**
 * Starts what a browser finds at an engine: webadmin with our UI plugins, the engine's API, and the service behind a
 * reverse proxy, all on one origin.
 */
export function startWebadmin({
  version,
  pluginsDir,
  assetsDir,
  service,
  userConfigDir,
  warn = () => undefined,
  ...options
}: WebadminOriginOptions): Promise<EngineSimulator> {
  return startEngineSimulator({
    ...options,
    version: engineVersions[version],
    mount(app, engine) {
      if (service) app.use(service.path, serviceProxy(service.origin));
      app.use(
        webadminRouter({
          ...{ version, userConfigDir, warn, engine: webadminEngineOf(engine) },
          pluginDirs: [pluginsDir],
          assetsDir,
        }),
      );
    },
  });
}
