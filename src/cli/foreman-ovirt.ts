#!/usr/bin/env node
import 'reflect-metadata';
import { CommanderError } from 'commander';
import { AppError } from '../common/app-error';
import { ConfigError } from '../config';
import { CliError, EXIT } from './cli-error';
import { foremanOvirt } from './program';
import { plainText } from './service/table';

foremanOvirt()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = statusOf(error);
    if (error instanceof CommanderError) return; // has said what it has to say
    const foreseen = error instanceof AppError || error instanceof ConfigError || error instanceof CliError;
    const text = error instanceof Error ? (foreseen ? error.message : error.stack) : String(error);
    process.stderr.write(`foreman-ovirt: ${foreseen ? plainText(text ?? '') : text}\n`);
  });

function statusOf(error: unknown): number {
  if (error instanceof CliError) return error.status;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  return 1;
}
