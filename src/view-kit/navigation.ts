import { Injectable } from '@nestjs/common';
import type { Permission } from '../common/actor';

/** A place in the menu of all pages. */
export interface Place {
  label: string;
  /** Below the base path. */
  path: string;
  /** One of them shows it; absent: everybody who is signed in sees it. */
  needs?: readonly Permission[];
  /** Lower comes earlier. */
  rank: number;
}

/** The menu: each room adds its places. */
@Injectable()
export class Navigation {
  private readonly all: Place[] = [];

  add(...places: readonly Place[]): void {
    this.all.push(...places);
    this.all.sort((a, b) => a.rank - b.rank);
  }

  get places(): readonly Place[] {
    return this.all;
  }
}
