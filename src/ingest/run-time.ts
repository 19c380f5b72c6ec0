import type { Metrics } from '../reports';

/**
 * Seconds of a run. `runtime` always includes configuration retrieval: older Puppets count it into `time.total`,
 * newer ones measure `total` from the start of the catalog's application, which the parts tell
 * (total < retrieval + application). Without `total` it is the sum of the parts (Foreman: report.rb runtime).
 */
export function runTime({ time = {} }: Metrics): { runtime: number; configRetrieval: number } {
  const { total, config_retrieval = 0, catalog_application = 0, ...parts } = time;
  const configRetrieval = Math.max(0, config_retrieval);
  if (total === undefined) {
    const rest = catalog_application || Object.values(parts).reduce((sum, seconds) => sum + seconds, 0);
    return { runtime: configRetrieval + Math.max(0, rest), configRetrieval };
  }
  const included = total >= configRetrieval + catalog_application;
  return { runtime: Math.max(0, included ? total : total + configRetrieval), configRetrieval };
}
