import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { AdminLayout, Allow } from '../auth';
import { Clock } from '../common/clock';
import { plainAddress } from '../common/ip-address';
import { builtPlugins, pluginArchive, uiPlugins } from '../deployment';
import { QueryPipe, Reply, Urls, WEB_CONFIG, fromTrustedProxy, type WebConfig } from '../web';
import { uiPluginPage, uiPluginSetup } from './ui-plugin.view';

/** `name`: of the one plugin to download, rather than of all. */
const ArchiveQuery = z.object({ name: z.string().optional() });

/** How the UI plugins get into an engine, and the service onto webadmin's origin. */
@Controller('ui_plugin')
export class UiPluginController {
  constructor(
    private readonly layout: AdminLayout,
    private readonly urls: Urls,
    private readonly clock: Clock,
    @Inject(WEB_CONFIG) private readonly config: WebConfig,
  ) {}

  @Allow('install_ui_plugin')
  @Get()
  async show(@Req() request: Request): Promise<Reply> {
    const { basePath, publicUrl = originBehindProxy(request) } = this.config;
    const setup = uiPluginSetup(await uiPlugins(), { basePath, origin: publicUrl, service: serviceOf(request) });
    return new Reply(
      'admin/ui-plugin',
      () => ({ ...this.layout.of(request, 'UI plugin'), ...uiPluginPage(setup, this.urls) }),
      () => setup,
    );
  }

  @Allow('install_ui_plugin')
  @Get('archive.tar')
  async archive(
    @Query(new QueryPipe(ArchiveQuery)) { name }: z.output<typeof ArchiveQuery>,
    @Res() response: Response,
  ): Promise<void> {
    const tar = await pluginArchive(await builtPlugins(name === undefined ? [] : [name]), this.clock.now());
    response.setHeader('Cache-Control', 'no-store');
    response
      .attachment(`${name ?? 'foreman'}-ui-plugin.tar`)
      .type('application/x-tar')
      .send(tar);
  }
}

/** What a proxy that we trust says; who comes to the service's own port sees another origin than the engine's people. */
function originBehindProxy(request: Request): string | undefined {
  if (request.headers['x-forwarded-host'] === undefined || !fromTrustedProxy(request)) return undefined;
  return `${request.protocol}://${request.host}`;
}

/** Where this request reached us: the proxy it came through, or one beside it, reaches us there, too. */
function serviceOf({ socket: { localAddress = '127.0.0.1', localPort = 3000 } }: Request): string {
  const address = plainAddress(localAddress);
  return `http://${address.includes(':') ? `[${address}]` : address}:${localPort}`;
}
