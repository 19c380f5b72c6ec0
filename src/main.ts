import 'reflect-metadata';
import { createApp, listen } from './app.setup';
import { ConfigError, parseConfig } from './config';

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const app = await createApp(config);
  await listen(app, config);
}

main().catch((error: unknown) => {
  const text = error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
