import { Global, Module } from '@nestjs/common';
import { PagesProtocol } from '../view-kit';
import { BookmarkStore } from './bookmark.store';
import { BookmarksController } from './bookmarks.controller';

@Global()
@Module({ controllers: [BookmarksController], providers: [BookmarkStore], exports: [BookmarkStore] })
export class BookmarksModule {
  constructor(pages: PagesProtocol) {
    pages.areAt('/bookmarks');
  }
}
