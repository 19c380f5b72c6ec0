/** Its rules on src/ are those of docs/development.md. */
const levels = require('./room-order.cjs');
const folders = (list) => `^src/(${list.join('|')})/`;
const order = levels.flatMap((level, i) => {
  const above = levels.slice(i + 1).flat();
  return level.map((name) => ({
    name: `order-${name}`,
    severity: 'error',
    from: { path: `^src/${name}/` },
    to: {
      path: [
        folders([...above, ...level.filter((other) => other !== name)]),
        '^src/[^/]+\\.ts$',
        '^(test|tools|scripts)/',
      ],
    },
  }));
});

module.exports = {
  forbidden: [
    ...order.filter((rule) => rule.to.path.length),
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'typeorm-stays-in-stores',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/database/|\\.(store|read-model|entity|entities)\\.ts$|\\.spec\\.ts$',
      },
      to: { path: 'node_modules/typeorm/' },
    },
    {
      name: 'outgoing-http-only-from-its-room',
      severity: 'error',
      comment: 'express-server.ts makes the server',
      from: { path: '^src/', pathNot: ['^src/http-client/', '^src/web/express-server', '\\.spec\\.ts$'] },
      to: { path: ['node_modules/undici/', '^(node:)?https?$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-core-knows-no-nest',
      severity: 'error',
      from: { path: '^src/(common|contracts|search|charts|hosts/status)/', pathNot: '\\.store\\.ts$' },
      to: { path: 'node_modules/@nestjs/' },
    },
    {
      name: 'browser-code-sees-contracts-only',
      severity: 'error',
      from: { path: '^(assets|ui-plugins)/' },
      to: { path: '^src/', pathNot: '^src/contracts/' },
    },
    {
      name: 'ui-plugins-meet-in-shared-only',
      severity: 'error',
      from: { path: '^ui-plugins/([^/]+)/' },
      to: { path: '^ui-plugins/', pathNot: ['^ui-plugins/$1/', '^ui-plugins/shared/'] },
    },
    {
      name: 'src-sees-neither-test-nor-tools',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|tools|scripts)/' },
    },
    {
      name: 'features-meet-at-their-index',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: {
        path: '^src/[^/]+/.+',
        pathNot: ['^src/$1/', '/index\\.ts$', '^src/(common|config|contracts)/'],
      },
    },
    {
      name: 'no-dev-deps-in-src',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
