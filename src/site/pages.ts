import { readFileSync } from 'node:fs';
import { AppError } from '../base/errors.ts';
import type { Words } from './words.ts';

export type PageGroup = 'use' | 'help' | 'operate' | 'about';

/** What a page tells of the site that serves it, in place of what its file says for every site. */
export type SiteFact = 'url' | 'supportAddress' | 'contacts';

/** A page of the documentation: one Markdown file of the repository. */
export interface DocsPage {
  /** Its address is `/docs/<slug>`. */
  readonly slug: string;
  /** Relative to the repository, with forward slashes. */
  readonly file: string;
  /** The same in Chinese; absent: the page is in English whatever the reader's language. */
  readonly zhFile?: string;
  readonly group: PageGroup;
  readonly title: Words;
  readonly about: Words;
  /** How the file is shown; Markdown when absent. `api`: an OpenAPI document, on a page for each of its parts. */
  readonly form?: 'api';
  /** Texts of the file that are replaced by the site's own. */
  readonly facts?: Readonly<Record<string, SiteFact>>;
}

export const pageGroups: Readonly<Record<PageGroup, Words>> = {
  use: { en: 'Use the API', zh: '使用 API' },
  help: { en: 'Get help', zh: '获取帮助' },
  operate: { en: 'Run a site', zh: '运行站点' },
  about: { en: 'About', zh: '关于' },
};

