import type { PageLocale } from '../http/index.ts';

/** A text in every language of the pages. */
export type Words = Readonly<Record<PageLocale, string>>;

/** What stands around a page's text. `{name}` places take the site's facts; they are escaped when they are put in. */
interface SiteWords {
  readonly language: string;
  readonly docs: string;
  readonly intro: string;
  readonly pages: string;
  readonly onThisPage: string;
  readonly skip: string;
  readonly section: string;
  /** Said above a text that is not in the reader's language; empty where it is. */
  readonly foreign: string;
  readonly notFound: string;
  readonly notFoundText: string;
  readonly support: string;
  /** Above the list of ways to reach the site. */
  readonly contacts: string;
  readonly security: string;
  readonly version: string;
  readonly other: string;
  readonly otherLocale: PageLocale;
  readonly otherLanguage: string;
}

export const siteWords: Readonly<Record<PageLocale, SiteWords>> = {
  en: {
    language: 'en',
    docs: 'Documentation',
    intro: 'How to call {site}, what its answers mean, and how to run it.',
    pages: 'All pages',
    onThisPage: 'On this page',
    skip: 'Skip to the text',
    section: 'Link to this section',
    foreign: '',
    notFound: 'Page not found',
    notFoundText: 'There is no page at this address. These are all there are:',
    support: 'Support',
    contacts: 'You can also reach us here:',
    security: 'Report a vulnerability',
    version: 'Version',
    other: '简体中文',
    otherLocale: 'zh',
    otherLanguage: 'zh-Hans',
  },
  zh: {
    language: 'zh-Hans',
    docs: '文档',
    intro: '如何调用 {site}、返回内容的含义，以及如何运行。',
    pages: '全部页面',
    onThisPage: '本页目录',
    skip: '跳到正文',
    section: '本节链接',
    foreign: '本页正文目前只有英文版。',
    notFound: '页面不存在',
    notFoundText: '此地址没有页面。全部页面如下：',
    support: '支持',
    contacts: '您也可以通过以下方式联系我们：',
    security: '报告安全漏洞',
    version: '版本',
    other: 'English',
    otherLocale: 'en',
    otherLanguage: 'en',
  },
};
