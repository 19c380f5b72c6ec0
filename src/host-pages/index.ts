export { HostPagesModule } from './host-pages.module';
