import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Allow } from '../auth';
import { completeSearch, type Completion } from '../search';
import { QueryPipe, SearchText } from '../web';
import { hostFields, HostValuesReadModel } from '../hosts';

const CompleteQuery = z.object({ search: SearchText });

/** Ways to go on with what is typed so far (Foreman: auto_complete_search.rb). */
@Controller('hosts/auto_complete_search')
export class SearchCompletionController {
  constructor(private readonly values: HostValuesReadModel) {}

  @Allow('view_hosts', 'view_ovirt')
  @Get()
  complete(
    @Query(new QueryPipe(CompleteQuery)) { search }: z.output<typeof CompleteQuery>,
  ): Promise<Completion[] | [{ error: string }]> {
    return completeSearch(search, hostFields, this.values.of);
  }
}
