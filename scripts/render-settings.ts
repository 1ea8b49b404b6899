import type { Setting } from '../src/base/settings.ts';

/** `.env.example`: every setting, commented out, with its default. */
export function envExample(settings: readonly Setting<unknown>[]): string {
  const head = [
    '# Every setting of Lodge. All are optional; what stands here are the defaults.',
    '# Made from src/base/settings.ts by `npm run generate`.',
  ];
  const entries = settings.map((setting) => {
    const unset = setting.whenUnset ? [`# Unset: ${setting.whenUnset}.`] : [];
    return [`# ${setting.help}`, ...unset, `#${setting.name}=${quoted(setting.default ?? '')}`].join('\n');
  });
  return `${[head.join('\n'), ...entries].join('\n\n')}\n`;
}

/** The README's table. */
export function settingsTable(settings: readonly Setting<unknown>[]): string {
  const rows = settings.map((setting) => {
    const fallback = setting.default === null ? (setting.whenUnset ?? 'unset') : `\`${setting.default}\``;
    return `| \`${setting.name}\` | ${cell(fallback)} | ${cell(setting.help)} |`;
  });
  return ['| setting | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function quoted(value: string): string {
  return /[\s#"']/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
