import { Controller, Get, Header } from '@nestjs/common';
import { Public } from '../auth';
import { SeeOther, Urls } from '../web';
import { Apidoc } from './apidoc';

/**
 * Where apipie's clients look first, in their language and without credentials (hammer-cli-foreman: apidoc_authenticated
 * is false). It tells nothing but how this program works.
 */
@Controller('apidoc')
export class ApidocController {
  constructor(
    private readonly apidoc: Apidoc,
    private readonly urls: Urls,
  ) {}

  /** People know Foreman's documentation here. */
  @Public()
  @Get()
  browse(): SeeOther {
    return new SeeOther(this.urls.url('/api/docs'), 302);
  }

  @Public()
  @Get(['v2.json', 'v2.:language.json'])
  @Header('Content-Type', 'application/json; charset=utf-8')
  show(): string {
    return this.apidoc.text;
  }

  @Public()
  @Get('apipie_checksum')
  checksum(): { checksum: string } {
    return { checksum: this.apidoc.checksum };
  }
}
