export { Apidoc } from './apidoc';
export { OpenapiModule } from './openapi.module';
