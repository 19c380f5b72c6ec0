import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type Frame, type Page, chromium } from 'playwright-core';

const chromiumPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];

/** Debian's Chromium, headless. Chromium's sandbox does not work as root, where containers and CI usually run. */
export function openBrowser(args: string[] = []): Promise<Browser> {
  const executablePath = chromiumPaths.find((path) => existsSync(path));
  if (!executablePath) throw new Error('Chromium is not installed: apt-get install chromium');
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: asRoot ? ['--no-sandbox', ...args] : args });
}

/** What axe finds on the page of serious or critical impact: `rule: selector`, one a line. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource());
  const violations = await page.evaluate<{ id: string; impact: string; nodes: { target: string[] }[] }[]>(
    `axe.run().then(({ violations }) => violations)`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

function axeSource(): string {
  return (createRequire(__filename)('axe-core') as { source: string }).source;
}

/**
 * Notes what the browser complains about: errors in the console (policy violations are among them), errors of scripts,
 * and requests to other origins. Answers of 4xx and 5xx are in the console, too.
 */
export function watch(page: Page, origins: string[]): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (!origins.includes(origin) && protocol.startsWith('http')) complaints.push(`outside: ${request.url()}`);
  });
  return complaints;
}

/** How many charts have something drawn on them, at the latest after some seconds, at once when as many as wanted. */
export function drawnCharts(frame: Page | Frame, wanted = 0): Promise<number> {
  return frame.evaluate(`(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const pixels = (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    const drawn = () => [...document.querySelectorAll('canvas')].filter((canvas) => pixels(canvas).some((value) => value !== 0)).length;
    for (let frames = 0; frames < 600 && drawn() < ${wanted}; frames++) await new Promise(requestAnimationFrame);
    return drawn();
  })()`);
}
