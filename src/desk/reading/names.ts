import { firstOfEach, matches, type Place, placeOf, type Source } from './source.ts';

export interface ModelFact {
  /** As the catalogue spells it, else as it was written. */
  readonly model: string;
  /** Whether the site has it: an unknown one may be the very mistake. */
  readonly known: boolean;
  readonly place: Place;
}

export interface NameFact {
  readonly value: string;
  readonly place: Place;
}

/** Most names that are looked at in one text. */
const mostNames = 200_000;

const name = /(?<![A-Za-z0-9._/@-])[A-Za-z0-9][A-Za-z0-9._:/@-]{1,119}/g;
/** What a model field holds, whether the site knows it or not. A sentence about a model has a blank there. */
const modelField =
  /(?:["']model["']\s?:\s?["']|\bmodel\s?[=:]\s?["'`]?|(?:^|\s)(?:-m|--model)[ =]["'`]?|模型(?:名称|名|为|是)?\s?[:=]?\s?["'`]?)([A-Za-z][A-Za-z0-9._:/@-]{2,119})/g;

/** `known`: names in small letters → as the catalogue spells them. */
export function readModels(source: Source, known: ReadonlyMap<string, string>): ModelFact[] {
  const found: ModelFact[] = [];
  const add = (written: string, start: number, named: boolean) => {
    const bare = written.replace(/[.:/@-]+$/, '');
    const part = partsOf(bare).find((one) => known.has(one.toLowerCase()));
    const model = part === undefined ? undefined : known.get(part.toLowerCase());
    const partStart = start + (part === undefined ? 0 : bare.lastIndexOf(part));
    const place = () => placeOf(source, partStart, partStart + (part ?? bare).length);
    if (model !== undefined) found.push({ model, known: true, place: place() });
    // A version or a size stands in nearly every name; `model: sonnet` is left to the reader.
    else if (named && /\d/.test(bare) && /[a-z]/i.test(bare)) found.push({ model: bare, known: false, place: place() });
  };
  if (known.size > 0) for (const match of matches(name, source.text, mostNames)) add(match[0], match.index, false);
  for (const match of matches(modelField, source.text, 200)) {
    const written = match[1] ?? '';
    add(written, match.index + match[0].length - written.length, true);
  }
  found.sort((a, b) => a.place.start - b.place.start);
  return firstOfEach(found, ({ model }) => model, 15);
}

/** `models/gemini-3.8-flash:generateContent`, `GeminiCLI/0.61.0/gemini-3.8-flash`. */
function partsOf(written: string): string[] {
  const last = written.slice(written.lastIndexOf('/') + 1);
  return [written, last, last.replace(/:[A-Za-z]+$/, '')];
}

const orderWord =
  /(?:\b(?:order|invoice|payment|transaction|receipt|top-?up|redeem(?: code)?)(?:[ _-]?(?:id|no|number|nr|code))?\b\.?|订单(?:编号|号码|号)?|充值单号|交易(?:单号|号)|流水号|发票号?|支付单号|单号)\s?(?:is|was|是|为)?\s?[:#]{0,2}\s?["'`#]?([A-Za-z0-9][A-Za-z0-9_-]{4,63})(?![A-Za-z0-9@])/gi;
/** By how they begin: ours, and those of payment providers. */
const orderForm =
  /(?<![A-Za-z0-9_-])((?:ord|order|inv|invoice|top|topup|pi|ch|cs|in|py|txn|re)_[A-Za-z0-9_]{6,80}|(?:ORD|INV|ORDER|TOPUP)-[A-Z0-9-]{4,40})(?![A-Za-z0-9_-])/g;

/** Identifiers of orders, invoices and payments, as written. */
export function readOrderIds(source: Source): NameFact[] {
  const found: NameFact[] = [];
  for (const pattern of [orderForm, orderWord])
    for (const match of matches(pattern, source.text, 200)) {
      const value = (match[1] ?? '').replace(/[-_]+$/, '');
      const start = match.index + match[0].indexOf(match[1] ?? '');
      const isDate = /^20\d\d-\d\d-\d\d$/.test(value);
      if (/\d.*\d/.test(value) && !isDate && !/^req_/i.test(value))
        found.push({ value, place: placeOf(source, start, start + value.length) });
    }
  found.sort((a, b) => a.place.start - b.place.start);
  return firstOfEach(found, ({ value }) => value, 20);
}

/** Public prefixes of the site's keys: the fixed part and eight characters, and no more of it. */
export function readKeyPrefixes(source: Source, site: string): NameFact[] {
  const fixed = `sk-${site.replace(/[^a-z0-9]/gi, '')}-`;
  const pattern = new RegExp(`(?<![A-Za-z0-9-])${fixed}[0-9A-Za-z]{8}(?![0-9A-Za-z])`, 'g');
  const found: NameFact[] = [];
  for (const match of matches(pattern, source.text, 200))
    found.push({ value: match[0], place: placeOf(source, match.index, match.index + match[0].length) });
  return firstOfEach(found, ({ value }) => value, 20);
}
