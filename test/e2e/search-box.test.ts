import type { Browser, Page } from 'playwright-core';
import { ADMIN, startApp, type RunningApp } from '../support/app';
import { accessibilityFaults, openBrowser } from '../support/browser';

describe('the search box', () => {
  let app: RunningApp;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    app = await startApp();
    for (const [name, os] of [
      ['web1', 'CentOS'],
      ['web2', 'Debian'],
    ])
      await app.post('/api/v2/hosts/facts', { name, facts: { os: { name: os, release: { full: '9' } } } });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 900, height: 300 } });
    await page.goto(`${app.url}/users/login`);
    await page.fill('#login', ADMIN.login);
    await page.fill('#password', ADMIN.password);
    await page.click('button[type=submit]');
    await page.waitForURL(/\/hosts/);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  const hosts = () => page.locator('tbody th a').allTextContents();
  const active = async () => {
    const id = await page.getAttribute('#search', 'aria-activedescendant');
    return id === null ? null : page.textContent(`#${id}`);
  };

  it('a search is typed with the arrow keys and Enter alone, and its state is in the address', async () => {
    await page.goto(`${app.url}/hosts`);
    await page.focus('#search');
    await page.keyboard.type('os = ');
    await page.waitForSelector('[role=option]');
    expect(await page.getAttribute('#search', 'aria-expanded')).toBe('true');
    expect(await active()).toBeNull();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await active()).toBe('os = Debian');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await page.inputValue('#search')).toBe('os = Debian ');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.waitForURL(/search=os/);
    expect(await hosts()).toEqual(['web2']);
  });

  it('a narrow list is sorted by a click, too', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${app.url}/hosts`);
    await page.locator('thead').getByRole('link', { name: 'Operating system' }).click();
    await page.waitForURL(/order=os/);
    expect(await hosts()).toEqual(['web1', 'web2']);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.locator('thead').getByRole('link', { name: 'Operating system' }).click();
    await page.waitForURL(/order=os(\+|%20)DESC/);
    expect(await hosts()).toEqual(['web2', 'web1']);
    await page.setViewportSize({ width: 900, height: 300 });
  });

  it('Escape closes the suggestions and keeps what is typed', async () => {
    await page.goto(`${app.url}/hosts`);
    await page.focus('#search');
    await page.keyboard.type('na');
    await page.waitForSelector('[role=option]');
    await page.keyboard.press('Escape');
    expect(await page.locator('[role=option]').count()).toBe(0);
    expect(await page.inputValue('#search')).toBe('na');
  });

  it('a fault is selected in the text', async () => {
    await page.goto(`${app.url}/hosts?search=colour+%3D+red`);
    expect(await page.evaluate<string>('document.getSelection().toString()')).toBe('colour');
  });

  it('a filter is chosen, the search saved and found again', async () => {
    await page.goto(`${app.url}/hosts`);
    await page.click('summary:has-text("Filter")');
    await page.click('.filter-panel a:has-text("CentOS")');
    await page.waitForURL(/CentOS/);
    expect(await hosts()).toEqual(['web1']);
    await page.click('summary:has-text("Saved")');
    await page.fill('#bookmark-name', 'The old ones');
    await page.click('.save-search button');
    await page.waitForLoadState();
    await page.goto(`${app.url}/hosts`);
    await page.click('summary:has-text("Saved")');
    await page.click('.saved-panel a:has-text("The old ones")');
    await page.waitForURL(/CentOS/);
    expect(await page.inputValue('#search')).toBe('os = CentOS');
  });
});
