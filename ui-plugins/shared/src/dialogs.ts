import type { PluginApi } from '../../../src/contracts/plugin-api';
import type { FailureLog } from './failure-log';
import type { PluginWindow, PopUp } from './plugin-window';

/** A modal dialog of webadmin that shows a page; 3.2 shows the page in a window of its own, without buttons. */
export interface Dialog {
  /** Its name, which no other dialog of a plugin may have. */
  token: string;
  title: string;
  url: string;
  /** Of the whole dialog, in px: with buttons, a page has 538×500 of 540×600 (recorded in 4.5). */
  width: number;
  height: number;
  /** From left to right. */
  buttons?: readonly { label: string; onClick: () => void }[];
}

/**
 * The plugin's dialogs. Webadmin does not tell when a person closes one, by its icon or by Escape with the focus outside of
 * the page: the page itself hears a `pagehide`.
 */
export class Dialogs {
  /** Of 3.2, by their tokens. */
  private readonly popUps = new Map<string, PopUp>();

  constructor(
    private readonly api: PluginApi,
    private readonly parent: Pick<PluginWindow['parent'], 'open'>,
    private readonly log: FailureLog,
  ) {}

  show({ token, title, url, width, height, buttons = [] }: Dialog): void {
    // Without setDialogContentUrl it is 3.2, whose showDialog opens a window, too, but gives nobody a hold of it.
    if (!this.api.setDialogContentUrl) return this.open(token, url, `width=${width},height=${height}`);
    // Webadmin lets them float to the right, each to the left of the one before (oVirt: SimpleDialogPanel.ui.xml).
    const drawn = [...buttons].reverse().map(({ label, onClick }) => ({ label, onClick: this.log.guarded(onClick) }));
    this.api.showDialog?.(title, token, url, `${width}px`, `${height}px`, { buttons: drawn });
  }

  /** Loads another page into a dialog that is open. */
  setUrl(token: string, url: string): void {
    const popUp = this.popUps.get(token);
    if (popUp) popUp.location.href = url;
    else this.api.setDialogContentUrl?.(token, url);
  }

  /** Does nothing when it is closed already. */
  close(token: string): void {
    this.popUps.get(token)?.close();
    this.popUps.delete(token);
    this.api.closeDialog?.(token);
  }

  private open(token: string, url: string, features: string): void {
    const popUp = this.parent.open(url, token, features);
    if (popUp) this.popUps.set(token, popUp);
  }
}
