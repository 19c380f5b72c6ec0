import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { mayOneOf, personLabel } from '../common/actor';
import { Urls } from '../web';
import { Navigation, type HiddenField, type PlainLayout } from '../view-kit';
import { actorOf } from './current-actor';
import { FormTokens } from './form-tokens';

/** What every page with the menu has, beside its own locals. */
export type AdminPage = PlainLayout & {
  layout: 'layouts/plain';
  /** For each of the page's forms: `{{> hidden-fields hidden}}`. */
  hidden: HiddenField[];
};

/** The frame of administration pages: the places that the reader may see, the account, and the forms' token. */
@Injectable()
export class AdminLayout {
  constructor(
    readonly urls: Urls,
    private readonly tokens: FormTokens,
    private readonly navigation: Navigation,
  ) {}

  /** Only for routes that are not public. */
  of(request: Request, title: string): AdminPage {
    const { path } = request;
    const actor = actorOf(request);
    const places = this.navigation.places.filter(({ needs }) => needs === undefined || mayOneOf(actor, needs));
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
