import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { readFileSync } from 'node:fs';
import { AppModule } from './app.module';
import { setUp } from './app.setup';
import { ConfigError, parseConfig, type AppConfig } from './config';

async function main(): Promise<void> {
  const config = parseConfig(process.env);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(config), {
    bodyParser: false,
    bufferLogs: true,
    forceCloseConnections: false,
    httpsOptions: tlsOf(config.listener),
  });
  setUp(app, config);
  await app.listen(config.listener.port, config.listener.host);
}

function tlsOf({
  tls,
}: AppConfig['listener']):
  { cert: Buffer; key: Buffer; ca?: Buffer; requestCert: boolean; rejectUnauthorized: false } | undefined {
  if (tls === null) return undefined;
  return {
    cert: readFileSync(tls.certFile),
    key: readFileSync(tls.keyFile),
    ca: tls.clientCaFile === undefined ? undefined : readFileSync(tls.clientCaFile),
    requestCert: tls.clientCaFile !== undefined,
    rejectUnauthorized: false, // callers without a certificate may have other credentials; the guard decides
  };
}

main().catch((error: unknown) => {
  process.stderr.write(
    error instanceof ConfigError ? `${error.message}\n` : `${String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 1;
});
