import { Injectable } from '@nestjs/common';
import { mayOneOf, type Actor, type Permission } from '../common/actor';
import { Urls, type HiddenField, type PlainLayout } from '../web';

const NAVIGATION: readonly { label: string; path: string; needs: readonly Permission[] }[] = [
  { label: 'Hosts', path: '/hosts', needs: ['view_hosts', 'view_ovirt'] },
  { label: 'Compute resources', path: '/compute_resources', needs: ['view_compute_resources'] },
  { label: 'oVirt auth sources', path: '/auth_source_ovirts', needs: ['view_authenticators'] },
];

/** What every administration page has around its own content. */
export interface AdminLayout extends PlainLayout {
  layout: 'layouts/plain';
  /** For each form of the page. */
  hidden: HiddenField[];
}

@Injectable()
export class AdminPage {
  constructor(private readonly urls: Urls) {}

  /** @param current path of the navigation's entry the page belongs to */
  layout(actor: Actor, title: string, current: string): AdminLayout {
    const hidden: HiddenField[] = [];
    return {
      layout: 'layouts/plain',
      title,
      homeUrl: this.urls.url('/hosts'),
      navigation: NAVIGATION.filter(({ needs }) => mayOneOf(actor, needs)).map(({ label, path }) => ({
        label,
        href: this.urls.url(path),
        current: path === current,
      })),
      hidden,
    };
  }
}