/** Every page there is, in the order of the navigation. No other file is ever opened. */
export const docsPages: readonly DocsPage[] = [
  {
    slug: 'console',
    file: 'docs/console.md',
    group: 'use',
    title: { en: 'Console', zh: '控制台' },
    about: { en: 'From an account to the first call, and what is where', zh: '从注册到首次调用，以及各页面的用途' },
  },
  {
    slug: 'accounts',
    file: 'docs/accounts.md',
    group: 'use',
    title: { en: 'Accounts', zh: '账户' },
    about: { en: 'Sign-in, second factor, passkeys, sessions, tokens', zh: '登录、双重验证、通行密钥、会话与令牌' },
    facts: { 'https://your.site.example': 'url' },
  },
  {
    slug: 'organizations',
    file: 'docs/organizations.md',
    group: 'use',
    title: { en: 'Organizations', zh: '组织' },
    about: { en: 'Members, teams, projects, roles, the audit log', zh: '成员、团队、项目、角色与审计日志' },
  },
  {
    slug: 'clients',
    file: 'docs/clients.md',
    group: 'use',
    title: { en: 'Clients', zh: '客户端' },
    about: { en: 'Base URL and key in tools, SDKs and curl', zh: '在工具、SDK 和 curl 中填写基础地址与密钥' },
    facts: { 'http://127.0.0.1:8080': 'url' },
  },
  {
    slug: 'endpoints',
    file: 'docs/endpoints.md',
    group: 'use',
    title: { en: 'Endpoints', zh: '接口' },
    about: { en: 'Every path that is served, and how it is metered', zh: '提供的全部路径及其计量方式' },
  },
  {
    slug: 'api',
    file: 'docs/openapi.json',
    form: 'api',
    group: 'use',
    title: { en: 'Control API', zh: '控制台 API' },
    about: { en: 'Keys, usage, organizations and the rest, for programs', zh: '供程序管理密钥、用量、组织等' },
  },
  {
    slug: 'errors',
    file: 'docs/errors.md',
    group: 'use',
    title: { en: 'Errors', zh: '错误代码' },
    about: { en: 'Every code: what it means, who has to act, what to do', zh: '每个错误代码的含义、责任方和处理办法' },
  },
  {
    slug: 'billing',
    file: 'docs/billing.md',
    group: 'use',
    title: { en: 'What is charged', zh: '计费规则' },
    about: { en: 'Charges by outcome, prices, limits of a key', zh: '按结果计费、价格与密钥限额' },
  },
  {
    slug: 'retention',
    file: 'docs/retention.md',
    group: 'use',
    title: { en: 'What is kept', zh: '数据保留' },
    about: { en: 'What is stored of a call, for how long, and what never', zh: '保存哪些内容、保存多久、哪些从不保存' },
  },
  {
    slug: 'support',
    file: 'docs/support.md',
    zhFile: 'docs/zh/support.md',
    group: 'help',
    title: { en: 'Support', zh: '支持' },
    about: { en: 'How to get help, and what to send', zh: '如何获得帮助，以及需要提供什么' },
    facts: { LODGE_SUPPORT_ADDRESS: 'supportAddress', LODGE_CONTACTS: 'contacts' },
  },
  {
    slug: 'support-answers',
    file: 'docs/support-answers.md',
    group: 'help',
    title: { en: 'Automatic answers', zh: '自动答复' },
    about: { en: 'What the desk answers by itself, and to whom', zh: '哪些来信会自动答复，以及答复给谁' },
    facts: { 'https://your.site.example': 'url' },
  },
  {
    slug: 'faq',
    file: 'docs/faq.md',
    zhFile: 'docs/zh/faq.md',
    group: 'help',
    title: { en: 'Questions', zh: '常见问题' },
    about: { en: 'Short answers to what is asked most', zh: '最常见问题的简短回答' },
    facts: { LODGE_SUPPORT_ADDRESS: 'supportAddress' },
  },
  {
    slug: 'troubleshooting',
    file: 'docs/troubleshooting.md',
    zhFile: 'docs/zh/troubleshooting.md',
    group: 'help',
    title: { en: 'Troubleshooting', zh: '故障排查' },
    about: { en: 'A call fails: what to check, in order', zh: '调用失败时按顺序检查什么' },
    facts: { LODGE_SUPPORT_ADDRESS: 'supportAddress', 'https://your.site.example': 'url' },
  },
  {
    slug: 'install',
    file: 'docs/operate/install.md',
    group: 'operate',
    title: { en: 'Install', zh: '安装' },
    about: { en: 'Requirements, service, proxy, database, secrets', zh: '系统要求、服务、代理、数据库与密钥材料' },
  },
  {
    slug: 'sign-in',
    file: 'docs/operate/sign-in.md',
    group: 'operate',
    title: { en: 'Sign-in and staff', zh: '登录与员工' },
    about: { en: 'First operator, staff roles, single sign-on, proxies', zh: '首个运营者、员工角色、单点登录与代理' },
  },
  {
    slug: 'mail',
    file: 'docs/operate/mail.md',
    group: 'operate',
    title: { en: 'Mail', zh: '邮件' },
    about: { en: 'The relay, the built-in outbox, mail that does not leave', zh: '邮件中继、内置发件箱与发送失败' },
  },
  {
    slug: 'desk',
    file: 'docs/operate/desk.md',
    group: 'operate',
    title: { en: 'The desk', zh: '工单台' },
    about: { en: 'Tickets, rules, response targets, webhooks', zh: '工单、分派规则、响应目标与 Webhook' },
  },
  {
    slug: 'redaction',
    file: 'docs/operate/redaction.md',
    group: 'operate',
    title: { en: 'Redaction', zh: '敏感信息去除' },
    about: { en: 'Which secrets are taken out of mail, and what stays', zh: '从邮件中去除哪些敏感信息，保留哪些内容' },
  },
  {
    slug: 'backup',
    file: 'docs/operate/backup.md',
    group: 'operate',
    title: { en: 'Back up and restore', zh: '备份与恢复' },
    about: { en: 'A copy while the site runs, and the way back', zh: '运行时备份，以及如何恢复' },
  },
  {
    slug: 'upgrade',
    file: 'docs/operate/upgrade.md',
    group: 'operate',
    title: { en: 'Upgrade', zh: '升级' },
    about: { en: 'To a newer version, step by step', zh: '逐步升级到新版本' },
  },
  {
    slug: 'operator-troubleshooting',
    file: 'docs/operate/troubleshooting.md',
    group: 'operate',
    title: { en: 'Trouble', zh: '故障排查' },
    about: { en: 'The start stops, a call fails, answers break off', zh: '启动中止、调用失败、回答中断' },
  },
  {
    slug: 'sandbox',
    file: 'docs/sandbox.md',
    group: 'operate',
    title: { en: 'Sandbox vendor', zh: '沙盒供应商' },
    about: { en: 'A vendor to try everything on, failures included', zh: '可用来试验一切（包括故障）的供应商' },
  },
  {
    slug: 'performance',
    file: 'docs/performance.md',
    group: 'operate',
    title: { en: 'Performance', zh: '性能' },
    about: { en: 'What a call costs in CPU, and how to measure it', zh: '每次调用的 CPU 开销及测量方法' },
  },
  {
    slug: 'changelog',
    file: 'CHANGELOG.md',
    group: 'about',
    title: { en: 'Changelog', zh: '更新日志' },
    about: { en: 'What changed, by version', zh: '各版本的变更' },
  },
  {
    slug: 'security',
    file: 'SECURITY.md',
    zhFile: 'docs/zh/security.md',
    group: 'about',
    title: { en: 'Security', zh: '安全' },
    about: { en: 'Report a vulnerability; what is protected, and how', zh: '报告漏洞；保护哪些内容、如何保护' },
    facts: { LODGE_SUPPORT_ADDRESS: 'supportAddress', 'https://your.site.example': 'url' },
  },
];

const repository = new URL('../../', import.meta.url);

/** A page's text, by language; null: there is none in it. */
export interface PageText {
  readonly en: string;
  readonly zh: string | null;
}

/**
 * Reads the files of all pages, by slug.
 *
 * @throws AppError `docs_missing`
 */
export function readPages(pages: readonly DocsPage[] = docsPages): ReadonlyMap<string, PageText> {
  return new Map(
    pages.map(({ slug, file, zhFile }) => [
      slug,
      { en: readPage(file), zh: zhFile === undefined ? null : readPage(zhFile) },
    ]),
  );
}

function readPage(file: string): string {
  try {
    return readFileSync(new URL(file, repository), 'utf8');
  } catch (cause) {
    const message = `The page ${file} cannot be read: the program is not installed completely. Install it again with docs/ and the documents beside it.`;
    throw new AppError('docs_missing', message, { cause });
  }
}
