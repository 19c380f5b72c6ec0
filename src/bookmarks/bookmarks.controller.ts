import { Body, Controller, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Allow, CurrentActor } from '../auth';
import { userIdOf, type Actor } from '../common/actor';
import { rowId } from '../common/row-id';
import { storable } from '../database';
import { MAX_SEARCH_LENGTH, parseSearch } from '../search';
import { Flag, Framable, SeeOther, Urls, ZodPipe } from '../web';
import { hostsLink } from '../view-kit';
import { BookmarkStore } from './bookmark.store';

const MAX_NAME = 100;
const SaveForm = z.object({
  name: z.string("can't be blank").trim().min(1, "can't be blank").max(MAX_NAME).transform(storable),
  query: z
    .string("can't be blank")
    .trim()
    .min(1, "can't be blank")
    .max(MAX_SEARCH_LENGTH, 'is too long')
    .transform(storable),
  public: Flag.default(false),
});

/** Saved searches: made and removed on the host list (Foreman: bookmarks_controller.rb). */
@Controller('bookmarks')
export class BookmarksController {
  constructor(
    private readonly bookmarks: BookmarkStore,
    private readonly urls: Urls,
  ) {}

  @Allow('edit_bookmarks')
  @Framable()
  @Post()
  async save(
    @CurrentActor() actor: Actor,
    @Body(new ZodPipe(SaveForm)) form: z.output<typeof SaveForm>,
  ): Promise<SeeOther> {
    parseSearch(form.query);
    await this.bookmarks.save(userIdOf(actor), form);
    return new SeeOther(hostsLink(this.urls, form.query));
  }

  @Allow('edit_bookmarks')
  @Framable()
  @Post(':id/delete')
  async remove(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.bookmarks.remove(actor, rowId('bookmark', id));
    return new SeeOther(this.urls.url('/hosts'));
  }
}
