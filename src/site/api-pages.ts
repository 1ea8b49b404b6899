import { commonProblems, escapeHtml } from '../http/index.ts';
import type { ApiAccess, ApiAnswer, ApiContent, ApiDocument, ApiGroup, ApiOperation } from './api-document.ts';
import { curlExample } from './api-example.ts';
import { type ApiWords, apiWords } from './api-words.ts';
import { type Frame, layout } from './layout.ts';
import type { Heading } from './markdown.ts';
import type { DocsPage } from './pages.ts';
import type { SchemaRow, ValueType } from './schema-rows.ts';
import { siteWords } from './words.ts';

/** What the pages of the reference are made with. */
interface Making {
  readonly frame: Frame;
  readonly words: ApiWords;
  /** Codes that the page of errors explains. */
  readonly explained: ReadonlySet<string>;
}

const knownAnchor = 'everywhere';

/** The reference's first page: what holds everywhere, and every endpoint in one line. */
export function apiOverview(page: DocsPage, api: ApiDocument, frame: Frame, explained: ReadonlySet<string>): string {
  const words = apiWords[frame.locale];
  const making = { frame, words, explained };
  const headings: Heading[] = [];
  const section = (id: string, text: string): string => {
    headings.push({ id, text, level: 2 });
    return headingHtml(id, text, frame);
  };
  const address = escapeHtml(`${frame.url}/openapi.json`);
  const codes = Object.entries(commonProblems).map(([code, status]) => ({ status: String(status), codes: [code] }));
  const html = [
    `<h1 id="top">${escapeHtml(page.title[frame.locale])}</h1>`,
    `<p class="lead">${escapeHtml(words.lead)}</p>`,
    `<p>${escapeHtml(words.document)} <a href="${address}">${address}</a></p>`,
    section('sign-in', words.signIn),
    listHtml(words.signInTexts),
    section('habits', words.habits),
    listHtml(words.habitTexts),
    section('refusals', words.refusals),
    `<p>${codeSpans(words.refusalsText)}</p>`,
    rowsHtml(api.problem, words),
    section(knownAnchor, words.everywhere),
    `<p>${escapeHtml(words.everywhereText)}</p>`,
    problemsHtml(byStatus(codes), making),
    ...([false, true] as const).flatMap((staff) => {
      const groups = api.groups.filter((group) => group.staff === staff);
      if (groups.length === 0) return [];
      const title = staff ? words.forStaff : words.forCustomers;
      return [section(staff ? 'staff' : 'customers', title), ...groups.map((group) => indexHtml(group, frame))];
    }),
  ].join('\n');
  const content = { slug: page.slug, title: page.title[frame.locale], about: page.about[frame.locale], headings };
  return layout(frame, { ...content, html: articleHtml(frame, html) });
}

/** The endpoints of one group. */
export function apiGroupPage(page: DocsPage, group: ApiGroup, frame: Frame, explained: ReadonlySet<string>): string {
  const words = apiWords[frame.locale];
  const making = { frame, words, explained };
  const title = groupTitle(group, frame);
  const headings = group.operations.map(({ id, summary }) => ({ id, text: summary, level: 2 }));
  const html = [
    `<h1 id="top">${escapeHtml(title)}</h1>`,
    `<p class="lead">${escapeHtml(words.groupLead)} <a href="${escapeHtml(frame.linkTo(page.slug))}">${escapeHtml(words.overview)}</a></p>`,
    ...group.operations.map((operation) => operationHtml(operation, making)),
  ].join('\n');
  const about = `${page.title[frame.locale]}: ${title}`;
  return layout(frame, { slug: page.slug, title: about, about, headings, html: articleHtml(frame, html) });
}

