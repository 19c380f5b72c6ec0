import { parameter, type Call } from './call';
import type { WireObject } from './encode';
import type { EnginePersonality } from '../versions';

/** How a resource names another one. */
export const reference = (base: string, collection: string, id: string): { id: string; href: string } => ({
  id,
  href: `${base}/${collection}/${id}`,
});

/** The links of a resource to what is below it. */
export const linksOf = (href: string, rels: readonly string[]): { rel: string; href: string }[] =>
  rels.map((rel) => ({ rel, href: `${href}/${rel}` }));

export const actionsOf = (href: string, rels: readonly string[]): WireObject => ({ link: linksOf(href, rels) });

/** 3.x wraps a status as `{"state": …}`, 4.x writes the word alone. */
export const statusOf = ({ major }: EnginePersonality, state: string): WireObject | string =>
  major < 4 ? { state } : state;

/** Whether `?follow=` names the link, alone or on the way to another one: `nics.reporteddevices`. */
export function follows(call: Call, link: string): boolean {
  if (!call.engine.personality.follow) return false;
  return parameter(call, 'follow')
    .split(',')
    .some((path) => path === link || path.startsWith(`${link}.`));
}

/** What names of links are in hexadecimal, as ids of consoles and reported devices are. */
export const hex = (text: string): string => Buffer.from(text).toString('hex');

/** Without the members that have no value. */
export const some = <T extends WireObject>(condition: boolean, members: T): T | Record<string, never> =>
  condition ? members : {};
