import type { PlainLayout, Urls } from '../web';
import { permissionsText } from './openapi-document';
import type { ApiRoute } from './api-routes';
import { fieldsOf, type Field } from './schema-fields';

/** Locals of openapi/docs.hbs. */
export interface DocsPage extends PlainLayout {
  layout: string;
  documentUrl: string;
  base: string;
  resources: {
    name: string;
    id: string;
    routes: {
      id: string;
      method: string;
      path: string;
      summary: string;
      notes?: string;
      needs: string;
      query: Field[];
      body: Field[];
      answer: Field[];
    }[];
  }[];
}

/** Every route of the API by resource, as a page to browse. */
export function docsPage(routes: readonly ApiRoute[], urls: Urls): DocsPage {
  const resources = new Map<string, ApiRoute[]>();
  for (const route of routes) {
    const [, , , name = 'service'] = route.path.split('/');
    resources.set(name, [...(resources.get(name) ?? []), route]);
  }
  return {
    layout: 'layouts/plain',
    title: 'API',
    homeUrl: urls.url('/hosts'),
    navigation: [
      { label: 'Hosts', href: urls.url('/hosts'), current: false },
      { label: 'API', href: urls.url('/api/docs'), current: true },
    ],
    documentUrl: urls.url('/api/v2/openapi.json'),
    base: urls.url('/api/v2'),
    resources: [...resources].map(([name, all]) => ({
      name,
      id: `resource-${name.replace(/\W/g, '-')}`,
      routes: all.map((route) => ({
        id: `${route.method}${route.path.replace(/\W+/g, '-')}`,
        method: route.method.toUpperCase(),
        path: route.path,
        summary: route.summary,
        notes: route.notes,
        needs: route.permissions ? permissionsText(route.permissions) : 'nothing, not even signing in',
        query: route.query ? fieldsOf(route.query, 'input') : [],
        body: route.body ? fieldsOf(route.body, 'input') : [],
        answer: fieldsOf(route.answer, 'output'),
      })),
    })),
  };
}
