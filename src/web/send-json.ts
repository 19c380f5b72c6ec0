import type { Response } from 'express';

const JSON_TYPE = 'application/json; charset=utf-8';
const SCRIPT_TYPE = 'application/javascript; charset=utf-8';

/**
 * Ends a response with JSON, or with the call of a script tag's function. Browsers run a script only when its status
 * is 2xx, so there an error's status is 200, and stands in the error itself.
 */
export function sendJson(response: Response, text: string, status = response.statusCode): void {
  const { jsonpCallback } = response.req;
  if (jsonpCallback === undefined) return end(response, status, JSON_TYPE, text);
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  end(response, 200, SCRIPT_TYPE, `/**/${jsonpCallback}(${asScript(text)});`);
}

/** Two line ends of Unicode may stand in JSON but end a line in older browsers' JavaScript. */
function asScript(json: string): string {
  return json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function end(response: Response, status: number, type: string, text: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', type);
  response.setHeader('Cache-Control', 'no-store');
  response.end(text);
}
