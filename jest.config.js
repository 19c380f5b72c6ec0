const swc = ['@swc/jest', require('./scripts/swc-options.cjs')];
const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  transform: { '^.+\\.ts$': swc },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/dist-tools'],
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  ...more,
});

/** Of tests that start the service. */
const ofService = {
  globalSetup: '<rootDir>/test/support/template.ts',
  moduleNameMapper: { '^@node-rs/argon2$': '<rootDir>/test/support/cheap-argon2.ts' },
};

/** `DB=sqlite|postgres` chooses the database of the api, db and service projects (default: sqlite). */
module.exports = {
  maxWorkers: 2,
  testTimeout: 30_000, // a busy machine is no fault
  projects: [
    project('unit', ['src/**/*.spec.ts', 'scripts/**/*.spec.ts', 'tools/**/*.spec.ts', 'test/parts/**/*.test.ts']),
    project('api', ['test/api/**/*.test.ts', 'test/attacks/**/*.test.ts'], ofService),
    project('db', ['test/db/**/*.test.ts'], ofService),
    project('service', ['test/service.ts'], { ...ofService, globals: { folders: ['api', 'attacks', 'db'] } }),
    project('plugins', ['test/plugins/**/*.test.ts'], { testEnvironment: 'jsdom' }),
    project('e2e', ['test/e2e/**/*.test.ts'], ofService),
  ],
};
