import { Controller, Get } from '@nestjs/common';
import { Public } from '../auth';
import { SeeOther, Urls } from '../web';

/** The base path itself leads to the dashboard. */
@Controller()
export class FrontPageController {
  constructor(private readonly urls: Urls) {}

  @Public()
  @Get()
  show(): SeeOther {
    return new SeeOther(this.urls.url('/dashboard/ovirt'), 302);
  }
}
