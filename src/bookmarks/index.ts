import { Bookmark } from './bookmark.entity';

export { BookmarkStore } from './bookmark.store';
export { BookmarksModule } from './bookmarks.module';

export const BOOKMARK_ENTITIES = [Bookmark];
