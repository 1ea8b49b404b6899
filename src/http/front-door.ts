import { escapeHtml } from './page-frame.ts';
import { type PageLocale, pageWords } from './page-words.ts';

/** How people reach the operator. */
export interface FrontContact {
  readonly kind: 'email' | 'chat' | 'phone' | 'link';
  readonly label: { readonly en: string; readonly zh: string };
  readonly value: string;
}

/** What the site's first page has beyond what every base URL shows. */
export interface FrontDoor {
  readonly signInUrl: string;
  /** Null: one has to be invited. */
  readonly registerUrl: string | null;
  readonly regions: readonly { readonly label: string; readonly apiBaseUrl: string }[];
  readonly contacts: readonly FrontContact[];
  /** Where a key that was found is reported. */
  readonly reportKeyUrl: string;
  readonly termsUrl: string | null;
  readonly privacyUrl: string | null;
}

/** Name of the site as the heading, and the ways in. */
export function doorHtml(door: FrontDoor, siteName: string, docsUrl: string, locale: PageLocale): string {
  const words = pageWords[locale];
  const register =
    door.registerUrl === null
      ? `<p class="closed">${words.registrationClosed}</p>`
      : `<a class="button" href="${escapeHtml(door.registerUrl)}">${words.register}</a>`;
  return `<section class="door">
<h1>${escapeHtml(siteName)}</h1>
<p>${words.tagline}</p>
<p class="ways"><a class="button first" href="${escapeHtml(door.signInUrl)}">${words.signIn}</a>
${door.registerUrl === null ? '' : register}
<a class="button plain" href="${escapeHtml(docsUrl)}">${words.docs}</a></p>
${door.registerUrl === null ? register : ''}
</section>`;
}

/** Where else the same operator can be called; empty where there is one region. */
export function regionsHtml({ regions }: FrontDoor, locale: PageLocale): string {
  if (regions.length < 2) return '';
  const words = pageWords[locale];
  const rows = regions.map(
    ({ label, apiBaseUrl }) =>
      `<tr><th scope="row">${escapeHtml(label)}</th><td><code>${escapeHtml(apiBaseUrl)}</code></td></tr>\n`,
  );
  return `<h2>${words.regions}</h2>
<p class="note">${words.regionsText}</p>
<table>
<thead><tr><th scope="col">${words.region}</th><th scope="col">${words.urlColumn}</th></tr></thead>
<tbody>
${rows.join('')}</tbody>
</table>
`;
}

export function contactsHtml({ contacts }: FrontDoor, locale: PageLocale): string {
  if (contacts.length === 0) return '';
  const other = locale === 'en' ? 'zh' : 'en';
  const rows = contacts.map((contact) => {
    const label = contact.label[locale] || contact.label[other] || pageWords[locale].contactKinds[contact.kind];
    return `<div><dt>${escapeHtml(label)}</dt><dd>${contactValue(contact)}</dd></div>\n`;
  });
  return `<dl>\n${rows.join('')}</dl>\n`;
}

export function footerHtml({ termsUrl, privacyUrl, reportKeyUrl }: FrontDoor, locale: PageLocale): string {
  const words = pageWords[locale];
  const links = [
    [termsUrl, words.terms],
    [privacyUrl, words.privacy],
    [reportKeyUrl, words.reportKey],
  ] as const;
  const shown = links.flatMap(([url, text]) => (url === null ? [] : [`<a href="${escapeHtml(url)}">${text}</a>`]));
  return `<footer>${shown.join('\n')}</footer>\n`;
}

/** Addresses were checked when they were set; a link of another kind is shown as text all the same. */
function contactValue({ kind, value }: FrontContact): string {
  const text = escapeHtml(value);
  const target =
    kind === 'email'
      ? `mailto:${encodeURIComponent(value).replace('%40', '@')}`
      : kind === 'phone'
        ? `tel:${value.replace(/[^+0-9]/g, '')}`
        : kind === 'link' && /^https?:\/\//i.test(value)
          ? value
          : null;
  return target === null ? text : `<a href="${escapeHtml(target)}">${text}</a>`;
}

export const doorStyle = `
.brand{display:flex;align-items:center;gap:.6rem;min-width:0}
.brand img{display:block;height:1.75rem;width:auto;max-width:12rem}
.links{display:flex;gap:1.1rem;align-items:center;font-size:.875rem;white-space:nowrap}
.door{padding:2.5rem 0 2.75rem}
.door h1{font-size:clamp(1.75rem,6vw,2.5rem);overflow-wrap:anywhere;display:block}
.door p{margin:0;color:var(--soft);font-size:1.0625rem}
.door .ways{display:flex;flex-wrap:wrap;gap:.7rem;margin-top:1.5rem}
.door .closed{margin-top:.9rem;font-size:.9375rem}
.button{display:inline-block;padding:.55rem 1.1rem;border-radius:9px;border:1px solid var(--line);background:var(--card);font-size:1rem;font-weight:600;text-decoration:none}
.button:hover{border-color:var(--accent)}
.button.first{background:var(--accent);border-color:var(--accent);color:var(--paper)}
.button.first:hover{filter:brightness(1.08)}
.button.plain{background:none;border-color:transparent}
.state h2{margin:0 0 .5rem;font-size:1.25rem;display:flex;align-items:center;gap:.7rem}
.note{margin:.2rem 0 0;color:var(--soft)}
footer{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;margin-top:2.5rem;padding-top:1.2rem;border-top:1px solid var(--line);font-size:.875rem}
`;
