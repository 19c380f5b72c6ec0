import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { mayOneOf, personLabel, type Permission } from '../common/actor';
import { Urls } from '../web';
import type { HiddenField, PlainLayout } from '../view-kit';
import { actorOf } from './current-actor';
import { FormTokens } from './form-tokens';

/** What every page with the menu has, beside its own locals. */
export type AdminPage = PlainLayout & {
  layout: 'layouts/plain';
  /** For each of the page's forms: `{{> hidden-fields hidden}}`. */
  hidden: HiddenField[];
};

const PLACES: { label: string; path: string; needs: readonly Permission[] }[] = [
  { label: 'Hosts', path: '/hosts', needs: ['view_hosts', 'view_ovirt'] },
  { label: 'Dashboard', path: '/dashboard/ovirt', needs: ['access_dashboard', 'view_ovirt'] },
  { label: 'Compute resources', path: '/compute_resources', needs: ['view_compute_resources'] },
  { label: 'Auth sources', path: '/auth_source_ovirts', needs: ['view_authenticators'] },
  { label: 'UI plugin', path: '/ui_plugin', needs: ['install_ui_plugin'] },
  { label: 'Users', path: '/users', needs: ['view_users'] },
  { label: 'Roles', path: '/roles', needs: ['view_roles'] },
  { label: 'Tokens', path: '/personal_access_tokens', needs: ['create_personal_access_tokens'] },
  { label: 'Audit', path: '/audits', needs: ['view_audit_logs'] },
];

/** The frame of administration pages: the places that the reader may see, the account, and the forms' token. */
@Injectable()
export class AdminLayout {
  constructor(
    readonly urls: Urls,
    private readonly tokens: FormTokens,
  ) {}

  /** Only for routes that are not public. */
  of(request: Request, title: string): AdminPage {
    const { path } = request;
    const actor = actorOf(request);
    const places = PLACES.filter(({ needs }) => mayOneOf(actor, needs));
    const hidden = this.tokens.hiddenFields(request);
    return {
      layout: 'layouts/plain',
      title,
      homeUrl: this.urls.url('/hosts'),
      navigation: places.map((place) => ({
        label: place.label,
        href: this.urls.url(place.path),
        current: path === place.path || path.startsWith(`${place.path}/`),
      })),
      account: {
        name: personLabel(actor),
        href: this.urls.url('/account'),
        signOutUrl: this.urls.url('/users/logout'),
        hidden,
      },
      hidden,
    };
  }
}
