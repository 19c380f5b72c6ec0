import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AdminLayout } from '../auth';
import { mayOneOf } from '../common/actor';
import { tryParseSearch } from '../search';
import { Urls } from '../web';
import { hostsLink } from '../view-kit';
import { BookmarkStore } from '../bookmarks';
import { hostFilters } from './host-filters';
import type { SearchTools } from './host-list.view';
import { HostValuesReadModel } from '../hosts';

const OFFERED = 40;

/** What stands beside the search box: filters to choose and saved searches. */
@Injectable()
export class HostListTools {
  constructor(
    private readonly values: HostValuesReadModel,
    private readonly bookmarks: BookmarkStore,
    private readonly layout: AdminLayout,
    private readonly urls: Urls,
  ) {}

  /** For a route that is not public; three queries. */
  async of(request: Request, search: string): Promise<SearchTools> {
    const { actor } = request;
    if (actor === undefined) throw new Error('a public route asked for the tools of a search');
    const offered = (source: string) => this.values.of({ source, part: '', limit: OFFERED });
    const [operatingSystems, hostgroups, saved] = await Promise.all([
      offered('operating_systems.name'),
      offered('hostgroups.title'),
      mayOneOf(actor, ['view_bookmarks']) ? this.bookmarks.visibleTo(actor) : [],
    ]);
    const maySave = mayOneOf(actor, ['edit_bookmarks']) && actor.userId !== undefined;
    // one that is not understood is replaced by what is chosen
    const chosen = tryParseSearch(search).search ?? null;
    return {
      completeUrl: this.urls.url('/hosts/auto_complete_search'),
      filters: hostFilters(chosen, { operatingSystems, hostgroups }).map(({ name, choices }) => ({
        name,
        choices: choices.map((choice) => ({
          label: choice.label,
          chosen: choice.chosen,
          href: hostsLink(this.urls, choice.search),
        })),
      })),
      saved: saved.map(({ id, name, query, mine, public: isPublic }) => ({
        label: name,
        href: hostsLink(this.urls, query),
        query,
        note: isPublic ? 'public' : undefined,
        deleteUrl: maySave && mine ? this.urls.url(`/bookmarks/${id}/delete`) : undefined,
      })),
      saveUrl: maySave && search !== '' ? this.urls.url('/bookmarks') : undefined,
      hasSaved: saved.length > 0 || maySave,
      hidden: this.layout.of(request, 'Hosts').hidden,
    };
  }
}
