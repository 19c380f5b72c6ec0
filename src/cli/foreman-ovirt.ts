#!/usr/bin/env node
import 'reflect-metadata';
import { AppError } from '../common/app-error';
import { ConfigError } from '../config';
import { foremanOvirt } from './program';

foremanOvirt()
  .parseAsync()
  .catch((error: unknown) => {
    const foreseen = error instanceof AppError || error instanceof ConfigError;
    const text = error instanceof Error ? (foreseen ? error.message : error.stack) : String(error);
    process.stderr.write(`foreman-ovirt: ${text}\n`);
    process.exitCode = 1;
  });
