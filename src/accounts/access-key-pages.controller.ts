import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '../common/clock';
import { ComputeResourceStore } from '../compute-resources';
import { AdminLayout, SignedIn, actorOf, authorOf, type AccessKeyDetails } from '../auth';
import { apiPage } from '../foreman-kit';
import { refill, type FieldFaults } from '../view-kit';
import { Reply, SeeOther, ZodPipe } from '../web';
import { AccessKeyAdministration, type AccessKeyChange } from './access-key-administration';
import { accessKeyJson, newAccessKeyJson } from './access-key.json';
import { AccessKeyChangeBody, NewAccessKeyBody } from './access-key.params';
import { accessKeyForm, accessKeysPage, type AccessKeysState } from './access-key.views';

const PATH = '/access_keys';
/** Older ones are found by the API. */
const NEWEST = { search: '', order: '', page: 1, perPage: 100 };

/** Access keys, of the own account or of everybody. */
@Controller('access_keys')
export class AccessKeyPagesController {
  constructor(
    private readonly keys: AccessKeyAdministration,
    private readonly resources: ComputeResourceStore,
    private readonly layout: AdminLayout,
    private readonly clock: Clock,
  ) {}

  @SignedIn()
  @Get()
  index(@Req() request: Request): Promise<Reply> {
    return this.list(request, {});
  }

  /** The answer is the page itself, not a redirect: it is the only one that ever shows the secrets. */
  @SignedIn()
  @Post()
  @HttpCode(201)
  create(@Req() request: Request, @Body(new ZodPipe(NewAccessKeyBody)) typed: NewAccessKeyBody): Promise<Reply> {
    const done = this.keys.create(authorOf(request), typed).then((made) => this.list(request, { made }));
    return refill(done, (faults) => this.list(request, { typed, faults }));
  }

  @SignedIn()
  @Get(':id/edit')
  async edit(@Req() request: Request, @Param('id') id: string): Promise<Reply> {
    return this.form(request, await this.keys.get(actorOf(request), id), {});
  }

  @SignedIn()
  @Post(':id')
  @HttpCode(200)
  async update(
    @Req() request: Request,
    @Param('id') id: string,
    @Body(new ZodPipe(AccessKeyChangeBody)) typed: AccessKeyChangeBody,
  ): Promise<Reply | SeeOther> {
    const key = await this.keys.get(actorOf(request), id);
    const done = this.keys.update(authorOf(request), String(key.id), typed).then(() => this.backToList());
    return refill(done, (faults) => this.form(request, key, { typed, faults }));
  }

  @SignedIn()
  @Post(':id/revoke')
  async revoke(@Req() request: Request, @Param('id') id: string): Promise<SeeOther> {
    await this.keys.update(authorOf(request), id, { revoked: true });
    return this.backToList();
  }

  private async list(request: Request, state: AccessKeysState): Promise<Reply> {
    const actor = actorOf(request);
    const found = await this.keys.page(actor, NEWEST);
    const resources = (await this.resources.list()).filter(({ enabled }) => enabled);
    const { made } = state;
    return new Reply(
      'account/access-keys',
      () => ({
        ...this.layout.of(request, 'Access keys'),
        ...accessKeysPage(found.rows, { ...state, actor, resources }, this.layout.urls, this.clock.now()),
      }),
      () => (made ? newAccessKeyJson(made) : apiPage(found, NEWEST, found.rows.map(accessKeyJson))),
    );
  }

  private form(
    request: Request,
    key: AccessKeyDetails,
    state: { typed?: AccessKeyChange; faults?: FieldFaults },
  ): Reply {
    return new Reply(
      'account/access-key-form',
      () => ({ ...this.layout.of(request, key.name), ...accessKeyForm(key, state, this.layout.urls) }),
      () => accessKeyJson(key),
    );
  }

  private backToList(): SeeOther {
    return new SeeOther(this.layout.urls.url(PATH));
  }
}
