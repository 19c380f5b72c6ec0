import { Injectable } from '@nestjs/common';
import { parseSearch, searchProblem } from '../search';
import { HostListReadModel, type HostQuery } from '../hosts';
import type { HostListData } from './host-list.view';

/** What a caller asks of the host list. */
export interface HostListRequest extends Omit<HostQuery, 'search'> {
  search: string;
}

@Injectable()
export class HostListService {
  constructor(private readonly list: HostListReadModel) {}

  /** The page's data; a search that is not understood becomes part of it, so that the page can show where. */
  async data(request: HostListRequest): Promise<HostListData> {
    const { search, order, page, perPage } = request;
    try {
      const hosts = await this.list.page({ ...request, search: parseSearch(search) });
      const rows = hosts.rows.map((host) => ({ ...host, operatingSystem: host.operatingSystem?.title ?? null }));
      return { hosts: { ...hosts, rows }, search, order };
    } catch (error) {
      const problem = searchProblem(error);
      return { hosts: { total: 0, subtotal: 0, page, perPage, rows: [] }, search, order, problem };
    }
  }
}
