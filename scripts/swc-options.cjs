// @ts-check
/**
 * How swc compiles the service, as tsc does for the build: for the tests and for `npm run dev`, which cannot wait for types.
 *
 * @type {import('@swc/core').Options}
 */
module.exports = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
};
