import type { FrameLocator, Locator, Page } from 'playwright-core';
import { drawnCharts, watch } from '../../support/browser';

export type Tab = 'foreman-dashboard' | 'foreman-details' | 'foreman-graphs';

/** Webadmin as a person uses it. */
export class WebadminPage {
  /** What the browser complained about since the last look. */
  readonly complaints: string[];

  constructor(
    readonly page: Page,
    private readonly serviceOrigin: string,
    origins: string[],
  ) {
    this.complaints = watch(page, origins);
  }

  /** Signs in at webadmin, and waits until the plugin did so at the service: before that its tabs come and go. */
  async signIn(user = 'admin@internal', password = 'admin-password'): Promise<void> {
    await this.page.fill('#user', user);
    await this.page.fill('#password', password);
    const login = this.page.waitForResponse(
      (answer) => answer.url().endsWith('/foreman/users/login') && answer.request().method() === 'POST',
    );
    const [answer] = await Promise.all([login, this.page.click('#login [type=submit]')]).catch((cause: unknown) => {
      const said = this.complaints.join('; ') || 'nothing';
      throw new Error(`The plugin did not sign in; the browser said: ${said}`, { cause });
    });
    await answer.finished();
  }

  /** The tab, which is in the page only while it is accessible. */
  tab(token: Tab): Locator {
    return this.page.locator(`[data-place=${token}]`);
  }

  shown(token: Tab): Promise<void> {
    return this.tab(token).waitFor({ state: 'attached' });
  }

  hidden(token: Tab): Promise<void> {
    return this.tab(token).waitFor({ state: 'hidden' });
  }

  /** Opens a tab; what it shows. */
  async open(token: Tab): Promise<FrameLocator> {
    await this.tab(token).click();
    return this.frame(token);
  }

  frame(token: Tab): FrameLocator {
    return this.page.frameLocator(`iframe[name=${token}]`);
  }

  /** The heading of what a tab shows. */
  async heading(token: Tab): Promise<string> {
    return (await this.frame(token).locator('h1').first().textContent())?.trim() ?? '';
  }

  /** How many charts of a tab have something drawn, once there are as many as wanted. */
  async charts(token: Tab, wanted: number): Promise<number> {
    await this.frame(token)
      .locator('canvas[data-chart]')
      .nth(wanted - 1)
      .waitFor();
    const frame = this.page.frame({ name: token });
    return frame ? drawnCharts(frame, wanted) : 0;
  }

  /** Goes to the grid of virtual machines. */
  async toGrid(): Promise<void> {
    const menu = this.page.locator('.container-item', { hasText: 'Compute' }).locator('> button');
    const row = this.page.locator('tr[data-vm]').first();
    // right after a sign-in webadmin may still move on to a plugin's place
    for (let tries = 4; ; tries--) {
      if (await menu.count()) await menu.click();
      else await this.page.locator('[data-place=vms]').click();
      await this.page.mouse.move(640, 0); // the menu's second level would stay over the list
      const shown = await row.waitFor({ timeout: 7_000 }).then(
        () => true,
        () => false,
      );
      if (shown || tries === 0) return row.waitFor();
    }
  }

  row(vmId: string): Locator {
    return this.page.locator(`tr[data-vm="${vmId}"]`);
  }

  /** Selects a VM in the grid; from 4.2 on this opens its own page. */
  async select(vmId: string): Promise<void> {
    await this.toGrid();
    const name = this.row(vmId).locator('td.name');
    const link = name.locator('a');
    await ((await link.count()) ? link : name).click();
  }

  /** Selects several VMs in the grid. */
  async selectAll(vmIds: string[]): Promise<void> {
    await this.toGrid();
    for (const [index, id] of vmIds.entries()) {
      await this.row(id)
        .locator('td')
        .last()
        .click({ modifiers: index > 0 ? ['Control'] : [] });
    }
  }

  /** Selects one VM of the grid after the other without waiting for anything. */
  selectInOneGo(vmIds: string[]): Promise<void> {
    const cells = JSON.stringify(vmIds.map((id) => `tr[data-vm="${id}"] td:last-child`));
    return this.page.evaluate(`${cells}.forEach((cell) => document.querySelector(cell).click())`);
  }

  /** Goes to a place by its address, without selecting anything. */
  goTo(place: string): Promise<void> {
    return this.page.evaluate(`void (window.location.hash = ${JSON.stringify(place)})`);
  }

  async signOut(): Promise<void> {
    await this.page.click('#logout');
    await this.page.locator('#login form, #WelcomePage_webadmin').waitFor();
  }

  /** The status of a request to the service that carries the browser's cookies. */
  statusOf(path: string): Promise<number> {
    return this.page.evaluate(
      async (url) => (await fetch(url, { headers: { accept: 'application/json' }, credentials: 'include' })).status,
      this.serviceOrigin + path,
    );
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
