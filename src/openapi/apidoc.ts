import { Injectable } from '@nestjs/common';
import { hash } from 'node:crypto';
import { ApiRoutes } from './api-routes';
import { apidocDocument } from './apidoc-document';

/** The API's description for apipie's clients. They keep it by its checksum, which every answer of the API names. */
@Injectable()
export class Apidoc {
  private made?: { text: string; checksum: string };

  constructor(private readonly routes: ApiRoutes) {}

  get text(): string {
    return this.once().text;
  }

  get checksum(): string {
    return this.once().checksum;
  }

  /** Routes do not change while the service runs. */
  private once(): { text: string; checksum: string } {
    if (this.made === undefined) {
      const text = JSON.stringify(apidocDocument(this.routes.all()));
      this.made = { text, checksum: hash('sha256', text, 'hex').slice(0, 32) };
    }
    return this.made;
  }
}
