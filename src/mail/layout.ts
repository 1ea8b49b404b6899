import { escapeHtml } from '../http/index.ts';
import type { Letter, MailSite, MailWords } from './letter.ts';

/** The same words as plain text: links stand bare, on a line of their own. */
export function textOf(letter: Letter, words: MailWords, site: MailSite): string {
  const { heading, greeting, paragraphs, details, action, notes, alarm } = letter;
  const rows = details.map(([label, value]) => `${label}${words.colon}${value}`);
  const parts = [
    heading,
    greeting,
    ...paragraphs,
    rows.length === 0 ? null : rows.join('\n'),
    action && `${action.label}${words.colon.trimEnd()}\n${action.link}`,
    alarm && `${alarm.text}${words.gap}${alarm.label}${words.colon.trimEnd()}\n${alarm.link}`,
    ...notes,
    // "-- " and a line break begin a signature (RFC 3676, 4.3).
    `-- \n${words.foot(site)}`,
  ];
  return `${parts.filter((part) => part !== null).join('\n\n')}\n`;
}

/**
 * One column without tables, images or anything that is loaded. Every rule is inline, because some programs drop style
 * sheets; the sheet holds only what cannot be inline, the dark colours and narrow screens.
 */
export function htmlOf(letter: Letter, words: MailWords, site: MailSite): string {
  const { heading, greeting, paragraphs, details, action, notes, alarm } = letter;
  const body = [
    element('h1', heading, 'ink', styles.heading),
    greeting === null ? '' : element('p', greeting, 'ink', styles.paragraph),
    ...paragraphs.map((text) => element('p', text, 'ink', styles.paragraph)),
    details.length === 0 ? '' : detailList(details),
    action === null ? '' : actionBlock(action, words),
    alarm === null ? '' : alarmBlock(alarm, words),
    ...notes.map((text) => element('p', text, 'soft', styles.note)),
  ];
  return pageOf(
    letter.subject,
    words.htmlLang,
    `${element('p', site.name, 'ink', styles.site)}
<div class="card" style="${styles.card}">
${body.filter((part) => part !== '').join('\n')}
</div>
${element('p', words.foot(site), 'soft', styles.foot)}`,
  );
}

/** A mail that somebody wrote, without a letterhead: paragraphs, line breaks, and addresses that can be followed. */
export function plainHtml(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll(/^\n+|\n+$/g, ''))
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p class="ink" style="${styles.paragraph}">${linked(paragraph)}</p>`)
    .join('\n');
}

/** @param body what stands in the one column, already HTML */
export function pageOf(subject: string, htmlLang: string, body: string): string {
  return `<!doctype html>
<html lang="${htmlLang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${escapeHtml(subject)}</title>
<style>${sheet}</style>
</head>
<body class="paper" style="${styles.body}">
<div role="article" lang="${htmlLang}" aria-label="${escapeHtml(subject)}" class="column" style="${styles.column}">
${body}
</div>
</body>
</html>
`;
}

function linked(paragraph: string): string {
  return paragraph
    .split(/(https?:\/\/[^\s<>"'（）。，；]*[^\s<>"'（）。，；.,;:!?)\]])/)
    .map((part, index) => {
      const text = escapeHtml(part).replaceAll('\n', '<br>\n');
      return index % 2 === 1 ? `<a class="link" href="${text}" style="${styles.link}">${text}</a>` : text;
    })
    .join('');
}

const font =
  "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;";
const wrap = 'overflow-wrap:anywhere;';

const styles = {
  body: `margin:0;padding:0;background-color:#f5f6f8;color:#1c2430;${font}font-size:16px;line-height:1.55;-webkit-text-size-adjust:100%;`,
  column: 'max-width:560px;margin:0 auto;padding:32px 16px;',
  site: `margin:0 0 16px;padding:0 4px;color:#1c2430;${font}font-size:16px;font-weight:650;letter-spacing:-0.01em;${wrap}`,
  card: 'background-color:#ffffff;border:1px solid #dfe4ea;border-radius:12px;padding:28px 28px 12px;',
  heading: `margin:0 0 16px;color:#1c2430;${font}font-size:22px;line-height:1.3;font-weight:650;letter-spacing:-0.015em;${wrap}`,
  paragraph: `margin:0 0 16px;color:#1c2430;${font}font-size:16px;line-height:1.55;${wrap}`,
  note: `margin:0 0 16px;color:#5a6675;${font}font-size:14px;line-height:1.5;${wrap}`,
  foot: `margin:16px 0 0;padding:0 4px;color:#5a6675;${font}font-size:13px;line-height:1.5;${wrap}`,
  details: 'margin:0 0 20px;padding:14px 16px 4px;background-color:#f5f6f8;border-radius:8px;',
  label: `margin:0;color:#5a6675;${font}font-size:13px;line-height:1.5;`,
  value: `margin:0 0 10px;color:#1c2430;${font}font-size:15px;line-height:1.5;${wrap}`,
  buttonLine: 'margin:24px 0;',
  button: `display:inline-block;background-color:#0b6b4f;color:#ffffff;${font}font-size:16px;line-height:1.25;font-weight:600;text-decoration:none;border-radius:8px;padding:13px 22px;`,
  link: `color:#0b6b4f;text-decoration:underline;${wrap}`,
  alarm: `margin:0 0 16px;color:#1c2430;${font}font-size:15px;line-height:1.5;`,
} as const;

const sheet = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.paper,.inset{background-color:#11161d!important}
.card{background-color:#19202a!important;border-color:#2b3440!important}
.ink{color:#e6eaf0!important}
.soft{color:#9aa7b6!important}
.link{color:#5fd3a8!important}
.button{background-color:#5fd3a8!important;color:#0c1a14!important}
}
@media (max-width:480px){
.column{padding:20px 12px!important}
.card{padding:22px 18px 8px!important}
}
`;

function element(name: 'h1' | 'p', text: string, colour: 'ink' | 'soft', style: string): string {
  return `<${name} class="${colour}" style="${style}">${escapeHtml(text)}</${name}>`;
}

function detailList(details: Letter['details']): string {
  const rows = details.map(
    ([label, value]) =>
      `<dt class="soft" style="${styles.label}">${escapeHtml(label)}</dt><dd class="ink" style="${styles.value}">${escapeHtml(value)}</dd>`,
  );
  return `<dl class="inset" style="${styles.details}">${rows.join('')}</dl>`;
}

function actionBlock({ label, link }: NonNullable<Letter['action']>, words: MailWords): string {
  const href = escapeHtml(link);
  return `<p style="${styles.buttonLine}"><a class="button" href="${href}" style="${styles.button}">${escapeHtml(label)}</a></p>
<p class="soft" style="${styles.note}">${escapeHtml(words.bareLink)}<br><a class="link" href="${href}" style="${styles.link}">${href}</a></p>`;
}

function alarmBlock({ text, label, link }: NonNullable<Letter['alarm']>, words: MailWords): string {
  return `<p class="ink" style="${styles.alarm}">${escapeHtml(text)}${words.gap}<a class="link" href="${escapeHtml(link)}" style="${styles.link}">${escapeHtml(label)}</a></p>`;
}
