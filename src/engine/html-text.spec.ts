import { htmlText } from './html-text';

describe('htmlText', () => {
  it.each([
    ['<html><head><title>Error</title></head><body>Unauthorized</body></html>', 'Unauthorized'],
    ['<html><head><title>ERROR</title><style>\nbody { margin: 5px }\n</style></head><body></body></html>', 'ERROR'],
    ['<TITLE>404 Not Found</TITLE>', '404 Not Found'],
    [
      '<p>Unrecognized field &quot;x&quot; &#40;class&#x29; &amp;lt; &unknown;</p>',
      'Unrecognized field "x" (class) &lt; &unknown;',
    ],
    ['a<!-- <b> hidden -->b<script>alert("<p>")</script>c', 'a b c'],
    ['shown<style>never closed', 'shown'],
    ['shown<!-- never closed', 'shown'],
    ['shown<b never closed', 'shown'],
    ['&#0;&#x110000;&#xD800;x', '&#0;&#x110000;&#xD800;x'],
    ['<b></b>', null],
    ['', null],
    ['x'.repeat(64 * 1024 + 1), null],
  ])('of page %# is what a person reads', (page, text) => {
    expect(htmlText(page)).toBe(text);
  });

  it.each(['<style', '<!--', '<', '</head', '&#', '<title>'])('is quick with a page of %j alone', (part) => {
    const startedAt = performance.now();
    htmlText(part.repeat(Math.floor((64 * 1024) / part.length)));
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});
