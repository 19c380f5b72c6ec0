import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../common/actor';
import { CurrentActor, SignedIn, authorOf } from '../auth';
import { apiPage } from '../foreman-kit';
import { ApiListQuery, Describe, QueryPipe, ZodPipe, listRequest } from '../web';
import { AccessKeyAdministration } from './access-key-administration';
import { AccessKeyAnswer, AccessKeyListAnswer, NewAccessKeyAnswer } from './access-key-api.schema';
import { accessKeyJson, newAccessKeyJson } from './access-key.json';
import { AccessKeyChangeBody, NewAccessKeyBody } from './access-key.params';

/** Access keys: one's own, with `manage_access_keys` everybody's. */
@Controller(['api/v2/access_keys', 'api/access_keys'])
export class AccessKeyApiController {
  constructor(private readonly keys: AccessKeyAdministration) {}

  @Describe({ summary: 'List access keys', answer: AccessKeyListAnswer })
  @SignedIn()
  @Get()
  async index(@CurrentActor() actor: Actor, @Query(new QueryPipe(ApiListQuery)) query: ApiListQuery): Promise<object> {
    const found = await this.keys.page(actor, listRequest(query));
    return apiPage(found, query, found.rows.map(accessKeyJson));
  }

  @Describe({ summary: 'Show an access key, by id, access key id or name', answer: AccessKeyAnswer })
  @SignedIn()
  @Get(':id')
  async show(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<object> {
    return accessKeyJson(await this.keys.get(actor, id));
  }

  @Describe({
    summary: 'Create an access key',
    answer: NewAccessKeyAnswer,
    notes:
      'Its owner is the account of the engine user. Long-lived keys need engine_user and engine_password; temporary ones stand on the session of the caller, and end with it.',
  })
  @SignedIn()
  @Post()
  @HttpCode(201)
  async create(@Req() request: Request, @Body(new ZodPipe(NewAccessKeyBody)) input: NewAccessKeyBody): Promise<object> {
    return newAccessKeyJson(await this.keys.create(authorOf(request), input));
  }

  @Describe({ summary: 'Change or revoke an access key', answer: AccessKeyAnswer })
  @SignedIn()
  @Put(':id')
  async update(
    @Req() request: Request,
    @Param('id') id: string,
    @Body(new ZodPipe(AccessKeyChangeBody)) change: AccessKeyChangeBody,
  ): Promise<object> {
    return accessKeyJson(await this.keys.update(authorOf(request), id, change));
  }

  @Describe({ summary: 'Delete an access key', answer: AccessKeyAnswer })
  @SignedIn()
  @Delete(':id')
  async remove(@Req() request: Request, @Param('id') id: string): Promise<object> {
    return accessKeyJson(await this.keys.remove(authorOf(request), id));
  }
}
