import { findAddressPasswords } from './addresses.ts';
import { findPrivateKeys } from './blocks.ts';
import type { RedactionOptions, Spot } from './kinds.ts';
import { findLabelled } from './labelled.ts';
import { findCards, findMailAddresses, findPhones } from './numbers.ts';
import { findOwn } from './own.ts';
import { alonePrefixes, hide, joined, protectedRanges, type Range } from './protect.ts';
import { findTokens } from './tokens.ts';
import type { View } from './view.ts';

export interface Found {
  /** In order, none touching another. */
  readonly spots: readonly Spot[];
  /** What stays even where a secret surrounds it. */
  readonly kept: readonly Range[];
}

/** Every secret of a view. Own ids are out of the rules' sight before the first of them looks. */
export function findSecrets(view: View, options: RedactionOptions): Found {
  const ids = protectedRanges(view);
  const own = findOwn(hide(view, ids), options.site);
  const kept = joined([...ids, ...alonePrefixes(view, options.site, own)]);
  const seen = hide(view, kept);
  const spots = [
    ...own,
    ...findPrivateKeys(seen),
    ...findTokens(seen),
    ...findAddressPasswords(seen),
    ...findLabelled(seen),
    ...awsSecrets(seen),
    ...findCards(seen),
    ...(options.personalData ? [...findMailAddresses(seen), ...findPhones(seen)] : []),
  ].sort(inOrder);
  return { spots: united(spots), kept };
}

/** A secret of AWS has no form of its own: forty characters of base64 that stand near an access key's id. */
function awsSecrets({ text }: View): Spot[] {
  const spots: Spot[] = [];
  for (const id of text.matchAll(/(?<![0-9A-Za-z])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])/g)) {
    const from = id.index + id[0].length;
    const near = text.slice(from, from + 200);
    const found =
      /(?<![0-9A-Za-z+/])(?=[0-9A-Za-z+/]{0,38}[A-Z])(?=[0-9A-Za-z+/]{0,38}[a-z])[0-9A-Za-z+/]{40}(?![0-9A-Za-z+/=])/.exec(
        near,
      );
    if (found === null) continue;
    const start = from + found.index;
    spots.push({ start, end: start + 40, kind: 'cloud_key', issuer: 'aws', secret: found[0] });
  }
  return spots;
}

function inOrder(one: Spot, other: Spot): number {
  return one.start - other.start || other.end - one.end;
}

/** Where several rules take the same characters, one secret is left that covers them all, named by the surest rule. */
function united(spots: readonly Spot[]): Spot[] {
  const result: Spot[] = [];
  for (const spot of spots) {
    const last = result.at(-1);
    if (last === undefined || spot.start >= last.end) {
      result.push(spot);
      continue;
    }
    const surer = (spot.weight ?? 0) > (last.weight ?? 0) ? spot : last;
    result[result.length - 1] = { ...surer, start: last.start, end: Math.max(last.end, spot.end) };
  }
  return result;
}