function groupTitle({ name, staff }: ApiGroup, { locale }: Frame): string {
  const plain = `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;
  return staff ? `${apiWords[locale].staffPrefix}${locale === 'en' ? ' ' : ''}${plain}` : plain;
}

function articleHtml({ locale }: Frame, html: string): string {
  const { foreign } = siteWords[locale];
  return `${foreign === '' ? '' : `<p class="foreign">${foreign}</p>\n`}<article class="api">\n${html}\n</article>\n`;
}

function indexHtml(group: ApiGroup, frame: Frame): string {
  const address = frame.linkTo(`api/${group.slug}`);
  const items = group.operations.map(
    ({ id, method, path, summary }) =>
      `<li>${methodHtml(method)} <a href="${escapeHtml(`${address}#${id}`)}"><code>${escapeHtml(path)}</code></a> <span lang="en">${escapeHtml(summary)}</span></li>\n`,
  );
  return `<details class="fold"><summary><a href="${escapeHtml(address)}">${escapeHtml(groupTitle(group, frame))}</a> <span class="count">${group.operations.length}</span></summary>
<ul class="calls">
${items.join('')}</ul></details>`;
}

function operationHtml(operation: ApiOperation, making: Making): string {
  const { words, frame } = making;
  const { id, method, path, summary, access, parameters, body } = operation;
  const parts = [
    headingHtml(id, summary, frame),
    `<p class="call">${methodHtml(method)} <code>${breakable(path)}</code></p>`,
    `<p class="needs">${accessHtml(access, words)}</p>`,
  ];
  if (parameters.length > 0) parts.push(fold(words.parameters, parametersHtml(operation, words), true));
  if (body !== null)
    parts.push(fold(body.required ? words.body : words.bodyOptional, contentHtml(body, words, true), true));
  parts.push(...operation.answers.map((answer) => answerHtml(answer, words)));
  const more = `<p class="needs"><a href="${escapeHtml(frame.linkTo('api'))}#${knownAnchor}">… ${escapeHtml(words.problemsMore)}</a></p>`;
  parts.push(fold(words.problems, `${problemsHtml(operation.problems, making)}${more}`));
  parts.push(fold(words.example, `<pre><code>${escapeHtml(curlExample(operation, frame.url))}</code></pre>`));
  return `<section>\n${parts.join('\n')}\n</section>`;
}

function parametersHtml({ parameters }: ApiOperation, words: ApiWords): string {
  const rows = parameters.map(({ name, place, required, type, description }) => {
    const where = place === 'path' ? words.inPath : words.inQuery;
    const need = required ? ` · <em>${words.required}</em>` : '';
    return `<tr><td><code>${escapeHtml(name)}</code></td><td>${typeHtml(type, words)}<br><small>${where}${need}</small></td><td lang="en">${codeSpans(description)}</td></tr>\n`;
  });
  return tableHtml([words.name, words.type, words.meaning], rows);
}

function answerHtml({ status, title, content }: ApiAnswer, words: ApiWords): string {
  const name = `${words.answers}: ${status} ${title}`;
  return fold(name, content === null ? `<p class="needs">${words.noBody}</p>` : contentHtml(content, words, false));
}

function contentHtml({ mediaType, type, rows }: ApiContent, words: ApiWords, input: boolean): string {
  if (rows.length === 0) return `<p class="needs"><code>${escapeHtml(mediaType)}</code> · ${typeHtml(type, words)}</p>`;
  const whole = type.lists > 0 ? `<p class="needs">${typeHtml(type, words)}</p>` : '';
  return `${whole}${rowsHtml(rows, words, input)}`;
}

/** `input`: what is needed is marked; in answers, what may be missing is. */
function rowsHtml(rows: readonly SchemaRow[], words: ApiWords, input = false): string {
  const lines = rows.map(({ depth, name, required, type, description }) => {
    if (type.name === 'form') {
      const form = words.form.replace('{number}', name);
      return `<tr><td class="d${depth}" colspan="2"><em>${form}</em></td><td lang="en">${codeSpans(description)}</td></tr>\n`;
    }
    const mark = input === required ? ` <em>${input ? words.required : words.mayBeAbsent}</em>` : '';
    const shown = input || !required ? mark : '';
    return `<tr><td class="d${depth}"><code>${escapeHtml(name)}</code>${shown}</td><td>${typeHtml(type, words)}</td><td lang="en">${codeSpans(description)}</td></tr>\n`;
  });
  return tableHtml([words.name, words.type, words.meaning], lines);
}

function typeHtml(type: ValueType, words: ApiWords): string {
  let name = escapeHtml(type.format === null ? type.name : `${type.name} (${type.format})`);
  if (type.map) name = words.mapOf.replace('{type}', () => name);
  for (let list = 0; list < type.lists; list++) name = words.listOf.replace('{type}', () => name);
  const parts = [type.nullable ? `${name} ${words.orNull}` : name];
  if (type.choices.length > 0) {
    parts.push(`${words.oneOf} ${type.choices.map((choice) => `<code>${escapeHtml(choice)}</code>`).join(' ')}`);
  }
  const range = rangeText(type, words);
  if (range !== '') parts.push(range);
  if (type.fallback !== null) parts.push(`${words.fallback} <code>${escapeHtml(type.fallback)}</code>`);
  return parts.join('<br>');
}

function rangeText({ least, most, counts }: ValueType, words: ApiWords): string {
  if (least === null && most === null) return '';
  const unit = counts === 'value' ? '' : ` ${counts === 'items' ? words.items : words.characters}`;
  if (least === null || (least === 0 && counts !== 'value')) return most === null ? '' : `≤ ${most}${unit}`;
  return most === null ? `≥ ${least}${unit}` : least === most ? `${least}${unit}` : `${least}–${most}${unit}`;
}

function accessHtml(access: ApiAccess, words: ApiWords): string {
  const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;
  switch (access.kind) {
    case 'public':
      return words.access.public;
    case 'account':
      return access.tokens ? words.access.account.replace('{permission}', code('account.read')) : words.access.session;
    default:
      return words.access[access.kind]
        .replace('{permission}', () => code(access.permission))
        .replace('{token}', () => code(`staff:${access.permission}`));
  }
}

function problemsHtml(problems: ApiOperation['problems'], { words, frame, explained }: Making): string {
  if (problems.length === 0) return '';
  const rows = problems.map(({ status, codes }) => {
    const links = codes.map((code) =>
      explained.has(code)
        ? `<a href="${escapeHtml(frame.linkTo('errors'))}#${escapeHtml(code)}"><code>${escapeHtml(code)}</code></a>`
        : `<code>${escapeHtml(code)}</code>`,
    );
    return `<tr><td>${escapeHtml(status)}</td><td>${links.join(' ')}</td></tr>\n`;
  });
  return tableHtml([words.status, words.code], rows);
}

function byStatus(problems: ApiOperation['problems']): ApiOperation['problems'] {
  const grouped = new Map<string, string[]>();
  for (const { status, codes } of problems) grouped.set(status, [...(grouped.get(status) ?? []), ...codes].sort());
  return [...grouped].map(([status, codes]) => ({ status, codes })).sort((a, b) => Number(a.status) - Number(b.status));
}

function tableHtml(columns: readonly string[], rows: readonly string[]): string {
  const head = columns.map((column) => `<th scope="col">${column}</th>`).join('');
  return `<div class="wide"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('')}</tbody>\n</table></div>\n`;
}

function fold(title: string, html: string, open = false): string {
  return `<details class="fold"${open ? ' open' : ''}><summary>${escapeHtml(title)}</summary>\n${html}</details>`;
}

function headingHtml(id: string, text: string, { locale }: Frame): string {
  const label = escapeHtml(siteWords[locale].section);
  return `<h2 id="${escapeHtml(id)}">${escapeHtml(text)} <a class="section" href="#${escapeHtml(id)}" aria-label="${label}">#</a></h2>`;
}

function listHtml(texts: readonly string[]): string {
  return `<ul>\n${texts.map((text) => `<li>${codeSpans(text)}</li>\n`).join('')}</ul>`;
}

function methodHtml(method: string): string {
  return `<span class="method ${method.toLowerCase()}">${escapeHtml(method)}</span>`;
}

/** A long path breaks at its slashes. */
function breakable(path: string): string {
  return escapeHtml(path).replaceAll('/', '<wbr>/');
}

/** Text in which `this` is code, as descriptions are written. */
function codeSpans(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
